#!/bin/sh
# dau extract from the outside: JSON Lines on stdout, errors on stderr, exit codes, no database left behind.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
words=extract

lines() { check "$(wc -l <out) lines, not $1" test "$(wc -l <out)" = "$1"; }

mkdir plans none
cat >prose.txt <<'TEXT'
BÁO CÁO
Kết quả hoạt động kết nghĩa

Trường mầm non Hướng Dương kết nghĩa với trường mầm non Bình Minh từ năm 2023.
Năm 2024 trường mầm non Hướng Dương chưa kết nghĩa với trường mầm non Sơn Ca.
Đại diện trường mầm non Hoa Mai và trường mầm non Sơn Ca đã tới thăm.
TEXT
"$dau" show prose.txt --explain >out 2>err
check 'a sentence is not explained' grep -q "^  said  *0.97 by the words of 'X kết nghĩa với Y', page 1: Trường" out
check 'it is not told what a sentence denies' grep -q "^  found  *a sentence gives no pairing, it says that the twinning is not" out
check 'it is not told who is only named' grep -q "^  because  *schools are named together, but" out
rm prose.txt
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\nTIỂU HỌC\n1 | Kim Đồng | Lê Lợi\n2 | Nguyễn Du | Quang Trung\n' >plans/a.txt
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\f1 | Mầm non Hoa Mai | Mầm non Sao Mai\n' >plans/b.txt
printf 'Thông báo nghỉ lễ\n' >other.txt
: >empty.txt

ends 0 plans
lines 3
check 'the file is not named' grep -q '^{"file":"plans/b.txt","page":2,"no":"1","level":"MN","school":"Hoa Mai"' out
ends 0 other.txt
lines 0
ends 1
ends 6 none
ends 5 missing.txt
ends 2 empty.txt
ends 10 empty.txt missing.txt
ends 10 empty.txt plans
lines 3
check 'nothing said of the empty file' grep -q "'empty.txt' is empty" err
if grep -q __asan_init "$dau"; then # whose shadow no limit on addresses leaves room for
    skipped=$((skipped + 2))
else
    ends 11 "$here/tests/pages/table.png" --memory 60
    lines 0
    says 'ran out of memory; --memory gives more'
    words=
    ends 11 show "$here/tests/pages/table.png" --memory 60
    says 'ran out of memory'
    words=extract
