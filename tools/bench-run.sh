#!/bin/sh
# bench-run.sh [FOLDER [ROUNDS]]: how long `dau run` takes, over what else one could do with the same files, and how much
# memory. All in the same rounds, one after the other, so that other work on the machine troubles all alike; medians.
#
#     dau -j2, dau -j1      build/dau run
#     tesseract             pdftoppm -r 200, then tesseract -l vie, two at a time, a thread each
#     ocrmypdf              with -l vie --jobs 2 --force-ocr --output-type pdf (when it is installed)
#
# PAGES=200: memory after 20 pages and after so many; PAGE=x.png: of this one (a small one takes less time).
# FILES=10000: the second run over so many files.
set -u
cd "$(dirname "$0")/.." || exit 1
here=$(pwd)
case ${BUILD:-build} in /*) dau=$BUILD/dau ;; *) dau=$here/${BUILD:-build}/dau ;; esac
folder=${1:-${EVAL:-../shared/eval}/plans} rounds=${2:-3}
to=$(mktemp -d) || exit 1
trap 'rm -rf "$to"' EXIT
find "$folder" -maxdepth 1 -name '*.pdf' | sort >"$to/list"
[ -s "$to/list" ] || { echo "bench-run: no PDF in '$folder'" >&2; exit 1; }

# time_it NAME COMMAND...: seconds into $to/NAME
time_it() {
    name=$1
    shift
    begin=$(date +%s.%N)
    "$@" >"$to/said" 2>&1 || { echo "bench-run: $name failed:" >&2; tail -n 3 "$to/said" >&2; }
    awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f\n", b - a }' >>"$to/$name"
}
# shellcheck disable=SC2046 # names of the plans have no blanks
with_dau() { rm -f "$to"/dau.db* && "$dau" run -q -j"$1" -d "$to/dau.db" $(cat "$to/list"); }
with_tesseract() {
    rm -rf "$to/pages" && mkdir "$to/pages"
    xargs -P2 -I{} sh -c 'pdftoppm -r 200 -gray "$1" "$2/$(basename "$1" .pdf)"' sh {} "$to/pages" <"$to/list" &&
        find "$to/pages" -type f | sort | OMP_THREAD_LIMIT=1 xargs -P2 -I{} tesseract {} {} -l vie
}
with_ocrmypdf() {
    while read -r f; do
        ocrmypdf -q -l vie --jobs 2 --force-ocr --output-type pdf "$f" "$to/out.pdf" || return
    done <"$to/list"
}
median() { sort -n "$to/$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# over A B WANTED: the ratio of two medians
over() { awk -v a="$(median "$1")" -v b="$(median "$2")" -v w="$3" 'BEGIN { printf "%-28s %6.2f   (wanted %s)\n", "'"$1/$2"'", a / b, w }'; }

round=1
while [ "$round" -le "$rounds" ]; do
    time_it dau-j2 with_dau 2
    time_it tesseract with_tesseract
    time_it dau-j1 with_dau 1
    command -v ocrmypdf >/dev/null && time_it ocrmypdf with_ocrmypdf
    round=$((round + 1))
done
echo "$(wc -l <"$to/list") files, $(sqlite3 "$to/dau.db" 'SELECT count(*) FROM pages') pages, $rounds rounds, $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg)"
for name in dau-j2 dau-j1 tesseract ocrmypdf; do
    [ -e "$to/$name" ] && printf '%-28s %6.2f s   (%s)\n' "$name" "$(median $name)" "$(paste -sd ' ' "$to/$name")"
done
over dau-j2 tesseract '<= 1.0, aim 0.6'
[ -e "$to/ocrmypdf" ] && over dau-j2 ocrmypdf '<= 0.4, aim 0.25'
over dau-j1 dau-j2 '>= 1.85'

# ---- memory: the most that was resident, parent and worker, after 20 pages and after PAGES ----
resident() { awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$1/status" 2>/dev/null; }
anonymous() { awk '/RssAnon/ { print int($2 / 1024) }' "/proc/$1/status" 2>/dev/null; }
done_pages() { sqlite3 "$1" "SELECT count(*) FROM pages WHERE state = 'done'" 2>/dev/null || echo 0; }
mkdir "$to/many"
pages=${PAGES:-200}
i=1
while [ $i -le $((pages + 5)) ]; do
    { cat "${PAGE:-tests/pages/table.png}"; echo $i; } >"$to/many/$i.png" # other bytes, the same page
    i=$((i + 1))
done
"$dau" run -q -j1 -d "$to/many.db" "$to/many" >/dev/null 2>&1 &
run=$!
for at in 20 "$pages"; do
    while kill -0 $run 2>/dev/null && [ "$(done_pages "$to/many.db")" -lt "$at" ]; do sleep 0.3; done
    worker=$(cut -d ' ' -f 1 "/proc/$run/task/$run/children" 2>/dev/null)
    printf 'memory after %5d pages       worker %s MB (its own now: %s), parent %s MB\n' "$at" "$(resident "$worker")" \
        "$(anonymous "$worker")" "$(resident $run)"
done
kill $run 2>/dev/null
wait $run 2>/dev/null

# ---- the second run over many files ----
mkdir "$to/files"
files=${FILES:-10000}
seq -f '%05.0f' "$files" | while read -r n; do echo "Trường số $n" >"$to/files/$n.txt"; done
"$dau" run -q -d "$to/files.db" "$to/files" >/dev/null 2>&1
time_it again sh -c "$dau run -q -d $to/files.db $to/files; [ \$? = 6 ]"
printf '%-28s %6s s   (wanted 3, aim 1)\n' "$files files again" "$(median again)"
