#!/bin/sh
# try-slurm.sh [FOLDER]: shows dau on a real Slurm, on this machine alone. Sets munged, slurmctld and slurmd up as plain
# processes in a folder of their own, sends a job array of six tasks over the files of FOLDER (tests/pages) with
# tools/cluster/dau-array.sbatch, kills one task and requeues it, merges the six databases and compares the export
# with one machine's run. As root, on Debian 12 with slurm-wlm and munge:
#
#     apt-get install --no-install-recommends slurm-wlm munge && tools/cluster/try-slurm.sh
#
# Nothing outside the folder is written; the three daemons are ended when it is over. Two things of the machine are
# used as they are: its name, and the user munge if there is one.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=$(pwd)
case ${BUILD:-build} in /*) DAU=$BUILD/dau ;; *) DAU=$here/${BUILD:-build}/dau ;; esac
export DAU
scans=$(cd "${1:-tests/pages}" && pwd) || exit 1
for tool in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null || { echo "try-slurm: $tool is not installed" >&2; exit 1; }
done
PATH=$PATH:/usr/sbin:/sbin
to=$(mktemp -d /tmp/dau-slurm-XXXXXX) || exit 1
chmod 755 "$to"
pids=
stop() {
    scancel --state=PENDING 2>/dev/null
    scancel --state=RUNNING 2>/dev/null
    for p in $pids; do kill "$p" 2>/dev/null; done
    sleep 1
    for p in $pids; do kill -9 "$p" 2>/dev/null; done
    [ "${KEEP:-}" ] || rm -rf "$to"
}
trap stop EXIT
say() { printf '%s %s\n' "$(date +%T)" "$*"; }
await() { # SECONDS COMMAND...
    n=$(($1 * 2))
    shift
    while [ $n -gt 0 ]; do
        "$@" >/dev/null 2>&1 && return
        sleep 0.5
        n=$((n - 1))
    done
    return 1
}

# ---- munge: who is who ----
mkdir -p "$to/munge" "$to/state" "$to/spool" "$to/out"
chmod 700 "$to/munge"
head -c 128 /dev/urandom >"$to/munge/key"
chmod 400 "$to/munge/key"
munged --foreground --force --key-file="$to/munge/key" --socket="$to/munge.socket" --pid-file="$to/munge/pid" \
    --log-file="$to/munge/log" --seed-file="$to/munge/seed" >/dev/null 2>&1 &
pids="$pids $!"
await 10 munge --socket="$to/munge.socket" --no-input || { cat "$to/munge/log"; exit 1; }

# ---- a cluster of one node ----
node=$(hostname -s)
cores=$(nproc)
memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.8) }' /proc/meminfo)
cat >"$to/slurm.conf" <<END
ClusterName=dau
SlurmctldHost=$node(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$to/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=$to/state
SlurmdSpoolDir=$to/spool
SlurmctldPidFile=$to/slurmctld.pid
SlurmdPidFile=$to/slurmd.pid
SlurmctldLogFile=$to/slurmctld.log
SlurmdLogFile=$to/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
KillWait=20
MinJobAge=600
NodeName=$node NodeAddr=127.0.0.1 CPUs=$cores RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF="$to/slurm.conf"
slurmctld -D >/dev/null 2>&1 &
pids="$pids $!"
slurmd -D >/dev/null 2>&1 &
pids="$pids $!"
await 30 sh -c 'sinfo -h -o %T | grep -q idle' || { tail -n 20 "$to"/slurm*.log; exit 1; }
say "a cluster of one node: $(sinfo -h -o '%N %T, %c cores')"

# ---- six tasks, one of them killed and requeued ----
start=$(date +%s)
job=$(sbatch --parsable --array=1-6 --cpus-per-task=1 --mem-per-cpu=0 --output="$to/out/%a.log" \
    tools/cluster/dau-array.sbatch "$scans" "$to/out") || exit 1
say "job array $job of six tasks over $(find "$scans" -type f | wc -l) files"
# one that has been at work for a moment, so that there is something to lose
at_work() { victim=$(squeue -h -r -j "$job" -t R -o '%K %M' | awk '{ split($2, t, ":"); if (t[1] * 60 + t[2] >= 3) { print $1; exit } }') && [ "$victim" ]; }
await 120 at_work || { say 'no task worked for three seconds: give it larger files'; exit 1; }
say "task $victim is killed (SIGKILL) and requeued"
scontrol requeue "${job}_$victim" || exit 1
await 3600 sh -c "test -z \"\$(squeue -h -j $job)\""
say "the array is done after $(($(date +%s) - start)) s; restarts: $(scontrol show job "${job}_$victim" | grep -o 'Restarts=[0-9]*')"
ls "$to"/out/shard-*.db | wc -l | sed 's/^/databases: /'

# ---- one list ----
"$DAU" merge -o "$to/all.db" "$to"/out/shard-*.db
"$DAU" run -q -d "$to/one.db" "$scans"
same=yes
for f in csv jsonl json; do
    "$DAU" export -d "$to/all.db" --format $f >"$to/all.$f"
    "$DAU" export -d "$to/one.db" --format $f >"$to/one.$f"
    cmp "$to/all.$f" "$to/one.$f" || same=no
done
say "merged $(wc -l <"$to/all.jsonl") pairings, one machine $(wc -l <"$to/one.jsonl"); exports equal: $same"
[ $same = yes ]
