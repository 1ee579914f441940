#!/bin/sh
# Draws a set of plans to measure with, into a folder that is not part of the repository:
#   tools/draw-set.sh OUT [SEED]
# OUT/forms has one plan of each form, OUT/plain twelve of the plain ruled kinds with their letters; fonts,
# districts, resolution and wear change from plan to plan. Another SEED gives another set of the same kind.
set -eu
cd "$(dirname "$0")/.."
draw=${DRAW:-build/tools/draw}
out=${1:?say where to: tools/draw-set.sh OUT [SEED]}
seed=${2:-1}
[ -x "$draw" ] || make -s tools
mkdir -p "$out/forms" "$out/plain"

# the N-th (from 0, round and round) of the words that follow
nth() {
	n=$1
	shift
	shift $((n % $#))
	echo "$1"
}
font() { nth "$1" Liberation_Serif TeX_Gyre_Termes Liberation_Serif Noto_Serif Liberation_Serif Liberation_Sans DejaVu_Serif | tr _ ' '; }

# one NAME NUMBER OPTION...
one() {
	name=$1 i=$2
	shift 2
	"$draw" plan --out "$name" --seed $((seed * 1000 + i)) --font "$(font "$i")" \
		--dpi "$(nth "$i" 200 300 150 200 300)" --mode "$(nth "$i" bw jpeg bw color jpeg gray)" \
		--degrade "$(nth "$i" 1 2 1 2 3 1 2)" "$@"
}

i=0
for form in $("$draw" --help | sed '1,/^forms/d' | cut -d' ' -f3); do
	i=$((i + 1))
	case $form in within) letter= ;; *) letter=--table-only ;; esac
	one "$out/forms/$form" $i --form "$form" $letter
done
for form in ruled ruled-level-column ruled unruled ruled ruled ruled ruled-level-column ruled unruled ruled ruled; do
	i=$((i + 1))
	one "$out/plain/plan-$i" $i --form "$form"
done
echo "$i plans in $out"
