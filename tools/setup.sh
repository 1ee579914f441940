#!/bin/sh
# setup.sh [--with tools] [--with office] [--with browser] [--with best] [--with reader] [--list [SYSTEM]]: installs the
# packages that dau needs and this machine lacks.
#
# Systems with apt: Debian 12 and 13, on which tools/bare-machine.sh proves it; Ubuntu 22.04 and 24.04 (not tried). With
# dnf: Fedora (not tried). With pacman: Arch (not tried). What is there already is found with dpkg-query, rpm or pacman, so
# a machine that lacks nothing needs no network, no root and no sudo. Writes nothing but packages, and build/setup.log in
# the checkout. What the options --with add is known by Debian's names alone.
# shellcheck disable=SC2086,SC2116 # lists of packages are split on purpose
set -u
cd "$(dirname "$0")/.." || exit 1
log=build/setup.log

# to build (xlsxwriter's .pc file asks for minizip's, which no package of Debian 13 brings along), to run (tesseract-ocr-vie is the engine's Vietnamese model; fontconfig keeps the system's own cache of fonts,
# else Poppler makes one in the user's home), to look into a database by hand
need='gcc libc6-dev make pkg-config gettext
libtesseract-dev libleptonica-dev libtiff-dev libseccomp-dev libpoppler-glib-dev libutf8proc-dev libsqlite3-dev libjansson-dev zlib1g-dev libxlsxwriter-dev libminizip-dev libmicrohttpd-dev
libxml2-dev libarchive-dev
tesseract-ocr-vie fontconfig sqlite3'
# the same for Fedora and Arch; a library's packages there bring what its .pc file asks for
fedora='gcc make pkgconf-pkg-config gettext
tesseract-devel leptonica-devel libtiff-devel libseccomp-devel poppler-glib-devel utf8proc-devel sqlite-devel jansson-devel zlib-devel libxlsxwriter-devel libmicrohttpd-devel
libxml2-devel libarchive-devel
tesseract-langpack-vie fontconfig sqlite'
arch='gcc make pkgconf gettext
tesseract leptonica libtiff libseccomp poppler-glib libutf8proc sqlite jansson zlib libxlsxwriter libmicrohttpd
libxml2 libarchive
tesseract-data-vie fontconfig'
# to draw pages, train models, check and measure
tools='libcairo2-dev libpango1.0-dev fonts-dejavu-core fonts-liberation2 fonts-noto-core fonts-texgyre
clang-format clang-tidy valgrind xz-utils debootstrap debhelper lintian sqlite-utils libxml2-utils'

# to print what tools/office types as offices do, and to misread its scans
office='python3 libreoffice-writer-nogui poppler-utils tesseract-ocr tesseract-ocr-eng fonts-liberation2'

# to train the reader of scans further; lstmtraining is in tesseract-ocr
reader='tesseract-ocr libcairo2-dev libpango1.0-dev fonts-dejavu-core fonts-liberation2 fonts-noto-core fonts-texgyre'

# to drive the review page in a browser; playwright-core, and axe-core that looks for what a screen reader would miss,
# come from npm, into build/browser
browser='chromium fonts-dejavu-core'
command -v npm >/dev/null || browser="$browser nodejs npm"
playwright='playwright-core@1.65.1 axe-core@4.14.1'

usage='usage: tools/setup.sh [--with tools] [--with office] [--with browser] [--with best] [--with reader] [--list [SYSTEM]]

  --with tools   also what drawing, training and checking need
  --with office  also what printing documents as offices type them needs
  --with browser also what driving the review page in a browser needs
  --with best    also a slower and better model of Vietnamese (through npm, which must be there), by
                 which doubted words are read a second time
  --with reader  also what training the reader of scans needs (make reader)
  --list         print the names of the packages, install nothing; SYSTEM is debian, fedora or arch
                 (else the one it runs on)'

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

# debian (and what descends from it), fedora, arch; empty for others
system_here() {
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then echo debian
    elif command -v dnf >/dev/null; then echo fedora
    elif command -v pacman >/dev/null; then echo arch; fi
}

