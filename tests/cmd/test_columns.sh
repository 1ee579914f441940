#!/bin/sh
# dau extract, show and run --columns: what a person says of a list that is not understood. What was said is kept, and so
# are the names of the lists of one's own.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1

# Two columns of names between which stand other names; nothing says what they are.
list() { # NAME...
    echo '<html><p>DANH SÁCH KẾT NGHĨA NĂM HỌC 2025 - 2026</p><table border="1">'
    n=0
    for name in "$@"; do
        n=$((n + 1))
        echo "<tr><td>$n</td><td>$name</td><td>đợt $n</td><td>Bến $name</td></tr>"
    done
    echo '</table>'
}
rows() { check "$(grep -c '"school"' out) rows, not $1" test "$(grep -c '"school"' out)" = "$1"; }
kept() { check "in the database: $(sqlite3 p.db "$1"), not $2" test "$(sqlite3 p.db "$1")" = "$2"; }
mkdir in
list 'Suối Mơ' 'Nắng Mới' 'Cỏ May' >in/a.html
list 'Sen Vàng' 'Đồi Chè' 'Gió Lành' >in/b.html
say=no,school,note,partner

# ---- extract and show ----
ends 0 extract in/a.html
rows 0
says 'in/a.html, page 1: no pairing was found, though the text speaks of twins; if the table on page 1 is their list, say what its 4 columns hold, with --columns'
ends 0 extract --columns "$say" in/a.html
rows 3
check "what was said is not followed: $(cat out)" grep -q '"no":"2",.*"school":"Nắng Mới","partner":"Bến Nắng Mới"' out
check "a finding: $(cat err)" test ! -s err
ends 0 extract --columns ' no , partner,note, school ' in/a.html
check "blanks are not passed over: $(cat out)" grep -q '"school":"Bến Suối Mơ","partner":"Suối Mơ"' out
ends 0 extract --columns '' in/a.html
rows 0
ends 0 show --explain --columns "$say" in/a.html
prints 'you say; 1.000'
ends 0 extract --columns no,school,partner in/a.html
rows 0
says 'no table has the 3 columns that --columns says; the largest has 4'
check "columns are asked for that were said: $(cat err)" sh -c '! grep -q "with --columns" err'

# ---- a list that is none: nothing is opened ----
for wrong in 'no,school,friend' 'no,school,note' 'school' 'no,,school,partner' 'school,school,partner' ,; do
    for command in 'extract' 'show' 'run -d none.db'; do
        # shellcheck disable=SC2086 # words are words
        ends 1 $command --columns "$wrong" missing.html
        check "the file was looked at: $(cat err)" sh -c '! grep -q "cannot open" err'
    done
done
says "'' is not a kind of column; write one of no, level, school, partner"
check 'a database was made' test ! -e none.db

# ---- run: kept with the documents that it names ----
ends 0 run -d p.db in
says '2 documents, 2 pages, 0 pairings'
says 'in/b.html, page 1: no pairing was found'
kept "SELECT count(*) FROM found_odd WHERE kind = 'nothing-found' AND page = 1" 2
ends 0 status -d p.db
prints 'in/a.html, page 1: no pairing was found, though the text speaks of twins'
ends 0 run -d p.db --columns "$say" in/a.html
says '1 document, 0 pages, 3 pairings'
kept 'SELECT count(*) FROM found_odd' 1
ends 6 run -d p.db --columns "$say" in/a.html
ends 6 run -d p.db in
kept "SELECT group_concat(school || '-' || partner) FROM (SELECT * FROM list ORDER BY no)" 'Suối Mơ-Bến Suối Mơ,Nắng Mới-Bến Nắng Mới,Cỏ May-Bến Cỏ May'
ends 0 status -d p.db
prints 'columns as you say:'
prints "in/a.html: $say"
check 'of another document, too' test "$(grep -c "$say" out)" = 1
ends 0 status -d p.db --json
check "not in JSON: $(cat out)" test "$(sqlite3 :memory: "SELECT json_extract(t, '$.columns[0].columns') FROM (SELECT readfile('out') AS t)")" = "$say"
ends 0 run -q -d p.db --force in
kept 'SELECT count(*) FROM pairings' 3
cp in/a.html in/c.html # the same bytes are the same document
ends 0 run -d p.db in
kept 'SELECT count(*) FROM pairings' 3
list 'Suối Mơ' 'Nắng Mới' 'Cỏ May' 'Đồi Chè' >in/c.html # other bytes are another
ends 0 run -d p.db in
kept 'SELECT count(*) FROM pairings' 3
ends 0 run -d p.db --columns no,partner,note,school in/a.html
says '1 document, 0 pages, 3 pairings'
kept "SELECT school FROM list WHERE no = '1'" 'Bến Suối Mơ'
ends 0 run -d p.db --columns '' in
says '1 document, 0 pages, 0 pairings'
kept 'SELECT count(columns) FROM documents' 0
ends 6 run -d p.db in

# ---- a database of before ----
"$dau" run -q -d old.db in
sqlite3 old.db 'ALTER TABLE documents DROP COLUMN columns; DROP TABLE settings; PRAGMA user_version = 14'
ends 0 run -q -d old.db --columns "$say" in/b.html
ends 0 status -d old.db
prints "in/b.html: $say"

# ---- lists of one's own that were used before ----
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Mẫu giáo bán công Hoa Mai | Mẫu giáo bán công Sơn Ca\n' >one.txt
sed 's/Hoa Mai/Hoa Lan/' one.txt >two.txt
printf 'level\tmẫu giáo bán công\tMN\n' >mine.tsv
printf 'Hoa Mai\tMN\tCầu Giấy\n' >schools.tsv
ends 0 run -d w.db --words mine.tsv --schools schools.tsv one.txt
check "it is said that something is missing: $(cat err)" sh -c '! grep -q "goes without" err'
ends 0 status -d w.db
prints 'words of your own: mine.tsv'
prints 'schools of your own: schools.tsv'
ends 0 run -d w.db two.txt
says "this run goes without --words 'mine.tsv', which was used before; name it again, or --words '' to leave it for good"
says "this run goes without --schools 'schools.tsv', which was used before"
ends 0 run -d w.db --words mine.tsv one.txt two.txt
check 'what is named is missing' sh -c '! grep -q "without --words" err'
says "without --schools 'schools.tsv'"
ends 6 run -d w.db --words mine.tsv one.txt two.txt
check "nothing is extracted, and yet: $(cat err)" sh -c '! grep -q "goes without" err'
ends 0 run -d w.db --words '' --schools '' one.txt
check "what is left for good is missing: $(cat err)" sh -c '! grep -q "goes without" err'
ends 0 run --force -d w.db one.txt
check "later, too: $(cat err)" sh -c '! grep -q "goes without" err'
ends 0 status -d w.db --json
prints '"words":null,"schools":null'
finish
