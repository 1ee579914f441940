#!/bin/sh
# make-pot.sh DAU: every sentence that the program says, as a gettext template on stdout: those of calls from the
# source, those of the tables (help of commands and options) from the program itself. `make po` brings po/*.po
# up to date with it.
set -eu
[ $# = 1 ] || { echo 'usage: tools/make-pot.sh DAU' >&2; exit 1; }
dau=$1
to=$(mktemp -d)
trap 'rm -rf "$to"' EXIT
cd "$(dirname "$0")/.."
xgettext --from-code=UTF-8 --no-location --sort-output --package-name=dau -k -kerr_set:3 -kerr_prefix:2 -ksay:1 -ktell:1 -knote:1 \
    -kusage_error:2 -ktr:1 -ktr_later:1 -ktr_mark:1 -krefuse:3 -kfinding_add:4 -ksheet_tell:2 -kphrase_make:2 --flag=err_set:3:c-format --flag=err_prefix:2:c-format --flag=say:1:c-format \
    --flag=tell:1:c-format --flag=finding_add:4:c-format --flag=sheet_tell:2:c-format --flag=note:1:c-format --flag=phrase_make:2:c-format --flag=usage_error:2:c-format -o "$to/calls.pot" src/*.c src/*/*.c src/*/*/*.c
{
    "$dau" --describe | cut -f 2
    for c in $("$dau" --describe | cut -f 1) "eval text" "eval pairs" "eval documents"; do
        "$dau" $c --describe | awk -F '\t' '
            function capitals(s) { while (match(s, /[A-Z]+/)) { print substr(s, RSTART, RLENGTH); s = substr(s, RSTART + RLENGTH) } }
            $1 == "synopsis" {gsub(/\\n/, " "); capitals($2)} $1 == "about" {print $2}
            $1 == "option" {sub(/=.*/, "", $4); if ($4) print $4; print $5}'
    done
} | sort -u | awk '{gsub(/\\/, "\\\\"); gsub(/\\\\n/, "\\n"); gsub(/"/, "\\\""); print "say (\"" $0 "\");"}' >"$to/tables.c"
xgettext --from-code=UTF-8 --no-location --sort-output -k -ksay:1 -o "$to/tables.pot" "$to/tables.c"
msgcat --no-location --sort-output --use-first "$to/calls.pot" "$to/tables.pot" |
    sed -e '/^"POT-Creation-Date/d' -e '/^"PO-Revision-Date/d'
