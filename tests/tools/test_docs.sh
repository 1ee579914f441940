#!/bin/sh
# test_docs: what the documents say is run and looked up.
#
# In a block marked ```console, each `$ COMMAND` (`> ` before lines that go on) is run, in the order of the file, in one empty folder
# that sees the checkout's build/, tests/, dicts/ and corpus/; what it prints (both streams) must be the
# lines below it, where `...` stands for anything, over line ends too. README.vi.md is run in Vietnamese. Then: paths, make
# targets and functions that stand in backticks exist, as do the files that links lead to; sentences are short (prose.awk);
# exit codes agree with src/base/err.h, every command has its place in the
# README, every folder of data its README.
# shellcheck disable=SC2013,SC2016,SC2044 # words without blanks; backticks are meant as they stand
. "$(dirname "$0")/../lib.sh"
set -u
build=$(dirname "$dau")
docs='README.md CONTRIBUTING.md ARCHITECTURE.md'
for doc in docs/*.md docs/decisions/*.md; do docs="$docs $doc"; done
export LC_ALL=C NO_COLOR=1 COLUMNS=80

# holds WHAT COMMAND...: check, and nothing of what the command prints
holds() {
    claim=$1
    shift
    "$@" >/dev/null 2>&1
    check "$claim" test $? = 0
}

# ---- console blocks: each step becomes N.cmd and N.want ----
steps() {
    awk -v dir="$to/steps" '
        { match($0, /^ */); if (/^ *```/) indent = RLENGTH; if (RLENGTH >= indent) $0 = substr($0, indent + 1) }
        /^```console/ { inside = 1; next }
        /^```/ { inside = 0; next }
        inside && /^\$ / { n++; cmd = sprintf("%s/%04d.cmd", dir, n); want = sprintf("%s/%04d.want", dir, n)
                           print substr($0, 3) > cmd; printf "" > want; asked = 1; next }
        inside && asked && /^> / { print substr($0, 3) > cmd; next }
        inside && n { asked = 0; print > want }' "$1"
}
# Are the pieces of WANT between its ellipses found in GOT one after another, the first and last at the ends?
like() {
    awk 'FNR == 1 { file++ } { gsub(/[01]\.[0-9]+/, "P"); gsub(/ +/, " "); sub(/ $/, ""); text[file] = text[file] $0 "\n" }
        END {
            want = text[1]; got = text[2]
            sub(/^\n+/, "", want); sub(/\n+$/, "", want); sub(/\n+$/, "", got)
            n = split(want, piece, /\.\.\./)
            if (n == 1) exit want != got
            if (substr(got, 1, length(piece[1])) != piece[1]) exit 1
            got = substr(got, length(piece[1]) + 1)
            for (i = 2; i < n; i++) {
                at = index(got, piece[i])
                if (!at) exit 1
                got = substr(got, at + length(piece[i]))
            }
            last = length(piece[n])
            exit length(got) < last || substr(got, length(got) - last + 1) != piece[n]
        }' "$1" "$2"
}
run_document() {
    rm -rf "$to/steps" "$to/here"
    mkdir "$to/steps" "$to/here"
    ln -s "$build" "$to/here/build"
    ln -s "$here/tests" "$here/dicts" "$here/corpus" "$here/src" "$to/here/"
    steps "$1"
    for cmd in "$to"/steps/*.cmd; do
        [ -e "$cmd" ] || continue
        want=${cmd%.cmd}.want got=${cmd%.cmd}.got
        (cd "$to/here" && PATH=$build:$PATH sh "$cmd") 2>&1 | sed '/^ *[0-9]*\/~*[0-9]* pages /d' >"$got" # progress, on a slow machine
        [ -s "$want" ] || echo >"$want"
        [ -s "$got" ] || echo >"$got"
        before=$failed
        check "$1: $ $(cat "$cmd")" like "$want" "$got"
        if [ "$failed" -gt "$before" ]; then
            echo '    want:'
            sed 's/^/      /' "$want"
            echo '    got:'
            sed 's/^/      /' "$got"
        fi
    done
}
for doc in $docs; do run_document "$doc"; done
export LC_ALL=vi_VN.UTF-8
run_document README.vi.md
export LC_ALL=C

# ---- what stands in backticks exists ----
quoted() { # FILE REGEX: what matches inside single backticks, outside fenced blocks
    sed '/^ *```/,/^ *```/d' "$1" | grep -o '`[^`]*`' | tr -d '`' | grep -E "$2" | sort -u
}
for doc in $docs; do
    for path in $(quoted "$doc" '^(src|tests|tools|dicts|corpus|docs|\.ci)/[A-Za-z0-9_./-]*$' | grep -vE '(NAME|FOLDER|/N\.sql)'); do
        holds "$doc names $path, which is not there" test -e "$path"
    done
    for target in $(quoted "$doc" '^make [a-z]' | grep -v NAME | sed 's,^make \([a-z_.-]*\).*,\1,' | sort -u); do
        case $target in
        test-*) holds "$doc names make $target, which is not there" ls tests/*/test_"${target#test-}".* ;;
        *) holds "$doc names make $target, which is not there" grep -q "^$target:" Makefile ;;
        esac
    done
    for name in $(quoted "$doc" '^[a-z0-9_]+\(\)$' | tr -d '()'); do
        holds "$doc names $name(), which is not there" grep -rqw "$name" src tests
    done
done

for doc in $(find . -name '*.md' -not -path './build/*' | sed 's,^./,,' | sort); do
    for link in $(grep -o ']([^)#]*' "$doc" | cut -c 3- | grep -v '^http'); do
        holds "$doc has a link to $link, which is not there" test -e "$(dirname "$doc")/$link"
    done
    case $doc in *.vi.md) continue ;; esac
    prose=$(awk -f tests/tools/prose.awk "$doc")
    check "a sentence to mend: $prose" test -z "$prose"
done

holds 'make check does not run tools/check-layers.sh' sh -c 'make -n layers | grep -q tools/check-layers.sh'

# ---- the README's first screen and tables ----
quick=$(sed -n '/^## Quick start/,/^## /p' README.md | sed -n '/^```/,/^```/p')
holds 'Quick start has one block of two lines' test "$(echo "$quick" | grep -c '^```')$(echo "$quick" | grep -vc '^```')" = 22
for command in $("$build/dau" --describe | cut -f 1); do
    for readme in README.md README.vi.md; do
        holds "$readme has nothing on dau $command" grep -q "dau $command" "$readme"
    done
done
holds 'README.vi.md has not the headings that README.md has' \
    test "$(grep -c '^##' README.vi.md)" = "$(grep -c '^##' README.md)"
for command in '' $("$build/dau" --describe | cut -f 1) 'eval text' 'eval pairs' 'eval documents'; do
    for locale in C vi_VN.UTF-8; do
        # shellcheck disable=SC2086 # two words are two words
        holds "dau $command --help is wider than a terminal ($locale)" \
            test -z "$(LC_ALL=$locale "$build/dau" $command --help | LC_ALL=C.UTF-8 grep -E '.{81}')"
    done
done
for code in $(sed -n 's/^ *DAU_[A-Z_]* = \([0-9]*\),.*/\1/p' src/base/err.h); do
    for readme in README.md README.vi.md; do
        holds "$readme has no line for exit code $code" grep -qE "^\| $code \|" "$readme"
    done
done
for flag in $(sed -n 's/^ *AT(FLAG_[A-Z_]*) = {"\([a-z-]*\)".*/\1/p' src/doc/flag.c); do
    for readme in README.md README.vi.md; do
        holds "$readme has no line for the flag $flag" grep -q "^| .$flag. |" "$readme"
    done
done
for folder in dicts corpus tests/pages; do
    holds "$folder has no README.md" test -s "$folder/README.md"
done

finish
