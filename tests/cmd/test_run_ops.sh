#!/bin/sh
# dau run as one leaves it alone: dau status, the log, progress for programs, a folder that is watched, shards.
# All on texts, which need no OCR.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
unset SLURM_ARRAY_TASK_ID JOB_COMPLETION_INDEX

plan() {
    printf 'KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG\n'
    for i in 1 2 3; do printf '%d | Tiểu học Hoa Mai %d | Tiểu học Bình Minh %d\n' $i "$1$i" "$1$i"; done
}
# await SECONDS COMMAND...: until it succeeds
await() {
    tries=$(($1 * 10))
    shift
    while [ $tries -gt 0 ]; do
        "$@" && return
        sleep 0.1
        tries=$((tries - 1))
    done
    return 1
}

# ---- status: what failed, why, the command to try again ----
mkdir in
plan 1 >in/a.txt
: >"in/it's empty.txt"
plan 2 >'in/line
feed.txt'
printf '%%PDF-1.4\nx\n' >"$(printf 'in/bad\377.pdf')"
ends 10 run -q -d s.db in --log run.log
ends 0 status -d s.db
prints '4 documents: 2 done, 2 failed; 2 pages: 2 done; 6 pairings'
prints "in/it's empty.txt: 'in/it's empty.txt' is empty"
prints "to try again: $dau run -d s.db 'in/"
check 'the command of status does not try again' test "$(
    eval "$(sed -n 's/^to try again: //p' out)" 2>&1 | grep -ac '^dau: '
)" = 2
ends 0 status -d s.db
prints '(2 tries)'
ends 0 status -d s.db --json
check "no JSON: $(cat out)" test "$(sqlite3 :memory: "SELECT json_extract(t, '$.documents.failed'),
    json_array_length(t, '$.failed'), json_extract(t, '$.failed[0].tries') FROM (SELECT readfile('out') AS t)")" = '2|2|2'
ends 2 run -d s.db --unfinished
says '2 files failed'
check "no log: $(cat run.log)" grep -q "^20..-..-..T..:..:..Z 'in/a.txt' page 1: read in" run.log
check 'a line feed of a name came into the log' grep -q "'in/line?feed.txt' page 1" run.log
check 'the end is not in the log' grep -q 'dau run ended with 10' run.log
ends 5 run -d s.db in --log no/such/folder.log
ends 1 run -d s.db in --progress often

# ---- what is not a document is passed over, and said so ----
mkdir odd
plan 1 >odd/a.txt
printf '%%!PS-Adobe-3.0' >odd/b.ps
ends 0 run -d odd.db --log odd.log odd
says '1 file of other kinds passed over; -v names them'
check 'the log does not name it' grep -q "'odd/b.ps': passed over" odd.log
ends 2 run -d odd.db odd/b.ps
says "'odd/b.ps': it is PostScript; turn it into PDF first"

# ---- progress for programs: every line an object ----
"$dau" run --progress json -d j.db in >out 2>err
sed '1s/^/[/; $!s/$/,/; $s/$/]/' err >all.json
check "not all JSON: $(cat err)" test "$(sqlite3 :memory: "SELECT group_concat(json_extract(value, '$.event'))
    FROM json_each(CAST(readfile('all.json') AS TEXT)) WHERE json_extract(value, '\$.event') <> 'progress'")" = error,error,message,message,end

# ---- a folder that is watched ----
mkdir watched
plan 1 >watched/first.txt
: >watched/empty.txt
pages_done() { test "$(sqlite3 w.db "SELECT count(*) FROM pages WHERE state = 'done'" 2>/dev/null)" = "$1"; }
"$dau" run --watch --settle 0.4 -d w.db watched 2>watch.err &
victim=$!
check 'what was there was not read' await 20 pages_done 1
mkdir watched/below
plan 2 >watched/below/second.txt
check 'a new file in a new folder was not read' await 20 pages_done 2
for i in 1 2 3 4 5 6 7 8; do
    plan 3$i >>watched/slow.txt # is not at rest
    sleep 0.1
done
plan 4 >watched/.part && mv watched/.part watched/moved.txt
check 'files that came later were not read' await 20 pages_done 4
ends 12 run -d w.db in
kill -INT $victim
wait $victim
got=$?
check "watching ended with $got: $(cat watch.err)" test $got = 0
check "a file that fails was told $(grep -c 'is empty' watch.err) times" test "$(grep -c 'is empty' watch.err)" = 1
check 'half a file was read' test "$(sqlite3 w.db 'SELECT count(*) FROM documents')" = 5

# ---- shards: each file in one of them ----
mkdir many
for i in 1 2 3 4 5 6 7 8 9; do plan $i >many/$i.txt; done
cp many/1.txt many/copy.txt
for i in 1 2 3; do ends 0 run -q --shard $i/3 -d shard$i.db many; done
check 'shards overlap or leave something out' test "$(
    for i in 1 2 3; do sqlite3 shard$i.db 'SELECT sha256 FROM documents'; done | sort | uniq -c | grep -c ' 1 '
)" = 9
ends 6 run --shard 2/3 -d shard2.db many
ends 9 run -d shard2.db many
says "'shard2.db' holds shard 2 of 3"
ends 9 run --shard 4/3 -d x.db many
ends 9 run --shard two -d x.db many
check 'no shard, but a database' test ! -e x.db
SLURM_ARRAY_TASK_ID=11 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=12 SLURM_ARRAY_TASK_COUNT=3 "$dau" run -d shard2.db many 2>err
check "Slurm's second task of three is not shard 2: $(cat err)" grep -q 'shard 2 of 3 (SLURM_ARRAY_TASK_ID)' err
SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=3 "$dau" run -d x.db many 2>err
check "an array with gaps: $?" test $? = 9 -a ! -e x.db
says 'the job array has gaps'
JOB_COMPLETION_INDEX=2 JOB_COMPLETION_COUNT=3 "$dau" run -d shard3.db many 2>err
says 'shard 3 of 3 (JOB_COMPLETION_INDEX)'

