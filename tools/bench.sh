#!/bin/sh
# bench.sh: the figures of the restoration engine beside what was wanted of them, with the machine and the commit.
# With $CORPORA it measures on the held-out sources of corpus/manifest.tsv, without on corpus/held-out, which is ours;
# with $EVAL on the drawn plans too; fresh pages are drawn and read where tools/draw is built. BENCH_LINES cuts the corpora. Times are the least user time of three runs; the
# instructions stand beside them where perf can count them.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build} dau=${BUILD:-build}/dau
corpora=${CORPORA:-../shared/corpora} eval=${EVAL:-../shared/eval} lines=${BENCH_LINES:-1000000}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# row NAME FIGURE WANTED [NOTE]
row() { printf '%-49s %12s   %-22s %s\n' "$1" "$2" "$3" "$4"; }
field() { awk -v k="$1" -v f="$2" 'index($0, k) == 1 {print $f; exit}' "$3"; }
number() { field "$1" "$2" "$work/score"; }
score() { "$dau" eval text "$@" >"$work/score"; }

# stripped NAME GOLD WANTED WANTED-OF-CAPITALISED
stripped() {
    "$build/tools/strip_marks" <"$2" >"$work/bare"
    "$dau" restore --from stripped --json <"$work/bare" >"$work/got"
    score "$2" "$work/got"
    row "stripped, $1: syllables right" "$(number syllables 4) %" "$3" "of $(number syllables 2)"
    row "  capitalised" "$(number 'capitalised syllables' 5) %" "$4" "of $(number 'capitalised syllables' 3)"
    row "  expected calibration error" "$(number expected 4)" '0.02, aim 0.01'
}
# clean NAME GOLD
clean() {
    "$dau" restore <"$2" >"$work/got"
    score "$2" "$work/got"
    row "clean, $1: words wrongly changed" "$(number 'words wrong' 5) %" '0.1 %, aim 0.02 %' "of $(number words 2)"
}
# read_text NAME FROM GOLD READ WANTED-WER WANTED-CER
read_text() {
    score "$3" "$4"
    was=$(number 'words wrong' 5) before=$(number characters 4)
    "$dau" restore --from "$2" --json <"$4" >"$work/got"
    score --raw "$4" "$3" "$work/got"
    now=$(number 'words wrong' 5)
    row "$1: WER" "$now %" "$5" "was $was %, $(echo "$was $now" | awk '{printf "%.0f", $1 ? 100 * (1 - $2 / $1) : 0}') % of errors removed"
    row "  CER" "$(number characters 4) %" "$6" "was $before %"
    row "  words spoilt" "$(number 'words spoilt' 4) %" ''
    row "  expected calibration error" "$(number expected 4)" '0.02, aim 0.01'
}
# seconds COMMAND...: the least user time of three runs; input is $work/in
seconds() {
    for i in 1 2 3; do
        command time -f '%U' -o "$work/time" "$@" <"$work/in" >/dev/null 2>&1 || { echo 0; return; }
        cat "$work/time"
    done | sort -n | head -n 1
}
instructions() {
    perf stat -x , -e instructions:u -o "$work/perf" "$@" <"$work/in" >/dev/null 2>&1
    awk -F , '$3 ~ /^instructions/ && $1 + 0 > 0 {print $1}' "$work/perf" 2>/dev/null
}
# speed NAME FROM FILE WANTED
speed() {
    cp "$3" "$work/in"
    words=$(wc -w <"$3")
    took=$(seconds "$dau" restore --from "$2")
    count=$(instructions "$dau" restore --from "$2")
    row "speed, $1, one thread" "$(echo "$words $took" | awk '{if ($2 > 0) printf "%.0f k/s", $1 / $2 / 1000; else printf "no time"}')" "$4" \
        "$(echo "$words ${count:-0}" | awk '{if ($2 > 0) printf "%.0f k instructions a word", $2 / $1 / 1000; else printf "instructions: perf cannot count them here"}')"
}
# memory NAME FROM FILE
memory() {
    command time -f %M -o "$work/time" "$dau" restore --from "$2" <"$3" >/dev/null 2>&1 || return
    row "resident memory, $1" "$(awk '{printf "%.0f MB", $1 / 1024}' "$work/time")" '60 MB, aim 30 MB'
}
ten_times() { for i in 1 2 3 4 5 6 7 8 9 10; do "$@" </dev/null >/dev/null; done; }
now() { date +%s.%N; }
load() {
    best=1000
    for turn in 1 2 3; do
        from=$(now); ten_times "$dau" restore --from stripped
        with=$(now); ten_times "$dau" --version
        best=$(echo "$from $with $(now) $best" | awk '{t = ($2 - $1 - ($3 - $2)) * 100; printf "%.1f", t < $4 ? t : $4}')
    done
    row "model load, warm (a run less one of --version)" "$(echo "$best" | awk "{print (\$1 > 0 ? \$1 : 0)}") ms" '5 ms, aim 1 ms'
}
# drawn NAME LANGUAGE DPI MODE DEGRADE PART: a part of the held-out government text, drawn and read: NAME.gold, NAME.raw
drawn() {
    mkdir -p "$work/$1"
    awk -v k="$6" 'int((NR - 1) / 10) % 150 == k * 20' "$work/print" >"$work/$1.lines"
    "$build/tools/draw" lines --text "$work/$1.lines" --out "$work/$1" --seed "$3$6" --dpi "$3" --mode "$4" --degrade "$5" \
        --fonts 'Liberation Serif,Noto Serif,TeX Gyre Termes,DejaVu Serif,Liberation Sans' >/dev/null
    for png in "$work/$1"/page-*.png; do
        OMP_THREAD_LIMIT=1 tesseract "$png" "${png%.png}.read" -l "$2" --psm 6 --dpi "$3" 2>/dev/null
    done
    cat "$work/$1"/page-????.txt >"$work/$1.gold"
    cat "$work/$1"/page-*.read.txt | tr -d '\f' >"$work/$1.raw"
}
# drawn_all: fresh pages, at three resolutions and wears for each engine
drawn_all() {
    fold -s -w 78 <"$work/government" | sed 's/ *$//' | LC_ALL=C.UTF-8 grep -P '^[\x{20}-\x{24F}\x{1E00}-\x{1EFF}]{11,}$' >"$work/print"
    drawn 'eng-200-gray' eng 200 gray 1 1; drawn 'eng-300-bw' eng 300 bw 2 2; drawn 'eng-200-bw' eng 200 bw 2 3
    drawn 'vie-100-gray' vie 100 gray 2 4; drawn 'vie-120-bw' vie 120 bw 2 5; drawn 'vie-150-bw' vie 150 bw 2 6
    cat "$work"/eng-*.gold >"$work/eng.gold"; cat "$work"/eng-*.raw >"$work/eng.raw"
    cat "$work"/vie-*.gold >"$work/vie.gold"; cat "$work"/vie-*.raw >"$work/vie.raw"
    read_text 'bad OCR (eng), government text drawn' ocr "$work/eng.gold" "$work/eng.raw" "$ocr" "$cer"
    read_text 'OCR (vie) at 100-150 dpi, the same' vie "$work/vie.gold" "$work/vie.raw" '25 % removed, aim 50' ''
    cp "$work/eng.raw" "$work/many"; many="drawn pages, each once"
}
# body TEXT: a plan up to its list. Of a plan read, lines of a number alone are the list's ordinals.
body() { sed '/DANH S[AÁ]CH/,$d; s/ *| */ /g' "$1" | grep -vE '^[0-9 ]*$'; }

