#!/bin/sh
# make-docs.sh DAU OUT: man pages and completions of bash, zsh and fish, made from what `dau --describe` and
# `dau COMMAND --describe` tell of the option tables, so that they say what the program does.
#
#     OUT/man/man1/dau.1 dau-run.1 ...
#     OUT/bash-completion/completions/dau
#     OUT/zsh/site-functions/_dau
#     OUT/fish/vendor_completions.d/dau.fish
set -eu
[ $# = 2 ] || { echo 'usage: tools/make-docs.sh DAU OUT' >&2; exit 1; }
dau=$1 out=$2
man=$out/man/man1
mkdir -p "$man" "$out/bash-completion/completions" "$out/zsh/site-functions" "$out/fish/vendor_completions.d"
version=$("$dau" --version | cut -d ' ' -f 2)
all=$out/all
"$dau" --describe >"$all"
commands=$(cut -f 1 "$all")
for c in $commands; do "$dau" "$c" --describe >"$out/$c.tsv"; done

# ---- man pages
# roff: what would be taken for a request or an escape is escaped
for c in $commands; do
    awk -F '\t' -v c="$c" -v version="$version" -v help="$(awk -F '\t' -v c="$c" '$1 == c {print $2}' "$all")" '
        function roff(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); if (s ~ /^[.\x27]/) s = "\\&" s; return s }
        function paragraphs(s,   n, i, line) {
            n = split(s, line, /\\n/)
            for (i = 1; i <= n; i++) {
                if (line[i] == "") print ".PP"
                else if (line[i] ~ /^  /) print ".nf\n" roff(line[i]) "\n.fi"
                else print roff(line[i])
            }
        }
        BEGIN {
            printf ".TH DAU\\-%s 1 \"\" \"dau %s\" \"dau\"\n", toupper(c), version
            print ".SH NAME\ndau\\-" c " \\- " roff(help)
        }
        $1 == "synopsis" { print ".SH SYNOPSIS\n.B dau " c "\n" roff($2) }
        $1 == "about" { print ".SH DESCRIPTION"; paragraphs($2); print ".SH OPTIONS" }
        $1 == "option" {
            print ".TP"
            s = ($2 != "" ? "\\-" $2 ", " : "") "\\-\\-" roff($3)
            sub(/=.*/, "", $4)
            print ".B " s ($4 != "" ? " \\fI" roff($4) "\\fP" : "")
            print roff($5)
        }
        END {
            print ".SH EXIT STATUS\n0 done; 1 usage; 2 bad input; 3 a model or library is missing; 4 output failed its check; 5 file access;"
            print "6 nothing to do; 7 engine failure; 8 encrypted; 9 configuration; 10 finished but some failed; 11 over a limit;"
            print "12 database busy; 15 internal fault; 130 interrupted."
            print ".SH SEE ALSO\n.BR dau (1)"
        }' "$out/$c.tsv" >"$man/dau-$c.1"
done
{
    printf '.TH DAU 1 "" "dau %s" "dau"\n.SH NAME\ndau \\- which school is twinned with which, read from scanned Vietnamese plans\n' "$version"
    printf '.SH SYNOPSIS\n.B dau\n.I COMMAND\n[\\fIOPTION\\fP...] [\\fIFILE\\fP...]\n.SH DESCRIPTION\n'
    printf 'Reads scanned plans of Vietnamese education offices, restores what the recognition of their text lost, finds which\n'
    printf 'school is twinned with which, and keeps it in an SQLite database with the page and the pixels it came from.\n.SH COMMANDS\n'
    awk -F '\t' '{gsub(/-/, "\\-", $2); print ".TP\n.BR dau\\-" $1 " (1)\n" $2}' "$all"
    printf '.SH ENVIRONMENT\n.TP\n.B DAU_DATA\nthe folder of the models and lists, in place of the installed one\n'
    printf '.TP\n.B NO_COLOR\nno colours\n.SH EXAMPLES\n.nf\ndau run \\-d plans.db FOLDER\ndau export \\-d plans.db \\-\\-format xlsx \\-o plans.xlsx\n'
    printf "echo 'Phong Giao duc va Dao tao' | dau restore\n.fi\n"
} >"$man/dau.1"

