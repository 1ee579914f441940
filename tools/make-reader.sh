#!/bin/sh
# make-reader.sh WORK [MODEL]: trains Debian's reader of Vietnamese further, on drawn lines, into dicts/reader/vie.traineddata.
#
# WORK takes the lines and checkpoints, 400 MB. MODEL is Debian's vie.traineddata. It takes half an hour of one core;
# one thread and fixed seeds give the same bytes on one machine. Needs tools/setup.sh --with tools --with reader.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build} work=${1:?a folder to work in}
model=${2:-/usr/share/tesseract-ocr/5/tessdata/vie.traineddata}
export OMP_THREAD_LIMIT=1
# what offices type in, first and most; the others so that the reader knows no single face
fonts='Liberation Serif,Liberation Serif,Liberation Serif,TeX Gyre Termes,TeX Gyre Termes,Liberation Sans,DejaVu Serif,DejaVu Sans,Noto Serif,Noto Sans,TeX Gyre Heros,TeX Gyre Pagella'
files=14 pages=25 # of twenty lines each

fail() { echo "make-reader: $*" >&2; exit 1; }

command -v lstmtraining >/dev/null || fail 'lstmtraining is missing; tools/setup.sh --with reader installs it'
[ -s "$model" ] || fail "cannot find '$model'; install tesseract-ocr-vie or name the file"
mkdir -p "$work"

draw() {
    : >"$work/list"
    for i in $(seq $files); do
        [ -s "$work/l$i.lstmf" ] || "$build/tools/draw" reader --out "$work/l$i.lstmf" --pages $pages --seed $((100 + i)) --fonts "$fonts"
        echo "$work/l$i.lstmf" >>"$work/list"
    done
}

# stage NAME FROM RATE UNTIL: a new rate is a new stage; iterations are counted from the first stage on.
stage() {
    lstmtraining --traineddata "$model" --continue_from "$2" --model_output "$work/$1" --train_listfile "$work/list" \
        --reset_learning_rate --learning_rate "$3" --max_iterations "$4" >"$work/$1.log" 2>&1
    [ -s "$work/$1_checkpoint" ] || fail "stage $1 left no checkpoint; see $work/$1.log"
}

# Writes the model of a checkpoint, in 8 bits. Its version says that it is no longer Debian's.
pack() {
    lstmtraining --stop_training --convert_to_int --continue_from "$1" --traineddata "$model" --model_output "$work/vie.traineddata" >/dev/null 2>&1
    combine_tessdata -e "$work/vie.traineddata" "$work/vie.version" >/dev/null 2>&1
    printf '%s:changed by the project dau, trained further on drawn lines' "$(cat "$work/vie.version")" >"$work/vie.said"
    mv "$work/vie.said" "$work/vie.version"
    combine_tessdata -o "$work/vie.traineddata" "$work/vie.version" >/dev/null 2>&1
}

draw
combine_tessdata -e "$model" "$work/vie.lstm" >/dev/null 2>&1
"$build/tools/reader_floats" "$work/vie.lstm" "$work/float.lstm"
rm -f "$work"/stage*
stage stage1 "$work/float.lstm" 3e-4 2000
stage stage2 "$work/stage1_checkpoint" 1.5e-4 6000
stage stage3 "$work/stage2_checkpoint" 1e-4 12000
stage stage4 "$work/stage3_checkpoint" 4e-5 16000
pack "$work/stage4_checkpoint"
mkdir -p dicts/reader
mv "$work/vie.traineddata" dicts/reader/vie.traineddata