list= drive= extra= system=$(system_here)
while [ $# -gt 0 ]; do
    case $1 in
    --with)
        case ${2-} in
        tools) extra="$extra $tools" ;;
        office) extra="$extra $office" ;;
        browser) extra="$extra $browser" drive=1 ;;
        reader) extra="$extra $reader" ;;
        best) fetch_best || exit 1 ;;
        *) fail "--with knows 'tools', 'office', 'browser', 'best' and 'reader'" ;;
        esac
        shift
        ;;
    --list)
        list=1
        case ${2-} in debian | fedora | arch) system=$2 && shift ;; esac
        ;;
    -h | --help) echo "$usage"; exit 0 ;;
    *) echo "setup: there is no option '$1'" >&2; echo "$usage" >&2; exit 1 ;;
    esac
    shift
done
case $system in
fedora) need=$fedora ;;
arch) need=$arch ;;
*) need="$need $extra" ;;
esac
if [ "$list" ]; then
    printf '%s\n' $need
    exit 0
fi

# No package manager that we know: all we can do is look whether the libraries are there.
if [ ! "$system" ]; then
    if command -v make >/dev/null && command -v cc >/dev/null && command -v pkg-config >/dev/null &&
        pkg-config --exists tesseract lept libtiff-4 libseccomp poppler-glib libutf8proc sqlite3 jansson zlib xlsxwriter libxml-2.0 libarchive libmicrohttpd; then
        exit 0
    fi
    fail "this machine has neither apt, dnf nor pacman; install the like of: $(echo $need)"
fi
[ "$system" = debian ] || [ ! "$extra" ] || fail "--with tools, office and browser know Debian's packages alone"

fetch_playwright() {
    [ "$drive" ] && [ ! -d build/browser/node_modules/axe-core ] || return 0
    mkdir -p build/browser && (cd build/browser && npm install --silent --no-fund --no-audit --no-save $playwright) >>$log 2>&1 ||
        fail "npm cannot fetch $playwright; is there a network? (all of it: $log)"
}

# Prints those of the packages that are not installed.
lacking() {
    case $system in
    debian) have=" $(dpkg-query -W -f='${db:Status-Status}=${Package} ' $need 2>/dev/null)" ;;
    fedora) have=" $(for p in $need; do rpm -q --quiet --whatprovides $p && echo "installed=$p"; done | tr '\n' ' ')" ;;
    arch) have=" $(for p in $need; do pacman -Q $p >/dev/null 2>&1 && echo "installed=$p"; done | tr '\n' ' ')" ;;
    esac
    for p in $need; do
        case $have in *" installed=$p "*) ;; *) printf ' %s' $p ;; esac
    done
}

missing=$(lacking)
if [ ! "$missing" ]; then
    fetch_playwright
    exit 0
fi

case $system in
debian) by_hand='apt-get install --no-install-recommends' ;;
fedora) by_hand='dnf install --setopt=install_weak_deps=False' ;;
arch) by_hand='pacman -S --needed' ;;
esac
as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
        fail "packages are missing and there is no sudo; as root: $by_hand$missing"
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
    sudo -v || fail "sudo was refused; as root: $by_hand$missing"
fi
if [ "$system" != debian ]; then
    case $system in
    fedora) $as_root $by_hand -y $missing ;;
    arch) $as_root $by_hand --noconfirm $missing ;;
    esac >>$log 2>&1 </dev/null || {
        tail -n 5 $log >&2
        fail "the packages could not be installed; is there a network? (all of it: $log)"
    }
    echo "setup: done" >>$log
    exit 0
fi
updated=
if ! lists_know; then
    apt update
    updated=1
    lists_know || {
        tail -n 5 $log >&2
        fail "apt finds no way to install these packages; is there a network, and is this Debian 12 or 13? (all of it: $log)"
    }
fi
# Lists that are known but old name files that are gone: once more with fresh ones.
install || { [ ! "$updated" ] && apt update && install; } || {
    tail -n 5 $log >&2
    fail "apt-get failed; is there a network? (all of it: $log)"
}
fetch_playwright
echo "setup: done" >>$log
