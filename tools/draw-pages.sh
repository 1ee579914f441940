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

# page NAME SEED OPTION...: a small page of its own
page() {
	name=$1 seed=$2
	shift 2
	"$draw" plan --out "$to/$name" --seed "$seed" --dpi 150 --degrade 1 --no-seal "$@"
}

page broken-merged 501 --form merged-level --stroke broken --table-only --rows 12 --skew -0.5
page faint 502 --form faint --table-only --rows 12 --dpi 200
page unruled 503 --form unruled --table-only --rows 12
page turned-90 504 --form ruled --table-only --rows 10 --turn 90
page turned-180 505 --form ruled-level-column --table-only --rows 10 --turn 180
page memo 511 --memo --dpi 200
page letterhead 506 --letter-only --degrade 2
page two-pages 507 --form list-in-cell --rows 10 --tiff
page table 508 --form ruled --table-only --rows 8 --png
page photo 509 --form ruled --table-only --rows 6 --jpg --mode jpeg --quality 40 --dpi 100 --size 14 --skew 1
page blank 510 --blank --no-truth --degrade 2
