#!/usr/bin/env bash
# What the program costs on this machine: a cold release build, the size of the binary, the start, the memory at rest.
# By hand, not part of scripts/test: a cold build takes minutes and wants a quiet machine.
#
#     benches/footprint.sh            builds in a new folder, then measures
#     benches/footprint.sh BINARY     measures a binary that is there
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
server=
clear_up() {
  if [[ $server ]]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap clear_up EXIT

milliseconds() { date +%s%3N; }
row() { printf '| %-34s | %14s |\n' "$1" "$2"; }

# The address stands in the log as soon as the server listens.
address() { sed -n 's|.*\(http://[0-9.]*:[0-9]*\).*|\1|p' "$folder/log" | head -n 1; }

# Starts `cotmoc demo` with a new home and gives, in `took`, the milliseconds to the first answered page.
start_demo() {
  local start deadline
  start=$(milliseconds)
  deadline=$((start + 60000))
  HOME=$folder XDG_DATA_HOME=$folder/data "$binary" demo >"$folder/log" 2>&1 &
  server=$!
  until curl --silent --fail --output /dev/null "$(address)/" 2>/dev/null; do
    if (($(milliseconds) > deadline)) || ! kill -0 "$server" 2>/dev/null; then cat "$folder/log" >&2; exit 1; fi
  done
  took=$(($(milliseconds) - start))
}

printf '| %-34s | %14s |\n' "$(nproc) cores, $(uname -m)" ''
printf '|%s|%s:|\n' "$(printf -- '-%.0s' {1..36})" "$(printf -- '-%.0s' {1..15})"
if [[ $# -gt 0 ]]; then
  binary=$1
else
  start=$SECONDS
  CARGO_TARGET_DIR=$folder/target cargo build --release --locked --quiet
  row 'cold release build' "$((SECONDS - start)) s"
  binary=$folder/target/release/cotmoc
fi
row 'binary' "$(($(stat -c %s "$binary") / 1024)) KiB"
start_demo
row 'start of the demo to the first page' "$took ms"
row 'memory at rest (VmRSS)' "$(($(sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status") / 1024)) MiB"
row 'threads' "$(sed -n 's/Threads:[^0-9]*//p' "/proc/$server/status")"
