"""paper: what becomes of a typed document: printed by LibreOffice, scanned, read by an engine without Vietnamese.

    make(stems, ['digital', 'scan', 'bad-ocr'], 'work', jobs=2)
                    for every STEM.docx: STEM.digital.pdf, STEM.scan.pdf, STEM.bad-ocr.txt
"""
import concurrent.futures
import glob
import os
import random
import shutil
import subprocess
import sys
import tempfile

from names import chance, draw

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
DRAW = os.environ.get('DRAW', os.path.join(ROOT, 'build', 'tools', 'draw'))
TOGETHER = 40  # files that one start of LibreOffice converts


def run(*command, **how):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)
    if done.returncode:
        sys.exit('office: %s ended with %d: %s' % (command[0], done.returncode,
            done.stderr.decode('utf8', 'replace').strip()[-300:]))
    return done.stdout


def need(program, package):
    if not shutil.which(program) and not os.path.exists(program):
        sys.exit('office: there is no %s; %s' % (program, package))


def print_all(stems, to):
    "All through a LibreOffice with a profile of its own, so that one that is open does not take them."
    for i in range(0, len(stems), TOGETHER):
        part = stems[i:i + TOGETHER]
        run('soffice', '-env:UserInstallation=file://%s/profile' % to, '--headless', '--convert-to', 'pdf', '--outdir',
            to, *[s + '.docx' for s in part])
        for stem in part:
            shutil.move(os.path.join(to, os.path.basename(stem) + '.pdf'), stem + '.digital.pdf')


def scanner(stem, family):
    "How this document is scanned."
    rng = random.Random('paper %s %s' % (family, os.path.basename(stem)))
    mode = draw(rng, ('bw', 3), ('gray', 1), ('jpeg', 4), ('color', 4))
    seal = draw(rng, ('ỦY BAN NHÂN DÂN * PHÒNG GIÁO DỤC VÀ ĐÀO TẠO', 3), ('SỞ GIÁO DỤC VÀ ĐÀO TẠO', 1),
        ('ỦY BAN NHÂN DÂN', 1)) if chance(rng, 0.85) else None
    return dict(dpi=draw(rng, (150, 2), (200, 6), (300, 2)), mode=mode, wear=draw(rng, (1, 4), (2, 5), (3, 1.5)),
        seal=seal, seed=rng.randrange(10 ** 6))


def scan(stem, family):
    how = scanner(stem, family)
    with tempfile.TemporaryDirectory() as to:
        run('pdftoppm', '-r', str(how['dpi']), '-png', stem + '.digital.pdf', to + '/page')
        run(DRAW, 'worn', '--pages', ','.join(sorted(glob.glob(to + '/page*.png'))), '--out', stem + '.scan.pdf',
            '--dpi', str(how['dpi']), '--mode', how['mode'],
            '--degrade', str(how['wear']), '--seed', str(how['seed']),
            *(['--seal', how['seal']] if how['seal'] else []))
    return how['dpi']


def read(stem, dpi):
    with tempfile.TemporaryDirectory() as to, open(stem + '.bad-ocr.txt', 'wb') as out:
        run('pdftoppm', '-r', str(dpi), '-gray', stem + '.scan.pdf', to + '/page')
        for page in sorted(glob.glob(to + '/page*.pgm')):
            out.write(run('tesseract', page, '-', '-l', 'eng', '--dpi', str(dpi),
                env=dict(os.environ, OMP_THREAD_LIMIT='1')))


def make(stems, states, family, jobs=1):
    need('soffice', 'apt-get install --no-install-recommends libreoffice-writer-nogui, or tools/setup.sh --with office')
    with tempfile.TemporaryDirectory() as to:
        print_all(stems, to)
    if 'scan' not in states:
        return
    need(DRAW, 'run make tools')
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda s: finish(s, states, family), stems))


def finish(stem, states, family):
    dpi = scan(stem, family)
    if 'bad-ocr' in states:
        read(stem, dpi)
