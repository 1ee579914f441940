#!/bin/sh
# The versions of the stages follow from what the stages are made of (tools/stage-versions.sh), and a database's rows
# hang on them: with another flag or another rule a row is made anew, with another command or export it is not.
. "$(dirname "$0")/../lib.sh"
for f in Makefile src tools po; do cp -r "$here/$f" "$to/"; done
cd "$to" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL BUILD CFLAGS CPPFLAGS
export DAU_DATA="$here/dicts"

# ---- what moves which version ----
versions() { tools/stage-versions.sh -O2 | sed -n 's/.*VERSION *//p' | tr '\n' ' '; }
# moves WHICH FILE: with one more line in FILE those versions are others, and no more: read, restore, extract
moves() {
    before=$(versions)
    echo '/* one line more */' >>"$2"
    after=$(versions)
    moved=
    for i in 1 2 3; do
        [ "$(echo "$before" | cut -d ' ' -f $i)" = "$(echo "$after" | cut -d ' ' -f $i)" ] || moved="$moved$i"
    done
    check "$2 moved '$moved', not '$1'" test "$moved" = "$1"
}
all=123
check 'another folder, another version' test "$(versions)" = "$("$here/tools/stage-versions.sh" -O2 | sed -n 's/.*VERSION *//p' | tr '\n' ' ')"
check 'another flag, the same version' test "$(versions)" != "$(tools/stage-versions.sh -O2 -DX | sed -n 's/.*VERSION *//p' | tr '\n' ' ')"
for f in cmd/run.c store/finish.c store/schema/1.sql export/rows.c review/desk.c batch/pool.c lib/dau.c main.c base/version.h; do
    moves '' src/$f
done
for f in clean/ink.c load/private.h layout/fit.c ocr/again.c; do moves 1 src/$f; done
moves 2 src/restore/lattice.c
for f in extract/names/name.c extract/private.h extract/prob_weights.inc; do moves 3 src/$f; done
for f in base/viet.c base/str.h doc/page.c model/ngram.c line/line.c; do moves $all src/$f; done
mv src/restore/why.c src/restore/because.c
check 'a file of another name, another version' test "$after" = "$(versions)"
mv src/restore/because.c src/restore/why.c

# ---- what make hands over: no folder, no warning, but every flag that changes code ----
# header VARIABLE...: what make writes when these stand in the environment
header() { env "$@" make -s BUILD=gen-only gen-only/gen/stage_versions.h && cat gen-only/gen/stage_versions.h; }
plain=$(header X=)
check 'a flag that changes no code, another version' test "$plain" = \
    "$(header "CFLAGS=-g3 -ffile-prefix-map=$to=. -Wformat" WERROR=1 PREFIX=/usr)"
check 'FORTIFY changes no version' test "$plain" != "$(header CPPFLAGS=-Wp,-D_FORTIFY_SOURCE=2)"
check '-DX changes no version' test "$plain" != "$(header CPPFLAGS=-DX)"
rm -rf gen-only

# ---- a row is made anew when its stage is another ----
plan() { printf 'KẾ HOẠCH KẾT NGHĨA\n1 | Tiểu học Hoa Mai | Tiểu học Bình Minh\n2 | Tiểu học Sao Sáng | Tiểu học Kim Đồng\n'; }
plan >plan.txt
ends 0 run -d x.db plan.txt
ends 6 run -d x.db plan.txt
says 'nothing to do'
# the same sources with one flag more, in another build folder (-O0: it is made in no time)
build() {
    make -s -j2 BUILD=other OPT.release='-O0 -DX' other/dau >made 2>&1
    check "it is not built: $(cat made)" test $? = 0
}
dau=$to/other/dau
build
ends 0 run -d x.db plan.txt
says '1 document, 1 page'
ends 6 run -d x.db plan.txt
says 'nothing to do'
build
check "made again without a change: $(cat made)" test ! -s made

echo '/* one line more */' >>src/store/finish.c
echo '/* one line more */' >>src/export/rows.c
build
check "not made: $(cat made)" grep -q src/store/finish.c made
check "made in vain: $(cat made)" test "$(grep -c '^CC' made)" = 2
ends 6 run -d x.db plan.txt

echo '/* one line more */' >>src/extract/check.c
build
check "line.c has the old version: $(cat made)" grep -q src/line/line.c made
check "made in vain: $(cat made)" test "$(grep -c '^CC' made)" = 2
ends 0 run -d x.db plan.txt
says '1 document, 0 pages'
ends 6 run -d x.db plan.txt

echo '/* one line more */' >>src/base/tsv.c
build
ends 0 run -d x.db plan.txt
ends 6 run -d x.db plan.txt
finish
