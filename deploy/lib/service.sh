# Background processes with a pid file and a log. To be sourced, after common.sh.
# shellcheck shell=bash

# A pid alone may have been given to another process since; pid and start time together are ours.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

service_pid() {
  local pid started
  read -r pid started 2>/dev/null <"$STATE/pids/$1" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  # A dead child nobody has collected yet still has an entry.
  ! grep -q '^State:.Z' "/proc/$pid/status" && echo "$pid"
}

# service_start NAME STAMP VARIABLES COMMAND...
# STAMP says what the process was made of: another stamp, another process.
# VARIABLES names an array of NAME=value; they hold secrets, so they never stand on a command line.
service_start() {
  local name=$1 stamp=$2 pid
  local -n variables=$3
  shift 3
  if pid=$(service_pid "$name"); then
    if [ "$(cat "$STATE/pids/$name.stamp" 2>/dev/null)" = "$stamp" ]; then
      step "$name is running already (pid $pid)"
      return
    fi
    service_stop "$name"
  fi
  mkdir -p "$STATE/pids" "$STATE/logs"
  (export "${variables[@]}" && exec setsid "$@") >>"$STATE/logs/$name.log" 2>&1 </dev/null &
  pid=$!
  echo "$pid $(start_time "$pid")" >"$STATE/pids/$name"
  echo "$stamp" >"$STATE/pids/$name.stamp"
  step "Started $name (pid $pid, log $STATE/logs/$name.log)"
}

# service_wait NAME URL
service_wait() {
  for _ in $(seq 300); do
    node -e 'fetch(process.argv[1]).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))' "$2" && return
    service_pid "$1" >/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$STATE/logs/$1.log" >&2
  die "$1 does not answer on $2; its log is $STATE/logs/$1.log"
}

service_stop() {
  local pid
  if pid=$(service_pid "$1"); then
    kill "$pid"
    for _ in $(seq 150); do service_pid "$1" >/dev/null || break; sleep 0.1; done
    if service_pid "$1" >/dev/null; then kill -9 "$pid"; fi
    step "Stopped $1"
  fi
  rm -f "$STATE/pids/$1" "$STATE/pids/$1.stamp"
}
