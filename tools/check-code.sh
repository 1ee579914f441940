#!/bin/sh
# check-code.sh: what the C files do not call, and names of types that mean one thing. Silent when all is well.
#
# In the manner of curl's checksrc: comments and strings are passed over, places are told as FILE:LINE.
cd "$(dirname "$0")/.." || exit 1
bad=$(mktemp) || exit 1
trap 'rm -f "$bad"' EXIT
files() { git ls-files "$@" 2>/dev/null || find src tools tests -name '*.[ch]' | LC_ALL=C sort; }

# ---- functions: what to do instead; `files` may call them all the same ----
cat <<'END' | while IFS='|' read -r name instead allowed; do
strcpy|snprintf() with the room there is
strcat|snprintf(), or a Buf (base/str.h)
sprintf|snprintf() with the room there is
vsprintf|vsnprintf() with the room there is
strncpy|snprintf(): this one may leave no NUL
strncat|snprintf() with the room there is
gets|getline()
scanf|str_int() or strtol(), which say where they stopped
sscanf|str_int() or strtol(), which say where they stopped
fscanf|str_int() or strtol(), which say where they stopped
atoi|str_int() (base/str.h): what is too large for an int is undefined here|tools/train/
atol|strtol()|tools/train/
atof|strtod()|tools/train/
strtok|strtok_r()
system|fork() and exec: no shell sees names of files
popen|fork() and exec: no shell sees names of files|tools/train/corpus.c
alloca|xalloc() or an arena
malloc|xalloc() (base/arena.h), which ends the program when there is no memory|src/base/arena.c src/clean/rotate.c
calloc|xalloc() (base/arena.h)|src/base/arena.c
realloc|xrealloc() (base/arena.h)|src/base/arena.c
strdup|xstrdup() (base/arena.h)|src/lib/dau.c
tmpnam|mkstemp()
tempnam|mkstemp()
mktemp|mkstemp()
rand|a generator with a seed of its own: results must be the same every time
srand|a generator with a seed of its own: results must be the same every time
localtime|localtime_r()
gmtime|gmtime_r()
ctime|strftime()
asctime|strftime()
setlocale|tr.h: the C locale but for messages|src/base/tr.c
setjmp|an Err
longjmp|an Err
exit|an Err: only main() ends the program|src/base/arena.c tools/
abort|an Err
END
    echo "$name|$instead|$allowed"
done >"$bad.list"
files 'src/*.[ch]' 'tools/*.[ch]' | xargs awk -v list="$bad.list" '
    BEGIN {
        while ((getline line <list) > 0) { split(line, part, "|"); instead[part[1]] = part[2]; allowed[part[1]] = part[3] }
    }
    FNR == 1 { in_comment = 0 }
    function code(line,    out, at) { # without comments and strings
        out = ""
        while (line != "") {
            if (in_comment) {
                at = index(line, "*/")
                if (!at) return out
                line = substr(line, at + 2)
                in_comment = 0
            } else if (match(line, /\/\*|"(\\.|[^"\\])*"/)) {
                out = out substr(line, 1, RSTART - 1)
                in_comment = substr(line, RSTART, 2) == "/*"
                line = substr(line, RSTART + RLENGTH)
            } else return out line
        }
        return out
    }
    function may(name,    n, i, part) {
        n = split(allowed[name], part, " ")
        for (i = 1; i <= n; i++) if (index(FILENAME, part[i]) == 1) return 1
        return 0
    }
    {
        left = code($0)
        while (match(left, /[A-Za-z_][A-Za-z_0-9]*\(/)) {
            before = substr(left, RSTART - 1, 1)
            name = substr(left, RSTART, RLENGTH - 1)
            left = substr(left, RSTART + RLENGTH)
            if (name in instead && before != "." && before != ">" && !may(name)) print FILENAME ":" FNR ": " name "(): use " instead[name]
        }
    }' >>"$bad"
rm -f "$bad.list"

# ---- types: a name that two files give a meaning to ----
files 'src/*.[ch]' | xargs awk '
    function meaning(name) {
        if (name in home) print FILENAME ":" FNR ": " name " means something else in " home[name]
        else home[name] = FILENAME ":" FNR
    }
    FNR == 1 { open = 0 }
    /^typedef (struct|union|enum)( [A-Za-z_0-9]+)? \{/ { open = 1 }
    open && /^typedef .*}|^}/ {
        open = 0
        name = $0
        sub(/.*} *(__attribute__\(\([a-z]*\)\) )?/, "", name)
        sub(/;.*/, "", name)
        meaning(name)
        next
    }
    /^typedef struct [A-Za-z_0-9]+ [A-Za-z_0-9]+;/ { next } # it is told, not defined
    /^typedef / && !open {
        name = $0
        if (match(name, /\(\*[A-Za-z_0-9]+\)/)) name = substr(name, RSTART + 2, RLENGTH - 3)
        else {
            if (name !~ /VEC\(/) sub(/\(.*/, "", name) # of a function: its name stands before what it takes
            sub(/[;[].*/, "", name)
            sub(/.*[ *)]/, "", name)
        }
        meaning(name)
    }' >>"$bad"

# ---- tables sized by an enum: given by position, one that is too short is filled up with zeros and nobody is told ----
files 'src/*.c' | xargs awk '
    FNR == 1 { table = "" }
    table != "" { if ($0 !~ /^ *\[/) print place ": " table "[] by position: leave its size out and static_assert() it"; table = "" }
    /const .*[a-z_]+\[[A-Z_]+\] = \{|^} [a-z_]+\[[A-Z_]+\] = \{/ {
        table = $0
        sub(/\[[A-Z_]+\] = .*/, "", table)
        sub(/.*[ *]/, "", table)
        place = FILENAME ":" FNR
        rest = $0
        sub(/.*\] = \{/, "", rest)
        if (rest ~ /^ *\[/) table = ""
        else if (rest != "") { print place ": " table "[] by position: leave its size out and static_assert() it"; table = "" }
    }' >>"$bad"

cat "$bad"
[ ! -s "$bad" ]
