#!/bin/sh
# dau run and dau export from the outside: exit codes, what is said, bad input beside good, nothing to do, resuming
# after a kill, the same list for any -j. Works on texts, which need no OCR; one scan at the end.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1

alone() { check "$1 has files beside it: $(ls)" test ! -e "$1-wal" -a ! -e "$1-shm" -a ! -e "$1-lock"; }

# A plan of 12 rows on two pages, numbered from $1.
plan() {
    printf 'KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG\n'
    i=$1
    while [ "$i" -lt $(($1 + 12)) ]; do
        [ "$i" = $(($1 + 6)) ] && printf '\f'
        printf '%d | Tiểu học Hoa Mai %d | Tiểu học Bình Minh %d\n' "$i" "$i" "$i"
        i=$((i + 1))
    done
}

# ---- words of the command line ----
ends 1 run
ends 1 run --jobs
ends 1 run -j x a.txt
ends 1 export --format docx
ends 5 restore .
ends 0 help run
if [ -w /dev/full ]; then
    "$dau" run --help >/dev/full 2>err
    check "help that is lost: ended with $?, $(cat err)" grep -q 'cannot write standard output' err
else skipped=$((skipped + 1)); fi
ends 0 run --help
check 'help does not tell of exit codes' grep -q 'nothing to do' out
ends 5 export -d none.db
says "'dau run -d none.db FOLDER' makes it"
check 'export made a database' test ! -e none.db

# ---- bad input alone: the code of its cause ----
mkdir bad
: >bad/empty.txt
plan 1 >bad/renamed.pdf
printf 'Truong\0Hoa Mai\n' >bad/nul.txt
printf 'Tr\377\376ng \320\327\244 \242\243\260\n' >bad/latin.txt
ends 5 run -d x.db missing.pdf
says "cannot open 'missing.pdf'"
ends 2 run -d x.db bad/empty.txt
says "'bad/empty.txt' is empty"
ends 2 run -d x.db bad/renamed.pdf
says "'bad/renamed.pdf' holds text"
ends 2 run -d x.db bad/nul.txt
ends 2 run -d x.db bad/latin.txt
mkdir folder.d
ends 6 run -d y.db folder.d
check 'an empty folder made a database' test ! -e y.db
mkfifo pipe
ends 5 run -d x.db pipe
says 'a FIFO'
ends 5 run -d no/folder/x.db bad
ends 2 run -d bad/renamed.pdf bad/nul.txt
says 'is no database'

