#!/bin/sh
# The review page in Chromium, by keyboard: tests/browser/review.js on two drawn plans. Passed over where Chromium, node
# or playwright-core are not there (tools/setup.sh --with browser). Pictures: build/browser/*.png
. "$(dirname "$0")/../lib.sh"
modules=$here/build/browser/node_modules
skip() {
    echo "test_browser.sh: skipped: $1; tools/setup.sh --with browser installs it"
    skipped=1
    finish
}
command -v node >/dev/null || skip 'there is no node'
command -v chromium >/dev/null || skip 'there is no chromium'
[ -d "$modules/playwright-core" ] || skip 'there is no playwright-core'
case $dau in */asan/*) skip 'the page is driven in the ordinary build' ;; esac
cp tests/pages/sample-plan.pdf tests/pages/unruled.pdf "$to" && cd "$to" || exit 1
"$dau" run -q -d p.db sample-plan.pdf unruled.pdf 2>err || cat err
NODE_PATH=$modules CHROMIUM=$(command -v chromium) HOME=$to timeout 300 node "$here/tests/browser/review.js" "$dau" "$here/build/browser" p.db
