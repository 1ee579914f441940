#!/bin/sh
# check-layers.sh: who may include whom, and each foreign library in its one home (ARCHITECTURE.md). Silent when all is well.
cd "$(dirname "$0")/.." || exit 1
bad=0
fault() { echo "$1: $2"; bad=1; }

# folder: the folders of ours that it may include, besides itself
allowed() {
    case $1 in
    base) ;;
    doc) echo base ;;
    model) echo base doc ;;
    load | clean | layout | ocr | restore | extract) echo base doc model ;;
    line) echo base doc load clean layout ocr restore extract ;;
    batch) echo base doc load extract line ;;
    store) echo base doc ;;
    export) echo base doc store ;;
    review) echo base doc store ;;
    lib) echo base doc load clean layout ocr restore extract line ;;
    cmd) echo base doc model load clean layout ocr restore extract line batch store export review ;;
    esac
}

# Of a stage others see STAGE/STAGE.h alone; its private.h and the headers of its parts are for its own folder.
# load/load.h and the like are a stage's face; base, doc, model, store and the rest have no private part but these.
face() {
    case $1 in
    load | clean | layout | ocr | restore | extract) [ "$2" = "$1/$1.h" ] ;;
    *) case $2 in *private.h) false ;; esac ;;
    esac
}

for f in $(git ls-files 'src/*/*.[ch]' 2>/dev/null || find src -name '*.[ch]'); do
    [ -f "$f" ] || continue
    dir=${f#src/}; dir=${dir%%/*}
    for inc in $(sed -n 's/^#include "\([a-z_]*\/[a-z_/]*\.[a-z]*\)".*/\1/p' "$f" | sort -u); do
        room=${inc%%/*}
        [ "$room" = "$dir" ] && continue
        case " $(allowed "$dir") " in
        *" $room "*) face "$room" "$inc" || fault "$f" "$inc is private to $room/" ;;
        *) fault "$f" "$dir/ may not include $room/" ;;
        esac
    done
done

# header pattern: files that may include it
home() {
    for f in $(grep -rlE "^#include <$1" src); do
        echo "$f" | grep -qE "^src/($2)" || fault "$f" "<$1> lives in $2"
    done
}
home 'poppler' 'load/'
home 'glib' '(base/file|load/)'
home 'cairo' 'load/'
home '(leptonica|allheaders)' '(load|clean|layout|ocr)/'
home 'tiffio' 'load/tiff'
home 'seccomp' 'batch/sandbox'
home 'tesseract' 'ocr/'
home 'utf8proc' 'base/viet'
home 'libintl' 'base/tr'
home 'pthread' '(base/tr|review/server)'
home 'sqlite3' 'store/'
home 'jansson' 'cmd/'
home 'microhttpd' 'review/server'
home 'libxml' 'load/'
home 'archive' 'load/'
home '(zlib|xlsxwriter)' 'export/'
exit $bad
