# lib.sh: what the test scripts share. A script begins with `. "$(dirname "$0")/../lib.sh"`, goes where it wants to work
# (mostly `cd "$to"`), makes its checks and ends with `finish`.
#
#   here    the checkout, in which the script starts       passed, failed, skipped    what finish counts
#   dau     the program under test, from $BUILD or build/  to    an empty folder that goes when the script ends
#   words   first words of every command that `ends` runs, such as 'export -d x.db'; none
#
# shellcheck shell=sh disable=SC2034 # the scripts use what is set here
here=$(cd "$(dirname "$0")" && pwd)
until [ -f "$here/tests/lib.sh" ]; do here=${here%/*}; done
cd "$here" || exit 1
case ${BUILD:-build} in /*) dau=$BUILD/dau ;; *) dau=$here/${BUILD:-build}/dau ;; esac
passed=0 failed=0 skipped=0 words=
to=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$to"; rm -rf "$to"' EXIT

# check WHAT COMMAND...: the command succeeds; else WHAT is printed
check() {
    what=$1
    shift
    if "$@"; then passed=$((passed + 1)); else
        echo "${0##*/}: $what"
        failed=$((failed + 1))
    fi
}
# ends CODE ARGUMENT...: dau ends with that code; what it said is in out and err
ends() {
    want=$1
    shift
    # shellcheck disable=SC2086 # words are words
    "$dau" $words "$@" >out 2>err
    got=$?
    check "dau ${words:+$words }$*: ended with $got, not $want: $(cat err)" test "$got" = "$want"
}
# says TEXT, prints TEXT: the last command said so on stderr, or on stdout
says() { check "not said: '$1' but: $(cat err)" grep -aqF -- "$1" err; }
prints() { check "not printed: '$1' but: $(cat out)" grep -aqF -- "$1" out; }
# with PROGRAM [CHECKS]: whether it is there; what needs it is skipped and counted when not
with() {
    command -v "$1" >/dev/null && return
    echo "${0##*/}: there is no $1, what needs it is skipped"
    skipped=$((skipped + ${2:-1}))
    false
}
# finish: the count, in the form that tests/run.sh reads
finish() {
    echo "${0##*/}: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
