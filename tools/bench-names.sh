#!/bin/sh
# bench-names.sh [PART]: how many wards and communes with their district come back right without their marks, and without
# their capitals too. The units of dicts/units.tsv are drawn, 2000 of them; PART 0 (the default) and 1 have different
# provinces. A line is right when all of it is: "Phường Thượng Thanh, quận Long Biên".
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build} dau=${DAU:-${BUILD:-build}/dau} part=${1:-0}
work=$(mktemp -d) || exit 1
[ -n "$KEEP" ] || trap 'rm -rf "$work"' EXIT
strip="$build/tools/strip_marks"

# A hash of the province parts the halves; every n-th line is taken.
awk -F '\t' -v part="$part" '
    function half(s,  i, h) { h = 0; for (i = 1; i <= length(s); i++) h += i * index("abcdefghijklmnopqrstuvwxyz ", tolower(substr(s, i, 1))); return h % 2 }
    /^#/ || $6 != "" { next }
    $3 ~ /^(quận|huyện|thị xã|thành phố)$/ { kind[$2 "\t" $5] = $3; next }
    $4 != "" && $2 !~ /^[0-9]/ { n++; name[n] = $2; what[n] = $3; district[n] = $4; province[n] = $5 }
    END { for (i = 1; i <= n; i++) if (kind[district[i] "\t" province[i]] != "" && half(province[i]) == part && district[i] !~ /^[0-9]/) {
        w = what[i]; sub(/^p/, "P", w); sub(/^x/, "X", w); sub(/^t/, "T", w)
        print w " " name[i] ", " kind[district[i] "\t" province[i]] " " district[i] (ENVIRON["PROVINCE"] ? ", " province[i] : "") "\t" province[i] } }' dicts/units.tsv |
    awk '{ l[NR] = $0 } END { step = NR / 2000; if (step < 1) step = 1; for (i = 1; i <= NR; i += step) print l[int(i)] }' >"$work/all"
# right NAME GOLD: the share of lines that are right
right() {
    paste "$work/got" "$2" | awk -F '\t' -v name="$1" '{ n++; ok += $1 == $2 } END { printf "%-44s %6.2f %% of %d\n", name, 100 * ok / n, n }'
}
old() { sed 's/oà/òa/g'; }
for where in "every province" "Hà Nội"; do
    case $where in
        Hà*) grep "	Hà Nội$" "$work/all" ;;
        *) cat "$work/all" ;;
    esac | cut -f 1 >"$work/gold"
    [ -s "$work/gold" ] || continue
    "$strip" <"$work/gold" | sed 's/$/\n/' | "$dau" restore --from stripped | awk 'NR % 2' >"$work/got"
    right "$where" "$work/gold"
    "$strip" <"$work/gold" | "$dau" restore | cat >"$work/got"
    right "$where, as one list, auto" "$work/gold"
    "$strip" --words 0 --lower <"$work/gold" >"$work/small"
    "$strip" --lower <"$work/gold" | sed 's/$/\n/' | "$dau" restore --from stripped | awk 'NR % 2' >"$work/got"
    right "$where, in lower case" "$work/small"
done
