#!/bin/sh
# run.sh PROGRAM...: runs each test program, adds up their counts, ends with `N passed, N failed, N skipped`.
# UNDER: a command that runs them, such as valgrind (`make valgrind`). No test at all is a failure, and so is a program
# that ends without its line.
passed=0 failed=0 skipped=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
export LC_ALL=C.UTF-8 # what is said is compared in English
export LSAN_OPTIONS="suppressions=$(dirname "$0")/lsan.supp:print_suppressions=0"
for t in "$@"; do
    # shellcheck disable=SC2086 # a command and its options
    ${UNDER-} "$t" >"$log" 2>&1
    code=$?
    grep -v ': [0-9]* passed, [0-9]* failed, [0-9]* skipped$' "$log"
    line=$(grep ': [0-9]* passed, [0-9]* failed, [0-9]* skipped$' "$log" | tail -n 1)
    if [ -z "$line" ] || { [ $code -ne 0 ] && [ $code -ne 1 ]; }; then
        echo "$t: ended with $code and no count"
        failed=$((failed + 1))
        continue
    fi
    counts=$(echo "$line" | sed 's/.*: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/')
    # shellcheck disable=SC2086
    p=${counts%% *} rest=${counts#* } f=${rest% *} s=${rest#* }
    printf '%-24s %5d passed %3d failed %3d skipped\n' "$(basename "$t")" "$p" "$f" "$s"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
[ $((passed + failed)) -gt 0 ] || { echo 'no test was run'; failed=1; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
