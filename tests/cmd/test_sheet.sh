#!/bin/sh
# dau export --for-correction and dau import, dau corrections: round trips, conflicts, what spreadsheets make of a sheet.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
export DAU_WHO=tester

count() { check "$2 corrections wanted: $("$dau" corrections list -d "$1" 2>&1)" test "$("$dau" corrections list -q -d "$1" | wc -l)" = "$2"; }

printf 'KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG\n01 | Tiểu học Hoa Mai | Tiểu học Bình Minh\n02 | Tiểu học Kim Đồng | Tiểu học Lê Lợi\n03 | THCS Trần Phú | THCS Phan Chu Trinh\n' >plan.txt
ends 0 run -d p.db plan.txt
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
ends 1 export -d p.db --format json --for-correction
ends 5 import -d none.db sheet.csv
check 'import made a database' test ! -e none.db

# not edited: nothing
ends 6 import -d p.db sheet.csv
says '3 rows, 0 cells corrected'
count p.db 0

# one cell: one correction, shown by exports; taken twice: already so
sed 's/Kim Đồng/Kim Đồng A/' sheet.csv >one.csv
ends 0 import -d p.db --dry-run one.csv
says 'nothing is written'
count p.db 0
ends 0 import -d p.db one.csv
says '3 rows, 1 cell corrected'
count p.db 1
for format in csv json jsonl; do
    ends 0 export -d p.db --format $format
    check "$format does not show the correction" grep -q 'Kim Đồng A' out
done
ends 6 import -d p.db one.csv
says '1 already so'

# both changed: a conflict, the database stays
sed 's/Kim Đồng/Kim Đồng B/' sheet.csv >two.csv
ends 10 import -d p.db two.csv
says "is 'Kim Đồng B' in the sheet, but became 'Kim Đồng A' in the database since; not taken"
count p.db 1

# what spreadsheets do: semicolons, rows sorted, numbers rewritten, columns dropped, empty rows, a column of one's own
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
{ head -n 1 sheet.csv | sed 's/$/;note/'; sed 1d sheet.csv | sort -r; } | tr -d '\r' | tr ',' ';' | sed 's/;0\([123]\);TH/;\1;TH/; s/Hoa Mai/Hoa Mai 2/' >excel.csv
echo ';;;;' >>excel.csv
ends 10 import -d p.db excel.csv
says "the column 'note' is not one of the export"
says '3 rows, 1 cell corrected'
count p.db 2

# what is there to be read: a person who types over it is told
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
python3 - <<'PY'
import csv
rows = list(csv.reader(open('sheet.csv', encoding='utf-8-sig')))
rows[1][rows[0].index('since')] = '2024'
csv.writer(open('since.csv', 'w', encoding='utf-8', newline='')).writerows(rows)
PY
ends 10 import -d p.db since.csv
says "the column 'since' is there to be read; '2024' is not taken"
count p.db 2

# verdicts, and what cannot be taken
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
python3 - <<'PY'
import csv
rows = list(csv.reader(open('sheet.csv', encoding='utf-8-sig')))
v, s, i = rows[0].index('verdict'), rows[0].index('school'), rows[0].index('id')
rows[1][v] = 'đúng'
rows[2][v] = 'maybe'
rows[3][s] = ''
rows.append(list(rows[1]))
rows.append([''] * len(rows[0])); rows[-1][i] = ''; rows[-1][s] = 'X'
csv.writer(open('odd.csv', 'w', encoding='utf-8')).writerows(rows)
PY
ends 10 import -d p.db odd.csv
says "there is no verdict 'maybe'"
says 'a row needs both schools'
says 'an id that stood in the sheet before'
says 'has no id'
count p.db 3
printf 'id,check\n\377\376\n' >latin.csv
ends 2 import -d p.db latin.csv
says 'not UTF-8'
printf 'a,b\n1,2\n' >other.csv
ends 2 import -d p.db other.csv
says "the column 'id' is missing"

# a formula is text, out and in
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
sed 's/Lê Lợi/=1+1/' sheet.csv >formula.csv
ends 0 import -d p.db formula.csv
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
check 'a formula is not guarded' grep -q ",'=1+1," sheet.csv
ends 6 import -d p.db sheet.csv

# as a workbook: nothing changed is nothing, one cell is one correction, also through LibreOffice
ends 1 export -d p.db --format xlsx --for-correction
ends 0 run -d x.db plan.txt
ends 0 export -d x.db --format xlsx --for-correction -o sheet.xlsx
ends 6 import -d x.db sheet.xlsx
says '3 rows, 0 cells corrected'
cat >edit.py <<'PY'
import sys, zipfile
was, now = sys.argv[3:5]
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], 'w') as new:
    for name in old.namelist():
        part = old.read(name)
        new.writestr(name, part.replace(was.encode(), now.encode()) if name == 'xl/sharedStrings.xml' else part)
PY
python3 edit.py sheet.xlsx one.xlsx 'Kim Đồng' 'Kim Đồng C'
ends 0 import -d x.db one.xlsx
says '3 rows, 1 cell corrected'
count x.db 1
if with soffice && with localc; then
    ends 0 export -d x.db --format xlsx --for-correction -o sheet.xlsx
    python3 edit.py sheet.xlsx two.xlsx 'Lê Lợi' 'Lê Lai'
    mkdir saved
    soffice -env:UserInstallation=file://"$to"/profile --headless --convert-to xlsx:'Calc MS Excel 2007 XML' --outdir saved two.xlsx >/dev/null 2>&1
    ends 0 import -d x.db saved/two.xlsx
    says '3 rows, 1 cell corrected'
    ends 0 export -d x.db --format xlsx --for-correction -o sheet.xlsx
    soffice -env:UserInstallation=file://"$to"/profile --headless --convert-to csv:'Text - txt - csv (StarCalc)':44,34,76 --outdir saved sheet.xlsx >/dev/null 2>&1
    ends 6 import -d x.db saved/sheet.csv
    says '3 rows, 0 cells corrected'
fi
python3 -c "import zipfile; zipfile.ZipFile('none.xlsx', 'w').writestr('a', 'b')"
ends 2 import -d x.db none.xlsx
says 'is no workbook'
head -c 3000 one.xlsx >cut.xlsx
ends 2 import -d x.db cut.xlsx
says 'cut.xlsx'

# read anew: replayed; to another machine
ends 0 run --force -d p.db plan.txt
says 'corrections:'
ends 0 run -d q.db plan.txt
ends 0 corrections export -d p.db -o said.jsonl
ends 0 corrections import -d q.db said.jsonl
ends 6 corrections import -d q.db said.jsonl
"$dau" export -d p.db --format csv >p.csv
"$dau" export -d q.db --format csv >q.csv
check 'the other machine has another list' cmp -s p.csv q.csv
ends 1 corrections
ends 1 corrections eat
echo '{"act":1}' >bad.jsonl
ends 2 corrections import -d q.db bad.jsonl
says "'bad.jsonl' line 1"
finish
