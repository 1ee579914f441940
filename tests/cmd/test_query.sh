#!/bin/sh
# dau query from the outside: what is found, where, and in what form.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
words=query

cp "$here/tests/pages/sample-plan.pdf" plan.pdf
cat >list.txt <<'T'
Hai bên gặp nhau ở Trường Trung học cơ sở Nguyễn
Trãi để trao đổi về việc dạy và học.

DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA
THCS
1 | THCS Nguyễn Trãi | THCS Đồng Tâm
2 | THCS Nguyễn Du | THCS Văn Trãi
T
check 'dau run' "$dau" run -q -d x.db plan.pdf list.txt

ends 0 -d x.db nguyen trai
prints 'Nguyễn Trãi  Đồng Tâm'
prints 'Trường Trung học cơ sở Nguyễn Trãi để trao đổi'
check 'a name that only begins alike is found' test "$(grep -c 'Văn Trãi' out)" = 0
ends 0 -d x.db NGUYỄN TRA
prints 'Nguyễn Trãi'
ends 0 -d x.db 'dong tam' # đ is d here
prints 'Đồng Tâm'
ends 0 -d x.db --json nguyen trai
check 'the lines are no JSON' sh -c "sqlite3 :memory: \"SELECT json_valid(readfile('out'))\" >/dev/null"
check 'a pairing comes without its id' grep -q '^{"id":"[0-9a-f]*-1","file":"list.txt"' out
check 'a place comes without its box' grep -q '^{"kind":"text","file":"list.txt","page":1,"box":\[[0-9,]*\],"before":' out
ends 0 -d x.db --limit 1 nguyen
prints 'list.txt'
check 'nothing says that there is more' grep -q 'only the first 1 places' err
ends 6 -d x.db tri thien
check 'nothing found is not said' grep -q "'tri thien' is nowhere in 'x.db'" err
ends 1 -d x.db '"*'
ends 1 -d x.db
ends 5 -d none.db nguyen

word=$("$dau" export -q -d x.db -f jsonl plan.pdf | sed -n 's/.*"school":"\([^"]*\)".*/\1/p' | head -n 1)
ends 0 -d x.db --pictures cut "$word"
check "no picture of '$word'" sh -c 'head -c 4 cut/*-plan.pdf-2.png | grep -q PNG'

# a name as long as a file system takes it
long=$(printf '%0240d' 1)
cp "$here/tests/pages/table.png" "$long.png"
"$dau" run -q -d long.db "$long.png"
ends 0 -d long.db --pictures long/ truong
check 'no picture of a file of a long name' sh -c 'head -c 4 long/001-* | grep -q PNG'

# a database from before there was an index (version 3) gets one when it is opened
if with sqlite3 2; then
    "$dau" query -d x.db nguyen | grep '^  page' >new
    rows=$(sqlite3 x.db 'SELECT count(*) FROM search')
    for f in 1 2 3; do sqlite3 old.db <"$here/src/store/schema/$f.sql"; done
    sqlite3 old.db "PRAGMA user_version = 3; PRAGMA application_id = $(sqlite3 x.db 'PRAGMA application_id')"
    for t in documents files pages blocks tables cells lines words; do
        columns=$(sqlite3 old.db "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('$t')")
        sqlite3 old.db "ATTACH 'x.db' AS x; INSERT INTO main.$t ($columns) SELECT $columns FROM x.$t"
    done
    "$dau" query -d old.db nguyen 2>err | grep '^  page' >out
    check "the index of an old database prints other things: $(cat err)" cmp -s out new
    "$dau" run -q -d x.db --force plan.pdf list.txt
    check 'reading again adds to the index' test "$(sqlite3 x.db 'SELECT count(*) FROM search')" = "$rows"
fi
finish
