#!/bin/sh
# tools/check-code.sh, check-prose.sh and lengths.sh find what they are for, and pass over what only looks like it.
. "$(dirname "$0")/../lib.sh"
mkdir -p "$to/tools" "$to/src/base" "$to/src/doc" "$to/tests"
cp "$here/tools/check-code.sh" "$here/tools/check-prose.sh" "$here/tools/lengths.sh" "$to/tools/"
cd "$to" || exit 1
export GIT_DIR=/nonexistent # the files are those of the folder

# finds CODE WHAT COMMAND...: it ends with CODE and says WHAT
finds() {
    want=$1 said=$2
    shift 2
    "$@" >out 2>err
    got=$?
    check "$*: ended with $got, not $want: $(cat out err)" test "$got" = "$want"
    check "$*: not said: $said but: $(cat out)" grep -qF -- "$said" out
}
# silent COMMAND: it finds nothing
silent() {
    "$@" >out 2>err
    check "$*: ended with $?: $(cat out err)" test ! -s out -a ! -s err
}

# ---- code ----
cat >src/base/x.c <<'END'
/* strcpy() and sprintf( in a comment */
typedef struct Run { int n; } Run;
static const char *const said = "atoi(x)";
static const char *const names[] = {"a", "b"};
int good(struct S *s) { return s->exit(1) + my_strcpy(s) + s.system(2); }
END
echo 'typedef struct Run Run;' >src/doc/x.h
silent tools/check-code.sh
echo 'int bad(void) { return strcpy(a, b) && atoi(c); }' >>src/base/x.c
finds 1 'src/base/x.c:6: strcpy(): use snprintf()' tools/check-code.sh
prints 'src/base/x.c:6: atoi(): use str_int()'
check "more is found: $(cat out)" test "$(wc -l <out)" = 2
printf 'typedef VEC(int) Run;\ntypedef bool Use(void *with, Run *r);\n' >src/doc/x.h
printf 'typedef struct {\n    int n;\n} Use;\nstatic const char *const table[COLS] = {\n    "a",\n};\n' >src/doc/y.c
finds 1 'Run means something else in src/base/x.c:2' tools/check-code.sh
prints 'Use means something else in'
prints 'src/doc/y.c:4: table[] by position'
printf 'static const char *const table[COLS] = {\n    [ONE] = "a",\n};\n' >src/doc/y.c
rm src/doc/x.h
sed -i '$d' src/base/x.c
silent tools/check-code.sh

# ---- lengths ----
function_of() { # LINES NAME
    printf 'int %s(void)\n{\n' "$2"
    i=0
    while [ $i -lt $(($1 - 3)) ]; do echo '    go_on();' && i=$((i + 1)); done
    printf '}\n'
}
{ for n in 1 2 3 4 5 6 7 8 9; do function_of 6 "short_$n"; done; function_of 60 longest; } >src/base/x.c
rm src/doc/y.c
finds 0 'longest src/base/x.c:55' tools/lengths.sh
{ for n in 1 2 3 4 5 6 7 8 9; do function_of 6 "short_$n"; done; function_of 61 longest; } >src/base/x.c
finds 1 'a function is longer than 60 lines: longest' tools/lengths.sh
{ function_of 6 one; function_of 6 two; function_of 21 three; } >src/base/x.c
finds 1 'one function in ten is longer than 20 lines' tools/lengths.sh
{ function_of 6 one; function_of 11 two; function_of 11 three; } >src/base/x.c
finds 1 'half of the functions are longer than 10 lines' tools/lengths.sh

# ---- prose ----
words() { i=1 && printf word0 && while [ $i -lt "$1" ]; do printf ' word%d' $i && i=$((i + 1)); done; }
printf 'A sentence.\nIt goes on over\ntwo lines; there is no fault in it.\n\n```\n%s\n```\n\n| %s |\n' "$(words 30)" "$(words 30)" >good.md
printf '%s last.\n' "$(words 24)" >>good.md
silent tools/check-prose.sh good.md
printf '# a title\n%s\n%s end.\n' "$(words 20)" "$(words 6)" >long.md
finds 1 'long.md:2: sentence of 27 words: word0 word1' tools/check-prose.sh long.md
printf 'Ways that are no words, of its kin.\nThe the end. \n' >bad.md
finds 1 "bad.md:1: form:  are no words" tools/check-prose.sh bad.md
prints 'bad.md:1: word: kin.'
prints 'bad.md:2: twice: the the'
prints 'bad.md:2: blank at the end'
printf '/* A hope.\n *\n *     hope = kin;      an example\n */\nint hope; /* it is no good */\nchar *s = "is no word";\n' >src/base/x.c
finds 1 'src/base/x.c:1: word: hope' tools/check-prose.sh src/base/x.c
prints 'src/base/x.c:5: form:  is no good'
check "more is found: $(cat out)" test "$(wc -l <out)" = 2
finish
