#!/bin/sh
# setup.sh [--with tools] [--with office] [--with browser] [--with best] [--list]: installs the Debian packages that dau needs and this machine lacks.
#
# What is there already is found with dpkg-query, so a machine that lacks nothing needs no network, no root
# and no sudo. Writes nothing but packages, and build/setup.log in the checkout.
# shellcheck disable=SC2086,SC2116 # lists of packages are split on purpose
set -u
cd "$(dirname "$0")/.." || exit 1
log=build/setup.log

# to build, to run (tesseract-ocr-vie is the engine's Vietnamese model; fontconfig keeps the system's own cache of fonts,
# else Poppler makes one in the user's home), to look into a database by hand
need='gcc libc6-dev make pkg-config gettext
libtesseract-dev libleptonica-dev libtiff-dev libseccomp-dev libpoppler-glib-dev libutf8proc-dev libsqlite3-dev libjansson-dev zlib1g-dev libxlsxwriter-dev libmicrohttpd-dev
libxml2-dev libarchive-dev
tesseract-ocr-vie fontconfig sqlite3'
# to draw pages, train models, check and measure
tools='libcairo2-dev libpango1.0-dev fonts-dejavu-core fonts-liberation2 fonts-noto-core fonts-texgyre
clang-format clang-tidy valgrind xz-utils debootstrap debhelper lintian sqlite-utils libxml2-utils'

# to print what tools/office types as offices do, and to misread its scans
office='python3 libreoffice-writer-nogui poppler-utils tesseract-ocr tesseract-ocr-eng fonts-liberation2'

# to drive the review page in a browser; playwright-core, and axe-core that looks for what a screen reader would miss,
# come from npm, into build/browser
browser='chromium fonts-dejavu-core'
command -v npm >/dev/null || browser="$browser nodejs npm"
playwright='playwright-core@1.65.1 axe-core@4.14.1'

usage='usage: tools/setup.sh [--with tools] [--with office] [--with browser] [--with best] [--list]

  --with tools   also what drawing, training and checking need
  --with office  also what printing documents as offices type them needs
  --with browser also what driving the review page in a browser needs
  --with best    also a slower and better model of Vietnamese (through npm, which must be there), by
                 which doubted words are read a second time
  --list         print the names of the packages, install nothing'

fail() {
    echo "setup: $*" >&2
    exit 1
}

# The model goes to dicts/best/, where the program looks for it.
fetch_best() {
    to=dicts/best/vie.traineddata
    [ -s $to ] && return 0
    command -v npm >/dev/null || fail "--with best needs npm: apt-get install npm"
    mkdir -p build/best dicts/best || fail "cannot write dicts/best"
    pack=$(cd build/best && npm pack --silent @tesseract.js-data/vie@1.0.0 2>/dev/null) || fail "npm could not fetch the model; is there a network?"
    tar -xzOf "build/best/$pack" package/4.0.0_best_int/vie.traineddata.gz | gzip -dc >$to.part && mv $to.part $to ||
        fail "the package of the model is not as expected"
}

list= drive=
while [ $# -gt 0 ]; do
    case $1 in
    --with)
        case ${2-} in
        tools) need="$need $tools" ;;
        office) need="$need $office" ;;
        browser) need="$need $browser" drive=1 ;;
        best) fetch_best || exit 1 ;;
        *) fail "--with knows 'tools', 'office', 'browser' and 'best'" ;;
        esac
        shift
        ;;
    --list) list=1 ;;
    -h | --help) echo "$usage"; exit 0 ;;
    *) echo "setup: there is no option '$1'" >&2; echo "$usage" >&2; exit 1 ;;
    esac
    shift
done
if [ "$list" ]; then
    printf '%s\n' $need
    exit 0
fi

# Not Debian: all we can do is look whether the libraries are there.
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if command -v make >/dev/null && command -v cc >/dev/null && command -v pkg-config >/dev/null &&
        pkg-config --exists tesseract lept libtiff-4 libseccomp poppler-glib libutf8proc sqlite3 jansson zlib xlsxwriter libxml-2.0 libarchive libmicrohttpd; then
        exit 0
    fi
    fail "this machine has no apt; dau is built on Debian 12, elsewhere install the like of: $(echo $need)"
fi

fetch_playwright() {
    [ "$drive" ] && [ ! -d build/browser/node_modules/axe-core ] || return 0
    mkdir -p build/browser && (cd build/browser && npm install --silent --no-fund --no-audit --no-save $playwright) >>$log 2>&1 ||
        fail "npm cannot fetch $playwright; is there a network? (all of it: $log)"
}

missing=
have=" $(dpkg-query -W -f='${db:Status-Status}=${Package} ' $need 2>/dev/null)"
for p in $need; do
    case $have in *" installed=$p "*) ;; *) missing="$missing $p" ;; esac
done
if [ ! "$missing" ]; then
    fetch_playwright
    exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
        fail "packages are missing and there is no sudo; as root: apt-get install --no-install-recommends$missing"
    as_root=sudo
fi

# Runs apt-get without questions; what it says goes to the log.
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        -o Acquire::Retries=2 "$@" >>$log 2>&1 </dev/null
}
lists_know() { apt-get -qq --simulate --no-install-recommends install $missing >>$log 2>&1; }
install() { apt --no-install-recommends install $missing; }

{ mkdir -p build && : >$log; } || fail "cannot write $log"
echo "setup: installing$missing" >&2
if [ "$as_root" ] && ! sudo -n true 2>/dev/null; then
    sudo -v || fail "sudo was refused; as root: apt-get install --no-install-recommends$missing"
fi
updated=
if ! lists_know; then
    apt update
    updated=1
    lists_know || {
        tail -n 5 $log >&2
        fail "apt finds no way to install these packages; is there a network, and is this Debian 12? (all of it: $log)"
    }
fi
# Lists that are known but old name files that are gone: once more with fresh ones.
install || { [ ! "$updated" ] && apt update && install; } || {
    tail -n 5 $log >&2
    fail "apt-get failed; is there a network? (all of it: $log)"
}
fetch_playwright
echo "setup: done" >>$log
