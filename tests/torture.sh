#!/bin/sh
# torture.sh [TRIALS [SCANS]]: what a run must outlive. A poisoned batch; TRIALS (100) runs of 60 pages of text and as
# many of SCANS (60) scanned pages killed at a random moment and gone on with, the exports compared, some of them on a
# disk that fills up or fails; such disks at other moments than tests/cmd/test_run.sh. `make torture` takes minutes.
trials=${1:-100} scans=${2:-60}
. "$(dirname "$0")/lib.sh"
cd "$to" || exit 1
mkdir tmp
export TMPDIR="$to/tmp"

sql() { sqlite3 -cmd '.timeout 5000' "$@"; }
exported() { # DATABASE: a sum over the lists, and over the text of all pages
    {
        for f in csv json jsonl; do "$dau" export -d "$1" --format $f; done
        sql "$1" 'SELECT * FROM text ORDER BY 1, 2, 3, 4, 5'
    } | sha256sum
}
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

# ---- killed at a random moment, gone on with; every third time a worker is, whose page fails and is tried again ----
shim=$(dirname "$dau")/tests/faulty.so
faults=$([ -e "$shim" ] && ! grep -q __asan_init "$dau" && echo yes)

kill_one() { # TRIAL FOLDER SECONDS
    fault=
    [ "$faults" ] && case $(($1 % 5)) in 3) fault=full ;; 4) fault=sync ;; esac
    LD_PRELOAD=${fault:+$shim} DAU_FAULT=$fault:$(random "$1" 200) \
        "$dau" run -q -j$(($1 % 4 + 1)) -d killed.db "$2" 2>/dev/null &
    victim=$!
    sleep "$(random "$1" "$3")"
    if [ $(($1 % 3)) = 0 ]; then
        worker=$(cat /proc/$victim/task/$victim/children 2>/dev/null | cut -d ' ' -f 1)
        [ "$worker" ] && kill -9 "$worker" 2>/dev/null
    else
        kill -9 $victim 2>/dev/null
    fi
    wait $victim 2>/dev/null
}
kill_and_resume() { # FOLDER TRIALS
    start=$(date +%s%N)
    "$dau" run -q -j2 -d whole.db "$1"
    most=$(awk -v ns=$(($(date +%s%N) - start)) 'BEGIN { print ns / 1e9 }')
    whole=$(exported whole.db)
    trial=1
    while [ "$trial" -le "$2" ]; do
        rm -f killed.db*
        kill_one "$trial" "$1" "$most"
        "$dau" run -q -j$((trial % 3 + 1)) -d killed.db "$1" 2>err
        got=$?
        check "$1, trial $trial: gone on with, it ended with $got: $(cat err)" test $got = 0 -o $got = 6
        check "$1, trial $trial: the exports differ" test "$(exported killed.db)" = "$whole"
        check "$1, trial $trial: damaged" test "$(sql killed.db 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok
        trial=$((trial + 1))
    done
    rm -f whole.db*
}

# small pages of pixels: rows cut from two pages, each made a file of its own by a byte at its end; and some pages whole
scanned() { # FOLDER NUMBER
    mkdir "$1"
    "$dau" run -q -d cut.db "$here"/tests/pages/table.png "$here"/tests/pages/photo.jpg
    sql cut.db 'SELECT id FROM list' | while read -r id; do "$dau" show --pairing "$id" -d cut.db -o "row-$id.png"; done
    i=1
    while [ $i -le "$2" ]; do
        for row in row-*.png "$here"/tests/pages/photo.jpg; do
            [ $i -gt "$2" ] && break
            { cat "$row" && printf '%d' $i; } >"$1/$i.${row##*.}"
            i=$((i + 1))
        done
    done
}

if [ "$scans" -gt 0 ]; then
    scanned scans "$scans"
    kill_and_resume scans "$trials"
fi
plans many 20
kill_and_resume many "$trials"

"$dau" run -q --force -d killed.db many/plan-1.txt
check "what killed runs left is still there: $(ls tmp)" test -z "$(ls tmp)"

# ---- the disk is full, the disk fails ----
if [ "$trials" -ge 20 ] && [ "$faults" ]; then
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