echo "commit $(git rev-parse --short HEAD 2>/dev/null), $(date +%Y-%m-%d), $(awk -F ': ' '/model name/ {print $2; exit}' /proc/cpuinfo), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
row '' figure 'wanted at least, aim'
size() { du -k --apparent-size "$1" | awk '{printf "%.1f MB", $1 / 1000 * 1.024}'; }
row 'n-gram model' "$(size dicts/vi.lm)" '24 MB, aim 20 MB'
row 'context model' "$(size dicts/vi.ctx)" ''
many="own plan ten times" ocr='5 %, aim 3 %' cer='1.3 %, aim 0.8 %'
own=corpus/held-out
stripped 'own plan' $own/plan.txt '99.2 %, aim 99.5 %' '98.4 %, aim 99 %'
read_text 'bad OCR (eng), own plan' ocr $own/plan.txt $own/plan.eng.txt "$ocr" "$cer"
read_text 'OCR (vie) at 120 dpi, own plan' vie $own/plan.txt $own/plan.vie.txt '25 % removed, aim 50' ''
clean 'own plan' $own/plan.txt
for i in 1 2 3 4 5 6 7 8 9 10; do cat $own/plan.eng.txt; done >"$work/many"
if [ -d "$corpora/text" ]; then
    for role in government news; do
        path=$(awk -F '\t' -v r=$role '$1 == r {print $2; exit}' corpus/manifest.tsv)
        xz -dc "$corpora/$path" | head -n "$lines" >"$work/$role"
        case $role in
            government) stripped $role "$work/$role" '99.2 %, aim 99.5 %' '98.4 %, aim 99 %' ;;
            *) stripped $role "$work/$role" '98.0 %, aim 98.4 %' '97.2 %, aim 98 %' ;;
        esac
        clean $role "$work/$role"
    done
    "$build/tools/strip_marks" <"$work/news" >"$work/bare"
    speed 'stripped, news' stripped "$work/bare" '500 k, aim 1 M'
    memory stripped stripped "$work/bare"
    if [ -x "$build/tools/draw" ] && command -v tesseract >/dev/null; then drawn_all; fi
fi
if [ -d "$eval/plans" ]; then
    for p in "$eval"/plans/plan-?.txt; do
        body "$p" >>"$work/plans"
        { body "${p%.txt}.bad-ocr.txt"; echo; } >>"$work/plans.read"
    done
    read_text 'bad OCR, body of the plans' ocr "$work/plans" "$work/plans.read" '4 %, aim 2 %' ''
    for i in 1 2 3 4 5 6 7 8 9 10; do cat "$work/plans.read"; done >"$work/ten"
    speed 'bad OCR, the plans ten times' ocr "$work/ten" '40 k, aim 100 k'
fi
speed "bad OCR, $many" ocr "$work/many" '40 k, aim 100 k'
memory 'bad OCR' ocr "$work/many"
load
