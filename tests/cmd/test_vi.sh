#!/bin/sh
# What is said in Vietnamese, on a machine with or without the locale; what programs read stays as it is.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1

vi() { env -u LC_MESSAGES LC_ALL=vi_VN.UTF-8 "$dau" "$@" >out 2>err; }

vi run missing.pdf
check "an error is not in Vietnamese: $(cat err)" grep -q "^dau: không mở được 'missing.pdf': " err
check "letters are lost: $(cat err)" sh -c "! grep -q '?' err"
vi query --help
check 'the help is not in Vietnamese' grep -q 'cách dùng: dau query' out
check 'the help of an option is not in Vietnamese' grep -q 'cơ sở dữ liệu (plans.db)' out
check 'a line of the help is over 80 columns' test -z "$(sed 's/[^ -~]/./g' out | LC_ALL=C.UTF-8 awk 'length($0) > 80')"
env -u LC_ALL -u LC_MESSAGES LANG=vi_VN "$dau" run missing.pdf 2>err
check 'LANG alone is not followed' grep -q 'không mở được' err
for l in C POSIX en_US.UTF-8 C.UTF-8; do
    env -u LANGUAGE LC_ALL=$l "$dau" run missing.pdf 2>err
    check "$l: not in English: $(cat err)" grep -q "cannot open 'missing.pdf'" err
done
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Mầm non Hoa Mai | Mầm non Sao Mai\n' >list.txt
vi run -d x.db list.txt
check "the summary is not in Vietnamese: $(cat err)" grep -q '^1 tài liệu, 1 trang, 1 cặp trong ' err
vi export -d x.db --format csv
check 'a head of CSV was translated' grep -q '^id,file,page,no,level,' out
vi extract list.txt
LC_ALL=C "$dau" extract list.txt >plain
check 'pairings depend on the language' cmp -s out plain

if with msgfmt 2 && with xgettext 2; then
    check 'po/vi.po is no catalogue' sh -c "msgfmt -c -o /dev/null '$here/po/vi.po' 2>/dev/null"
    "$here/tools/make-pot.sh" "$dau" >dau.pot
    msgmerge -q --no-fuzzy-matching -o all.po "$here/po/vi.po" dau.pot
    all=$(msgattrib --no-obsolete all.po | grep -c '^msgid') left=$(msgattrib --untranslated --no-obsolete all.po | grep -c '^msgid')
    check "$left of $all sentences are not in po/vi.po; 'make po' lists them there" test $((left * 10)) -lt "$all"
fi
finish
