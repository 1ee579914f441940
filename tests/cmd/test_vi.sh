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
env -u LC_MESSAGES LC_ALL=C.UTF-8 LANGUAGE=vi "$dau" run missing.pdf 2>err
check 'LANGUAGE is not followed' grep -q 'không mở được' err
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

# What is stored is in no language: said in the reader's, whoever wrote it. The list jumps from 1 to 5.
mkdir mixed
printf 'DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA\n1 | Mầm non Hoa Mai | Mầm non Sao Mai\n5 | Mầm non Hoa Mai | Mầm non An Mỹ\n' >mixed/list.txt
: >mixed/empty.pdf
head -c 3000 "$here/tests/pages/sample-plan.pdf" >mixed/cut.pdf
printf '%%!PS-Adobe-3.0' >mixed.ps
en() { LC_ALL=C "$dau" "$@" >out 2>err; }
en run -d english.db mixed mixed.ps missing.pdf
cp err english
vi run -d vietnamese.db mixed mixed.ps missing.pdf
cp err vietnamese

says_in_english() { # what: a file
    check "$1 is not in English: $(cat "$1")" grep -qF "cannot open 'missing.pdf': No such file or directory" "$1"
    check "$1 is not in English: $(cat "$1")" grep -qF "cannot read 'mixed.ps': it is PostScript; turn it into PDF first" "$1"
    check "$1 is not in English: $(cat "$1")" grep -qF "'mixed/empty.pdf' is empty" "$1"
    check "$1 has a letter of Vietnamese: $(cat "$1")" sh -c "! LC_ALL=C grep -q '[^ -~	]' '$1'"
}
says_in_vietnamese() {
    check "$1 is not in Vietnamese: $(cat "$1")" grep -qF "không mở được 'missing.pdf': không có tệp hay thư mục này" "$1"
    check "$1 is not in Vietnamese: $(cat "$1")" grep -qF "không đọc được 'mixed.ps': đó là tệp PostScript; hãy chuyển thành PDF trước" "$1"
    check "$1 is not in Vietnamese: $(cat "$1")" grep -qF "'mixed/empty.pdf' là tệp rỗng" "$1"
    check "$1 has an English word: $(cat "$1")" sh -c "! grep -qwE 'the|cannot|is|failed|page|and' '$1'"
}
says_in_english english
says_in_vietnamese vietnamese
for d in english vietnamese; do
    en status -d $d.db; grep -v '^last run' out >$d-for-english
    vi status -d $d.db; cp out $d-for-vietnamese
    says_in_english $d-for-english
    says_in_vietnamese $d-for-vietnamese
    check "status of $d.db does not tell how to try again: $(cat out)" grep -q '^để thử lại: .*dau run -d ' out
    check "status of $d.db does not tell what is to be looked at: $(cat out)" grep -qxF '  mixed/list.txt, trang 1: thiếu các số thứ tự từ 2 đến 4 giữa 1 và 5' out
    check "status of $d.db does not tell what is to be looked at: $(cat $d-for-english)" grep -qxF '  mixed/list.txt, page 1: numbers 2 to 4 are missing between 1 and 5' $d-for-english
    check "status of $d.db does not head what failed: $(cat out)" grep -q '^không đọc được:$' out
    vi status -d $d.db --json
    says_in_english out
    check "status of $d.db for programs: $(cat out)" grep -qF '"found_odd":[{"file":"mixed/list.txt","page":1,"text":"numbers 2 to 4 are missing between 1 and 5"}' out
    sqlite3 $d.db 'SELECT file, code, reason FROM failed ORDER BY file' >$d-failed
    sqlite3 $d.db 'SELECT kind, text FROM found_odd' >$d-odd
    check "$d: the view failed: $(cat $d-failed)" grep -qxF "missing.pdf|5|cannot open 'missing.pdf': No such file or directory" $d-failed
    check "$d: the view found_odd: $(cat $d-odd)" grep -qxF "gap|numbers 2 to 4 are missing between 1 and 5" $d-odd
done
check 'what is stored depends on the language of the run' cmp -s english-failed vietnamese-failed
check 'findings depend on the language of the run' cmp -s english-odd vietnamese-odd
check 'a finding is not in English' grep -qxF "mixed/list.txt, page 1: school 'Hoa Mai' stands in rows 1 and 5" english
check 'a finding is not in Vietnamese' grep -qxF "mixed/list.txt, trang 1: trường 'Hoa Mai' có ở cả dòng 1 và dòng 5" vietnamese
check 'a finding is not in Vietnamese' grep -qxF 'mixed/list.txt, trang 1: thiếu các số thứ tự từ 2 đến 4 giữa 1 và 5' vietnamese
# a run in the other language finds nothing new to store
en run -d vietnamese.db mixed/list.txt
check 'the language alone makes a run do work' test $? = 6
# of a database that an older version wrote
sqlite3 english.db "UPDATE documents SET reason = 'it was so at the time: 100 %s' WHERE state = 'failed'"
vi status -d english.db
check "an older reason is not shown as it is: $(cat out)" grep -q ': it was so at the time: 100 %s$' out

# Every command: no words, a wrong option, a file that is empty or missing, all of it in the reader's language.
: >empty.txt
for c in run restore extract export review import corrections learn status query merge show eval; do
    vi $c --help
    check "$c --help is over 80 columns: $(sed 's/[^ -~]/./g' out | LC_ALL=C.UTF-8 awk 'length($0) > 80')" \
        test -z "$(LC_ALL=C.UTF-8 awk '{gsub(/[\200-\277]/, "")} length($0) > 80' out)"
    check "$c --help names a value in English: $(cat out)" sh -c "! grep -E '^ +(-., )?--[a-z-]+ ' out | cut -c 1-28 | sed 's|I/N||' | grep -qwE 'FILE|PATH|NAME|HOW|FOLDER|DIR|S|N'"
    vi $c --no-such-option
    check "$c: a wrong option: $(cat err)" grep -q "^dau $c: không có tùy chọn '--no-such-option'" err
    check "$c: the usage: $(cat err)" grep -q "^cách dùng: dau $c " err
done
for c in run extract export import show query 'corrections import' 'eval text' 'eval pairs' merge restore; do
    for f in missing.pdf empty.txt; do
        case $c in eval*) vi $c $f $f ;; merge) vi merge -o all.db $f ;; export | query) vi $c -d $f x ;; *) vi $c $f ;; esac
        check "dau $c $f says a word in English: $(cat err)" sh -c "! sed \"s/'[^']*'//g\" err | grep -qwE 'the|is|of|cannot|No|and|file|page|was'"
    done
done

if with msgfmt 2 && with xgettext 2; then
    check 'po/vi.po is no catalogue' sh -c "msgfmt -c -o /dev/null '$here/po/vi.po' 2>/dev/null"
    "$here/tools/make-pot.sh" "$dau" >dau.pot
    msgmerge -q --no-fuzzy-matching -o all.po "$here/po/vi.po" dau.pot
    all=$(msgattrib --no-obsolete all.po | grep -c '^msgid') left=$(msgattrib --untranslated --no-obsolete all.po | grep -c '^msgid')
    check "only $all sentences were found" test "$all" -gt 400
    check "$left of $all sentences are not in po/vi.po; 'make po' lists them there" test "$left" -le 1 # the head
fi
finish
