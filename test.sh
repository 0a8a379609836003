#!/usr/bin/env bash
# ./test.sh          checks the formatting, builds with warnings as errors and runs every test
# ./test.sh NAME     builds and runs one test project, for instance Domain
#
# Installs what the tests need when it is missing. The last line is `N passed, N failed, N skipped`; the exit code is
# not 0 when a test failed, when a project crashed, ran no test or did not build. CONFIGURATION=Debug builds that.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")"
source db/cluster-client.bash

case ${1:-} in -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
only=${1:-}
configuration=${CONFIGURATION:-Release}
results=$PWD/artifacts/test-results
project_limit=45m
export MSBUILDDISABLENODEREUSE=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

passed=0 failed=0 skipped=0 trouble=()

# Whatever ends the script, the last line tells what has run.
finish() {
  local status=$?
  trap - EXIT
  stop_postgres
  if ((${#trouble[@]})); then
    printf '\nNot well:\n'
    printf '  %s\n' "${trouble[@]}"
    status=1
  fi
  if ((failed > 0)); then status=1; fi
  printf '\n%s\n' "took $(elapsed "$started")"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$status"
}

# --- phases ---------------------------------------------------------------------------------------------

elapsed() { local s=$((SECONDS - $1)); ((s < 60)) && echo "${s} s" || echo "$((s / 60)) min $((s % 60)) s"; }

# phase NAME COMMAND...: without it nothing after makes sense.
phase() {
  local name=$1 begun=$SECONDS
  shift
  printf '== %s\n' "$name"
  if "$@"; then
    printf '   %s: %s\n' "$name" "$(elapsed "$begun")"
  else
    trouble+=("$name failed")
    exit 1
  fi
}

# --- what the tests need ----------------------------------------------------------------------------------

say() { printf '   %s\n' "$*"; }

apt_install() {
  local sudo=() try
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || { say "missing: $*. Install with: apt-get install $*"; return 1; }
    sudo=(sudo -n)
  fi
  for try in 1 2; do
    # A download can break off half-way; the second try then finds the rest.
    if "${sudo[@]}" apt-get update -qq &&
      "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$results/apt.log" 2>&1; then
      return 0
    fi
    say "apt-get install $* failed (try $try)"
  done
  tail -20 "$results/apt.log"
  return 1
}

need_chromium() {
  command -v chromium >/dev/null && return
  say "installing Chromium"
  apt_install chromium fonts-liberation
}

need_postgres() {
  db/cluster.sh binaries >/dev/null 2>"$results/postgres.log" && return
  say "installing PostgreSQL"
  apt_install postgresql && db/cluster.sh binaries >/dev/null
}

need_gitbeaker() {
  [[ -f tests/gitbeaker/package.json ]] || return 0
  command -v npm >/dev/null || apt_install nodejs npm || return 1
  [[ tests/gitbeaker/node_modules/.package-lock.json -nt tests/gitbeaker/package-lock.json ]] && return
  (cd tests/gitbeaker && npm ci --ignore-scripts --no-audit --no-fund) >"$results/npm.log" 2>&1 || { tail -20 "$results/npm.log"; return 1; }
}

need_tools() {
  command -v dotnet >/dev/null || { say "missing: the .NET 10 SDK"; return 1; }
  need_postgres || return 1
  if [[ -z $only || $only == *EndToEnd* ]]; then need_chromium || return 1; fi
  if [[ -z $only || $only == *Simulator* ]]; then need_gitbeaker || return 1; fi
}

# --- build --------------------------------------------------------------------------------------------------

restore() { dotnet restore MigrationPortal.sln --locked-mode -v q; }
check_format() { dotnet format MigrationPortal.sln --verify-no-changes --no-restore; }
build() { dotnet build "$1" -c "$configuration" --no-restore -warnaserror -m:2 -v q -clp:NoSummary; }

# --- one PostgreSQL for all test projects ---------------------------------------------------------------------

cluster_dir=''
start_postgres() {
  cluster_dir=$(mktemp -u -t migrationportal-test-XXXXXX)
  start_cluster "$cluster_dir" "$results/cluster.log" --fast || { cat "$results/cluster.log"; return 1; }
  export MIGRATIONPORTAL_TEST_POSTGRES=$cluster
}

stop_postgres() {
  [[ -n $cluster_dir ]] || return 0
  stop_cluster
  db/cluster.sh remove "$cluster_dir"
}

# --- tests -----------------------------------------------------------------------------------------------------

# counter NAME FILE: one attribute of the TRX's <Counters .../>.
counter() { { grep -o '<Counters [^>]*' "$2" || true; } | sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p"; }

# A crash says what it was at the beginning, and then goes on for a hundred lines.
show() { cut -c1-200 "$1" | sed -n '1,30p'; echo "   ..."; tail -10 "$1" | cut -c1-200; }
ending() { (($1 == 124 || $1 == 137)) && echo "was stopped after $project_limit" || echo "ended with exit code $1"; }

run_project() {
  local project=$1 name trx status=0 begun=$SECONDS ok bad total
  name=$(basename "$project" .csproj)
  trx=$results/$name.trx
  printf '== %s\n' "$name"
  timeout -k 30 "$project_limit" dotnet "$(dirname "$project")/bin/$configuration/net10.0/$name.dll" \
    -noLogo -noColor -trx "$trx" {cluster_in}>&- >"$results/$name.log" 2>&1 || status=$?
  if [[ ! -s $trx ]]; then
    show "$results/$name.log"
    failed=$((failed + 1))
    trouble+=("$name $(ending "$status") before it wrote its results (whole output: ${results#"$PWD"/}/$name.log)")
    return
  fi
  total=$(counter total "$trx") ok=$(counter passed "$trx") bad=$(counter failed "$trx")
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
  if ((bad > 0)); then
    sed -nE '/\[(FAIL|ERROR)\]/,/^ *(Finished|Starting):/p' "$results/$name.log"
    trouble+=("$name: $bad failed (whole output: ${results#"$PWD"/}/$name.log)")
  elif ((status != 0)); then
    show "$results/$name.log"
    failed=$((failed + 1))
    trouble+=("$name $(ending "$status")")
  fi
  if ((total == 0)); then
    failed=$((failed + 1))
    trouble+=("$name ran no test")
  fi
  printf '   %s: %d passed, %d failed, %d skipped: %s\n' "$name" "$ok" "$bad" "$((total - ok - bad))" "$(elapsed "$begun")"
}

# --- the whole -----------------------------------------------------------------------------------------------

started=$SECONDS
projects=(tests/*.Tests/*.Tests.csproj)
if [[ -n $only ]]; then
  projects=(tests/*"$only"*.Tests/*.Tests.csproj)
  ((${#projects[@]} == 1)) || { echo "no single test project is named '$only'; there are:"; printf '  %s\n' tests/*.Tests; exit 2; }
fi
rm -rf "$results"
mkdir -p "$results"
trap finish EXIT
trap 'exit 130' INT TERM

phase tools need_tools
phase restore restore
if [[ -z $only ]]; then phase format check_format; fi
if [[ -z $only ]]; then phase build build MigrationPortal.sln; else phase build build "${projects[0]}"; fi
phase PostgreSQL start_postgres
for project in "${projects[@]}"; do run_project "$project"; done
