#!/usr/bin/env bash
# How fast pages are on this machine: the demo with 20,000 more tasks, asked from 8 connections by wrk on the same cores, next to
# the least that the web's library does ("hello") in the same run. Prints the medians; the start and the memory follow.
# By hand, not part of scripts/test: it wants a release build, a quiet machine and wrk (a package of Debian and Ubuntu).
#
#     benches/pages.sh                              builds, then measures on SQLite in a temporary folder
#     DATABASE=postgres://… benches/pages.sh        on an empty PostgreSQL database
#     RUNS=5 SECONDS_A_RUN=5 TASKS=20000 benches/pages.sh
#     BINARIES=target/release benches/pages.sh      measures what is built already
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v wrk >/dev/null; then
  echo 'pages.sh: wrk is missing; Debian and Ubuntu have it as a package: apt-get install wrk' >&2
  exit 2
fi
runs=${RUNS:-3}
seconds=${SECONDS_A_RUN:-4}
tasks=${TASKS:-20000}

folder=$(mktemp -d)
servers=()
clear_up() {
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap clear_up EXIT

binaries=${BINARIES:-target/release}
if [[ -z ${BINARIES:-} ]]; then
  cargo build --release --locked --quiet -p cotmoc -p bench
fi
database=${DATABASE:-sqlite://$folder/ledger.db}
"$binaries/many_tasks" "$database" "$tasks" >/dev/null
"$binaries/cotmoc" audit verify --database "$database" >"$folder/audit" || { cat "$folder/audit" >&2; exit 1; }

# Starts a server and gives, in `url`, where it answers: each prints its address as soon as it listens.
serve() {
  local name=$1 deadline=$((SECONDS + 60))
  shift
  "$@" >"$folder/$name.log" 2>&1 &
  servers+=("$!")
  until url=$(grep -o -m 1 'http://[0-9.]*:[0-9]*' "$folder/$name.log"); do
    if ((SECONDS > deadline)) || ! kill -0 "${servers[-1]}" 2>/dev/null; then cat "$folder/$name.log" >&2; exit 1; fi
    sleep 0.05
  done
}
serve hello "$binaries/hello"
hello=$url
serve cotmoc "$binaries/cotmoc" serve --listen 127.0.0.1:0 --today 2024-05-20 --database "$database"
site=$url
server=${servers[-1]}
memory() { echo "$(($(sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status") / 1024)) MiB"; }
at_rest=$(memory)

# The first link of a list to one of its own pages, whose addresses end in a number: `first /news`.
first() { curl --silent --fail "$site$1" | grep -o "href=\"$1/[^\"?.]*[0-9]\"" | head -n 1 | cut -d '"' -f 2; }
# The values of a choice of the list of tasks.
values() { grep -o "<select id=\"$1\".*" "$folder/tasks.html" | sed 's|</select>.*||' | grep -oE 'value="[0-9]+"' | cut -d '"' -f 2; }

article=$(first /news)
session=$(first /sessions)
curl --silent --fail --output "$folder/tasks.html" "$site/tasks"
unit=$(values don-vi | head -n 1)
for unit_id in $(values don-vi | head -n 20); do
  for state in overdue soon in_time no_deadline done resting; do
    for sort in '' updated new; do printf '/tasks?unit=%s&state=%s&sort=%s\n' "$unit_id" "$state" "$sort"; done
  done
done >"$folder/filters"
for document in $(values van-ban | head -n 100); do printf '/tasks?document=%s\n' "$document"; done >>"$folder/filters"
for words in 'giai+ngan' 'cham+tien+do' 'ho+ngheo' 'ho+chua' 'dot+19'; do
  for page in 1 2 3; do printf '/tasks?q=%s&page=%s\n' "$words" "$page"; done
done >>"$folder/filters"
for page in $(seq 1 100); do printf '/tasks?state=overdue&page=%s\n' "$page"; done >>"$folder/filters"

# One run of wrk: requests a second, p50 and p99 in milliseconds, kept under the name of what was asked.
ask() {
  local name=$1 base=$2 each_once=$3 addresses=$4
  ADDRESSES=$addresses EACH_ONCE=$each_once wrk -t1 -c8 "-d${seconds}s" --latency -s benches/pages.lua "$base" >"$folder/wrk"
  if grep -q 'Non-2xx\|Socket errors' "$folder/wrk"; then cat "$folder/wrk" >&2; exit 1; fi
  awk '
    function milliseconds(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    $1 == "50%" { p50 = milliseconds($2) }
    $1 == "99%" { p99 = milliseconds($2) }
    $1 == "Requests/sec:" { rate = $2 }
    END { print rate, p50, p99 }' "$folder/wrk" >>"$folder/runs.$name"
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
list() { echo "$2" >"$folder/list.$1"; }

names=(hello article article_anew news news_anew home session session_anew scoreboard scoreboard_anew tasks filtered filters)
list hello /
list article "$article"
list news /news
list home /
list session "$session"
list scoreboard "/scoreboards/$unit"
list tasks /tasks
list filtered "/tasks?unit=$unit&state=overdue"
cp "$folder/filters" "$folder/list.filters"
once=1
for _ in $(seq "$runs"); do
  for name in "${names[@]}"; do
    base=$site
    if [[ $name == hello ]]; then base=$hello; fi
    case $name in
      *_anew) ask "$name" "$base" "$once" "$folder/list.${name%_anew}"; once=$((once + 10000000)) ;;
      *) ask "$name" "$base" 0 "$folder/list.$name" ;;
    esac
  done
done

row() { printf '| %-46s | %12s | %8s | %8s | %8s |\n' "$@"; }
row "$(nproc) cores, $(uname -m), load $(cut -d ' ' -f 1 /proc/loadavg), medians of $runs" 'requests/s' 'p50 ms' 'p99 ms' 'of hello'
rule=$(printf -- '-%.0s' {1..9})
printf '|%s|%s----:|%s:|%s:|%s:|\n' "$(printf -- '-%.0s' {1..48})" "$rule" "$rule" "$rule" "$rule"
hello_rate=$(cut -d ' ' -f 1 "$folder/runs.hello" | median)
for name in "${names[@]}"; do
  case $name in
    hello) says='hello' ;;
    article) says='an article' ;;
    news) says='the list of news' ;;
    home) says='the home page' ;;
    session) says='a session' ;;
    scoreboard) says='a scoreboard' ;;
    tasks) says="the list of $tasks tasks" ;;
    filtered) says='the same, filtered by unit and state' ;;
    filters) says="$(wc -l <"$folder/filters") filters of it in turn" ;;
    *_anew) says="${name%_anew}, no answer kept" ;;
  esac
  rate=$(cut -d ' ' -f 1 "$folder/runs.$name" | median)
  row "$says" "$rate" "$(cut -d ' ' -f 2 "$folder/runs.$name" | median)" "$(cut -d ' ' -f 3 "$folder/runs.$name" | median)" \
    "$(awk "BEGIN { printf \"%.0f %%\", 100 * $rate / $hello_rate }")"
done
echo
echo "memory (VmRSS) of this server: $at_rest at rest, $(memory) after these requests"
echo
benches/footprint.sh "$binaries/cotmoc"
