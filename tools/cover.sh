#!/bin/sh
# cover.sh BUILD: the lines and branches of src/ that ran since the counters in BUILD were removed, a table of folders
# (`make cover`). A branch counts when it was taken at least once; headers count for none of the files they are in.
set -u
cd "$(dirname "$0")/.." || exit 1
find "$1/obj/src" -name '*.gcno' -exec gcov -n -b {} + 2>/dev/null | awk '
    function folder(name,    part) { split(name, part, "/"); return part[3] == "" ? "main.c" : part[2] }
    function share(some, all) { return all ? sprintf("%.1f %%", 100 * some / all) : "-" }
    /^File / {
        split($0, name, "\047")
        room = name[2] ~ /^src\/.*\.c$/ ? folder(name[2]) : ""
    }
    /^Calls executed|^No calls/ { room = "" } # the sum of all follows, without a name
    room == "" { next }
    /^Lines executed/ { split($0, part, /[:% ]+/); lines[room] += part[5]; lines_run[room] += part[5] * part[3] / 100 }
    /^Taken at least once/ { split($0, part, /[:% ]+/); ways[room] += part[7]; ways_run[room] += part[7] * part[5] / 100 }
    function row(name) { printf "%-10s %8d %8s %9d %8s\n", name, lines[name], share(lines_run[name], lines[name]), ways[name], share(ways_run[name], ways[name]) }
    END {
        printf "%-10s %8s %8s %9s %8s\n", "folder", "lines", "run", "branches", "taken"
        count = split("base doc model load clean layout ocr restore extract line batch store export review cmd lib main.c", order, " ")
        for (i = 1; i <= count; i++) {
            f = order[i]
            row(f)
            lines["all"] += lines[f]; lines_run["all"] += lines_run[f]; ways["all"] += ways[f]; ways_run["all"] += ways_run[f]
        }
        row("all")
    }'
