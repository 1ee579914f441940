#!/bin/sh
# The two programs, dau and dau-read: what the first can do alone, what it says without the second, where it finds it.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
export DAU_DATA="$here/dicts"
built=$(dirname "$dau")

check 'dau is linked with what opens documents' sh -c "! ldd '$dau' | grep -q 'poppler\|tesseract\|lept'"

mkdir alone
cp "$dau" alone/
echo 'Phong Giao duc' >in.txt
check 'dau alone restores nothing' sh -c 'test "$(alone/dau restore in.txt)" = "Phòng Giáo dục"'
alone/dau show in.txt >out 2>err
check 'the exit code is another' test $? = 3
check 'the part that is missing is not named' grep -q 'libexec/dau/dau-read.*install dau whole' err
alone/dau help show >out 2>err
check 'help of a command that is missing ends well' test $? = 3

mkdir -p put/bin put/libexec/dau
cp "$dau" put/bin/
cp "$built/dau-read" put/libexec/dau/
put/bin/dau show --stage restore in.txt >out 2>err
check 'dau-read is not found in libexec' grep -q 'Phòng Giáo dục' out
PATH="$to/put/bin:$PATH" dau help show >out 2>err
check 'dau-read is not found from PATH' grep -q '^usage: dau show' out

"$built/dau-read" >out 2>err
check 'dau-read alone is a command' test $? = 1
finish
