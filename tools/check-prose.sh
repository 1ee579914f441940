#!/bin/sh
# check-prose.sh [FILE...]: the prose of documents and of comments. Silent when all is well, else FILE:LINE, what is
# wrong and the words themselves.
#
# In documents a sentence has 25 words at most; it ends with . ! ? : or ; and blocks of code, tables and headings are
# passed over, and what stands between backticks is one word. In documents and in comments of C, shell and SQL there are none of the
# words below, no word twice in a row and no blank at a line's end.
cd "$(dirname "$0")/.." || exit 1
found=$(mktemp) || exit 1
trap 'rm -f "$found"' EXIT
if [ $# -gt 0 ]; then list=$(printf '%s\n' "$@"); else
    list=$(git ls-files README.md ARCHITECTURE.md CONTRIBUTING.md 'docs/*.md' 'dicts/*.md' 'corpus/*.md' 'tests/*.md' 'tools/*.md' \
        'src/*.[ch]' 'tools/*.[ch]' 'tests/*.[ch]' 'src/*.sql' Makefile 'tools/*.sh' 'tests/*.sh')
fi
echo "$list" | grep -v tools/check-prose.sh | tr '\n' '\0' | xargs -0 awk '
    BEGIN {
        # word: what to say in its place
        no["kin"] = "kind, others of that kind"
        no["hope"] = no["hopes"] = no["hoped"] = "the score, or the width of the beam"
        no["soiled"] = "with a stain, stained"
        no["debris"] = "specks"
        no["stranger"] = no["strangers"] = "others, or a file from outside"
        no["utilize"] = no["utilizes"] = no["leverage"] = no["leverages"] = "use"
    }
    function fault(line, what) { print file ":" line ": " what }
    function words(text, line,    n, i, word, last, low) { # the banned and the doubled
        gsub(/`[^`]*`/, " ", text)
        n = split(text, word, /[ \t]+/)
        last = ""
        for (i = 1; i <= n; i++) {
            low = tolower(word[i])
            sub(/^[("*_]+/, "", low)
            if (low == last && low ~ /^[a-z]+$/ && low != "that" && low != "had") fault(line, "twice: " low " " low)
            last = low
            sub(/[^a-z]+$/, "", low)
            if (low in no) fault(line, "word: " word[i] "; say: " no[low])
        }
        low = tolower(text)
        gsub(/there (is|are) no /, "there ", low) # which is as it should be
        while (match(low, /(^|[^a-z])(is|are) no [a-z]+/)) {
            if (substr(low, RSTART, RLENGTH) !~ / no (longer|more|less|better|worse|later|thicker|different)$/) fault(line, "form: " substr(low, RSTART, RLENGTH) "; say: is not a")
            low = substr(low, RSTART + RLENGTH)
        }
    }
    # ---- sentences of a document: text is collected until an end ----
    function sentence(    n, part, i, head) {
        n = split(said, part, /[ \t]+/)
        count = 0
        head = ""
        for (i = 1; i <= n; i++) if (part[i] ~ /[A-Za-z0-9]/ || part[i] ~ /[^ -~]/) { count++; if (count <= 6) head = head " " part[i] }
        if (count > 25) fault(begins, "sentence of " count " words:" head " ...")
        said = ""
    }
    function take(text, line) {
        gsub(/`[^`]*`/, "X", text) # one word
        gsub(/\]\([^)]*\)/, "]", text)
        while (text != "") {
            if (said == "") begins = line
            if (match(text, /[.!?:;]["\047)*_\]]*( |$)/)) {
                said = said " " substr(text, 1, RSTART)
                text = substr(text, RSTART + RLENGTH)
                sentence()
            } else {
                said = said " " text
                return
            }
        }
    }
    function document(line) {
        if ($0 ~ /^ *```/) { fenced = !fenced; sentence(); return }
        if (fenced || $0 ~ /^ *\|/ || $0 ~ /^#/ || $0 ~ /^    /) { sentence(); return }
        words($0, line)
        if ($0 ~ /^ *$/ || $0 ~ /^ *([-*]|[0-9]+\.) /) sentence()
        sub(/^ *([-*]|[0-9]+\.) /, "")
        take($0, line)
    }
    # ---- comments ----
    function comment(line,    text, at) {
        text = $0
        if (FILENAME ~ /\.[ch]$/) {
            if (!inside) {
                gsub(/"(\\.|[^"\\])*"/, "", text)
                at = index(text, "/*")
                if (!at) return
                text = substr(text, at + 2)
                inside = 1
            }
            at = index(text, "*/")
            if (at) { text = substr(text, 1, at - 1); inside = 0 }
            sub(/^ *\*/, "", text)
            if (text ~ /^   /) return # an example
        } else if (FILENAME ~ /\.sql$/) {
            at = index(text, "--")
            if (!at) return
            text = substr(text, at + 2)
        } else {
            if (!match(text, /(^|[ \t])# /)) return
            text = substr(text, RSTART + RLENGTH)
        }
        words(text, line)
    }
    FNR == 1 { sentence(); file = FILENAME; inside = fenced = 0 }
    /[ \t]$/ && FILENAME !~ /\.md$/ { fault(FNR, "blank at the end") }
    /[^ ] $|\t$/ && FILENAME ~ /\.md$/ { fault(FNR, "blank at the end") }
    FILENAME ~ /\.md$/ { document(FNR); next }
    { comment(FNR) }
    END { sentence() }' >"$found"
cat "$found"
[ ! -s "$found" ]
