#!/bin/sh
# lengths.sh: how long functions are, a table of folders, and what share of the code the largest folder holds
# (`make lengths`). Fails when half of the functions of src/ are longer than 10 lines, one in ten longer than 20, or one
# longer than 60.
#
# A function is a line in the first column that ends an argument list, then a brace alone; its length is the
# lines from the name to the closing brace.
cd "$(dirname "$0")/.." || exit 1
{ git ls-files 'src/*.c' 'src/*.h' 2>/dev/null || find src -name '*.[ch]'; } | xargs awk '
    FNR == 1 { name = ""; inside = 0 }
    { split(FILENAME, part, "/"); print "code", (part[3] == "" ? "main.c" : part[2]) }
    /^[a-zA-Z_].*\(/ && !/;$/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name); first = FNR }
    /^{/ && name != "" { inside = FNR }
    /^}/ && inside { print "function", (part[3] == "" ? "main.c" : part[2]), FNR - first + 1, name, FILENAME ":" first; inside = 0; name = "" }
' | sort -k 1,1 -k 3,3n | awk '
    $1 == "code" { code[$2]++; all_code++; next }
    { room = $2; n[room]++; of[room, n[room]] = $3; n["all"]++; of["all", n["all"]] = $3; longest[room] = longest["all"] = $4 " " $5 }
    function quantile(room, share,    at) { at = int(n[room] * share); return of[room, at < n[room] * share ? at + 1 : at] }
    function row(room, lines) {
        printf "%-10s %7d %6.1f %% %9d %7d %7d %8d  %s\n", room, lines, 100 * lines / all_code, n[room], quantile(room, 0.5), quantile(room, 0.9), of[room, n[room]], longest[room]
    }
    END {
        printf "%-10s %7s %8s %9s %7s %7s %8s\n", "folder", "lines", "share", "functions", "median", "9 of 10", "longest"
        count = split("base doc model load clean layout ocr restore extract line batch store export review cmd lib main.c", order, " ")
        for (i = 1; i <= count; i++) if (n[order[i]]) row(order[i], code[order[i]])
        row("all", all_code)
        if (quantile("all", 0.5) > 10) bad = "half of the functions are longer than 10 lines"
        if (quantile("all", 0.9) > 20) bad = "one function in ten is longer than 20 lines"
        if (of["all", n["all"]] > 60) bad = "a function is longer than 60 lines: " longest["all"]
        if (bad != "") { print "lengths: " bad; exit 1 }
    }'
