#!/bin/sh
# dau learn: a name corrected once is read right in the next document; what was learnt is listed and taken back.
. "$(dirname "$0")/../lib.sh"
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
printf 'Bình Minh\tMN\n' >own.tsv
ends 0 run -d own.db one.txt
cp p.db-schools.tsv own.db-schools.tsv
ends 0 run -d own.db --schools own.tsv two.txt
check 'a list of one'"'"'s own shuts out what was learnt' sh -c "'$dau' export -q -d own.db --format csv | grep -q 'Kidzone Garten'"
ends 0 run -d p.db one.txt two.txt
has 'still has' 'Kidzone Gartan' -eq
has 'has not' 'two.txt.*Kidzone Garten' -gt
ends 0 learn -d p.db --undo
check 'the files are left' test ! -e p.db-schools.tsv -a ! -e p.db-words.tsv
ends 0 run -d p.db two.txt
has 'has not' 'Kidzone Gartan' -gt

# what was read of a name, by an engine without Vietnamese, is counted letter by letter
cat >bad.txt <<'END'
PHONG GIAO DUC VA DAO TAO
BANG PHAN CONG CAC TRUONG KET NGHIA
1 | Truéng Mam non Hoa Mai | Truéng Mam non Binh Minh
2 | Truéng Mam non Hoa Sen | Truéng Mam non Huong Duong
3 | Truéng Mam non Budi | Truéng Mam non Hoa Lam
END
ends 0 run -d bad.db bad.txt
ends 0 export -d bad.db --format csv --for-correction -o sheet.csv
# the column verdict, wherever it stands
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "verdict") ok = i }
    NR > 1 { $ok = "ok"; sub(/Budi|Buổi/, "Bưởi", $6) } 1' sheet.csv >right.csv
"$dau" import -d bad.db right.csv >out 2>err
ends 0 learn -d bad.db
ends 0 learn -d bad.db --list
check "what was read is not listed: $(cat out)" grep -q 'eng	Bưởi		1	Budi' out
check 'the readings are in no file' grep -q 'Bưởi	Budi	1' bad.db-read-eng.tsv
ends 0 merge -q -o all.db bad.db p.db
ends 0 learn -d all.db --list
check "merged, what was read is lost: $(cat out)" grep -q 'eng	Bưởi		1	Budi' out
ends 0 learn -d bad.db --undo
check 'a file is left' test ! -e bad.db-read-eng.tsv
finish
