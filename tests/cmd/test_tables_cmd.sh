#!/bin/sh
# dau tables, and export --format tables: merged cells, tables over pages, files without one.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1

printf '<table><tr><td>TT<td colspan=2>Dự toán</tr><tr><td>1<td>Thu, chi<td>"5"</tr></table>' >a.html
ends 0 tables --format csv a.html
check "csv: $(cat out)" test "$(tr -d '\r' <out)" = 'TT,Dự toán,
1,"Thu, chi","""5"""'
ends 0 tables a.html
prints '"row":0,"col":1,"rowspan":1,"colspan":2,"text":"Dự toán"'
cp out direct
ends 0 run -q -d a.db a.html
ends 0 export -d a.db --format tables
check 'the export differs from dau tables' cmp -s out direct

{
    echo '<table>'
    seq 2500 | sed 's/.*/<tr><td>&<td>Khoản &<\/tr>/'
    echo '</table>'
} >long.html
ends 0 tables --format csv long.html
check "rows of a table over pages: $(wc -l <out)" test "$(wc -l <out)" = 2500

echo 'Không có bảng nào ở đây.' >none.txt
ends 0 tables none.txt
says "'none.txt': no table on its 1 page"
ends 10 tables a.html missing.pdf
says "cannot open 'missing.pdf'"
ends 1 tables --format pdf a.html
ends 1 tables
finish
