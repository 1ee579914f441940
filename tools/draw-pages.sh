#!/bin/sh
# Draws the pages of tests/pages anew: the sample plan of the README and the small pages of the tests.
# On Debian 12 with fonts-liberation2 the bytes come out as they are in the repository.
#   tools/draw-pages.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
draw=${DRAW:-build/tools/draw}
to=${1:-tests/pages}
mkdir -p "$to"

"$draw" plan --out "$to/sample-plan" --seed 34 --rows 20 --size 13 --home 'Thanh Xuân' --away 'Mỹ Đức' \
	--dpi 200 --mode bw --degrade 2 --skew 0.6
