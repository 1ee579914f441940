#!/usr/bin/env python3
"""office: documents as the education offices of Vietnam type them in Word; see README.md.

usage: office.py --out FOLDER [--seed N] [--family work|hidden] [--count N] [--kind pairs|none|units] [--states LAST]

The same options give the same documents. Only the state docx needs nothing but python3.
"""
import argparse
import json
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import foreign  # noqa: E402
import letter  # noqa: E402
from names import Book  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
STATES = ('docx', 'digital', 'scan', 'bad-ocr')
PREFIX = {'pairs': 'p', 'none': 'n', 'units': 'u'}


def options():
    ap = argparse.ArgumentParser(description=__doc__.split('\n')[0], add_help=True)
    ap.add_argument('--out', required=True, help='a folder; it is made')
    ap.add_argument('--seed', type=int, default=1, help='number of the first document (1)')
    ap.add_argument('--family', choices=('work', 'hidden'), default='work',
        help='hidden: documents that nobody reads, for figures only (work)')
    ap.add_argument('--count', type=int, default=10, help='how many documents (10)')
    ap.add_argument('--kind', choices=sorted(PREFIX), default='pairs',
        help='pairs: lists of twins; none: documents without; units: twinned trade unions (pairs)')
    ap.add_argument('--states', default='docx', help='of %s; each needs those before it (docx)' % ','.join(STATES))
    ap.add_argument('--dicts', default=os.path.join(ROOT, 'dicts'),
        help='folder of units.tsv, schools.tsv, streets.tsv')
    ap.add_argument('--parts', default=os.path.join(ROOT, '..', 'shared', 'corpora', 'lists', 'name-parts.tsv'),
                    help="parts of persons' names, TSV; where it is not there, made-up ones")
    ap.add_argument('--jobs', type=int, default=1, help='how many are scanned and read at once (1)')
    args = ap.parse_args()
    wanted = args.states.split(',')
    if set(wanted) - set(STATES):
        ap.error('--states: one of ' + ', '.join(STATES))
    args.states = STATES[:1 + max(map(STATES.index, wanted))]
    return args


def write(args, book, number):
    "One document, as DOCX and gold; returns its stem."
    rng = random.Random('%s %s %d' % (args.family, args.kind, number))
    name = '%s%03d' % (PREFIX[args.kind], number)
    doc, gold = letter.twins(rng, book) if args.kind == 'pairs' else foreign.document(rng, book, args.kind)
    stem = os.path.join(args.out, name)
    doc.save(stem + '.docx')
    with open(stem + '.gold.json', 'w', encoding='utf8') as f:
        json.dump(dict(id=name, kind=args.kind, **gold), f, ensure_ascii=False, indent=1)
        f.write('\n')
    return stem


def main():
    args = options()
    os.makedirs(args.out, exist_ok=True)
    book = Book(args.dicts, args.parts)
    stems = [write(args, book, n) for n in range(args.seed, args.seed + args.count)]
    if len(args.states) > 1:
        import paper
        paper.make(stems, args.states, args.family, args.jobs)


if __name__ == '__main__':
    main()
