#!/bin/sh
# torture.sh [TRIALS [SCANS]]: what a run must outlive. A poisoned batch; TRIALS (100) runs of 60 pages of text killed
# at a random moment and gone on with, the exports compared; a chain of kills through SCANS (6) scanned pages; a disk
# that fills up and one that fails, at other moments than tests/test_run.sh. `make torture` takes minutes.
trials=${1:-100} scans=${2:-6}
. "$(dirname "$0")/lib.sh"
cd "$to" || exit 1
mkdir tmp
export TMPDIR="$to/tmp"

sql() { sqlite3 -cmd '.timeout 5000' "$@"; }
exported() { for f in csv json jsonl; do "$dau" export -d "$1" --format $f; done | sha256sum; }
random() { awk -v s="$1" -v most="$2" 'BEGIN { srand(s); printf "%.3f", rand() * most }'; } # SEED MOST

plan() { # NUMBER: a plan of 12 rows on three pages
    printf 'KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG\n'
    for row in 1 2 3 4 5 6 7 8 9 10 11 12; do
        [ $((row % 4)) = 0 ] && [ $row -lt 12 ] && printf '\f'
        printf '%d | Tiểu học Hoa Mai %d | Tiểu học Bình Minh %d\n' $row $row "$1"
    done
}
plans() { # FOLDER NUMBER
    mkdir -p "$1"
    p=1
    while [ $p -le "$2" ]; do
        plan $p >"$1/plan-$p.txt"
        p=$((p + 1))
    done
}

# ---- a poisoned batch: 20 good files among 60 hostile ones ----
hostile=$("$here/tests/poison.sh" "$to")
plans good 20
chmod 644 hostile/*-* 2>/dev/null
"$dau" run -q -d poison.db -j2 hostile/* hostile/' -d blank .tif' good >out 2>err
got=$?
check "a poisoned batch ended with $got" test $got = 10
check 'there are fewer than 60 kinds of poison' test "$hostile" -ge 60
check 'not all good files are done' test "$(sql poison.db "SELECT count(*) FROM documents d JOIN named f ON
    f.document = d.id WHERE d.state = 'done' AND f.file LIKE 'good/%'")" = 20
without=$(sql poison.db "SELECT path FROM files WHERE path LIKE 'hostile/%' AND path NOT IN
    (SELECT file FROM failed WHERE length(reason) > 10)")
check "no word of why: $without" test -z "$without"
check 'not every hostile file has a row' test "$(sql poison.db "SELECT count(*) FROM files WHERE path LIKE 'hostile/%'")" = "$hostile"
check 'a stray file' test ! -e x
check "temporary files were left: $(ls tmp)" test -z "$(ls tmp)"
"$dau" run -q -d alone.db good
"$dau" export -d poison.db --format csv >poison.csv
"$dau" export -d alone.db --format csv >alone.csv
check 'poison changed what was found in the good files' cmp poison.csv alone.csv

# ---- killed at a random moment, gone on with ----
plans many 20
start=$(date +%s%N)
"$dau" run -q -j1 -d whole.db many
whole=$(exported whole.db)
most=$(awk -v ns=$(($(date +%s%N) - start)) 'BEGIN { print ns / 1e9 }')
trial=1
while [ "$trial" -le "$trials" ]; do
    rm -f killed.db*
    "$dau" run -q -j$((trial % 4 + 1)) -d killed.db many 2>/dev/null &
    victim=$!
    sleep "$(random "$trial" "$most")"
    if [ $((trial % 3)) = 0 ]; then # a worker instead; its page fails and is tried again
        worker=$(cat /proc/$victim/task/$victim/children 2>/dev/null | cut -d ' ' -f 1)
        [ "$worker" ] && kill -9 "$worker" 2>/dev/null
        wait $victim
    else
        kill -9 $victim 2>/dev/null
        wait $victim 2>/dev/null
    fi
    "$dau" run -q -j$((trial % 3 + 1)) -d killed.db many 2>err
    got=$?
    check "trial $trial: gone on with, it ended with $got: $(cat err)" test $got = 0 -o $got = 6
    check "trial $trial: the exports differ" test "$(exported killed.db)" = "$whole"
    check "trial $trial: damaged" test "$(sql killed.db 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok
    trial=$((trial + 1))
done

"$dau" run -q --force -d killed.db many/plan-1.txt
check "what killed runs left is still there: $(ls tmp)" test -z "$(ls tmp)"

# ---- the same run killed again and again, over scanned pages ----
if [ "$scans" -gt 0 ]; then
    set -- "$here"/tests/pages/table.png "$here"/tests/pages/*.pdf "$here"/tests/pages/photo.jpg
    while [ $# -gt "$scans" ]; do shift; done
    "$dau" run -q -d scans.db "$@"
    i=1
    while [ $i -le 20 ]; do
        "$dau" run -q -j2 -d chain.db "$@" 2>/dev/null &
        victim=$!
        sleep "$(random $i 6)"
        kill -9 $victim 2>/dev/null
        wait $victim 2>/dev/null
        i=$((i + 1))
    done
    "$dau" run -q -d chain.db "$@"
    check 'after a chain of kills the exports differ' test "$(exported chain.db)" = "$(exported scans.db)"
fi

# ---- the disk is full, the disk fails ----
shim=$(dirname "$dau")/tests/faulty.so
if [ "$trials" -ge 20 ] && [ -e "$shim" ] && ! grep -q __asan_init "$dau"; then
    for n in 1 2 5 10 20 35 60 90 130 250 400 600; do
        for kind in full sync; do
            rm -f fault.db*
            LD_PRELOAD=$shim DAU_FAULT=$kind:$n "$dau" run -q -j2 -d fault.db many 2>err
            got=$?
            check "$kind:$n: ended with $got: $(cat err)" test $got = 5 -o $got = 0
            "$dau" run -q -d fault.db many 2>err
            check "$kind:$n: the exports differ: $(cat err)" test "$(exported fault.db)" = "$whole"
        done
    done
else
    skipped=$((skipped + 1))
fi
finish
