#!/bin/sh
# pictures.sh: draws the README's pictures anew from the sample plan.
#
# twin.svg: two lines as scanned, as Tesseract's English model reads them, as `dau restore` gives them back.
# page.png: page 2 with what was found on it. Needs a build, poppler-utils, tesseract-ocr with eng, librsvg2-bin,
# imagemagick.
set -eu
cd "$(dirname "$0")/.."
tmp=$(mktemp -d build/pictures.XXXXXX)
trap 'rm -rf "$tmp"' EXIT
plan=tests/pages/sample-plan.pdf

pdfimages -png -l 1 "$plan" "$tmp/page"
pdftoppm -r 200 -f 1 -l 1 -x 232 -y 588 -W 1292 -H 104 -mono -png "$plan" "$tmp/crop"
tesseract "$tmp"/page-000.png - -l eng --psm 4 2>/dev/null | grep -A1 '^Phong ' >"$tmp/bad"
build/dau restore --from ocr "$tmp/bad" >"$tmp/good"
picture=$(base64 -w0 "$tmp"/crop-1.png)

# words OTHER: the words of stdin; those that stand otherwise in the file OTHER are marked
words() {
    awk -v y="$1" -v other="$2" -v class="$3" '
        { getline line < other; n = split(line, o, / /)
          printf "  <text x=\"24\" y=\"%d\">", y + 25 * (NR - 1)
          for (i = 1; i <= NF; i++) {
              if ($i != o[i]) printf "<tspan class=\"%s\">%s</tspan>", class, $i; else printf "%s", $i
              if (i < NF) printf " "
          }
          print "</text>" }'
}

{
    cat <<HEAD
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 274" role="img">
  <title>Two scanned lines, read without Vietnamese, and restored</title>
  <style>
    text { font: 16.5px 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #333 }
    .label { font: 600 13px 'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif; fill: #6b7280 }
    .bad { fill: #b42318 }
    .good { fill: #067647; font-weight: 600 }
  </style>
  <rect x="0.5" y="0.5" width="859" height="273" rx="8" fill="#fff" stroke="#d0d5dd"/>
  <text class="label" x="24" y="26">the scan</text>
  <clipPath id="lines"><path d="M20 33 836 41 836 94 20 85z"/></clipPath>
  <image x="20" y="31" width="816" height="65.7" clip-path="url(#lines)" href="data:image/png;base64,$picture"/>
  <line x1="24" y1="102" x2="836" y2="102" stroke="#eaecf0"/>
  <text class="label" x="24" y="124">read by an OCR without Vietnamese</text>
HEAD
    words 149 "$tmp/good" bad <"$tmp/bad"
    cat <<MIDDLE
  <line x1="24" y1="188" x2="836" y2="188" stroke="#eaecf0"/>
  <text class="label" x="24" y="208">after dau restore</text>
MIDDLE
    words 233 "$tmp/bad" good <"$tmp/good"
    echo '</svg>'
} >docs/twin.svg

build/dau show "$plan" --page 2 --svg -o "$tmp/page.svg"
rsvg-convert -w 860 "$tmp/page.svg" -o "$tmp/page.png"
convert "$tmp/page.png" -crop 760x440+80+30 +repage +dither -colors 48 -define png:compression-level=9 -strip docs/page.png
