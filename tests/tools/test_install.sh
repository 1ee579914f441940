#!/bin/sh
# make install, and a program of somebody else's built against what it put there.
. "$(dirname "$0")/../lib.sh"

case ${BUILD:-build} in *asan*) skipped=1; finish ;; esac # a program would need the sanitizers' runtime first

make -s install PREFIX="$to/usr" >"$to/log" 2>&1
check "make install: $(tail -n 3 "$to/log")" test $? = 0
cd "$to" || exit 1
export LD_LIBRARY_PATH="$to/usr/lib" OMP_THREAD_LIMIT=1
unset DAU_DATA

check 'the installed program finds no models' sh -c "echo 'Truong Tieu hoc' | usr/bin/dau restore | grep -q 'Trường Tiểu học'"
check 'the library shows more than dau.h' test -z \
    "$(nm -D --defined-only usr/lib/libdau.so.0 | awk '$2 == "T" && $3 !~ /^dau_/ && $3 !~ /^_(init|fini)$|gcov|^mangle_path$/ {print $3}')"
flags=$(PKG_CONFIG_PATH=usr/lib/pkgconfig pkg-config --cflags --libs dau)
# shellcheck disable=SC2086 # flags are words
check 'the example does not build' ${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror "$here/examples/twins.c" $flags -o twins
check 'the example does not restore' sh -c "./twins --restore 'Truong Mam non Hoa Mai' | grep -q 'Trường Mầm non Hoa Mai'"
check 'the example does not read' sh -c "./twins '$here/tests/pages/sample-plan.pdf' 2>/dev/null | grep -q '^MN .* - .*(page 2, '"
check 'the example does not say what is wrong' sh -c "./twins missing.pdf 2>&1 | grep -q \"cannot open 'missing.pdf'\""
if with g++; then
    check 'dau.h is no header for C++' sh -c "echo '#include <dau.h>' | g++ -x c++ -Wall -Werror -fsyntax-only -I usr/include -"
fi

for c in $(usr/bin/dau --describe | cut -f 1); do
    check "no man page of dau $c" test -s "usr/share/man/man1/dau-$c.1"
    check "dau $c is not completed" grep -q "^    $c) words='.*--help" usr/share/bash-completion/completions/dau
done
check 'an option is not in the man page' grep -q 'no\\-pictures' usr/share/man/man1/dau-export.1
if with man && with groff; then
    for f in usr/share/man/man1/*; do
        check "$f: $(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l "$f" 2>&1 >/dev/null | head -n 2)" \
            test -z "$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l "$f" 2>&1 >/dev/null)"
    done
fi
if with bash; then
    words=$(bash -c '. usr/share/bash-completion/completions/dau; COMP_WORDS=(dau export --no); COMP_CWORD=2; _dau; echo "${COMPREPLY[*]}"')
    check "bash completes --no to '$words'" test "$words" = --no-pictures
    words=$(bash -c '. usr/share/bash-completion/completions/dau; COMP_WORDS=(dau run --text-layer ""); COMP_CWORD=3; _dau; echo "${COMPREPLY[*]}"')
    check "bash completes --text-layer to '$words'" test "$words" = 'auto use ignore'
    words=$(bash -c '. usr/share/bash-completion/completions/dau; COMP_WORDS=(dau corrections e); COMP_CWORD=2; _dau; echo "${COMPREPLY[*]}"')
    check "bash completes dau corrections e to '$words'" test "$words" = export
fi
if with zsh; then check 'zsh: the completion is no script' zsh -n usr/share/zsh/site-functions/_dau; fi
if with fish; then
    check 'fish: the completion is no script' fish -n usr/share/fish/vendor_completions.d/dau.fish
    words=$(fish -c 'source usr/share/fish/vendor_completions.d/dau.fish; complete -C "dau restore --from s"')
    check "fish completes --from s to '$words'" test "${words%%	*}" = stripped
fi
finish
