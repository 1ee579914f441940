#!/bin/sh
# Pairings of trade unions and the like of schools: extract prints their kind; exports leave them out, and say so, unless
# --with-unions asks for them.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1

cat >list.html <<'T'
<!DOCTYPE html><html><body><p>DANH SÁCH CÁC CÔNG ĐOÀN CƠ SỞ KẾT NGHĨA</p>
<table><tr><td>STT</td><td>Công đoàn cơ sở</td><td>Đơn vị kết nghĩa</td></tr>
<tr><td>1</td><td>CĐCS Trường Mầm non Hoa Mai</td><td>CĐCS Trường Mầm non Sơn Ca</td></tr>
<tr><td>2</td><td>Trường Tiểu học Kim Liên</td><td>Trường Tiểu học Phú Mãn</td></tr>
<tr><td>3</td><td>Công đoàn THCS Đống Đa</td><td>CĐ THCS Nghĩa Hương</td></tr></table></body></html>
T
echo 'Trường THCS Cát Linh kết nghĩa với Trường THCS Phú Cát.' >news.txt

words=extract
ends 0 --no-unions list.html news.txt
check 'unions are printed though nobody wants them' test "$(wc -l <out)" = 1
check 'nobody says how many were left out' grep -q '^3 pairings of trade unions or the like left out' err
ends 0 list.html news.txt
check 'some are missing' test "$(wc -l <out)" = 4
says '3 pairings of trade unions or the like: their kind says so'
check 'the header makes no union of row 2' test "$(grep -c '"school":"Kim Liên".*"kind":"union"' out)" = 1
check 'the raw has not what stood there' grep -q '"school_raw":"CĐCS Trường Mầm non Hoa Mai"' out
check 'a school is not told as one' grep -q '"school":"Cát Linh".*"kind":"school"' out
check 'something is said to be left out' test "$(grep -c 'left out' err)" = 0

cat >lines.txt <<'T'
DANH SÁCH LIÊN ĐỘI KẾT NGHĨA

1. Liên đội trường Tiểu học Kim Liên - Liên đội trường Tiểu học Phú Mãn
2. Liên đội trường Tiểu học Đông Thái - Liên đội trường Tiểu học Cam Thượng
3. Liên đội trường Tiểu học Văn Chương - Liên đội trường Tiểu học Ngọc Mỹ
T
ends 0 lines.txt
check 'lines are not read' test "$(grep -c '"kind":"pioneers"' out)" = 3
prints '"school":"Đông Thái","partner":"Cam Thượng"'

words=run
ends 0 -d x.db list.html news.txt
check 'the summary counts unions as schools' grep -q '2 documents, 2 pages, 1 pairing in ' err
check 'the summary says nothing of unions' grep -q '3 pairings of trade unions' err
words=status
ends 0 -d x.db
prints '1 pairing; 3 of trade unions'
words=query
ends 6 -d x.db hoa mai ca ban # no pairing, and no text of it
words=export
ends 0 -d x.db -f csv
check 'unions are exported without being asked for' test "$(wc -l <out)" = 2
check 'nobody says how many were left out' grep -q '3 pairings of trade unions' err
ends 0 -d x.db -f csv --with-unions
check 'some are missing' test "$(wc -l <out)" = 5
check 'the column kind is missing' test "$(head -n 1 out | tr -d '\r' | sed 's/.*,//')" = kind
check 'the view list has unions' test "$(sqlite3 x.db 'SELECT count(*) FROM list')" = 1
check 'the view unions has them not' test "$(sqlite3 x.db "SELECT count(*) FROM unions WHERE kind = 'union'")" = 3
check 'they wait for a person' test "$(sqlite3 x.db 'SELECT count(*) FROM review WHERE queued = 1')" = 1
finish
