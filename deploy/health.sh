#!/bin/bash
# Asks the node of this machine whether it is ready, or with 'live' whether it serves at all: ends with 0 if so, else says why and ends with 1.
#   health.sh [ready|live]
# For health checks, which run for as long as a node does, beside simulations whose time is measured: a shell of some milliseconds
# where 'sparseprop node --probe' starts a runtime. SPARSEPROP_HTTP says where, as it does to the node.
set -u

check=${1:-ready} address=${SPARSEPROP_HTTP:-127.0.0.1:9110}
case $address in
  \[*\]:*) host=${address%:*} port=${address##*:} ;;
  \[*\]) host=$address port=9110 ;;
  *:*) host=${address%:*} port=${address##*:} ;;
  *) host=$address port=9110 ;;
esac
host=${host#[} host=${host%]}

# Nobody is reached by the address that means all of a machine's.
case $host in
  0.0.0.0 | '*' | +) host=127.0.0.1 ;;
  ::) host=::1 ;;
esac

exec 2> /dev/null 3<> "/dev/tcp/$host/$port" || { echo "nobody answers at $host:$port"; exit 1; }
printf 'GET /health/%s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$check" >&3
if ! read -r -t 10 _ status _ <&3; then
  echo "$host:$port does not answer"
  exit 1
fi

# The whole answer is read, so that the node does not see a caller hang up; its last line says why.
while read -r -t 10 line || [ -n "$line" ]; do last=$line; done <&3
if [ "$status" != 200 ]; then
  echo "$status ${last:-}"
  exit 1
fi
