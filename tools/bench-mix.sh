#!/bin/sh
# bench-mix.sh [PART]: how much `dau restore` leaves wrong where only a part of a text has lost its marks, and how much of
# what is right it changes. PART 0 (the default) and 1 are the two halves of the held-out text, in turns of 50 lines: look
# at one, and run the other when you are done. With $CORPORA it finds the text (corpus/manifest.tsv); BENCH_LINES (3000)
# cuts each half; STATES names what is given to --from. Figures are words wrong, in percent.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build} dau=${DAU:-${BUILD:-build}/dau} part=${1:-0}
corpora=${CORPORA:-../shared/corpora} lines=${BENCH_LINES:-3000} states=${STATES:-auto stripped}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
strip="$build/tools/strip_marks"

# half ROLE: the half of a held-out source
half() {
    path=$(awk -F '\t' -v r="$1" '$1 == r {print $2; exit}' corpus/manifest.tsv)
    xz -dc "$corpora/$path" | awk -v p="$part" 'int((NR - 1) / 50) % 2 == p' | head -n "$lines"
}
wrong() { "$dau" eval text "$1" "$2" | awk 'index($0, "words wrong") == 1 {print $5; exit}'; }
# row NAME GOLD: $work/in restored from each state
row() {
    printf '%-36s %8s' "$1" "$(wrong "$2" "$work/in")"
    for from in $states; do
        "$dau" restore --from "$from" <"$work/in" >"$work/got"
        printf ' %8s' "$(wrong "$2" "$work/got")"
    done
    echo
}
printf '%-36s %8s' "words wrong, %; half $part" 'before'
for from in $states; do printf ' %8s' "$from"; done
echo
for role in government news; do
    gold="$work/$role"
    half "$role" >"$gold"
    for share in 2 10 30 50 70 100; do
        "$strip" --words $share <"$gold" >"$work/in"
        row "$role, $share % of the marks gone" "$gold"
    done
    "$strip" --capitals <"$gold" >"$work/in"; row "$role, in capitalised words" "$gold"
    "$strip" --tones <"$gold" >"$work/in"; row "$role, tones gone" "$gold"
    "$strip" --lines 40 <"$gold" >"$work/in"; row "$role, in two lines of five" "$gold"
    cp "$gold" "$work/in"; row "$role, nothing gone" "$gold"
    "$strip" --nfd <"$gold" >"$work/in"; row "$role, NFD" "$gold"
done
