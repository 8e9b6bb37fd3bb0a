# Nodes on hosts of their own: network namespaces on one switch, which is in a namespace, too. This machine's own network is not touched.
# shellcheck shell=bash disable=SC2154

lab=spc$((RANDOM % 10000))
subnet=198.18.$((RANDOM % 256))
program=()
ended=0

obstacle() {
  if [ "$(uname -s)" != Linux ] || [ "$(id -u)" != 0 ]; then
    echo 'network namespaces need root on Linux'
  elif ! command -v ip > /dev/null; then
    echo 'ip (iproute2) is not there'
  elif ! ip netns add "$lab" 2> /dev/null; then
    echo 'this machine has no network namespaces'
  else
    ip netns del "$lab"
  fi
}

# CHECK_PROGRAM names the folder of a program that is built already.
build() {
  local folder=${CHECK_PROGRAM:-$work/program}
  if [ -z "${CHECK_PROGRAM:-}" ]; then
    dotnet build -c Release src/SparseProp.Cli -o "$folder" > "$work/build.log" 2>&1 || { tail -30 "$work/build.log"; fail 'the program cannot be built'; }
  fi
  program=(dotnet "$folder/sparseprop.dll")
}

# Hosts 1 and 2 are coordinators, 3 to 5 workers, 6 has the command line.
address() { echo "$subnet.$1"; }
on() { ip netns exec "$lab-$1" "${@:2}"; }

host_up() {
  ip netns add "$lab-$1"
  ip link add "port$1" netns "$lab" type veth peer name eth0 netns "$lab-$1"
  ip -n "$lab" link set "port$1" master switch up
  ip -n "$lab-$1" link set lo up
  ip -n "$lab-$1" addr add "$(address "$1")/24" dev eth0
  ip -n "$lab-$1" link set eth0 up
}

network_up() {
  ip netns add "$lab"
  ip -n "$lab" link add switch type bridge
  ip -n "$lab" link set switch up
  local host
  for host in 1 2 3 4 5 6; do host_up "$host"; done
  "${program[@]}" certificates "$work/keys" --token "$work/keys/token" > /dev/null
  export SPARSEPROP_COORDINATOR="$(address 1):9110,$(address 2):9110" SPARSEPROP_TOKEN_FILE=$work/keys/token
}

sparseprop() {
  if ip netns pids "$lab-6" > /dev/null 2>&1; then
    on 6 "${program[@]}" "$@"
  else
    "${program[@]}" "$@"
  fi
}

start() { # HOST
  local host=$1 role=worker settings=()
  if [ "$host" -le 2 ]; then
    role=coordinator
    settings=(--store "$work/stores" --http "$(address "$host"):9110" --token-file "$work/keys/token" --lease-time 15s)
  else
    settings=(--slots 1 --drain 10s)
  fi
  # Not through a function: what is started here is to be what is killed later.
  ip netns exec "$lab-$host" "${program[@]}" node "$role" --listen "$(address "$host"):4053" --join "$(address 1):4053,$(address 2):4053" \
    --tls "$work/keys/node.pem" --tls-ca "$work/keys/ca.pem" "${settings[@]}" >> "$work/host$host.log" 2>&1 &
  echo $! > "$work/host$host.pid"
}

# Leaves the exit code in $ended.
stop() { # HOST SIGNAL
  local pid
  pid=$(cat "$work/host$1.pid")
  kill -s "$2" "$pid"
  ended=0
  wait "$pid" 2> /dev/null || ended=$?
}

up() {
  network_up
  start 1
  await 60 'the coordinator is ready' probe 1
  local host
  for host in 2 3 4; do start "$host"; done
}

probe() { on "$1" "${program[@]}" node --probe --http "$(address "$1"):9110"; }

active() {
  if probe 1 > /dev/null 2>&1; then echo 1; else probe 2 > /dev/null 2>&1 && echo 2; fi
}

down() {
  local host signal
  for signal in TERM KILL; do
    for host in 1 2 3 4 5 6; do
      # shellcheck disable=SC2046
      kill -s $signal $(ip netns pids "$lab-$host" 2> /dev/null) 2> /dev/null || true
    done
    for _ in $(seq 150); do
      [ -z "$(for host in 1 2 3 4 5 6; do ip netns pids "$lab-$host" 2> /dev/null; done)" ] && break
      sleep 0.1
    done
  done
  for host in 1 2 3 4 5 6; do ip netns del "$lab-$host" 2> /dev/null || true; done
  ip netns del "$lab" 2> /dev/null || true
}

logs() { tail -n 200 "$work"/host*.log; }

kill_worker() {
  stop 3 KILL
  sleep 2
  start 3
  await 90 'both workers again' has_workers 2
}

kill_coordinator() {
  local victim
  victim=$(active)
  stop "$victim" KILL
  await 120 'the other coordinator takes over' active
  start "$victim"
}

cut_worker() {
  ip -n "$lab" link set port4 down
  await 120 'the worker is given up' has_workers 1
  ip -n "$lab" link set port4 up
  await 120 'the worker is back' has_workers 2
}

restart_all() {
  local host
  for host in 3 4 5 2 1; do
    stop "$host" TERM
    [ $ended = 0 ] || fail "host $host ended with $ended"
    start "$host"
    await 120 'a coordinator is ready' active
  done
  await 120 'all workers again' has_workers 3
}

scale_up() {
  start 5
  await 90 'three workers' has_workers 3
}

scale_down() {
  stop 5 TERM
  await 90 'two workers' has_workers 2
}

fetch_store() { sparseprop results fetch "$1" --out "$2" > /dev/null; }
