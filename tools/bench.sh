#!/bin/sh
# bench.sh: the figures of the restoration engine, as a table, with the machine and the commit. With $CORPORA it measures
# on the held-out sources of corpus/manifest.tsv, else on corpus/held-out, which is ours. BENCH_LINES cuts the corpora.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build} dau=${BUILD:-build}/dau
corpora=${CORPORA:-../shared/corpora} eval=${EVAL:-../shared/eval} lines=${BENCH_LINES:-1000000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

row() { printf '%-52s %12s   %s\n' "$1" "$2" "$3"; }
field() { awk -v k="$1" -v f="$2" 'index($0, k) == 1 {print $f; exit}' "$3"; }
now() { date +%s.%N; }

# stripped NAME GOLD
stripped() {
    "$build/tools/strip_marks" <"$2" >"$work/bare"
    "$dau" restore --from stripped <"$work/bare" >"$work/got"
    "$dau" eval text "$2" "$work/got" >"$work/score"
    row "stripped, $1, syllables right" "$(field syllables 4 "$work/score") %" "of $(field syllables 2 "$work/score")"
    row "stripped, $1, capitalised" "$(field 'capitalised syllables' 5 "$work/score") %"
}
# clean NAME GOLD
clean() {
    "$dau" restore <"$2" >"$work/got"
    "$dau" eval text "$2" "$work/got" >"$work/score"
    row "clean, $1, words changed" "$(field 'words wrong' 5 "$work/score") %"
}
# read_text NAME FROM GOLD READ
read_text() {
    "$dau" eval text "$3" "$4" >"$work/before"
    "$dau" restore --from "$2" --json <"$4" >"$work/got"
    "$dau" eval text "$3" "$work/got" >"$work/score"
    row "$1, WER" "$(field 'words wrong' 5 "$work/score") %" "was $(field 'words wrong' 5 "$work/before") %"
    row "$1, CER" "$(field characters 4 "$work/score") %" "was $(field characters 4 "$work/before") %"
    row "$1, expected calibration error" "$(field expected 4 "$work/score")"
}
# speed NAME FROM FILE
speed() {
    words=$(wc -w <"$3") from=$(now)
    "$dau" restore --from "$2" <"$3" >/dev/null
    row "speed, $1, one thread" "$(echo "$words $from $(now)" | awk '{printf "%.0f k/s", $1 / ($3 - $2) / 1000}')" "words"
}
memory() {
    [ -x /usr/bin/time ] || return
    /usr/bin/time -f %M "$dau" restore --from "$1" <"$2" 2>"$work/rss" >/dev/null
    row "resident memory, $1" "$(awk '{printf "%.0f MB", $1 / 1024}' "$work/rss")"
}
load() {
    from=$(now)
    for i in 1 2 3 4 5 6 7 8 9 10; do echo | "$dau" restore --from stripped >/dev/null; done
    with=$(now)
    for i in 1 2 3 4 5 6 7 8 9 10; do "$dau" --version >/dev/null; done
    row "model load, warm (a run less one of --version)" "$(echo "$from $with $(now)" | awk '{printf "%.1f ms", ($2 - $1 - ($3 - $2)) * 100}')"
}

echo "commit $(git rev-parse --short HEAD 2>/dev/null), $(date +%Y-%m-%d), $(awk -F ': ' '/model name/ {print $2; exit}' /proc/cpuinfo), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
row "language model" "$(du -k --apparent-size dicts/vi.lm | awk '{printf "%.1f MB", $1 / 1000 * 1.024}')"
own=corpus/held-out
stripped "own plan" $own/plan.txt
read_text "bad OCR (eng), own plan" ocr $own/plan.txt $own/plan.eng.txt
read_text "OCR (vie) at 120 dpi, own plan" vie $own/plan.txt $own/plan.vie.txt
clean "own plan" $own/plan.txt
if [ -d "$corpora/text" ]; then
    for role in government news; do
        path=$(awk -F '\t' -v r=$role '$1 == r {print $2; exit}' corpus/manifest.tsv)
        xz -dc "$corpora/$path" | head -n "$lines" >"$work/$role"
        stripped "$role" "$work/$role"
        clean "$role" "$work/$role"
    done
    "$build/tools/strip_marks" <"$work/news" >"$work/bare"
    speed "stripped, news" stripped "$work/bare"
    memory stripped "$work/bare"
fi
if [ -d "$eval/plans" ]; then
    for p in "$eval"/plans/plan-?.txt; do
        sed -n '/DANH SÁCH/q;p' "$p" | sed 's/ | / /g' >>"$work/plans"
        sed -n '/^DANH SACH/q;p' "${p%.txt}.bad-ocr.txt" | sed 's/|/ /g' >>"$work/plans.read"
        echo >>"$work/plans.read"
    done
    read_text "bad OCR, body of the plans" ocr "$work/plans" "$work/plans.read"
    for i in 1 2 3 4 5 6 7 8 9 10; do cat "$work/plans.read"; done >"$work/many"
    speed "bad OCR, plans ten times" ocr "$work/many"
    memory ocr "$work/many"
fi
load
