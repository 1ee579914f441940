#!/bin/sh
# The same with GNU parallel, on one machine or on those of a list (parallel --sshloginfile):
#
#     tools/cluster/parallel.sh 6 /shared/scans /shared/out
set -eu
shards=$1 scans=$2 out=$3
mkdir -p "$out"
seq "$shards" | parallel --jobs "${JOBS:-100%}" --joblog "$out/jobs.tsv" --retries 3 \
    "${DAU:-dau} run -q -j1 --shard {}/$shards -d $out/shard-{}.db $scans; c=\$?; [ \$c = 6 ] || [ \$c = 10 ] || exit \$c"
"${DAU:-dau}" merge -o "$out/all.db" "$out"/shard-*.db
