#!/bin/sh
# dau eval from the outside: what is counted, and what cannot be compared.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
words='eval text'

# counted WHAT N: the last score has N under that name
counted() { check "$1: not $2 in $(cat out)" test "$(sed -n "s/^$1  *\([0-9]*\).*/\1/p" out)" = "$2"; }

echo 'Phòng Giáo dục quận' >gold
echo 'Phong Gido dục quận' >got
ends 0 gold got
counted 'words wrong (WER)' 2
counted 'characters (CER)' 2
counted 'marks only' 1
ends 0 gold gold
counted 'words wrong (WER)' 0

# nothing on one side
: >empty
ends 0 gold empty
counted 'words wrong (WER)' 4
prints 'right    0.000 %'
says "lines: 1 in 'gold', 0 in 'empty'"
ends 2 empty gold
says "cannot compare with 'empty': it has no words"
ends 2 empty empty
ends 5 missing gold
ends 1 gold

# JSON that is none
printf '{"words":[{"text":"Phòng","prob":0.5}]}\n{"words\n' >broken
ends 2 gold broken
says "cannot read 'broken': line 2 is no JSON"

# lines are missing: the others keep theirs, in bounded memory
awk 'BEGIN { srand(5); for (i = 0; i < 2500; i++) { for (k = 0; k < 8; k++) printf "%s%s ", substr("bcdghklmnt", int(rand() * 10) + 1, 1), int(rand() * 90); print "" } }' >long
sed -n 'n;p' long >half
ends 0 long half
counted words 20000
counted 'words wrong (WER)' 10000
tr '\n' ' ' <long >run
ends 0 long run
counted 'words wrong (WER)' 0

# 300,000 words, none of them there: this once asked for 188 GB
awk 'BEGIN { for (i = 0; i < 25000; i++) print "Trường Tiểu học Kim Đồng kết nghĩa với Trường Tiểu học Lê Lợi" }' >gold
if ulimit -v 1000000 2>/dev/null && ! grep -q __asan_init "$dau"; then
    ends 0 gold empty
    counted 'words wrong (WER)' 325000
    ends 0 gold got
    counted 'words wrong (WER)' 325000
else skipped=2; fi
finish
