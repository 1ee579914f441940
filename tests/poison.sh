#!/bin/sh
# poison.sh FOLDER: hostile files of many kinds into FOLDER/hostile, none of which can be read; prints how many. What
# they hold is made here, but for the rests of pages of tests/pages.
set -eu
pages=$(cd "$(dirname "$0")" && pwd)/pages
mkdir -p "$1/hostile"
cd "$1/hostile"

# le BYTES NUMBER: little endian, for printf
le() {
    k=0 v=$2
    while [ $k -lt "$1" ]; do
        printf '\\%03o' $((v % 256))
        v=$((v / 256)) k=$((k + 1))
    done
}
# pdf BODY: a PDF without a table of contents; Poppler puts it together
pdf() { printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%s\ntrailer<</Root 1 0 R>>\n' "$1"; }

# nothing in it, or nothing but one byte
for e in pdf png tif jpg txt docx; do : >empty.$e; done
head -c 5000 /dev/zero >zeros.pdf
head -c 5000 /dev/zero >zeros.png
head -c 100000 /dev/zero >zeros.tif
head -c 300 /dev/zero | tr '\0' '\377' >ones.jpg

# cut short
for n in 5 50 300 600 900; do head -c $n "$pages/sample-plan.pdf" >cut-$n.pdf; done
for n in 9 20 60 200; do head -c $n "$pages/table.png" >cut-$n.png; done
for n in 3 20 200 500; do head -c $n "$pages/photo.jpg" >cut-$n.jpg; done
printf 'RIFF\100\000\000\000WEBPVP8 \100\000\000\000' >cut.webp
printf '\000\000\000\014jP  \r\n\207\n\000\000\000\024ftypjp2 ' >cut.jp2
for n in 4 9 60; do head -c $n "$pages/two-pages.tif" >cut-$n.tif; done

# too large: 796 bytes that ask for 200,000 x 200,000 pixels, and their like
pdf '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 200000]>>endobj' >huge.pdf
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\003\015\100\000\003\015\100\010\002\000\000\000\000\000\000\000' >huge.png
{ printf 'II*\000'; printf "$(le 4 8)$(le 2 4)"; for tag in 256 257; do printf "$(le 2 $tag)$(le 2 4)$(le 4 1)$(le 4 200000)"; done
    printf "$(le 2 258)$(le 2 3)$(le 4 1)$(le 4 8)$(le 2 259)$(le 2 3)$(le 4 1)$(le 4 1)$(le 4 0)"; } >huge.tif
printf '\377\330\377\300\000\021\010\377\334\377\334\003\001\042\000\002\021\001\003\021\001\377\331' >huge.jpg

# page trees that bite their tails, and one of 10,000 pages
pdf '2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj' >cycle.pdf
pdf '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 9>>endobj 3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>endobj' >cycle-2.pdf
pdf '2 0 obj<</Type/Pages/Kids[]/Count 2000000000>>endobj' >counted.pdf
pdf "2 0 obj<</Type/Pages/Count 10000/Kids[$(seq -f '%.0f 0 R' -s ' ' 3 10002)]>>endobj
$(seq -f '%.0f 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj' 3 10002)" >pages-10000.pdf
{ printf 'II*\000'; printf "$(le 4 8)$(le 2 1)$(le 2 256)$(le 2 3)$(le 4 1)$(le 4 10)$(le 4 8)"; } >cycle.tif

# other things under these names
printf 'Trường Tiểu học Hoa Mai\n' >text.pdf
printf 'Trường Tiểu học Hoa Mai\n' >text.png
printf 'Trường Tiểu học Hoa Mai\n' >text.tif
printf 'Trường Tiểu học Hoa Mai\n' >text.jpg
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000' >program.pdf
printf '#!/bin/sh\necho\n' >script.jpg
cp "$pages/bad/password.pdf" password.pdf

# a zip of 200 MB of zeros, by itself and as a document
head -c 200000000 /dev/zero | gzip -n9 >zeros.gz
crc=$(tail -c 8 zeros.gz | od -An -tu4 | awk '{print $1}')
packed=$(($(wc -c <zeros.gz) - 18))
zip_of_zeros() { # NAME of the member
    n=${#1}
    head="$(le 2 8)$(le 4 0)$(le 4 "$crc")$(le 4 $packed)$(le 4 200000000)$(le 2 "$n")$(le 2 0)"
    printf 'PK\003\004\024\000\000\000'"$head$1"
    tail -c +11 zeros.gz | head -c $packed
    printf 'PK\001\002\024\000\024\000\000\000'"$head$(le 2 0)$(le 2 0)$(le 2 0)$(le 4 0)$(le 4 0)$1"
    printf 'PK\005\006'"$(le 4 0)$(le 2 1)$(le 2 1)$(le 4 $((46 + n)))$(le 4 $((30 + n + packed)))$(le 2 0)"
}
zip_of_zeros zeros.bin >zip.pdf
zip_of_zeros word/document.xml >bomb.docx
cp zip.pdf zip.png
mv zeros.gz gzip.pdf

# what is not a file, and names that hold anything
mkfifo fifo.pdf
ln -s loop-b.pdf loop-a.pdf
ln -s loop-a.pdf loop-b.pdf
ln -s nowhere.pdf dangling.pdf
ln -s /dev/zero device.pdf
cp cut-300.pdf 'line
feed.pdf'
cp cut-50.pdf "$(printf 'not-utf8-\377\376.pdf')"
cp cut-20.png "quote'\"\$(touch x)\`.png"
cp cut-20.jpg "$(printf 'escape-\033[31m.jpg')"
cp cut-9.tif ' -d blank .tif'
cp cut-600.pdf "long-$(head -c 240 /dev/zero | tr '\0' a).pdf"
# bytes that are there already under another name are one document: make each its own
i=0
for f in *feed.pdf not-utf8* quote* escape* ' -d'* long-* zip.png; do
    i=$((i + 1))
    printf '%d' $i >>"$f"
done
printf '%%PDF-1.4\nof another person\n' >unreadable.pdf
chmod 000 unreadable.pdf # root reads it, and finds it broken
find . ! -name . -print0 | tr -cd '\0' | wc -c
