#!/usr/bin/env bash
# Builds sparseprop as one file that needs no .NET, for each runtime identifier, and prints sizes and sums:
#   deploy/publish.sh [RID...]        such as linux-x64, linux-arm64, osx-arm64, win-x64; without one, this machine's
# The files are artifacts/publish/RID/sparseprop, or sparseprop.exe. Any machine builds for any other.
set -euo pipefail
cd "$(dirname "$0")/.."

here() { dotnet --info | sed -n 's/^ *RID: *//p'; }

if [ $# = 0 ]; then
  set -- "$(here)"
fi

commit=$(git rev-parse HEAD 2>/dev/null || true)
for rid in "$@"; do
  out=artifacts/publish/$rid
  rm -rf "$out"
  dotnet publish src/SparseProp.Cli -c Release -r "$rid" -p:PublishSingleFile=true -p:CI=true \
    ${commit:+-p:SourceRevisionId="$commit"} -o "$out" --nologo -v quiet
done

cd artifacts/publish
for rid in "$@"; do
  for file in "$rid"/*; do
    printf '%5s MB  %s  %s\n' "$(($(wc -c < "$file") / 1000000))" "$({ sha256sum "$file" 2>/dev/null || shasum -a 256 "$file"; } | cut -d' ' -f1)" "$file"
  done
done
