#!/bin/sh
# What `make reader` is made of: lines for Tesseract's training, the same for a seed; Debian's model turned into floats and,
# untrained, back into the same integers. Trains nothing. Skipped where the tools or the model are not installed.
. "$(dirname "$0")/../lib.sh"
draw=build/tools/draw floats=build/tools/reader_floats
model=/usr/share/tesseract-ocr/5/tessdata/vie.traineddata

lines() { "$draw" reader --pages 1 --seed "$2" --out "$to/$1.lstmf"; }
count() { od -An -tu4 -N4 "$to/$1.lstmf" | tr -d ' '; }

if ! pkg-config --exists pangocairo lept 2>/dev/null || ! make -s MODE=release tools >/dev/null || ! lines try 1 2>/dev/null; then
    skipped=1
    finish
fi

lines a 7 && lines b 7 && lines c 8
check 'the same seed gives other bytes' cmp -s "$to/a.lstmf" "$to/b.lstmf"
check 'another seed gives the same bytes' test "$(cmp -s "$to/a.lstmf" "$to/c.lstmf"; echo $?)" = 1
check "a page has $(count a) lines, not 15 to 20" test "$(count a)" -ge 15 -a "$(count a)" -le 20

printf 'no network' >"$to/no.lstm"
"$floats" "$to/no.lstm" "$to/no" 2>"$to/said"
check 'no network: ended otherwise than 2' test $? = 2
check 'no network: nothing was said' test -s "$to/said"

with lstmtraining 3 || finish
with combine_tessdata 3 || finish
[ -s $model ] || { skipped=$((skipped + 3)); finish; }
cd "$to" || exit
export OMP_THREAD_LIMIT=1
combine_tessdata -e $model vie.lstm >/dev/null 2>&1
check "Debian's network is not understood" "$here/$floats" vie.lstm float.lstm
lstmtraining --stop_training --convert_to_int --continue_from float.lstm --traineddata $model --model_output back.traineddata >/dev/null 2>&1
combine_tessdata -e back.traineddata back.lstm >/dev/null 2>&1
"$here/$floats" --integers vie.lstm before && "$here/$floats" --integers back.lstm after
check 'there and back again, integers differ' cmp -s before after
check "there are $(wc -c <before) integers, not 416,301" test "$(wc -c <before)" = 416301
finish
