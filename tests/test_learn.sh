#!/bin/sh
# dau learn: a name corrected once is read right in the next document; what was learnt is listed and taken back.
. "$(dirname "$0")/lib.sh"
cd "$to" || exit 1

has() {
    "$dau" export -q -d p.db --format csv | cut -d, -f 2,6,7 >list
    check "the list $1 '$2': $(cat list)" test "$(grep -c "$2" list)" "$3" 0
}
plan() { printf 'KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG\n1 | Mầm non %s | Mầm non Hoa Mai\n2 | Mầm non Sao Mai | Mầm non Bình Minh\n3 | Mầm non Hoa Sen | Mầm non Tuổi Thơ\n' "$1"; }

plan 'Kidzome Garten' >one.txt
plan 'Kidzone Gartan' >two.txt
ends 0 run -d p.db one.txt
ends 6 learn -d p.db
ends 6 learn -d p.db --undo
ends 1 learn -d p.db --undo --list
ends 0 export -d p.db --format csv --for-correction -o sheet.csv
sed 's/Kidzome Garten/Kidzone Garten/' sheet.csv >right.csv
ends 0 import -d p.db right.csv
ends 0 learn -d p.db
check 'nothing is said of what it is worth' grep -q 'confirmed rows right: 0 before, 1 after of 1' err
ends 0 learn -d p.db --list
check 'the name is not listed' grep -q 'school	Kidzone Garten' out
ends 6 learn -d p.db
ends 0 run -d p.db one.txt two.txt
has 'still has' 'Kidzone Gartan' -eq
has 'has not' 'two.txt.*Kidzone Garten' -gt
ends 0 learn -d p.db --undo
check 'the files are left' test ! -e p.db-schools.tsv -a ! -e p.db-words.tsv
ends 0 run -d p.db two.txt
has 'has not' 'Kidzone Gartan' -gt
finish
