# The steps of a check, whatever the cluster runs on. A file for each kind of cluster says how they are done there:
#   obstacle           prints why there can be no such cluster here; nothing where there can
#   build              makes the program
#   sparseprop ARGS    the command line, beside the cluster; finds its files in $work
#   up                 starts a coordinator, one that stands by, and two workers
#   down               ends everything and removes it
#   kill_worker, kill_coordinator      without notice, and start them again
#   cut_worker         takes a worker off the network until the cluster has given it up, and puts it back
#   restart_all        each node in turn, in good order
#   scale_up, scale_down
#   fetch_store DIR    copies the sweep's store
#   logs               prints what the nodes said
# shellcheck shell=bash disable=SC2154  # mode, seed, seconds and keep are check.sh's

sweep=check
work=
started=$SECONDS

say() { printf '[%4d s] %s: %s\n' $((SECONDS - started)) "$mode" "$*"; }

fail() {
  say "FAILED: $*"
  exit 1
}

# Tries a command until it succeeds.
await() { # SECONDS WHAT COMMAND...
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" > "$work/await.log" 2>&1; do
    if [ $SECONDS -ge $until ]; then
      tail -5 "$work/await.log"
      fail "$what: not within the time that it may take"
    fi
    sleep 0.5
  done
}

# One column of a JSON document on standard input, by the path of its keys.
json() { python3 -c 'import json, sys; value = json.load(sys.stdin)
for key in sys.argv[1:]: value = len(value) if key == "#" else value[key]
print(value)' "$@"; }

write_sweep() { # REPLICATES
  cat > "$work/$sweep.yaml" <<TEXT
name: $sweep
grid: { model: [lif, qif], n: [1000, 5000, 20000] }
zip: { seed_ic: $seed..$((seed + $1 - 1)), seed_net: $seed..$((seed + $1 - 1)) }
fixed: { k: 50 }
stop: { spikes_per_neuron: 20 }
engine: heap
verify: 0.05
TEXT
}

# The length of the sweep is measured, so that it lasts as long as the faults on any machine.
run_undisturbed() {
  local before=$SECONDS replicates=8
  write_sweep "$replicates"
  sparseprop run "$work/$sweep.yaml" --out "$work/undisturbed" --workers 2 > /dev/null 2>> "$work/undisturbed.log" || fail 'the undisturbed run'
  local took=$((SECONDS - before))
  replicates=$((replicates * seconds / (took > 0 ? took : 1)))
  write_sweep $((replicates > 8 ? replicates : 8))
  sparseprop run "$work/$sweep.yaml" --out "$work/undisturbed" --workers 2 > /dev/null 2>> "$work/undisturbed.log" || fail 'the undisturbed run'
  say "undisturbed run of $((6 * replicates)) points: $((SECONDS - before)) s"
}

# One line: what the sweep has done so far. The coordinator may be away.
recorded() { sparseprop status "$sweep" --json 2> /dev/null | json recorded; }

has_recorded() { [ "$(recorded)" -ge "$1" ]; }

has_workers() { [ "$(sparseprop cluster --json | json workers '#')" -eq "$1" ]; }

is_running() { [ "$(sparseprop status "$sweep" --json | json state)" = running ]; }

# Breaks something, and waits until the sweep has gone on since.
disturb() { # WHAT COMMAND...
  local what=$1
  shift
  say "$what"
  "$@"
  local before
  await 120 'the coordinator answers' recorded
  before=$(recorded)
  is_running || fail "the sweep was over before '$what' was: it is too short for this; --seconds $((2 * seconds)) makes it longer"
  await 120 "points are recorded after: $what" has_recorded $((before + 3))
}

clean_up() {
  local status=$?
  trap - EXIT
  if [ $status -ne 0 ]; then
    logs > "$work/nodes.log" 2>&1 || true
    keep=1
    say "what the nodes said is in $work/nodes.log"
  fi
  down > "$work/down.log" 2>&1 || { cat "$work/down.log"; status=1; }
  [ -n "$keep" ] || rm -rf "$work"
  exit $status
}

check() {
  command -v python3 > /dev/null || { echo "skipped: $mode: python3 is not there"; exit 0; }
  local why
  why=$(obstacle)
  if [ -n "$why" ]; then
    echo "skipped: $mode: $why"
    exit 0
  fi

  work=$(mktemp -d "${TMPDIR:-/tmp}/sparseprop-check.XXXXXX")
  # Containers write their results here as a user of their own.
  chmod 777 "$work"
  trap clean_up EXIT
  trap 'exit 130' INT TERM
  say "seed $seed, work folder $work"

  build
  run_undisturbed
  up
  await 90 'two workers' has_workers 2
  say 'the cluster is up'
  sparseprop submit "$work/$sweep.yaml" --wait --timeout 30m --json > "$work/submitted.json" 2> "$work/submit.log" &
  local submitting=$!
  await 60 'the first points' has_recorded 5

  disturb 'kill a worker' kill_worker
  disturb 'kill the coordinator' kill_coordinator
  disturb 'cut a worker off the network, and put it back' cut_worker
  disturb 'a third worker' scale_up
  disturb 'restart all nodes, one after another' restart_all
  disturb 'one worker less' scale_down

  say 'waiting for the rest'
  local ended=0
  wait "$submitting" || ended=$?
  [ $ended = 0 ] || { tail -5 "$work/submit.log"; fail "the submission ended with $ended"; }
  fetch_store "$work/store"
  sparseprop results verify "$work/store" > "$work/verify.log" || { cat "$work/verify.log"; fail 'the store is not whole'; }
  sparseprop results compare "$work/undisturbed" "$work/store" --complete --tolerance Infinity > "$work/compare.log" \
    || { cat "$work/compare.log"; fail 'the store is not that of the undisturbed run'; }
  head -1 "$work/compare.log"
  say 'passed: the store equals the undisturbed run, record by record'
}
