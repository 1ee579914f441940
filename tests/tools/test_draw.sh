#!/bin/sh
# The drawing tool: same seed, same bytes; as many pairings in the truth as rows asked for; one picture a
# page; clear ends. Skipped where the tool cannot be built (libpango1.0-dev) or its font is not installed.
. "$(dirname "$0")/../lib.sh"
draw=build/tools/draw

# ends CODE OPTION...: draw ends with that code and says why on one line
ends() {
    want=$1
    shift
    said=$("$draw" "$@" 2>&1)
    got=$?
    check "draw $*: ended with $got, not $want" test "$got" = "$want"
    check "draw $*: said '$said'" test "$(printf '%s\n' "$said" | grep -c '^draw: ')" = 1
}
plan() {
    name=$1
    shift
    "$draw" plan --dpi 72 --out "$to/$name" "$@"
}
pairs() { grep -c '"no":' "$to/$1.gold.json"; }

if ! pkg-config --exists pangocairo lept 2>/dev/null || ! make -s MODE=release tools >/dev/null ||
    ! "$draw" plan --seed 1 --dpi 72 --out "$to/try" 2>/dev/null; then
    skipped=1
    finish
fi

plan a --seed 7 --rows 9 && plan b --seed 7 --rows 9 && plan c --seed 8 --rows 9
plan worn --seed 7 --rows 9 --degrade 3 --mode color
check 'the same seed gives other bytes' cmp -s "$to/a.pdf" "$to/b.pdf"
check 'another seed gives the same text' test "$(cmp -s "$to/a.txt" "$to/c.txt"; echo $?)" = 1
check 'wear changes what is written' cmp -s "$to/a.txt" "$to/worn.txt"
check 'more pictures than pages' test "$(grep -ac '/Subtype /Image' "$to/a.pdf")" = "$(grep -ac '/Type /Page ' "$to/a.pdf")"

for form in $("$draw" --help | sed '1,/^forms/d' | cut -d' ' -f3); do
    plan "$form" --seed 3 --rows 6 --form "$form" --degrade 0 --table-only
    check "$form: not 6 pairings" test "$(pairs "$form")" = 6
    check "$form: a pairing is on no page" test "$(grep -c '"page": 0' "$to/$form.gold.json")" = 0
done

plan memo --seed 3 --memo
check 'a memorandum has one pair' test "$(pairs memo)" = 1

printf 'Trường Mầm non Hoa Mai\n\nSố: 12/KH-PGDĐT, ngày 5 tháng 9\n' >"$to/lines"
mkdir "$to/pages"
"$draw" lines --text "$to/lines" --out "$to/pages" --seed 1 --dpi 72
check 'lines: the truth is not the text' test "$(cat "$to/pages/page-0001.txt")" = "$(grep . "$to/lines")"

plan printed --seed 3 --rows 6 --png --table-only
set -- "$to"/printed*.png
"$draw" worn --pages "$1" --out "$to/worn-a.pdf" --seed 1 --dpi 72 --seal 'PHÒNG GIÁO DỤC'
"$draw" worn --pages "$1" --out "$to/worn-b.pdf" --seed 1 --dpi 72 --seal 'PHÒNG GIÁO DỤC'
"$draw" worn --pages "$1" --out "$to/worn-c.pdf" --seed 1 --dpi 72
check 'worn: one picture is not one page' test "$(grep -ac '/Type /Page ' "$to/worn-a.pdf")" = 1
check 'worn: the same seed gives other bytes' cmp -s "$to/worn-a.pdf" "$to/worn-b.pdf"
check 'worn: the seal changes nothing' test "$(cmp -s "$to/worn-a.pdf" "$to/worn-c.pdf"; echo $?)" = 1

ends 1 plan --seed 1
ends 1 worn --out "$to/x.pdf"
ends 5 worn --pages "$to/none.png" --out "$to/x.pdf"
ends 1 plan --seed x --out "$to/x"
ends 1 plan --out "$to/x" --form none
ends 3 plan --out "$to/x" --font 'No Such Font'
ends 5 plan --out "$to/no/such/folder/x" --dpi 72
ends 5 lines --text "$to/none" --out "$to"

# the pages of the repository, where the fonts and libraries are those they were drawn with
if grep -q '^VERSION_ID="12"' /etc/os-release 2>/dev/null && grep -q '^ID=debian' /etc/os-release; then
    DRAW=$draw tools/draw-pages.sh "$to/drawn"
    for page in "$to"/drawn/*; do
        check "tests/pages/${page##*/} is not what tools/draw-pages.sh draws" cmp -s "$page" "tests/pages/${page##*/}"
    done
else
    skipped=$((skipped + 1))
fi
finish
