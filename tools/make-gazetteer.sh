#!/bin/sh
# make-gazetteer.sh LISTS OUT: names of schools, administrative units and streets for dicts/, from lists of facts.
# LISTS holds schools-mined.tsv, schools-curated.tsv, admin-units-2022-thien0291.tsv, admin-units-2025.tsv and
# streets.tsv (corpus/README.md says where they come from); OUT gets schools.tsv, units.tsv and streets.tsv. Deterministic: the same lists, the same bytes.
set -eu
export LC_ALL=C
lists=${1:?folder of lists} out=${2:?folder to write}
tab=$(printf '\t')

level='
function level(s) {
    if (s ~ /^(Mầm non|Mẫu giáo)$/) return "MN"
    if (s ~ /^[Tt]iểu học (và|&) THCS$/ || s ~ /^TH *& *THCS$/) return "TH&THCS"
    if (s ~ /^THCS *(&|và|-) *THPT$/) return "THCS&THPT"
    if (s ~ /^PTDTNT/) return "PTDTNT"
    if (s == "Tiểu học") return "TH"
    if (s ~ /^THPT chuyên$/) return "THPT"
    return s
}'
{
    printf '# level\tname\tcount\tdistrict\tprovince\n'
    {
        awk -F'\t' -v OFS='\t' "$level"' !/^#/ && NF >= 3 && $2 !~ / - .$/ {
            print level($1), ($1 == "THPT chuyên" ? "chuyên " : "") $2, $3, "", "" }' "$lists/schools-mined.tsv"
        awk -F'\t' -v OFS='\t' "$level"' !/^#/ && NF >= 2 { print level($1), $2, 1, $3, $4 }' "$lists/schools-curated.tsv"
    } | awk -F'\t' -v OFS='\t' '{ k = $1 OFS $2; n[k] += $3; if ($4 != "") d[k] = $4; if ($5 != "") p[k] = $5 }
        END { for (k in n) print k, n[k], d[k], p[k] }' | sort -t "$tab" -k1,1 -k2,2
} > "$out/schools.tsv"
{
    # districts and the wards under them ended with 30 June 2025; the wards of the second list began the day after
    printf '# kind\tname\tdistrict\tprovince\tfrom\tuntil\n'
    {
    awk -F'\t' -v OFS='\t' '
    function bare(s) { sub(/^(Thành phố|Thành Phố|Thị xã|Thị trấn|Quận|Huyện|Phường|Xã) /, "", s); return s }
    !/^#/ && NF >= 3 && $2 != "" { sub(/Phố$/, "phố", $2); print tolower(substr($2, 1, 1)) substr($2, 2), bare($1), bare($4), bare($3), "", "2025-06-30" }' \
        "$lists/admin-units-2022-thien0291.tsv"
    awk -F'\t' -v OFS='\t' '
    function bare(s) { sub(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu) /, "", s); return s }
    !/^#/ && $2 == "phường/xã/đặc khu" {
        kind = $1 ~ /^Phường / ? "phường" : $1 ~ /^Xã / ? "xã" : "đặc khu"
        print kind, bare($1), "", bare($3), "2025-07-01", "" }' "$lists/admin-units-2025.tsv"
    } | sort -u -t "$tab" -k4,4 -k3,3 -k1,1 -k2,2
} > "$out/units.tsv"
{
    printf '# name\tcount\n'
    awk -F'\t' -v OFS='\t' '!/^#/ && $1 !~ /[0-9]/ && $1 ~ / / { n[$1]++ } END { for (s in n) if (n[s] >= 3) print s, n[s] }' \
        "$lists/streets.tsv" | sort -t "$tab" -k1,1
} > "$out/streets.tsv"