fi
printf 'Tr\255\352ng M\307m non Hoa Mai k\325t ngh\334a v\355i Tr\255\352ng M\307m non Sao Mai\n' >abc.txt
ends 0 abc.txt
lines 1
says "'abc.txt' was in TCVN3 (ABC) and was converted"
words=
ends 0 run -d abc.db --log abc.log abc.txt
says '1 page in TCVN3 (ABC), converted'
check 'not in the log' grep -q 'page 1: read in .* from text: was in TCVN3' abc.log
rm -f abc.*
words=extract
ends 0 plans/a.txt --explain
check 'nothing is explained' grep -q '"why":\[\["parting".*"factors":{"base":1,' out
"$dau" show plans/a.txt --explain >out 2>err
check 'dau show explains nothing' grep -q "^  level  *TH by the heading above" out
check 'a line is over 80 wide' test "$(LC_ALL=C.UTF-8 wc -L <out)" -le 80
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Tiểu học Li Thai To | Tiểu học Phu Minh 2\n' >own.txt
printf 'Lý Thái Tổ\tTH\tCầu Giấy\nPhú Minh II\tTH\n' >own.tsv
ends 0 own.txt --schools own.tsv
check 'the own list was not followed' grep -q '"school":"Lý Thái Tổ","partner":"Phú Minh II".*"district":"Cầu Giấy"' out
"$dau" extract -q --schools own.tsv - <own.txt >out
check 'standard input is not read' grep -q '"file":"standard input".*"school":"Lý Thái Tổ"' out
"$dau" extract - </dev/null 2>err
check 'standard input is not named' grep -q "^dau: 'standard input' is empty" err
printf 'Lý Thái Tổ\tXX\n' >own.tsv
ends 2 own.txt --schools own.tsv
check 'the line is not named' grep -q "'own.tsv' line 1: there is no level 'XX'" err
ends 5 own.txt --schools missing.tsv
rm own.txt own.tsv
# ---- own words: a level and a cue that the program does not know ----
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Mẫu giáo bán công Hoa Mai | Mẫu giáo bán công Sơn Ca\n' >own.txt
printf 'Trường Mầm non Hoa Mai tham gia CLB với trường Mầm non Sơn Ca từ tháng 9/2023.\n' >cue.txt
printf '# ours\nlevel\tmẫu giáo bán công\tMN\ncue\tCLB\n' >own.tsv
ends 0 own.txt
check 'the level is known already' grep -q '"level":"MN","school":"bán công Hoa Mai"' out
ends 0 own.txt --words own.tsv
check 'the own level is not followed' grep -q '"level":"MN","school":"Hoa Mai","partner":"Sơn Ca"' out
ends 0 cue.txt
lines 0
ends 0 cue.txt --words own.tsv
check 'the own cue is not followed' grep -q '"school":"Hoa Mai","partner":"Sơn Ca".*"since":"2023-09"' out
cp -r "$here/dicts" dicts && cat own.tsv >>dicts/words.tsv
DAU_DATA="$to/dicts" "$dau" extract -q own.txt cue.txt >out
check 'words of DAU_DATA are not followed' test "$(grep -c '"school":"Hoa Mai","partner":"Sơn Ca"' out)" = 2
printf 'cue\tCLB\nlevel\tmẫu giáo bán công\tXX\n' >own.tsv
ends 2 own.txt --words own.tsv
check 'the line of words is not named' grep -q "own.tsv:2: unknown level 'XX'; one of MN, TH," err
ends 5 own.txt --words missing.tsv
rm -r own.txt cue.txt own.tsv dicts
ends 0 --with-documents "$here/tests/pages/memo.pdf"
lines 2
check 'the memorandum is not what it says' grep -q '"kind":"document".*"type":"biên bản ghi nhớ".*"date":"2020-05-21".*"issuer":"Trường MN Hoa Thủy Tiên"' out
check 'the pair of the memorandum was not found' grep -q '"level":"MN","school":"Hoa Thủy Tiên".*"rule":"prose' out
"$dau" eval documents "$here/tests/pages/memo.gold.json" out >scores
check 'the memorandum has no four right fields' grep -q '4 of    4' scores
rm scores
printf '<html><body><p>UBND QUẬN HOA LƯ</p><p>PHÒNG GIÁO DỤC VÀ ĐÀO TẠO</p><p>Số: 33/QĐ-PGDĐT</p><p>QUYẾT ĐỊNH</p>
<p>Về việc thành lập ban tổ chức</p><p>Nơi nhận:</p><p>- Lưu: VT.</p><p>TRƯỞNG PHÒNG</p><p>Lê Văn Bình</p>
<p>CÁC THÀNH VIÊN</p><table><tr><td>STT</td><td>Họ và tên</td><td>Chức vụ</td></tr>
<tr><td>1</td><td>Trần Thị Mai</td><td>Hiệu trưởng</td></tr>
<tr><td>2</td><td>Phạm Văn Sơn</td><td>Giám đốc</td></tr></table></body></html>' >members.html
ends 0 --with-documents members.html
check 'members of a list are signers' grep -q '"signers":\[{"name":"Lê Văn Bình","office":"Trưởng phòng","for":null,"of":null}\]' out
check 'a fact has no flags' grep -q '"field":"number".*"flags":\[\]' out
rm members.html
check 'files were left' test "$(ls)" = "$(printf 'empty.txt\nerr\nnone\nother.txt\nout\nplans')"
finish
