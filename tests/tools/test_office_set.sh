#!/bin/sh
# Documents as offices type them (tools/office): the same seed gives the same bytes, dau opens what is typed, the gold
# says what the list says. LibreOffice is not needed. Skipped without python3.
. "$(dirname "$0")/../lib.sh"
with python3 || finish
office="$here/tools/office/office.py"
export PYTHONDONTWRITEBYTECODE=1
cd "$to" || exit 1

# type_set FOLDER OPTION...: documents without the lists of persons' names, which may not be there
type_set() {
    folder=$1
    shift
    python3 "$office" --parts none --out "$folder" "$@" 2>err
    check "office.py $*: $(cat err)" test $? = 0
}
type_set a --seed 3 --count 2
type_set b --seed 3 --count 2
type_set hidden --seed 3 --count 2 --family hidden
type_set a --seed 3 --count 2 --kind none
type_set a --seed 3 --count 1 --kind units
for name in p003 p004; do
    check "$name: the same seed gives another document" cmp -s "a/$name.docx" "b/$name.docx"
    check "$name: the same seed gives another gold" cmp -s "a/$name.gold.json" "b/$name.gold.json"
    check "$name: both families have the same document" test "$(cmp -s "a/$name.docx" "hidden/$name.docx"; echo $?)" = 1
done

# The gold of every document is well formed, and each name in it stands in the document.
cat >look.py <<'PY'
import glob, json, re, sys, zipfile
from xml.sax.saxutils import unescape
for path in sorted(glob.glob('a/*.gold.json')):
    gold = json.load(open(path, encoding='utf8'))
    xml = zipfile.ZipFile(path.replace('.gold.json', '.docx')).read('word/document.xml').decode('utf8')
    text = ''.join(unescape(t) for t in re.findall(r'<w:t [^>]*>([^<]*)</w:t>', xml)).casefold()
    if (gold['kind'] == 'pairs') != bool(gold['pairs']): print(path, 'pairs of kind', gold['kind'])
    for pair in gold['pairs']:
        if pair['level'] not in pair['levels']: print(path, 'level', pair)
        for name in (pair['school'], pair['partner']):
            if name.split('|')[0].casefold() not in text: print(path, 'does not say', name)
PY
python3 look.py >said 2>&1
check "the gold: $(head -n 3 said)" test ! -s said
for file in a/*.docx; do
    "$dau" extract -q "$file" >out 2>err
    check "dau extract $file: $(cat err)" test $? = 0
done
python3 "$office" --out c --states dvd 2>err
check 'a state that there is not was taken' test $? = 2
finish
