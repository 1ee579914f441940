#!/bin/sh
# bare-machine.sh DIR 12|13 [LINE...]: proves the README's two lines on a bare Debian 12 or 13.
#
# Makes a chroot in DIR/12 or DIR/13 with debootstrap (minbase, git, ca-certificates, nothing else), keeps it as it is,
# and for each line of "Quick start" starts from a fresh copy and a fresh clone of what is committed here:
# runs the line as root, again as root, then in another copy as an ordinary user with sudo. The second run
# has no name server, so that it cannot reach a network. Needs root and about 4 GB; DIR stays, so that the next
# proof is quicker. Other lines than the README's may be given.
# shellcheck disable=SC2016 # backticks are meant as they stand
set -eu
case ${2-} in 12) suite=bookworm ;; 13) suite=trixie ;; *) echo 'usage: tools/bare-machine.sh DIR 12|13 [LINE...]' >&2; exit 1 ;; esac
[ "$(id -u)" = 0 ] || { echo 'bare-machine: needs root, for debootstrap and chroot' >&2; exit 1; }
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1/$2"
dir=$(cd "$1/$2" && pwd)
shift 2
log=$dir/log
bad=0

# The host's own mirror where it is a Debian, else debootstrap's own choice.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' |
    grep -E '/debian/?$' | head -n 1) || true

pristine() {
    [ -e "$dir/pristine.done" ] && return
    rm -rf "$dir/pristine"
    echo "bare-machine: making the chroot" >&2
    debootstrap --variant=minbase --include=git,ca-certificates $suite "$dir/pristine" ${mirror:+"$mirror"} >"$log" 2>&1 ||
        { tail -n 5 "$log" >&2; exit 1; }
    # a proxy that the host's apt needs
    grep -rlis proxy /etc/apt/apt.conf /etc/apt/apt.conf.d 2>/dev/null | while read -r f; do
        cp "$f" "$dir/pristine/etc/apt/apt.conf.d/"
    done
    touch "$dir/pristine.done"
}

drop() {
    rm -rf --one-file-system "$dir/try"
}
trap drop EXIT

# A fresh machine with a fresh clone in the home of $user.
machine() {
    drop
    cp -a "$dir/pristine" "$dir/try"
    cp /etc/resolv.conf "$dir/try/etc/resolv.conf"
    home=/root
    if [ "$user" != root ]; then
        home=/home/$user
        inside root 'apt-get -qq update && apt-get -qq install -y --no-install-recommends sudo' >"$log" 2>&1
        chroot "$dir/try" useradd -m "$user"
        echo "$user ALL=(ALL) NOPASSWD: ALL" >"$dir/try/etc/sudoers.d/$user"
    fi
    git clone -q --bare "$here" "$dir/try/srv/dau.git"
    chroot "$dir/try" chown -R "$user" /srv/dau.git
    inside "$user" "git clone -q /srv/dau.git $home/dau"
}

# inside USER COMMAND: as on a machine without a locale
inside() {
    chroot "$dir/try" su -s /bin/sh "$1" -c "unset LANG LC_ALL; export LC_ALL=C ${http_proxy:+http_proxy=$http_proxy} DEBIAN_FRONTEND=; $2" </dev/null
}

run() {
    start=$(date +%s)
    code=0
    inside "$user" "cd $home/dau && $line" >"$log" 2>&1 || code=$?
    tail -n "$1" "$log"
    echo "== $user, $2: $line: exit $code, $(($(date +%s) - start)) s"
    [ $code = 0 ] || bad=1
}

pristine
if [ $# = 0 ]; then
    lines=$(sed -n '/^## Quick start/,/^## /p' "$here/README.md" | sed -n '/^```/,/^```/p' | grep -v '^```')
else
    lines=$(printf '%s\n' "$@")
fi
for user in root somebody; do
    while read -r line; do
        machine
        run 40 'first time'
        : >"$dir/try/etc/resolv.conf"
        run 3 'second time, no network'
        # what apt did not put there; setup.log is as old as the last package
        outside=$(cd "$dir/try" || exit
            find root home tmp opt srv mnt usr/local var/tmp -type f -newer srv/dau.git/HEAD \
                ! -path "${home#/}/dau/*" ! -path 'srv/dau.git/*' ! -name '.bash*' ! -name .profile
            find . -xdev -path "./${home#/}/dau" -prune -o -path ./etc/resolv.conf -prune -o \
                -type f -newer "${home#/}/dau/build/setup.log" -print)
        [ -z "$outside" ] || { echo "== written outside the checkout:"; echo "$outside"; bad=1; }
    done <<LINES
$lines
LINES
done
[ $bad = 0 ] && echo 'bare-machine: all is well'
exit $bad
