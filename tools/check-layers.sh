#!/bin/sh
# check-layers.sh: who may include whom, and each foreign library in its one home (ARCHITECTURE.md). Silent when all is well.
cd "$(dirname "$0")/.." || exit 1
bad=0

# folder: the folders of ours that it may include
allowed() {
    case $1 in
    base) echo base ;;
    doc) echo 'base doc' ;;
    model) echo 'base doc model' ;;
    stage) echo 'base doc model stage' ;;
    store) echo 'base doc store' ;;
    batch) echo 'base doc stage batch' ;;
    review) echo 'base doc store review' ;;
    lib) echo 'base doc stage batch lib' ;;
    cmd) echo 'base doc model stage store batch review cmd' ;;
    esac
}

for f in src/*/*.[ch]; do
    dir=${f#src/}; dir=${dir%%/*}
    for inc in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$f" | sort -u); do
        case " $(allowed "$dir") " in
        *" $inc "*) ;;
        *) echo "$f: $dir/ may not include $inc/"; bad=1 ;;
        esac
    done
done

# a stage includes its own headers only: load_pdf.c may include load.h and load_*.h
for f in src/stage/*.[ch]; do
    own=$(basename "$f"); own=${own%.*}; own=${own%%_*}
    for inc in $(sed -n 's/^#include "stage\/\([a-z_]*\)\.h".*/\1/p' "$f"); do
        [ "${inc%%_*}" = "$own" ] || { echo "$f: a stage may not include stage/$inc.h"; bad=1; }
    done
done

# header pattern: files that may include it
home() {
    for f in $(grep -lE "^#include <$1" src/*/*.[ch] src/*.c 2>/dev/null); do
        echo "$f" | grep -qE "^src/($2)" || { echo "$f: <$1> lives in $2"; bad=1; }
    done
}
home 'poppler' 'stage/load'
home '(leptonica|allheaders)' 'stage/(load|clean|layout|ocr)'
home 'tesseract' 'stage/ocr'
home 'utf8proc' 'base/viet'
home 'sqlite3' 'store/'
home 'jansson' 'cmd/'
home 'microhttpd' 'review/server'
home 'libxml' 'stage/load'
home 'archive' 'stage/load'
home '(zlib|xlsxwriter)' 'store/'
exit $bad
