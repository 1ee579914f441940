# prose.awk: sentences of a Markdown file that a reader stumbles over, a line each: over MOST words (25), or with a
# word of BANNED. Code blocks, headings and pictures are passed over; code in backticks and a link count as one word
# or as their text; each cell of a table and each item of a list is a paragraph of its own.
#
#     awk -f tests/tools/prose.awk README.md          prints nothing: all is well
function sentence(s,    n, i, word, parts) {
    n = split(s, parts, / +/)
    word = 0
    for (i = 1; i <= n; i++) if (parts[i] ~ /[A-Za-z0-9\200-\377]/) word++
    if (word > MOST) printf "%s: %d words: %s\n", FILENAME, word, substr(s, 1, 90)
    if (match(tolower(s) " ", BANNED)) printf "%s: '%s': %s\n", FILENAME, substr(s, RSTART, RLENGTH), substr(s, 1, 90)
}
function paragraph(s,    n, i, parts) {
    gsub(/`[^`]*`/, "Code", s)
    gsub(/!\[[^]]*\]\([^)]*\)/, "", s)
    while (match(s, /\[[^]]*\]\([^)]*\)/)) {
        link = substr(s, RSTART + 1, RLENGTH - 1)
        sub(/\].*/, "", link)
        s = substr(s, 1, RSTART - 1) link substr(s, RSTART + RLENGTH)
    }
    gsub(/[.?!]["'*)]*( |$)/, "&\n", s)
    n = split(s, parts, /\n/)
    for (i = 1; i <= n; i++) sentence(parts[i])
}
function flush() {
    if (text != "") paragraph(text)
    text = ""
}
BEGIN {
    MOST = 25
    BANNED = "(^|[^a-z])((is|are|was|were) no|kin|soiled|debris|strangers?|hopeful)[^a-z]"
}
/^ *```/ { flush(); fenced = !fenced; next }
fenced || /^    / && text == "" { next }
/^#/ { flush(); next }
/^ *\|/ {
    flush()
    n = split($0, cell, /\|/)
    for (i = 2; i < n; i++) paragraph(cell[i])
    next
}
/^ *$/ { flush(); next }
/^ *([-*]|[0-9]+\.) / { flush(); sub(/^ *([-*]|[0-9]+\.) /, "") }
{ sub(/^ */, ""); text = text == "" ? $0 : text " " $0 }
END { flush() }