# ---- bash: what an option can be, options, a command's own commands ("list|export|import"), else files
own() { sed -n 's/^synopsis\t\([a-z][a-z|]*|[a-z]*\) .*/\1/p' "$out/$1.tsv" | tr '|' ' '; }
{
    echo '# completion of dau for bash; made from the option tables'
    echo '_dau() {'
    echo '    local cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words= own= values='
    echo '    if [ "$COMP_CWORD" = 1 ]; then'
    echo "        COMPREPLY=(\$(compgen -W '$(echo $commands) --help --version' -- \"\$cur\"))"
    echo '        return'
    echo '    fi'
    echo '    case $command in'
    for c in $commands; do
        echo "    $c) words='$(awk -F '\t' '$1 == "option" {printf "--%s ", $3}' "$out/$c.tsv")' own='$(own "$c")' ;;"
    done
    echo '    esac'
    echo '    case $command:${COMP_WORDS[COMP_CWORD - 1]} in'
    for c in $commands; do
        awk -F '\t' -v c="$c" '$1 == "option" && sub(/.*=/, "", $4) {
            gsub(/\|/, " ", $4)
            print "    " c ":--" $3 ($2 != "" ? " | " c ":-" $2 : "") ") values=\x27" $4 "\x27 ;;"
        }' "$out/$c.tsv"
    done
    echo '    esac'
    echo '    if [ "$values" ]; then COMPREPLY=($(compgen -W "$values" -- "$cur"))'
    echo '    elif [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$cur"))'
    echo '    elif [ "$COMP_CWORD" = 2 ] && [ "$own" ]; then COMPREPLY=($(compgen -W "$own" -- "$cur"))'
    echo '    else COMPREPLY=($(compgen -f -- "$cur")); fi'
    echo '}'
    echo 'complete -o filenames -F _dau dau'
} >"$out/bash-completion/completions/dau"

# ---- zsh
{
    echo '#compdef dau'
    echo '# made from the option tables'
    echo 'local -a commands'
    echo 'commands=('
    awk -F '\t' '{gsub(/\x27/, "\x27\\\x27\x27", $2); gsub(/:/, "\\:", $2); print "    \x27" $1 ":" $2 "\x27"}' "$all"
    echo ')'
    echo 'if (( CURRENT == 2 )); then _describe command commands; return; fi'
    echo 'case $words[2] in'
    for c in $commands; do
        echo "$c) _arguments \\"
        awk -F '\t' '$1 == "option" {
            gsub(/\x27/, "\x27\\\x27\x27", $5); gsub(/\[/, "\\[", $5); gsub(/\]/, "\\]", $5); gsub(/:/, "\\:", $5)
            words = $4
            if (sub(/.*=/, "", words)) gsub(/\|/, " ", words)
            else words = ""
            sub(/=.*/, "", $4)
            v = $4 != "" ? ":" $4 ":" (words != "" ? "(" words ")" : $4 ~ /FILE|DIR|FOLDER|PATH/ ? "_files" : "") : ""
            print "    \x27--" $3 "[" $5 "]" v "\x27 \\"
        }' "$out/$c.tsv"
        [ -z "$(own "$c")" ] || echo "    '2:command:($(own "$c"))' \\"
        echo "    '*:file:_files' ;;"
    done
    echo 'esac'
} >"$out/zsh/site-functions/_dau"

# ---- fish
{
    echo '# completion of dau for fish; made from the option tables'
    awk -F '\t' '{gsub(/\x27/, "\\\x27", $2); print "complete -c dau -f -n __fish_use_subcommand -a " $1 " -d \x27" $2 "\x27"}' "$all"
    for c in $commands; do
        for word in $(own "$c"); do echo "complete -c dau -n '__fish_seen_subcommand_from $c; and test (count (commandline -opc)) -eq 2' -a $word"; done
        awk -F '\t' -v c="$c" '$1 == "option" {
            gsub(/\x27/, "\\\x27", $5)
            words = $4
            if (sub(/.*=/, "", words)) { gsub(/\|/, " ", words); words = " -f -a \x27" words "\x27" } else words = ""
            print "complete -c dau -n \x27__fish_seen_subcommand_from " c "\x27 -l " $3 ($2 != "" ? " -s " $2 : "") ($4 != "" ? " -r" : "") words " -d \x27" $5 "\x27"
        }' "$out/$c.tsv"
    done
} >"$out/fish/vendor_completions.d/dau.fish"
for c in $commands; do rm "$out/$c.tsv"; done
rm "$all"
