#!/bin/sh
# The Python module over libdau: restore, extract, documents, and what it raises. Skipped where there is no python3.
. "$(dirname "$0")/../lib.sh"
cd "$to" || exit 1
with python3 5 || finish
case ${BUILD:-build} in /*) build=$BUILD ;; *) build=$here/${BUILD:-build} ;; esac
[ -e "$build/libdau.so.0" ] && [ "${build##*/}" = build ] || { # sanitizers do not fit into a python that has none
    echo "test_python.sh: there is no plain libdau.so.0, what needs it is skipped"
    skipped=5
    finish
}
export DAU_LIBRARY="$build/libdau.so.0" DAU_DATA="$here/dicts" PYTHONPATH="$here/bindings/python" PYTHONDONTWRITEBYTECODE=1

python() { python3 -c "import dau
$1" >out 2>err || cat err; }
printf '1 | Trường MN Hoa Mai | Trường MN Phú Lương\n2 | Trường MN Sao | Trường MN Đồng Mai\n' >list.txt
"$dau" run -q -d a.db list.txt

python 'print(dau.restore("Truong Mam non Hoa Mai"))'
prints 'Trường Mầm non Hoa Mai'
python 'w = dau.restore("quận Ha Dong", detail=True, state="stripped")
print([x.text for x in w], w[2].raw, w[2].at, 0 < w[2].prob <= 1, (w[2].readings or w[2:])[0].text)'
prints "['quận', 'Hà', 'Đông'] Dong 10 True Đông"
python 'for s in ("list.txt", open("list.txt", "rb").read()):
    print([(p.school, p.partner, p.place.page) for p in dau.extract(s)])'
check "not twice the same: $(cat out)" test "$(sort -u out | wc -l)$(wc -l <out)" = 12
python 'try: list(dau.extract("missing.pdf"))
except dau.Error as e: print(e.code, e)'
prints "5 cannot open 'missing.pdf'"
python 'print([d["file"] for d in dau.documents("a.db")])
try: list(dau.documents("list.txt"))
except dau.Error as e: print(e.code)'
prints '2'
finish
