#!/usr/bin/env bash
# ./bench.sh          the short figures
# ./bench.sh NAME     one figure, whatever it takes, or all of a group such as `insights`; --list names them all
#
# Prints the machine, each figure's method and one line a figure, `name measured limit ratio goal ok|short`, over a private durable PostgreSQL of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source db/cluster-client.bash

case ${1:-} in -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

export MSBUILDDISABLENODEREUSE=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
logs=$PWD/artifacts/bench
mkdir -p "$logs"
dotnet build bench/MigrationPortal.Bench -c Release -m:2 -v q -clp:NoSummary >"$logs/build.log" 2>&1 || { cat "$logs/build.log" >&2; exit 1; }

folder=$(mktemp -u -t migrationportal-bench-XXXXXX)
finish() {
  local status=$?
  trap - EXIT
  stop_cluster
  db/cluster.sh remove "$folder"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM
start_cluster "$folder" "$logs/cluster.log" || { cat "$logs/cluster.log" >&2; exit 1; }

MIGRATIONPORTAL_BENCH_POSTGRES=$cluster dotnet bench/MigrationPortal.Bench/bin/Release/net10.0/MigrationPortal.Bench.dll "$@" {cluster_in}>&-
