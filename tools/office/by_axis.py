#!/usr/bin/env python3
"""by_axis: how well `dau extract` does on each form of a set that office.py wrote, the worst first.

usage: by_axis.py SETDIR OUTDIR [STATE...]     OUTDIR has ID.STATE.jsonl, what dau extract printed

Scores with ../shared/eval/score_office.py (EVAL says where else). A document counts in every axis of its form, so a bad axis
may only stand beside the cause: where two are bad together, look at the documents that have one of them.
"""
import collections
import glob
import importlib.util
import json
import os
import sys

EVAL = os.environ.get('EVAL', os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'shared',
    'eval'))
FEWEST = 3  # documents; fewer say nothing


def scorer():
    path = EVAL + '/score_office.py'
    if not os.path.exists(path):
        sys.exit('by_axis: there is no %s; set EVAL to its folder' % path)
    spec = importlib.util.spec_from_file_location('score_office', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(path):
    with open(path, encoding='utf8') as f:
        return [json.loads(l) for l in f if l.strip() and '"kind":"document"' not in l]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.split('\n\n')[1])
    folder, out, *states = sys.argv[1:]
    states = states or ['docx', 'digital', 'scan', 'bad-ocr']
    score, said, false = scorer(), {}, collections.defaultdict(collections.Counter)
    for path in sorted(glob.glob(folder + '/*.gold.json')):
        with open(path, encoding='utf8') as f:
            gold = json.load(f)
        for state in states:
            found = '%s/%s.%s.jsonl' % (out, gold['id'], state)
            if not os.path.exists(found):
                continue
            rows = rows_of(found)
            if gold['kind'] != 'pairs':
                false[state][gold['kind'], gold['form']] += sum(not r['flags'] for r in rows)
                continue
            exact, shape = score.one(gold['pairs'], rows)[0]['exact'], gold['axes']['shape']
            note(said.setdefault('all', {}), 'all', '', state, exact)
            for axis, value in gold['axes'].items():
                note(said.setdefault(shape, {}), axis, value, state, exact)
    for shape in ('all', 'table', 'lines'):
        print_table(shape, said.get(shape, {}), states)
    for state in states:
        for (kind, form), n in false[state].most_common():
            if n:
                print('false rows without a flag, %s, %s, %s: %d' % (state, kind, form, n))


def note(said, axis, value, state, exact):
    said.setdefault((axis, str(value)), {}).setdefault(state, []).append(exact)


def mean(scores):
    return sum(scores) / len(scores) if scores else 0


def print_table(shape, said, states):
    "The axis that is worst over all states comes first."
    print('| %s: mean exact F1 | documents | %s |\n|---|---:|%s' % (shape, ' | '.join(states), '---:|' * len(states)))
    known = [k for k, v in said.items() if len(v.get(states[0], [])) >= FEWEST]
    for axis, value in sorted(known, key=lambda k: mean([mean(v) for v in said[k].values()])):
        by_state = said[axis, value]
        cells = ['%.2f' % mean(by_state[s]) if s in by_state else '' for s in states]
        print('| %s: %s | %d | %s |' % (axis, value, len(by_state[states[0]]), ' | '.join(cells)))
    print()


if __name__ == '__main__':
    main()