# ---- bad beside good: the good is done ----
mkdir mixed
cp bad/* mixed/
plan 1 >mixed/good.txt
plan 20 >mixed/other.txt
ends 10 run -d mixed.db mixed missing.pdf
says "cannot open 'missing.pdf'"
says "'mixed/nul.txt'"
says '2 documents, 4 pages'
ends 10 run -d mixed.db mixed
alone mixed.db

# ---- scans that cannot be read, each with the code of its cause ----
pages=$here/tests/pages
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 200000]>>endobj\ntrailer<</Root 1 0 R>>\n' >huge.pdf
head -c 600 "$pages/sample-plan.pdf" >cut.pdf
ends 11 run -d scans.db huge.pdf
ends 2 run -d scans.db cut.pdf
ends 8 run -d scans.db "$pages/bad/password.pdf"
ends 10 run -d scans.db huge.pdf cut.pdf
ends 10 run -d scans.db huge.pdf mixed/good.txt

# ---- what is passed over in folders ----
mkdir -p walk/b
plan 1 >walk/b/2.txt
plan 30 >walk/a.txt
ln -s a.txt walk/link.txt
mkfifo walk/pipe
printf '\177ELF\001\001\001\000\000\000' >walk/program
ends 0 run -d walk.db walk
says "'walk/link.txt': passed over, a symbolic link"
says "'walk/pipe': passed over, a FIFO"
says '2 documents, 4 pages'

# ---- again: nothing to do, nothing touched ----
before=$(sha256sum walk.db; stat -c %y walk.db)
ends 6 run -d walk.db walk
says 'nothing to do'
ends 6 run -d walk.db ./walk//a.txt walk/b/
check 'a run without work touched the database' test "$before" = "$(sha256sum walk.db; stat -c %y walk.db)"
alone walk.db
touch walk/a.txt
ends 6 run -q -d walk.db walk
check '-q is not quiet' test ! -s err

# ---- another name, other bytes, again by force ----
cp walk/a.txt walk/copy.txt
ends 0 run -d walk.db walk
says "'walk/copy.txt' holds the same bytes as 'walk/a.txt'"
ends 6 run -d walk.db walk
plan 50 >walk/a.txt
ends 0 run -d walk.db walk
says '1 document, 2 pages'
ends 6 run -d walk.db walk
ends 0 run --force -d walk.db walk/b
says '1 document, 2 pages'
cp walk/copy.txt walk/called.pdf # a text; under the other name it was fine
ends 0 run -d walk.db walk

# ---- another is at work ----
if command -v flock >/dev/null; then
    flock -o walk.db-lock sleep 6 &
    holder=$!
    sleep 0.3
    ends 12 run -d walk.db walk
    says "another 'dau run' is at work"
    kill $holder
    wait $holder 2>/dev/null
    ends 6 run -d walk.db walk
else
    skipped=$((skipped + 1))
fi

# ---- any -j, any number of kills: the same list ----
mkdir many
n=1
while [ $n -le 24 ]; do
    plan $((n * 100)) >many/plan-$n.txt
    n=$((n + 1))
done
ends 0 run -j1 -d one.db many
ends 0 run -j3 -d three.db many
for kill_after in 0.02 0.05 0.1 0.15 0.2 0.3; do
    "$dau" run -q -j2 -d killed.db many &
    victim=$!
    sleep $kill_after
    kill -9 $victim 2>/dev/null
    wait $victim 2>/dev/null
done
"$dau" run -q -j2 -d killed.db many
check "resumed runs ended with $?" "$dau" run -q -j2 -d killed.db many/plan-1.txt --force
alone killed.db
for format in csv json jsonl table; do
    ends 0 export -d one.db --format $format -o one.$format
    ends 0 export -d three.db --format $format -o three.$format
    ends 0 export -d killed.db --format $format -o killed.$format
    check "$format: -j1 and -j3 differ" cmp one.$format three.$format
    check "$format: killed and resumed differ" cmp one.$format killed.$format
done
# ---- SIGINT: 130, and the rest the next time ----
"$dau" run -j1 -d stopped.db many 2>err &
victim=$!
i=0
while [ ! -e stopped.db ] && [ $i -lt 1000 ]; do
    sleep 0.01
    i=$((i + 1))
done
kill -TERM $victim
wait $victim
got=$?
check "SIGTERM: ended with $got" test $got = 130 -o $got = 0
"$dau" run -q -d stopped.db many
"$dau" export -q -d stopped.db --format csv >stopped.csv
check 'stopped and resumed differ' cmp one.csv stopped.csv

# a page over the limit, and the option that the message names
ends 11 show --max-megapixels 0.5 --stage load "$here/tests/pages/table.png"
says '--max-megapixels'
ends 11 run -d large.db --max-megapixels 0.5 "$here/tests/pages/table.png"
ends 0 show --max-megapixels 5 --stage load "$here/tests/pages/table.png"

# ---- a scan, its words, a limit ----
"$dau" run -d scans.db "$pages/table.png" >out 2>err
got=$?
if [ $got = 3 ]; then
    skipped=$((skipped + 1))
else
    check "table.png: ended with $got: $(cat err)" test $got = 0
    says '1 document, 1 page'
    ends 11 run -d scans.db --page-timeout 0.05 "$pages/letterhead.pdf"
    says 'stopped after 0.05 s'
fi

# ---- what fails takes nothing away; a new dictionary asks for no new reading ----
if [ $got != 3 ]; then
    "$dau" export -d scans.db --format csv >before.csv
    ends 11 run -d scans.db --force --page-timeout 0.02 "$pages/table.png"
    "$dau" export -d scans.db --format csv >after.csv
    check 'a failed --force took the older result away' cmp before.csv after.csv
    ends 0 run -d scans.db "$pages/table.png"
    cp -r "$here/dicts" own
    printf 'hoa mai\t4\n' >>own/phrases.tsv
    export DAU_DATA="$to/own"
    ends 0 run -d scans.db "$pages/table.png"
    says '1 read before, restored anew'
    printf '# later\n' >>own/streets.tsv
    ends 0 run -d scans.db "$pages/table.png"
    says '1 document, 0 pages'
    ends 6 run -d scans.db "$pages/table.png"
    printf 'level\tmẫu giáo bán công\tMN\n' >words.tsv
    ends 0 run -d scans.db --words words.tsv "$pages/table.png"
    says '1 document, 0 pages'
    ends 6 run -d scans.db --words words.tsv "$pages/table.png"
    printf '# later\n' >>own/words.tsv
    ends 0 run -d scans.db "$pages/table.png"
    says '1 document, 0 pages'
    ends 6 run -d scans.db --text-layer ignore --max-megapixels 200 "$pages/table.png" # which has no text to judge
    "$dau" run -q -d fresh.db "$pages/table.png"
    unset DAU_DATA
    for db in scans fresh; do
        "$dau" export -d $db.db --format jsonl | grep 'table.png' >$db.jsonl
    done
    check 'restored anew and read anew differ' cmp scans.jsonl fresh.jsonl
    # Ctrl-C: once finishes the page in hand, twice stops at once
    for times in 1 2; do
        "$dau" run -j1 -d int.db "$pages/sample-plan.pdf" 2>err &
        victim=$!
        i=0
        until [ "$(sqlite3 int.db "SELECT count(*) FROM pages WHERE state = 'started'" 2>/dev/null)" = 1 ] ||
            [ $i -gt 200 ]; do
            sleep 0.05
            i=$((i + 1))
        done
        kill -INT $victim
        [ $times = 2 ] && sleep 0.1 && kill -INT $victim
        wait $victim
        got=$?
        check "SIGINT x $times: ended with $got" test $got = 130
        check "SIGINT x $times: $(cat err)" grep -q 'finishing 1 page' err
    done
    check 'the page in hand was not finished' test "$(sqlite3 int.db "SELECT sum(state = 'done') FROM pages")" = 1
    "$dau" run -q -d int.db "$pages/sample-plan.pdf"
    "$dau" run -q -d whole.db "$pages/sample-plan.pdf"
    for db in int whole; do "$dau" export -d $db.db --format csv >$db.csv; done
    check 'interrupted and resumed differ' cmp int.csv whole.csv
fi

# ---- the disk is full, the disk fails, at any time: said, the database sound, the rest is done later ----
shim=$(dirname "$dau")/tests/faulty.so
if [ -e /proc/self/fd ] && [ -e "$shim" ] && ! grep -q __asan_init "$dau"; then
    for fault in full:0 full:40 full:200 sync:0 sync:9; do
        rm -f fault.db*
        LD_PRELOAD=$shim DAU_FAULT=$fault "$dau" run -q -j2 -d fault.db many 2>err
        got=$?
        check "$fault: ended with $got: $(cat err)" test $got = 5
        case $fault in
        full:*) says 'the disk is full; make room and run again' ;;
        *) says 'see to the disk and run again' ;;
        esac
        if [ -s fault.db ]; then
            check "$fault: damaged" test "$(sqlite3 fault.db 'PRAGMA integrity_check')" = ok
        fi
        ends 0 run -q -d fault.db many
        "$dau" export -d fault.db --format csv >fault.csv
        check "$fault: mended and resumed differ" cmp one.csv fault.csv
    done
    rm -f fault.db*
    (ulimit -f 300 && exec "$dau" run -q -d fault.db many) 2>err
    check "over the limit of file size: $(cat err)" grep -q 'run again' err
    ends 0 run -q -d fault.db many
    "$dau" export -d fault.db --format csv >fault.csv
    check 'after the limit of file size: differ' cmp one.csv fault.csv
else
    skipped=$((skipped + 1))
fi

# ---- the list, and the evidence of a row ----
check 'CSV and JSON Lines differ in number' test "$(wc -l <one.csv)" = $(($(wc -l <one.jsonl) + 1))
id=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' one.jsonl | head -n 1)
ends 0 show --pairing "$id" -d one.db
check "no lines for pairing $id" grep -q 'Hoa Mai 1' out
ends 2 show --pairing ffffffffffff-1 -d one.db
finish
