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
#   fetch_store SWEEP DIR    copies a sweep's store
#   logs               prints what the nodes said
# shellcheck shell=bash disable=SC2154  # mode, seed, seconds and keep are check.sh's

work=
started=$SECONDS

# Sweeps are submitted one after another for as long as the faults last, each with seeds of its own; each also runs undisturbed meanwhile.
batches=0 replicates=8 submissions=() undisturbed=()

say() { printf '[%4d s] %s: %s\n' $((SECONDS - started)) "$mode" "$*"; }

fail() {
  say "FAILED: $*"
  exit 1
}

# Tries a command until it succeeds; what it printed then is in await.log.
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

# The sum of an expression over the sweeps. The coordinator may be away.
sum_of() { sparseprop list --json 2> /dev/null | python3 -c "import json, sys; print(sum($1 for sweep in json.load(sys.stdin)['sweeps']))"; }

recorded() { sum_of 'sweep["recorded"]'; }

work_left() { sum_of '1 - sweep["work_done"]'; }

has_recorded() { [ "$(recorded)" -ge "$1" ]; }

has_sweeps() { [ "$(sum_of 1)" -ge "$1" ]; }

has_workers() { [ "$(sparseprop cluster --json | json workers '#')" -eq "$1" ]; }

write_sweep() { # NAME FIRST-SEED
  local last=$(($2 + replicates - 1))
  cat > "$work/$1.yaml" <<TEXT
name: $1
grid: { model: [lif, qif], n: [1000, 5000, 20000] }
zip: { seed_ic: $2..$last, seed_net: $2..$last }
fixed: { k: 50 }
stop: { spikes_per_neuron: 20 }
engine: heap
verify: 0.05
TEXT
}

# So many seeds that one sweep takes as long on any machine.
measure() {
  local before=$SECONDS
  write_sweep measured "$seed"
  sparseprop run "$work/measured.yaml" --out "$work/measured" --workers 2 > "$work/measured.log" 2>&1 || { tail -5 "$work/measured.log"; fail 'a run without a cluster'; }
  local took=$((SECONDS - before))
  replicates=$((replicates * seconds / (took > 0 ? took : 1)))
  replicates=$((replicates > 8 ? replicates : 8))
  say "sweeps of $((6 * replicates)) points"
}

submit_next() {
  batches=$((batches + 1))
  local name=batch$batches
  write_sweep "$name" $((seed + (batches - 1) * replicates))
  sparseprop submit "$work/$name.yaml" --wait --timeout 30m > "$work/$name.table" 2> "$work/$name.submit.log" &
  submissions+=($!)
  sparseprop run "$work/$name.yaml" --out "$work/$name.undisturbed" --workers 2 > /dev/null 2> "$work/$name.run.log" &
  undisturbed+=($!)
  await 60 "the coordinator has $name" has_sweeps "$batches"
}

# A fault takes no longer than this much work of two workers lasts.
keep_busy() {
  await 120 'the coordinator answers' work_left
  if python3 -c "import sys; sys.exit($(cat "$work/await.log") >= 0.75)"; then
    submit_next
  fi
}

# Breaks something, and waits until the sweeps have gone on since.
disturb() { # WHAT COMMAND...
  local what=$1 before
  shift
  keep_busy
  say "$what"
  "$@"
  keep_busy
  await 120 'the coordinator answers' recorded
  before=$(cat "$work/await.log")
  await 120 "points are recorded after: $what" has_recorded $((before + 3))
}

# The store of a sweep that was disturbed against that of its twin.
compare() { # NUMBER
  local name=batch$1 ended=0
  wait "${submissions[$1 - 1]}" || ended=$?
  [ $ended = 0 ] || { tail -5 "$work/$name.submit.log"; fail "the submission of $name ended with $ended"; }
  wait "${undisturbed[$1 - 1]}" || { tail -5 "$work/$name.run.log"; fail "the undisturbed run of $name"; }
  fetch_store "$name" "$work/$name.store"
  sparseprop results verify "$work/$name.store" > "$work/verify.log" || { cat "$work/verify.log"; fail "the store of $name is not whole"; }
  sparseprop results compare "$work/$name.undisturbed" "$work/$name.store" --complete --tolerance Infinity > "$work/compare.log" \
    || { cat "$work/compare.log"; fail "the store of $name is not that of its undisturbed run"; }
  say "$name: $(head -1 "$work/compare.log")"
}

clean_up() {
  local status=$?
  trap - EXIT
  if [ $status -ne 0 ]; then
    logs > "$work/nodes.log" 2>&1 || true
    keep=1
    say "what the nodes said is in $work/nodes.log"
  fi
  kill "${submissions[@]}" "${undisturbed[@]}" 2> /dev/null || true
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
  measure
  up
  await 90 'two workers' has_workers 2
  say 'the cluster is up'
  submit_next
  await 60 'the first points' has_recorded 5

  disturb 'kill a worker' kill_worker
  disturb 'kill the coordinator' kill_coordinator
  disturb 'cut a worker off the network, and put it back' cut_worker
  disturb 'a third worker' scale_up
  disturb 'restart all nodes, one after another' restart_all
  disturb 'one worker less' scale_down

  say 'waiting for the rest'
  local number
  for number in $(seq "$batches"); do compare "$number"; done
  say "passed: each store equals that of its undisturbed run, record by record"
}