# ---- merged: any order, any number of times, as one machine would have done it ----
exported() { for f in csv jsonl; do "$dau" export -d "$1" --format $f; done | sha256sum; }
correct() { # DATABASE: a person corrects a name in it
    "$dau" export -q -d "$1" --format csv --for-correction -o sheet.csv &&
        sed -i 's/Bình Minh 52/Bình Minh Hai/' sheet.csv && "$dau" import -q --who lan -d "$1" sheet.csv
}
ends 0 run -q -d one.db many
ends 0 merge -o all.db shard1.db shard2.db shard3.db
says '9 documents, 9 pages, 27 pairings'
whole=$(exported one.db)
check 'merged and read by one machine differ' test "$(exported all.db)" = "$whole"
ends 0 merge -o other.db shard3.db shard1.db
ends 0 merge -o other.db shard2.db
ends 0 merge -o other.db shard2.db all.db shard3.db
check 'the order of merging shows' test "$(exported other.db)" = "$whole"
holder=$(for i in 1 2 3; do "$dau" export -d shard$i.db --format csv | grep -q "Bình Minh 52" && echo shard$i.db; done)
correct one.db
correct "$holder"
ends 0 merge -o other.db shard1.db shard2.db shard3.db
says '1 correction in'
check 'a correction was lost' test "$(exported other.db)" = "$(exported one.db)" -a "$(exported one.db)" != "$whole"
ends 0 merge -o other.db shard3.db shard2.db shard1.db
check 'a correction was doubled' test "$(exported other.db)" = "$(exported one.db)"
ends 6 run -d all.db many
ends 5 merge -o x.db shard1.db none.db
check 'a merge that failed left something' test -z "$(find . -name 'x.db*')"
ends 2 merge -o all.db many/1.txt
check 'a merge that failed changed the database' test "$(exported all.db)" = "$whole"
ends 1 merge all.db shard1.db
ends 1 merge -o all.db

# ---- who works on a database at once: writers together, who replaces it alone, readers always ----
cp all.db held.db
for held in 'review -d held.db --port 0' 'run -q -d held.db --watch in'; do
    # shellcheck disable=SC2086 # words of a command
    "$dau" $held >held.out 2>&1 &
    holder=$!
    check "$held: nothing shows that it is at work" await 10 test -e held.db-used
    ends 12 merge -o held.db shard1.db
    says 'held.db'
    for reader in 'export -q -d held.db --format csv' 'query -d held.db Mai' 'status -d held.db' 'corrections -d held.db'; do
        # shellcheck disable=SC2086
        "$dau" $reader >read.out 2>read.err
        check "$reader beside $held: ended with $?: $(cat read.err)" test $? -le 10
    done
    ends 6 learn -d held.db
    kill $holder
    wait $holder 2>/dev/null
    check "$held left its lock" test ! -e held.db-used
done
ends 0 export -q -d held.db --format csv
ln -s held.db link.db
"$dau" review -d link.db --port 0 >held.out 2>&1 &
holder=$!
check 'a link has no lock' await 10 test -e held.db-used
ends 12 merge -o held.db shard1.db
kill $holder
wait $holder 2>/dev/null
ends 0 merge -o held.db shard1.db shard2.db shard3.db
check 'something is left beside the database' test "$(find . -name 'held.db*' | wc -l)" = 1
sed '3s/Hoa Mai/Hoa Lan/' many/1.txt >changed && mkdir else && cp changed else/1.txt
(mkdir -p there && cd there && ln -sf ../else many && "$dau" run -q -d ../there.db many/1.txt)
ends 0 merge -o two.db one.db there.db
says '1 name means one file in one database and another in the next'
sqlite3 shard1.db "INSERT INTO learnt (lesson, made, kind, name, times) VALUES (1, '2026-01-01T00:00:00Z', 'school', 'Hoa Mai', 2)"
ends 0 merge -o taught.db shard2.db shard1.db
ends 0 merge -o taught.db shard1.db
check 'what was learnt is lost, or doubled' test "$(sqlite3 taught.db 'SELECT lesson, name, times FROM learnt')" = '1|Hoa Mai|2'
printf 'cue\tCLB\n' >clb.tsv
"$dau" run -q -d said.db --words clb.tsv --columns no,school,partner many/1.txt
ends 0 merge -o told.db shard2.db said.db
ends 0 merge -o told.db shard1.db
check 'what runs were told is lost in a merge' test "$(sqlite3 told.db 'SELECT group_concat(columns), (SELECT value FROM settings) FROM documents')" = 'no,school,partner|clb.tsv'
known='blocks cells corrections documents facts files findings learnt lines mentions pages pairings replayed review runs schools search settings sqlite_sequence tables tally words'
check 'a table that src/store/merge.c does not know: teach it' test "$(sqlite3 one.db \
    "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search_*' ORDER BY name)")" = "$known"
finish
