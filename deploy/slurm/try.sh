#!/usr/bin/env bash
# Tries both ways on a Slurm that is there: runs a small sweep by each, requeues it in the middle, and compares the store with an undisturbed
# run's, record by record. 'try.sh --help' says what it takes.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."

usage() {
  cat <<'TEXT'
usage: deploy/slurm/try.sh [--seconds S] [--cpus N] [--keep] [-- SBATCH-OPTION...]

Needs sbatch, a Slurm that answers, and a home folder that its nodes share. Without a Slurm the last line is 'skipped: why', and the exit
code 0.

  --seconds S   how long the sweep takes undisturbed on one CPU [default: 60]
  --cpus N      CPUs of each task [default: 1]
  --keep        leave logs and stores in the work folder that is printed first, also when all is well
  --            what follows goes to each sbatch and srun, such as --partition=short --account=lab

  TRY_FOLDER    folder for the work folder, shared by the nodes [default: the home folder]
  CHECK_PROGRAM folder of a program that is built already [default: it is built here; the nodes need .NET then]
TEXT
}

seconds=60 cpus=1 keep='' options=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=${2:?--seconds takes a number}; shift ;;
    --cpus) cpus=${2:?--cpus takes a number}; shift ;;
    --keep) keep=1 ;;
    --) shift; options=("$@"); break ;;
    -h | --help) usage; exit 0 ;;
    *) echo "try.sh: '$1' is not known" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
for number in "$seconds" "$cpus"; do
  [[ $number =~ ^[1-9][0-9]{0,5}$ ]] || { echo "try.sh: '$number' is no number from 1 to 999999" >&2; exit 2; }
done

here=$PWD/deploy/slurm work='' jobs=() started=$SECONDS

say() { printf '[%4d s] slurm: %s\n' $((SECONDS - started)) "$*"; }

fail() {
  say "FAILED: $*"
  exit 1
}

skip() {
  echo "skipped: slurm: $*"
  exit 0
}

await() { # SECONDS WHAT COMMAND...
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ $SECONDS -lt $until ] || fail "$what: not within the time that it may take"
    sleep 1
  done
}

clean_up() {
  local status=$?
  trap - EXIT
  [ ${#jobs[@]} -eq 0 ] || scancel "${jobs[@]}" 2> /dev/null || true
  if [ $status -ne 0 ]; then
    keep=1
    tail -n 20 "$work"/*.log || true
  fi
  [ -n "$keep" ] || rm -rf "$work"
  exit $status
}

write_sweep() { # REPLICATES
  cat > "$work/try.yaml" <<TEXT
name: try
grid: { model: [lif, qif], n: [1000, 5000, 20000] }
zip: { seed_ic: 1..$1, seed_net: 1..$1 }
fixed: { k: 50 }
stop: { spikes_per_neuron: 20 }
engine: heap
expect: { rate: [{ min: 0.1 }] }
TEXT
}

undisturbed() {
  srun --ntasks=1 --cpus-per-task=1 "${options[@]}" "$SPARSEPROP" run "$work/try.yaml" --out "$work/undisturbed" --workers 1 \
    >> "$work/undisturbed.log" 2>&1 || fail 'the undisturbed run'
}

submit() { # SBATCH-ARGUMENTS...
  (cd "$work" && sbatch --parsable --output=%x-%j.log --time=30 --cpus-per-task="$cpus" "${options[@]}" "$@") | cut -d ';' -f 1
}

# Points in stores that are being written.
recorded() { # STORE...
  local store sum=0 count
  for store in "$@"; do
    count=$("$SPARSEPROP" results sql "$store" 'select count(*) from points' --format csv 2> /dev/null | tail -n 1) || count=0
    sum=$((sum + ${count:-0}))
  done
  echo "$sum"
}

has_recorded() { [ "$(recorded "${@:2}")" -ge "$1" ]; }

field() { scontrol show job "$1" --oneliner | grep -o " $2=[^ ]*" | head -n 1 | cut -d = -f 2; }

is_over() { # JOB
  case $(field "$1" JobState) in
    COMPLETED | FAILED | TIMEOUT | CANCELLED | NODE_FAIL | OUT_OF_MEMORY) ;;
    *) false ;;
  esac
}

ended_well() { # JOB WHAT
  await 1200 "$2" is_over "$1"
  [ "$(field "$1" JobState) $(field "$1" ExitCode)" = 'COMPLETED 0:0' ] || fail "$2: $(field "$1" JobState), exit code $(field "$1" ExitCode)"
}

was_requeued() { # JOB WHAT
  [ "$(field "$1" Restarts)" -ge 1 ] || fail "$2 was not requeued: it is too short for this; --seconds $((2 * seconds)) makes it longer"
}

same() { # STORE WHAT
  "$SPARSEPROP" results verify "$1" > "$work/verify.log" 2>&1 || fail "$2: the store is not whole"
  "$SPARSEPROP" results compare "$work/undisturbed" "$1" --complete --tolerance Infinity > "$work/compare.log" 2>&1 \
    || fail "$2: the store is not that of the undisturbed run"
  say "$2: $(head -n 1 "$work/compare.log")"
}

command -v sbatch > /dev/null || skip 'sbatch is not there'
nodes=$(timeout 20 sinfo --noheader --Node --responding --states=idle,mixed,allocated --format=%N 2> /dev/null | sort -u | wc -l) || nodes=0
[ "$nodes" -ge 1 ] || skip 'no Slurm answers with a node that is up'

work=$(mktemp -d "${TRY_FOLDER:-$HOME}/sparseprop-try.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT TERM
say "$(sbatch --version), $nodes nodes; work folder $work"
program=${CHECK_PROGRAM:-$work/program}
if [ -z "${CHECK_PROGRAM:-}" ]; then
  dotnet build -c Release src/SparseProp.Cli -o "$program" > "$work/build.log" 2>&1 || fail 'the program cannot be built'
fi
export SPARSEPROP=$program/sparseprop

# The length of the sweep is measured, so that it lasts as long on any machine.
replicates=4
write_sweep "$replicates"
before=$SECONDS
undisturbed
took=$((SECONDS - before))
replicates=$((replicates * seconds / (took > 0 ? took : 1)))
replicates=$((replicates > 8 ? replicates : 8))
write_sweep "$replicates"
undisturbed
points=$((6 * replicates))
say "undisturbed run of $points points: $((SECONDS - before)) s"

job=$(submit --nodes=$((nodes > 1 ? 2 : 1)) "$here/sweep.sbatch" "$work/try.yaml")
jobs+=("$job")
await 600 'the first points of the allocation' has_recorded 10 "$work/try.stores/try"
say "allocation: job $job has recorded $(recorded "$work/try.stores/try") points; requeue"
scontrol requeue "$job"
ended_well "$job" 'allocation'
was_requeued "$job" 'allocation'
same "$work/try.stores/try" 'allocation'

array=$(submit --array=1-3 "$here/array.sbatch" "$work/try.yaml")
merge=$(submit --dependency=afterany:"$array" "$here/merge.sbatch" "$work/try.yaml")
jobs+=("$array" "$merge")
await 600 'the first points of the array' has_recorded 5 "$work/try.shards/1-of-3"
say "array: shard 1/3 has recorded $(recorded "$work/try.shards/1-of-3") points; requeue"
scontrol requeue "${array}_1"
ended_well "$merge" 'array'
was_requeued "${array}_1" 'array'
same "$work/try.results" 'array'
grep -q 'expectations are met' "$work"/sparseprop-merge-*.log || fail 'the merge does not say whether expectations are met'
say 'passed: both stores equal the undisturbed run, record by record'
