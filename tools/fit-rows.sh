#!/bin/sh
# fit-rows.sh FACTORS...: the weights of a row's probability, src/extract/prob_weights.inc, from rows of
# which it is known whether they are right. Each file is what `dau eval pairs --factors` prints:
#
#   tools/draw-set.sh /tmp/a 4101; tools/draw-set.sh /tmp/b 4102          plans of ours, with their truth
#   for p in /tmp/a/*/*.pdf; do build/dau extract -q --explain "$p" > "$p.jsonl"
#       build/dau eval pairs --factors "${p%.pdf}.gold.json" "$p.jsonl"; done > rows.tsv
#   tools/fit-rows.sh rows.tsv > src/extract/prob_weights.inc
#
# Bad OCR counts too: the plain plans of the same sets, read with `tesseract -l eng`. Our plans take their names
# from the lists that the program has, so that of the right rows one in twenty only has a name in no list, where of
# real plans one in eight has: add every tenth row of the same plans read with a third of the names taken out of
# units.tsv, schools.tsv, streets.tsv and school-names.tsv (DAU_DATA says where the program finds them).
#
# Logistic regression by Newton's steps with a ridge; the same rows give the same weights. The factors are told
# in src/extract/private.h, in the order in which they must come out here.
set -eu
export LC_ALL=C
cat "$@" | awk '
BEGIN {
	FS = "\t"
	n = split("base read-worse read-better parting sure text here unlisted strange odd mended stray short long guessed " \
		"gap repeated level joined twice ordinal columns no-level no-number", name, " ")
	for (i = 1; i <= n; i++) { at[name[i]] = i; w[i] = 0 }
	steps = 12; ridge = 0.0005
}
{
	rows++
	right[rows] = $1 + 0
	s = $2
	gsub(/[{}"]/, "", s)
	m = split(s, f, ",")
	for (k = 1; k <= m; k++) {
		split(f[k], kv, ":")
		if (kv[1] in at) { c = ++used[rows]; col[rows, c] = at[kv[1]]; val[rows, c] = kv[2] + 0 }
	}
}
END {
	for (t = 1; t <= steps; t++) {
		for (i = 1; i <= n; i++) {
			g[i] = -ridge * rows * w[i]
			for (k = 1; k <= n; k++) h[i, k] = i == k ? ridge * rows : 0
		}
		for (r = 1; r <= rows; r++) {
			z = 0
			for (c = 1; c <= used[r]; c++) z += w[col[r, c]] * val[r, c]
			p = 1 / (1 + exp(-z)); q = p * (1 - p)
			for (c = 1; c <= used[r]; c++) {
				i = col[r, c]; x = val[r, c]
				g[i] += (right[r] - p) * x
				for (k = 1; k <= used[r]; k++) h[i, col[r, k]] += q * x * val[r, k]
			}
		}
		# Newton: h d = g by elimination; the ridge keeps h regular
		for (i = 1; i <= n; i++) for (k = i + 1; k <= n; k++) {
			q = h[k, i] / h[i, i]
			for (j = i; j <= n; j++) h[k, j] -= q * h[i, j]
			g[k] -= q * g[i]
		}
		for (i = n; i >= 1; i--) {
			for (k = i + 1; k <= n; k++) g[i] -= h[i, k] * d[k]
			d[i] = g[i] / h[i, i]
			w[i] += d[i]
		}
	}
	printf "/* tools/fit-rows.sh wrote this: %d rows. */\n", rows
	for (i = 1; i <= n; i++) printf "{\"%s\", %.2f},\n", name[i], w[i]
}'
