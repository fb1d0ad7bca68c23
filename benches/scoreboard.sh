#!/usr/bin/env bash
# What a large ledger costs on this machine: seconds and memory of loading a folder of bulk files, and of every unit's board.
# By hand, not part of scripts/test: a release build and millions of rows want a quiet machine.
#
#     benches/scoreboard.sh FOLDER [MONTH]              builds, then measures on SQLite in a temporary folder
#     BINARY=… DATABASE=postgres://… benches/scoreboard.sh FOLDER [MONTH]
#     CHECK=check.py GOLDEN=S.json benches/scoreboard.sh FOLDER      holds the boards against the benchmark's checksums
#
# FOLDER holds units.csv, groups.csv, indicators.csv, targets.csv, measurements.csv. The boards stay in OUT (by default the
# temporary folder, removed at the end): all.csv as known for ever, known.csv as known 45 days after the month, one.csv of UNIT.
set -euo pipefail
if [[ $# -lt 1 || ! -f $1/units.csv ]]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
files=$(realpath "$1")
month=${2:-2024-05}
unit=${UNIT:-U00012}
for given in BINARY CHECK GOLDEN OUT; do
  if [[ -n ${!given:-} ]]; then declare "$given=$(realpath -m "${!given}")"; fi
done
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
out=${OUT:-$folder}
mkdir -p "$out"
database=${DATABASE:-sqlite://$folder/ledger.db}
if [[ -z ${BINARY:-} ]]; then
  cargo build --release --locked --quiet
  BINARY=target/release/cotmoc
fi

row() { printf '| %-44s | %10s | %10s | %10s |\n' "$1" "$2" "$3" "$4"; }

# Runs a command and prints one row: its seconds, those of all cores together, and the most memory it held.
measured() {
  local name=$1 result=$2
  shift 2
  python3 - "$result" "$@" >"$folder/cost" <<'PYTHON'
import os, subprocess, sys, time
begun = time.monotonic()
with open(sys.argv[1], "wb") as out:
    child = subprocess.Popen(sys.argv[2:], stdout=out)
    _, status, usage = os.wait4(child.pid, 0)
if status:
    sys.exit(f"{sys.argv[2:]}: status {os.waitstatus_to_exitcode(status)}")
cores = usage.ru_utime + usage.ru_stime
print(f"{time.monotonic() - begun:.1f} s", f"{cores:.1f} s", f"{usage.ru_maxrss // 1024} MiB", sep="\t")
PYTHON
  IFS=$'\t' read -r seconds cores memory <"$folder/cost"
  row "$name" "$seconds" "$cores" "$memory"
}

# The last day on which a value of the month may have become known in the benchmark's question Q5.
known_on=$(python3 - "$month" <<'PYTHON'
import datetime, math, sys
year, month = map(int, sys.argv[1].split("-"))
months = (year - 2020) * 12 + month
print(datetime.date(2020, 1, 1) + datetime.timedelta(days=math.floor(months * 30.4375) + 45))
PYTHON
)
board=("$BINARY" scoreboard --database "$database" --month "$month" --format csv)
row "$(($(wc -l <"$files/measurements.csv") - 1)) values, $(nproc) cores, $(uname -m)" 'time' 'processor' 'peak RSS'
rule=$(printf -- '-%.0s' {1..11})
printf '|%s|%s:|%s:|%s:|\n' "$(printf -- '-%.0s' {1..46})" "$rule" "$rule" "$rule"
measured 'load' "$folder/load.txt" "$BINARY" load "$files" --database "$database"
if [[ $database == sqlite://* ]]; then
  row 'the ledger on the disk' '' '' "$(($(stat -c %s "${database#sqlite://}") >> 20)) MiB"
fi
measured 'the same folder again' "$folder/again.txt" "$BINARY" load "$files" --database "$database"
measured "every unit's board of $month" "$out/all.csv" "${board[@]}" --all-units --known-on 2100-01-01
measured "the same, as known on $known_on" "$out/known.csv" "${board[@]}" --all-units --known-on "$known_on"
measured "the board of $unit" "$out/one.csv" "${board[@]}" --unit "$unit" --known-on 2100-01-01
measured 'audit' "$folder/audit.txt" "$BINARY" audit verify --database "$database"
if [[ -n ${CHECK:-} && -n ${GOLDEN:-} ]]; then
  python3 "$CHECK" "$GOLDEN" Q2="$out/all.csv" Q5="$out/known.csv" Q1="$out/one.csv"
fi
