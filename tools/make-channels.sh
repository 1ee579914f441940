#!/bin/sh
# make-channels.sh CORPORA WORK [PAGES]: the confusion tables dicts/ocr-eng.tsv and dicts/ocr-vie.tsv.
# Lines of the training texts and of the lists of names are drawn (build/tools/draw), read by Tesseract's eng, and
# at 100 to 150 dpi by its vie, and the readings are aligned with the truth (build/tools/train_channel).
# The same corpora, fonts and Tesseract give the same tables.
set -e
corpora=$1 work=$2 pages=${3:-60}
build=${BUILD:-build}
export OMP_THREAD_LIMIT=1
mkdir -p "$work"
fonts='Liberation Serif,TeX Gyre Termes,Liberation Sans,DejaVu Serif,Noto Serif,Noto Sans,TeX Gyre Pagella'

# sample FILE EVERY: one line in so many, cut to lines of print
sample() { xz -dc "$corpora/text/$1.txt.xz" | awk -v n="$2" 'NR % n == 7 && length > 30' | fold -s -w 78 | sed 's/ *$//'; }
names() { awk -F '\t' '!/^#/ && NR % 40 == 3 {print NR % 90 " " $1 " " (FILENAME ~ /school/ ? $2 : "")}' "$1" | sed 's/ *$//'; }
{
    sample admin-hoidap-phapluat 1200; sample admin-vanban-diepxuan 250; sample legal-congbao-2026 700
    sample news-baomoi 1500; sample wiki-viwiki2025 3000
    for l in schools-mined admin-units-2022-thien0291 streets given-names; do names "$corpora/lists/$l.tsv"; done
} | awk 'BEGIN {srand(7)} {print rand() "\t" $0}' | sort -k1,1 | cut -f2- | awk 'NR % 9 == 0 {print toupper($0); next} {print}' |
    LC_ALL=C.UTF-8 grep -vP '[^\x{20}-\x{24F}\x{1E00}-\x{1EFF}\x{2013}\x{2014}\x{2018}-\x{201D}]' |
    head -n $((pages * 40)) >"$work/lines.txt"

# read_all LANGUAGE DPI MODE DEGRADE PART PARTS: draws a share of the lines and has them read
read_all() {
    dir=$work/$1-$2-$3
    mkdir -p "$dir"
    awk -v k="$5" -v n="$6" 'int(NR / 40) % n == k' "$work/lines.txt" >"$dir/lines"
    "$build/tools/draw" lines --text "$dir/lines" --out "$dir" --seed "$2" --dpi "$2" --mode "$3" --degrade "$4" --fonts "$fonts"
    for png in "$dir"/page-*.png; do
        tesseract "$png" "${png%.png}.read" -l "$1" --psm 6 --dpi "$2" 2>/dev/null
    done
}
train() {
    set -- "$1" $(for t in "$work/$1"-*/page-????.txt; do r=${t%.txt}.read.txt; [ -s "$r" ] && echo "$t $r"; done)
    lang=$1; shift
    "$build/tools/train_channel" --out "dicts/ocr-$lang.tsv" "$@"
}
read_all eng 200 gray 1 0 3; read_all eng 200 bw 2 1 3; read_all eng 300 bw 2 2 3
train eng
read_all vie 100 gray 1 0 3; read_all vie 120 bw 2 1 3; read_all vie 150 bw 3 2 3
train vie
