#!/usr/bin/env bash
# Runs real sweeps on a real cluster, breaks the cluster meanwhile in every way that operation brings, and compares the stores with those of
# undisturbed runs, record by record. 'check.sh --help' says what it takes.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."

usage() {
  cat <<'TEXT'
usage: deploy/check.sh [netns|compose|kube] [--seed N] [--seconds S] [--keep]

  netns     nodes in network namespaces of this machine; needs Linux, root and 'ip'
  compose   the image and docker-compose.yml; needs a Docker engine
  kube      the image and k8s/overlays/local; needs a cluster that kubectl reaches and that has, or can get, the image

Without one of them, all three are tried in turn. Where the means are missing the last line is 'skipped: why', and the exit code 0.

  --seed N      of the simulations, and of what is broken when it is left to chance [default: by chance]
  --seconds S   how long one sweep takes undisturbed; they follow each other until all is done. A fault may take as long [default: 40 for netns, 90 for
                the others, where faults take longer]
  --keep        leave logs and stores in the work folder that is printed first, also when all is well
TEXT
}

modes=() seed=$RANDOM seconds='' keep=
while [ $# -gt 0 ]; do
  case $1 in
    netns | compose | kube) modes+=("$1") ;;
    --seed) seed=${2:?--seed takes a number}; shift ;;
    --seconds) seconds=${2:?--seconds takes a number}; shift ;;
    --keep) keep=1 ;;
    -h | --help) usage; exit 0 ;;
    *) echo "check.sh: '$1' is not known" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
for number in "$seed" "${seconds:-1}"; do
  [[ $number =~ ^[1-9][0-9]{0,8}$ ]] || { echo "check.sh: '$number' is no number from 1 to 999999999" >&2; exit 2; }
done

if [ ${#modes[@]} -ne 1 ]; then
  failed=0
  for mode in "${modes[@]:-netns compose kube}"; do
    for one in $mode; do
      "$0" "$one" --seed "$seed" ${seconds:+--seconds "$seconds"} ${keep:+--keep} || failed=1
    done
  done
  exit "$failed"
fi

mode=${modes[0]}
if [ "$mode" = netns ]; then : "${seconds:=40}"; else : "${seconds:=90}"; fi
. deploy/check/steps.sh
. "deploy/check/$mode.sh"
check
