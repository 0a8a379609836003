#!/usr/bin/env bash
# One private PostgreSQL cluster in a folder of its own, for the demo, the tests and the benchmarks.
#
#   db/cluster.sh run DIR [--port N] [--fast] [--database NAME]...
#   db/cluster.sh remove DIR
#   db/cluster.sh binaries
#
# `run` initialises DIR when it is empty, prints one line
#   ready Host=127.0.0.1;Port=N;Username=postgres;Password=...
# once connections are accepted, and stays in the foreground until its standard input ends or it gets
# SIGINT or SIGTERM; then it stops the cluster. A parent that holds the other end of that pipe can be
# killed in any way without leaving a server behind.
#
# --fast gives up durability (tests only). --database creates a database if it is not there yet.
# `binaries` prints the folder of the PostgreSQL that would be used, installing one if it must.
set -euo pipefail
shopt -s nullglob

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
oldest=15 newest=18

say() { printf 'cluster: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

usage() { sed -n '2,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

# --- which PostgreSQL -------------------------------------------------------------------------------

npm_home=$root/.tools/embedded-postgres

# The major version of the server in folder $1, or nothing when it does not run here.
version_of() { "$1/postgres" --version 2>/dev/null | sed -nE 's/^[^0-9]*([0-9]+).*/\1/p'; }

# The npm package lists its library links in a file instead of shipping them.
link_npm_libraries() {
  local package=$1
  [[ -f $package/native/pg-symlinks.json ]] || return 0
  tr '{' '\n' <"$package/native/pg-symlinks.json" |
    sed -nE 's/.*"source": *"([^"]+)".*"target": *"([^"]+)".*/\1 \2/p' |
    while read -r source target; do
      ln -sfn "$(realpath -m --relative-to="$package/$(dirname "$target")" "$package/$source")" "$package/$target"
    done
}

npm_folders() { printf '%s\n' "$npm_home"/node_modules/@embedded-postgres/*/native/bin; }

installed_folders() {
  local major
  for ((major = newest; major >= oldest; major--)); do
    printf '%s\n' "/usr/lib/postgresql/$major/bin" "/usr/pgsql-$major/bin"
  done
  if command -v postgres >/dev/null; then dirname "$(realpath "$(command -v postgres)")"; fi
}

install_npm() {
  command -v npm >/dev/null || return 1
  say "no PostgreSQL found: installing its npm package into .tools/"
  mkdir -p "$npm_home"
  cp "$root"/db/embedded/package.json "$root"/db/embedded/package-lock.json "$npm_home/"
  (umask 022 && cd "$npm_home" && npm ci --ignore-scripts --no-audit --no-fund) >&2 || return 1
  local package
  for package in "$npm_home"/node_modules/@embedded-postgres/*; do link_npm_libraries "$package"; done
}

# The first folder on standard input that holds a usable server; of major version $1 when one is asked for.
first_usable() {
  local wanted=$1 folder major
  while read -r folder; do
    [[ -x $folder/postgres && -x $folder/initdb ]] || continue
    major=$(version_of "$folder") || continue
    [[ -n $major ]] && ((major >= oldest && major <= newest)) || continue
    [[ -z $wanted || $wanted == "$major" ]] || continue
    printf '%s\n' "$folder"
    return 0
  done
  return 1
}

# $1: the version that existing data asks for, or nothing.
find_binaries() {
  local wanted=$1
  if [[ -n ${PG_BIN:-} ]]; then
    first_usable "$wanted" <<<"$PG_BIN" ||
      die "PG_BIN=$PG_BIN holds no usable PostgreSQL ${wanted:-$oldest to $newest} (postgres and initdb)"
    return
  fi
  # Not by a pipe: its writer would fail at the reader's early end, and pipefail would call that "not found".
  first_usable "$wanted" < <(npm_folders 2>/dev/null; installed_folders 2>/dev/null) && return
  if install_npm; then first_usable "$wanted" < <(npm_folders) && return; fi
  if [[ -n $wanted ]]; then
    die "the data in this folder was made by PostgreSQL $wanted, which is not here: install it (apt-get install postgresql-$wanted) or begin anew (demo.sh --fresh)"
  fi
  die "no PostgreSQL $oldest to $newest found: install one (apt-get install postgresql), or Node.js with npm, or set PG_BIN to a folder with postgres and initdb"
}

# --- as whom, and where -------------------------------------------------------------------------------

# postgres refuses to run as root: root lends it another user, anyone else runs it as himself.
owner='' identity=()
if ((EUID == 0)); then
  owner=$(id -u postgres 2>/dev/null || echo 65534)
  group=$(id -g postgres 2>/dev/null || echo 65534)
  identity=(--reuid "$owner" --regid "$group" --clear-groups)
fi

# From / because the other user may not be allowed where we stand.
as_owner() { (cd / && exec setpriv "${identity[@]}" -- "$@" 9>&-); }
reachable() { [[ -z $owner ]] || as_owner test -x "$1"; }
own() { if [[ -n $owner ]]; then chown -R "$owner:$group" "$@"; fi; }

# A checkout under /root cannot be entered by that other user. Its cluster then lives under /var/lib,
# under a name made from the folder's own, so that a second start finds it again.
home_of() {
  local dir=$1
  if reachable "$dir"; then printf '%s\n' "$dir"; return; fi
  local away=/var/lib/migrationportal/$(printf '%s' "$dir" | sha256sum | cut -c1-16)
  mkdir -p "$away"
  printf '%s\n' "$away"
}

# --- settings ---------------------------------------------------------------------------------------

memory_mb() {
  local total limit
  total=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [[ $limit =~ ^[0-9]+$ ]] && ((limit / 1048576 < total)); then total=$((limit / 1048576)); fi
  echo "$total"
}

clamp() { echo $(($1 < $2 ? $2 : $1 > $3 ? $3 : $1)); }

write_settings() {
  local file=$1 fast=$2 memory shm
  memory=$(memory_mb)
  shm=$(df -m --output=size /dev/shm 2>/dev/null | tail -1 | tr -d ' ' || true)
  {
    echo "listen_addresses = '127.0.0.1'"
    echo "unix_socket_directories = ''"
    echo "password_encryption = 'scram-sha-256'"
    echo "timezone = 'UTC'"
    echo "log_timezone = 'UTC'"
    echo "max_connections = 200"
    echo "shared_buffers = '$(clamp $((memory / 8)) 64 1024)MB'"
    echo "effective_cache_size = '$(clamp $((memory / 2)) 128 16384)MB'"
    echo "work_mem = '$(clamp $((memory / 512)) 4 32)MB'"
    echo "maintenance_work_mem = '$(clamp $((memory / 64)) 32 256)MB'"
    echo "max_wal_size = '2GB'"
    echo "checkpoint_timeout = '15min'"
    echo "random_page_cost = 1.1"
    echo "jit = off"
    echo "wal_level = minimal"
    echo "max_wal_senders = 0"
    # Containers give 64 MB of shared memory, too little for parallel queries.
    if [[ $shm =~ ^[0-9]+$ ]] && ((shm >= 256)); then
      echo "dynamic_shared_memory_type = posix"
    else
      echo "dynamic_shared_memory_type = mmap"
    fi
    if $fast; then
      printf '%s = off\n' fsync synchronous_commit full_page_writes
    fi
  } >"$file"
}

# --- life and death -----------------------------------------------------------------------------------

# The server's process id when one really runs on data folder $1. A pid file left by a kill -9 or a reboot may name
# a process that has nothing to do with it, and postgres would refuse to start beside that one.
server_on() {
  local data=$1 pid
  [[ -f $data/postmaster.pid ]] || return 1
  pid=$(head -1 "$data/postmaster.pid")
  [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" | grep -Fxq -- "$data" || return 1
  echo "$pid"
}

stop_server() {
  local pid=$1 tries
  kill -INT "$pid" 2>/dev/null || return 0
  for ((tries = 0; tries < 600; tries++)); do
    # A zombie child of ours still answers kill -0.
    [[ $(sed -nE 's/^State:\s+(\w).*/\1/p' "/proc/$pid/status" 2>/dev/null) =~ [^Z] ]] || return 0
    sleep 0.05
  done
  say "the server did not stop within 30 s: stopping it at once"
  kill -QUIT "$pid" 2>/dev/null || true
}

initialise() {
  local home=$1 bin=$2
  rm -rf "$home/data.new"
  if [[ ! -s $home/password ]]; then
    (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$home/password")
  fi
  mkdir -m 0700 "$home/data.new"
  own "$home/data.new" "$home/password"
  as_owner "$bin/initdb" -D "$home/data.new" -U postgres --pwfile="$home/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-instructions --no-sync >"$home/initdb.log" 2>&1 ||
    { tail -20 "$home/initdb.log" >&2; die "initdb failed"; }
  echo "include_if_exists = '../settings.conf'" >>"$home/data.new/postgresql.conf"
  mv "$home/data.new" "$home/data"
}

# Before the server listens: single-user mode needs neither a client program nor a port.
create_databases() {
  local home=$1 bin=$2 name
  shift 2
  for name in "$@"; do
    if grep -Fxqs "$name" "$home/databases"; then continue; fi
    as_owner "$bin/postgres" --single -D "$home/data" postgres <<<"CREATE DATABASE \"$name\"" >>"$home/initdb.log" 2>&1
    echo "$name" >>"$home/databases"
  done
}

port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

random_port() {
  local port
  while port=$((20000 + RANDOM % 12000)) && port_busy "$port"; do :; done
  echo "$port"
}

server='' stopping=false

# Starts the server on $3 and waits until its pid file says that it is ready.
start() {
  local home=$1 bin=$2 port=$3
  # The death signal covers a kill -9 of this very script, which no trap sees.
  (cd / && exec setpriv "${identity[@]}" --pdeathsig INT -- "$bin/postgres" -D "$home/data" -p "$port") \
    </dev/null >"$home/postgres.log" 2>&1 9>&- &
  server=$!
  while kill -0 "$server" 2>/dev/null; do
    if $stopping; then return 1; fi
    if [[ $(sed -n '1p;8p' "$home/data/postmaster.pid" 2>/dev/null | tr -d ' \n') == "${server}ready" ]]; then return 0; fi
    sleep 0.05
  done
  wait "$server" || true
  server=''
  return 1
}

run() {
  local dir=$1 port=$2 fast=$3
  shift 3
  local home bin orphan tries chosen
  (umask 022 && mkdir -p "$dir")
  dir=$(cd "$dir" && pwd)
  home=$(home_of "$dir")

  exec 9>"$home/lock"
  flock -n 9 || die "another cluster.sh runs on $dir"

  local wanted=''
  if [[ -f $home/data/PG_VERSION ]]; then wanted=$(<"$home/data/PG_VERSION"); fi
  bin=$(find_binaries "$wanted")
  if ! reachable "$bin/postgres"; then
    # Libraries lie beside the binaries: take both along.
    cp -a "$(dirname "$bin")" "$home/postgres"
    bin=$home/postgres/$(basename "$bin")
  fi

  if orphan=$(server_on "$home/data"); then
    say "stopping a server left behind on $dir"
    stop_server "$orphan"
  fi
  rm -f "$home/data/postmaster.pid"
  [[ -f $home/data/PG_VERSION ]] || initialise "$home" "$bin"
  write_settings "$home/settings.conf" "$fast"
  chmod 0644 "$home/settings.conf"
  create_databases "$home" "$bin" "$@"

  trap 'stopping=true' INT TERM HUP
  if [[ -n $port ]] && port_busy "$port"; then die "port $port is busy: choose another with --port"; fi
  # A random port can be taken between the look and the bind; backends of a killed server need a moment to leave.
  for tries in 1 2 3 4 5; do
    chosen=${port:-$(random_port)}
    if start "$home" "$bin" "$chosen"; then break; fi
    if $stopping; then break; fi
    if ((tries == 5)); then tail -20 "$home/postgres.log" >&2; die "PostgreSQL did not start on $dir (its log is above)"; fi
    sleep 0.5
  done
  if ! $stopping; then
    printf 'ready Host=127.0.0.1;Port=%s;Username=postgres;Password=%s\n' "$chosen" "$(<"$home/password")" || stopping=true
  fi

  local status=0
  until $stopping; do
    kill -0 "$server" 2>/dev/null || { tail -20 "$home/postgres.log" >&2; die "PostgreSQL stopped by itself (its log is above)"; }
    read -r -t 1 _ && continue || status=$?
    # More than 128 is the second that passed; 1 is the end of input.
    if ((status <= 128)); then stopping=true; fi
  done
  if [[ -n $server ]]; then stop_server "$server"; wait "$server" || true; fi
}

remove() {
  local dir home
  [[ -d $1 ]] || return 0
  dir=$(cd "$1" && pwd)
  home=$(home_of "$dir")
  exec 9>"$home/lock"
  flock -n 9 || die "a cluster.sh runs on $dir"
  local orphan
  if orphan=$(server_on "$home/data"); then stop_server "$orphan"; fi
  rm -rf "$home"/{data,data.new,postgres,password,settings.conf,databases,lock} "$home"/*.log
  rmdir "$home" "$dir" 2>/dev/null || true
}

command=${1:-}
[[ -n $command ]] || usage
shift
case $command in
  binaries) find_binaries '' ;;
  remove) [[ $# == 1 ]] || usage; remove "$1" ;;
  run)
    [[ $# -ge 1 && $1 != --* ]] || usage
    dir=$1 port='' fast=false databases=()
    shift
    while (($#)); do
      case $1 in
        --port) port=${2:?--port needs a number}; shift ;;
        --fast) fast=true ;;
        --database) databases+=("${2:?--database needs a name}"); shift ;;
        *) usage ;;
      esac
      shift
    done
    run "$dir" "$port" "$fast" "${databases[@]}"
    ;;
  *) usage ;;
esac
