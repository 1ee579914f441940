#!/bin/sh
# make-gazetteer.sh LISTS OUT: names of schools, administrative units and streets for dicts/, from lists of facts.
# LISTS holds schools-mined.tsv, schools-curated.tsv, schools-bulk.tsv, admin-units-2022-thien0291.tsv,
# admin-units-2025.tsv and places-bulk.tsv (corpus/README.md says where they come from). OUT has school-names.tsv and
# gets schools.tsv, units.tsv, streets.tsv and syllables.tsv. Deterministic: the same lists, the same bytes.
set -eu
export LC_ALL=C
lists=${1:?folder of lists} out=${2:?folder to write}
build=${BUILD:-build}
raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT

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
    awk -F'\t' -v OFS='\t' "$level"' !/^#/ && NF >= 3 && $2 !~ / - .$/ {
        print level($1), ($1 == "THPT chuyên" ? "chuyên " : "") $2, $3, "", "" }' "$lists/schools-mined.tsv"
    for l in schools-curated schools-bulk; do
        awk -F'\t' -v OFS='\t' "$level"' !/^#/ && NF >= 2 { sub(/^Quận /, "", $3); print level($1), $2, 1, $3, $4 }' "$lists/$l.tsv"
    done
} >"$raw/schools.tsv"
{
    # districts and the wards under them ended with 30 June 2025; the wards of the second list began the day after
    awk -F'\t' -v OFS='\t' '
    function bare(s) {
        sub(/^(Thành phố|Thành Phố|Thị xã|Thị trấn|Quận|Huyện|Phường|Xã) /, "", s)
        if (s == "Plei Ku") return "Pleiku"
        if (s == "KBang") return "Kbang"
        sub(/ChưPRông/, "Chư Prông", s); sub(/AYun/, "Ayun", s)
        return s
    }
    !/^#/ && NF >= 3 && $1 ~ /^Quận [0-9]/ { $2 = "Quận" }
    !/^#/ && NF >= 3 && $2 != "" { sub(/Phố$/, "phố", $2); print tolower(substr($2, 1, 1)) substr($2, 2), bare($1), bare($4), bare($3), "", "2025-06-30" }' \
        "$lists/admin-units-2022-thien0291.tsv"
    awk -F'\t' -v OFS='\t' '
    function bare(s) { sub(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu) /, "", s); return s }
    !/^#/ && $2 == "phường/xã/đặc khu" {
        kind = $1 ~ /^Phường / ? "phường" : $1 ~ /^Xã / ? "xã" : "đặc khu"
        print kind, bare($1), "", bare($3), "2025-07-01", "" }' "$lists/admin-units-2025.tsv"
} >"$raw/units.tsv"
awk -F'\t' -v OFS='\t' '!/^#/ { sub(/^Quận /, "", $2); print $1, $2, $3 }' "$lists/places-bulk.tsv" >"$raw/streets.tsv"
"$build/tools/name_lists" "$raw" "$out"
