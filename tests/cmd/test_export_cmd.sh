#!/bin/sh
# dau export from the outside: each form is read back by a program that is not ours.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
words='export -d x.db'

mkdir other
cp "$here/tests/pages/sample-plan.pdf" plan.pdf
{ echo 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA'; echo 'TIỂU HỌC'; echo '1 | Kim Đồng | Lê Lợi'; echo '2 | Nguyễn Du | Quang Trung'; } >other/list.txt
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Mầm non Hoa Mai | Mầm non Sao Mai\n' >list.txt
check 'dau run' "$dau" run -q -d x.db plan.pdf other list.txt
touch -d 2024-09-15T00:00:00Z plan.pdf # the time in the forms is the file's; the next run takes note of it
"$dau" run -q -d x.db plan.pdf
rows=$("$dau" export -q -d x.db -f jsonl | wc -l)

# ---- the same values in every form of the pairings
ends 0 -f jsonl -o a.jsonl
ends 0 -f json -o a.json
ends 0 -f csv -o a.csv
ends 0 -f csv --bom -o bom.csv
ends 0 -f package -o package
check 'a file with --bom does not begin with the mark' test "$(head -c 3 bom.csv | od -An -tx1 | tr -d ' ')" = efbbbf
if with python3; then
    cat >same.py <<'PY'
import csv, json, sys
lines = [json.loads(l) for l in open("a.jsonl", encoding="utf-8")]
assert lines == json.load(open("a.json", encoding="utf-8")), "json and jsonl differ"
keys = "id file no level school partner district partner_district school_raw partner_raw rule".split()
plain = lambda v: v[1:] if v[:1] == "'" and v[1:2] in "=+-@" else v
rows = list(csv.DictReader(open("a.csv", encoding="utf-8", newline="")))
assert [[plain(r[k]) for k in keys] for r in rows] == [[l[k] or "" for k in keys] for l in lines], "csv and jsonl differ"
assert [float(r["prob"]) for r in rows] == [l["prob"] for l in lines]
about = json.load(open("package/datapackage.json", encoding="utf-8"))
table = {}
for r in about["resources"]:
    table[r["name"]] = list(csv.DictReader(open("package/" + r["path"], encoding="utf-8", newline="")))
    for t in table[r["name"]]:
        assert list(t) == [f["name"] for f in r["schema"]["fields"]], "columns are not those described"
    ids = [t[r["schema"]["primaryKey"]] for t in table[r["name"]]]
    assert len(ids) == len(set(ids)), "a key twice"
for r in about["resources"]:
    for k in r["schema"].get("foreignKeys", []):
        there = {t[k["reference"]["fields"]] for t in table[k["reference"]["resource"]]}
        assert all(t[k["fields"]] in there for t in table[r["name"]]), "a foreign key leads nowhere"
school = {t["id"]: t for t in table["schools"]}
got = [[school[t["school"]]["name"], school[t["partner"]]["name"], t["no"]] for t in table["pairings"]]
assert got == [[l["school"], l["partner"], l["no"] or ""] for l in lines], "package and jsonl differ"
PY
    check 'jsonl, json, csv and package do not carry the same values' python3 same.py
fi
ends 0 -f csv -o one.csv plan.pdf
check 'another file is in the export of one' test "$(tail -n +2 one.csv | grep -c '\.txt')" = 0

# ---- the workbook
ends 0 -f xlsx -o a.xlsx
ends 0 -f xlsx -o again.xlsx
check 'the same database gave another workbook' cmp a.xlsx again.xlsx
ends 1 -f xlsx
if with unzip; then
    check 'the workbook is broken' sh -c 'unzip -tq a.xlsx >/dev/null'
    check 'rows from a scan have no pictures' sh -c 'unzip -l a.xlsx | grep -q xl/media/image1.png'
fi
if with soffice; then
    soffice -env:UserInstallation=file://"$to"/profile --headless --convert-to csv:"Text - txt - csv (StarCalc)":44,34,76 a.xlsx >/dev/null 2>&1
    check 'LibreOffice counts other rows' test "$(wc -l <a.csv)" = $((rows + 1))
    check 'LibreOffice reads other values' grep -q 'Kim Đồng,Lê Lợi' a.csv
fi

# ---- pages: three documents, two of one name
ends 0 -f hocr -o hocr/ plan.pdf
ends 10 -f hocr -o hocr/
check 'a page of text has no picture, and nothing says so' grep -q "'list.txt' is text and has no pictures" err
ends 10 -f alto -o alto
ends 10 -f page -o page
ends 0 -f markdown -o markdown
check 'two documents of one name are one file' test -f markdown/list-2.txt.md
check 'a table is no table in Markdown' grep -q '^| --- |' markdown/plan.pdf.md
ends 0 -f text -o - plan.pdf
check 'the text is not the restored one' grep -q 'KẾT NGHĨA' out
ends 1 -f text
ends 2 -f text -o t missing.pdf
if with xmllint; then
    for f in hocr/*.hocr alto/*.xml page/*.xml; do check "$f is no XML" xmllint --nonet --noout "$f"; done
    check 'hOCR: words without confidence' test "$(xmllint --nonet --xpath 'count(//*[@class="ocrx_word" and not(contains(@title,"x_wconf"))])' hocr/plan.pdf.hocr)" = 0
    check 'ALTO: no words' test "$(xmllint --xpath 'count(//*[local-name()="String"])' alto/plan.pdf-0001.alto.xml)" -gt 20
    check 'PAGE: a region outside the order of reading' test \
        "$(xmllint --xpath 'count(//*[local-name()="Page"]/*[local-name()!="ReadingOrder"])' page/plan.pdf-0001.page.xml)" = \
        "$(xmllint --xpath 'count(//*[local-name()="RegionRefIndexed"])' page/plan.pdf-0001.page.xml)"
    # OCRmyPDF reads hOCR and puts its words on a page
    if /usr/bin/python3 -c 'import ocrmypdf.hocrtransform' 2>/dev/null; then
        /usr/bin/python3 -c "from pathlib import Path; from ocrmypdf.hocrtransform import HocrTransform as H
H(hocr_filename=Path('hocr/plan.pdf.hocr'), dpi=200).to_pdf(out_filename=Path('theirs.pdf'))" 2>err
        many=$(tr '>' '\n' <hocr/plan.pdf.hocr | grep -c ocrx_word)
        check "OCRmyPDF finds other than $many words in our hOCR: $(cat err)" test "$(pdftotext -bbox theirs.pdf - 2>/dev/null | grep -c '<word')" -ge $((many * 9 / 10))
    else skipped=$((skipped + 1)); fi
    # tests/schemas is our reading of the standards, narrowed to what we write
    is() { xmllint --nonet --noout --relaxng "$here/tests/schemas/$1.rng" "$2" 2>err || { cat err && false; }; }
    slip() { # FORM SED FILE: a form that is wrong so must not pass
        sed "$2" "$3" >slip.xml
        check "a slip passes as $1: $2" sh -c "! cmp -s slip.xml '$3' && ! xmllint --nonet --noout --relaxng '$here/tests/schemas/$1.rng' slip.xml 2>&1 | grep -q ' validates$'"
    }
    for f in alto/*.xml; do check "$f is no ALTO" is alto "$f"; done
    for f in page/*.xml; do check "$f is no PAGE" is page "$f"; done
    for e in 's/ WC="1"//' 's/<SP.>//' 's/ID="word_2"/ID="word_1"/'; do slip alto "$e" "$(ls alto/*.xml | tail -n 1)"; done
    for e in 's/ conf="1"/ conf="2"/' 's/id="word_2"/id="word_1"/' 's/regionRef="table_1"/regionRef="none"/'; do slip page "$e" "$f"; done
    rm slip.xml
    # the standards' own schemas are not ours to carry: DAU_SCHEMAS names a folder with alto.xsd and pagecontent.xsd
    if [ -f "${DAU_SCHEMAS:-}/alto.xsd" ]; then
        for f in alto/*.xml; do check "$f is no ALTO" xmllint --nonet --noout --schema "$DAU_SCHEMAS/alto.xsd" "$f"; done
    else skipped=$((skipped + 1)); fi
    if [ -f "${DAU_SCHEMAS:-}/pagecontent.xsd" ]; then
        for f in page/*.xml; do check "$f is no PAGE" xmllint --nonet --noout --schema "$DAU_SCHEMAS/pagecontent.xsd" "$f"; done
    else skipped=$((skipped + 1)); fi
fi

# ---- the searchable PDF
ends 0 -f pdf -o s.pdf plan.pdf
ends 0 -f pdf -o s2.pdf plan.pdf
check 'the same database gave another PDF' cmp s.pdf s2.pdf
if with pdftotext; then
    pdftotext -enc UTF-8 s.pdf s.txt
    check 'pdftotext does not find the restored text' grep -q 'KẾT NGHĨA' s.txt
    "$dau" export -q -d x.db -f text -o t.txt plan.pdf
    tr -s '[:space:]' '\n' <s.txt | sort -u >s.words
    tr -s '[:space:]' '\n' <t.txt | sort -u >t.words
    check "words are not in the PDF: $(comm -13 s.words t.words | head -n 5 | tr '\n' ' ')" test -z "$(comm -13 s.words t.words)"
fi
if with qpdf; then check 'qpdf finds fault' sh -c 'qpdf --check s.pdf >/dev/null 2>&1'; fi

# ---- the database in tools that are not ours
if with sqlite-utils; then
    for view in $(sqlite-utils views x.db | grep -o '"view": "[a-z_]*"' | cut -d '"' -f 4); do
        check "sqlite-utils cannot read the view $view" sh -c "sqlite-utils rows x.db $view | python3 -m json.tool >/dev/null"
    done
    check 'sqlite-utils finds no foreign key from pairings to schools' sh -c "sqlite-utils schema x.db pairings | grep -q 'REFERENCES schools'"
    check 'a foreign key leads nowhere' test -z "$(sqlite-utils query x.db 'PRAGMA foreign_key_check' | grep table)"
fi

# ---- names as long as a file system takes them
mkdir long
letters=$(printf 'Hoa_Mai_đ%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24)
for i in 1 2; do sed "1s/\$/ $i/" list.txt >"long/$letters-$i.txt"; done
check 'files of long names are not read' "$dau" run -q -d long.db long
words='' ends 0 export -d long.db -f text -o texts/
says "2 files in 'texts/'"
check 'a long name is not cut at a letter' test "$(find texts -name '*.txt.txt' | iconv -f utf-8 -t utf-8 | wc -l)" = 2

# ---- names of files that are not text
mkdir odd
cp "$here/tests/pages/table.png" "$(printf 'odd/a\377\033[31m\nb.png')"
check 'a file of an odd name is not read' "$dau" run -q -d odd.db odd
words=''
ends 0 query -d odd.db truong
check 'a name drives the terminal' sh -c '! grep -q "$(printf "\033")" out'
for f in csv json jsonl hocr markdown; do
    ends 0 export -d odd.db -f $f -o odd.$f
    check "$f is no UTF-8" sh -c "iconv -f utf-8 -t utf-8 odd.$f >/dev/null"
done
check 'a line feed of a name breaks the title' test "$(grep -ac '^# odd/a.*b.png$' odd.markdown)" = 1
for f in alto page package; do ends 0 export -d odd.db -f $f -o odd-$f/; done
ends 0 export -d odd.db -f xlsx --no-pictures -o odd.xlsx
if with xmllint; then
    mkdir odd-xlsx && (cd odd-xlsx && unzip -q ../odd.xlsx)
    check 'a name breaks the XML' sh -c 'xmllint --noout odd.hocr odd-alto/* odd-page/* odd-xlsx/xl/*.xml 2>err'
fi
ends 5 export -d odd.db -f csv -o odd
says "'odd': it is a folder; name a file in it"
words='export -d x.db'

# ---- what goes wrong leaves what was there
ends 1 -f nonsense
ends 2 -f csv missing.pdf
ends 0 -f csv -o b.csv missing.pdf plan.pdf
says "'missing.pdf' is not among the files"
ends 5 -f csv -o nowhere/a.csv
echo changed >>plan.pdf
echo before >s.pdf
ends 2 -f pdf -o s.pdf plan.pdf
check 'a failed export took what was there' grep -q before s.pdf
check 'the reason is not said' grep -q 'its bytes changed; run again' err
check 'a temporary file stays' test -z "$(find . -name 's.pdf.*')"
# a document with a password is opened again by it
cp "$here/tests/pages/bad/password.pdf" locked.pdf
echo secret >words.txt
"$dau" run -q -d locked.db --password-file words.txt locked.pdf
words='export -d locked.db'
ends 8 -f pdf -o locked.out.pdf
ends 0 -f pdf --password-file words.txt -o locked.out.pdf
check 'the picture is not in it' grep -a -q '/Subtype */Image' locked.out.pdf
finish
