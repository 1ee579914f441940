#!/bin/sh
# bench-learn.sh WORK SEED...: what `dau learn` is worth. For each seed a plan is drawn and another of the same district,
# both read by Tesseract without Vietnamese; every other row of the first is corrected from its truth, learnt, and both
# are restored and extracted again. Counted: rows that are wrong, of the half that was not corrected and of the next plan,
# before and after. FONT names the font of the print; READ=1 stops when the plans are read. What WORK holds already is
# not read again. SHOW=1 lists the rows that are wrong. Needs tesseract-ocr-eng, poppler-utils and python3; WORK is a folder that is not part of the checkout.
set -eu
cd "$(dirname "$0")/.."
work=${1:?say where to: tools/bench-learn.sh WORK SEED...}
shift
draw=${DRAW:-build/tools/draw} dau=$(pwd)/${BUILD:-build}/dau
[ -x "$draw" ] || make -s tools
export OMP_THREAD_LIMIT=1

of() { python3 -c "import json; print(json.load(open('$1'))['$2'])"; }
plan() { out=$1; shift; "$draw" plan --out "$out" --form unruled --dpi 200 --degrade 0 --table-only --mode gray --font "${FONT:-Liberation Serif}" "$@"; }
reading() {
    pdftoppm -r 200 -gray -png "$1.pdf" "$1-page"
    for png in "$1"-page*.png; do tesseract "$png" - -l eng --psm 6 --dpi 200 2>/dev/null; done >"$1.txt"
    rm -f "$1"-page*.png
}

for seed; do
    to=$work/$seed
    if [ ! -e "$to/b.txt" ]; then
        mkdir -p "$to"
        plan "$to/a" --seed "$seed"
        plan "$to/b" --seed $((seed + 500)) --home "$(of "$to/a.gold.json" district)" --away "$(of "$to/a.gold.json" partner_district)"
        reading "$to/a"
        reading "$to/b"
    fi
    [ -z "${READ:-}" ] || continue
    rm -f "$to"/p.db*
    python3 - "$dau" "$to" "$seed" <<'PY'
import csv, difflib, io, json, os, re, subprocess, sys

dau, to, seed = sys.argv[1:]
run = lambda *a: subprocess.run([dau, a[0], '-q', '-d', to + '/p.db', *a[1:]], capture_output=True, text=True).stdout

def truth(name):
    return [dict(p, school=s, partner=q) for p in json.load(open(f'{to}/{name}.gold.json'))['pairs']
            for s in p['school'].split(', ') for q in p['partner'].split(', ')]

# "Hoà" and "Hòa" are the same name, and so are "Thuỷ" and "Thủy"
def old_tone(s):
    s = s and re.sub(r'o([àáảãạ])\b', lambda m: 'òóỏõọ'['àáảãạ'.index(m[1])] + 'a', s)
    return s and re.sub(r'(?<![qQ])u([ỳýỷỹỵ])\b', lambda m: 'ùúủũụ'['ỳýỷỹỵ'.index(m[1])] + 'y', s)

def row(d): return tuple(old_tone(d[k]) for k in ('level', 'school', 'partner'))

def wrong(name, pairs):
    found = [row(json.loads(l)) for l in run('export', '--format', 'jsonl', f'{to}/{name}.txt').splitlines()]
    missed = []
    for p in pairs:
        key = row(p)
        if key in found: found.remove(key)
        else: missed.append(key)
    if 'SHOW' in os.environ:
        for key in missed:
            print('   ', name, *key, '<-', *max(found, key=lambda f: difflib.SequenceMatcher(None, str(f), str(key)).ratio(), default=['nothing']), sep='  ')
    return len(missed)

def alike(p, r):
    names = lambda d: (d['school'] or '') + '|' + (d['partner'] or '')
    return difflib.SequenceMatcher(None, names(p), names(r)).ratio() + 0.3 * (str(p['no']) == r['no'])

a, b = truth('a'), truth('b')
corrected, other = [p for p in a if p['no'] % 2 == 0], [p for p in a if p['no'] % 2]
run('run', to + '/a.txt', to + '/b.txt')
before = wrong('a', other), wrong('b', b)
rows = list(csv.DictReader(io.StringIO(run('export', '--format', 'csv', '--for-correction', to + '/a.txt').lstrip('\ufeff'))))
left = list(range(len(rows)))
for p in corrected:
    best = max(left, key=lambda i: alike(p, rows[i]), default=None)
    if best is None or alike(p, rows[best]) < 0.7: continue
    left.remove(best)
    rows[best].update(no=str(p['no']), level=p['level'], school=p['school'], partner=p['partner'], verdict='ok')
with open(to + '/sheet.csv', 'w', newline='', encoding='utf-8') as f:
    w = csv.DictWriter(f, rows[0].keys() if rows else ['id'])
    w.writeheader()
    w.writerows(rows)
run('import', '--who', 'bench', to + '/sheet.csv')
run('learn')
run('run', to + '/a.txt', to + '/b.txt')
after = wrong('a', other), wrong('b', b)
print(f'{seed}: corrected {len(rows) - len(left)} rows; wrong of the other {len(other)}: {before[0]} before, {after[0]} after;'
      f' of the next plan\'s {len(b)}: {before[1]} before, {after[1]} after')
PY
done
