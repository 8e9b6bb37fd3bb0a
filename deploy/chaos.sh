#!/usr/bin/env bash
# Kills, stops, restarts and disconnects the nodes of a cluster on this machine while it runs sweeps, and compares its stores with undisturbed
# runs. See --help for its options; exit code 0 means that nothing was lost, duplicated or different.
set -euo pipefail
exec dotnet run -c Release --project "$(dirname "$0")/../tests/SparseProp.Chaos" -- "$@"
