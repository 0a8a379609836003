#!/usr/bin/env bash
# ./demo.sh brings up PostgreSQL, a simulated GitLab and the portal, and stops everything on Ctrl-C.
#
#   --port N       the portal's port (8080)
#   --sim-port N   the simulator's port (8081)
#   --kube-port N  the simulated clusters' port, HTTPS (the simulator's and one)
#   --seed N       which world to simulate (20260823); a world keeps its seed until --fresh
#   --speed N      how many times faster than real time the world runs, 1 to 3600 (60)
#   --fresh        forget everything and begin anew
#   --env          print settings for docker-compose.yml and do nothing else
#   --help
#
# The next start finds its data again in .demo/, where the logs are too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source db/cluster-client.bash

home=$PWD/.demo
port=8080 sim_port=8081 kube_port='' seed='' speed=60 fresh=false

die() { printf 'demo: %s\n' "$*" >&2; exit 1; }

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# The names are those of docker-compose.yml.
make_secrets() {
  printf '%s\n' "PORTAL_TOKEN=mp_$(random 20)" "SIM_ADMIN_TOKEN=glpat-$(random 10)" "SIM_READ_TOKEN=glpat-$(random 10)" \
    "SIM_QA_ADMIN_TOKEN=glpat-$(random 10)" "SIM_QA_READ_TOKEN=glpat-$(random 10)" "CLIENT_ID=migrationportal" "CLIENT_SECRET=$(random 20)"
}

number() {
  [[ $2 =~ ^[0-9]+$ ]] && ((${#2} <= 9 && 10#$2 >= $3 && 10#$2 <= $4)) || die "$1 needs a number from $3 to $4"
  echo $((10#$2))
}

while (($#)); do
  case $1 in
    --port) port=$(number "$1" "${2:-}" 1 65535); shift ;;
    --sim-port) sim_port=$(number "$1" "${2:-}" 1 65535); shift ;;
    --kube-port) kube_port=$(number "$1" "${2:-}" 1 65535); shift ;;
    --seed) seed=$(number "$1" "${2:-}" 0 999999999); shift ;;
    --speed) speed=$(number "$1" "${2:-}" 1 3600); shift ;;
    --fresh) fresh=true ;;
    --env) make_secrets; echo "POSTGRES_PASSWORD=$(random 20)"; exit 0 ;;
    -h | --help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) die "unknown option $1 (see --help)" ;;
  esac
  shift
done

command -v dotnet >/dev/null || die "the .NET 10 SDK is missing"
kube_port=${kube_port:-$((sim_port + 1 == port ? sim_port + 2 : sim_port + 1))}
((port != sim_port && port != kube_port && sim_port != kube_port)) || die "--port, --sim-port and --kube-port must differ"

# --- what the last run left -----------------------------------------------------------------------------

(umask 022 && mkdir -p "$home")
exec {lock}>"$home/lock"
flock -n "$lock" || die "another demo.sh runs in this folder"

free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free "$port" || die "port $port is busy: choose another with --port"
free "$sim_port" || die "port $sim_port is busy: choose another with --sim-port"
free "$kube_port" || die "port $kube_port is busy: choose another with --kube-port"

if $fresh; then
  db/cluster.sh remove "$home/postgres"
  rm -rf "$home"/{secrets,seed,kube} "$home"/*.log
fi

if [[ -f $home/seed ]]; then
  began_with=$(<"$home/seed")
  seed=${seed:-$began_with}
  [[ $seed == "$began_with" ]] || die "this demo began with seed $began_with: add --fresh to begin anew with $seed"
else
  seed=${seed:-20260823}
  echo "$seed" >"$home/seed"
fi

# --- tokens: made once, so that scripts that use them survive a restart -----------------------------------

if [[ ! -s $home/secrets ]]; then
  (umask 077 && make_secrets >"$home/secrets")
elif ! grep -q '^SIM_QA_' "$home/secrets"; then # of an older demo
  make_secrets | grep '^SIM_QA_' >>"$home/secrets"
fi
# shellcheck source=/dev/null
source "$home/secrets"

# --- build ------------------------------------------------------------------------------------------------

build() {
  printf 'building %s\n' "$1"
  dotnet publish "$2" -c Release -o "$home/app/$1" -m:2 -v q --nologo >"$home/build.log" 2>&1 || {
    tail -30 "$home/build.log" >&2
    die "the build failed (whole output: .demo/build.log)"
  }
}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
build simulator simulator/MigrationPortal.Simulator
build portal src/MigrationPortal.Web

# --- children ---------------------------------------------------------------------------------------------

began=$SECONDS
declare -A pids=()

# Each child has a session of its own, so that Ctrl-C reaches only this script, which stops them in order; a kill -9 of
# this script reaches them as a signal too.
start() {
  local name=$1 dll=$2
  shift 2
  (umask 077 && : >"$home/$name.log")
  (cd "$home/app/$name" && exec setsid setpriv --pdeathsig TERM dotnet "$dll" "$@") \
    </dev/null >"$home/$name.log" 2>&1 {lock}>&- {cluster_in}>&- &
  pids[$name]=$!
}

alive() { kill -0 "${pids[$1]}" 2>/dev/null; }

stop() {
  local name=$1 tries
  [[ -n ${pids[$name]:-} ]] && alive "$name" || return 0
  kill -TERM "${pids[$name]}" 2>/dev/null || true
  for ((tries = 0; tries < 200; tries++)); do alive "$name" || return 0; sleep 0.1; done
  kill -KILL "${pids[$name]}" 2>/dev/null || true
}

finish() {
  local status=$?
  trap '' INT TERM HUP
  trap - EXIT
  if ((${#pids[@]})); then printf '\nstopping\n'; fi
  stop portal
  stop simulator
  stop_cluster
  exit "$status"
}
trap finish EXIT
trap 'exit 0' INT TERM HUP

failed() {
  printf '\ndemo: %s; the end of .demo/%s.log:\n' "$2" "$1" >&2
  tail -25 "$home/$1.log" >&2
  exit 1
}

# The answer of http://127.0.0.1:$1$2, head and body, without needing curl.
answer_of() {
  exec {http}<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&"$http"
  timeout 10 cat <&"$http" || true
  exec {http}>&-
}

# The body of http://127.0.0.1:$1$2, whole and unchunked.
body_of() {
  exec {http}<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$1" >&"$http"
  timeout 10 sed '1,/^\r$/d' <&"$http" || true
  exec {http}>&-
}

# await NAME PORT PATH SECONDS
await() {
  local name=$1 deadline=$((SECONDS + $4)) answer=''
  until answer=$(answer_of "$2" "$3" 2>/dev/null) && [[ $answer == HTTP/1.1\ 200* ]]; do
    alive "$name" || failed "$name" "the $name stopped by itself"
    ((SECONDS < deadline)) || failed "$name" "the $name did not become ready within $4 s (last answer of $3: ${answer:-none})"
    sleep 0.3
  done
}

# --- PostgreSQL -------------------------------------------------------------------------------------------

start_cluster "$home/postgres" "$home/postgres.log" --database portal --database simulator ||
  failed postgres "PostgreSQL did not start"
pids[postgres]=$cluster_pid

# --- the simulated GitLab -----------------------------------------------------------------------------------

sim=http://localhost:$sim_port
portal=http://localhost:$port

ConnectionStrings__Simulator="$cluster;Database=simulator" \
Simulator__AdminToken=$SIM_ADMIN_TOKEN \
Simulator__ReadToken=$SIM_READ_TOKEN \
Simulator__QaAdminToken=$SIM_QA_ADMIN_TOKEN \
Simulator__QaReadToken=$SIM_QA_READ_TOKEN \
Simulator__OAuth__ClientId=$CLIENT_ID \
Simulator__OAuth__ClientSecret=$CLIENT_SECRET \
  start simulator MigrationPortal.Simulator.dll --urls "$sim" --kube-port "$kube_port" --seed "$seed" --speed "$speed" \
  --Logging:LogLevel:Microsoft.AspNetCore=Warning
await simulator "$sim_port" /health/ready 120

# A kubeconfig for each of its clusters, for the portal and for kubectl.
clusters=$(body_of "$sim_port" /_sim/clusters | grep -o '"name":"[^"]*","instance"' | cut -d'"' -f4)
(umask 077 && mkdir -p "$home/kube")
for cluster_name in $clusters; do
  (umask 077 && body_of "$sim_port" "/_sim/clusters/$cluster_name/kubeconfig" >"$home/kube/$cluster_name.yaml")
done

# --- the portal ---------------------------------------------------------------------------------------------

ConnectionStrings__Portal="$cluster;Database=portal" \
Portal__GitLab__Instances__0__Name=production \
Portal__GitLab__Instances__0__Kind=Production \
Portal__GitLab__Instances__0__Url=$sim \
Portal__GitLab__Instances__0__ReadToken=$SIM_READ_TOKEN \
Portal__GitLab__Instances__0__WriteToken=$SIM_ADMIN_TOKEN \
Portal__GitLab__Instances__0__ClockUrl=$sim/_sim/clock \
Portal__GitLab__Instances__0__RequestsPerSecond=50 \
Portal__GitLab__Instances__1__Name=qa \
Portal__GitLab__Instances__1__Kind=Qa \
Portal__GitLab__Instances__1__Url=$sim/qa \
Portal__GitLab__Instances__1__ReadToken=$SIM_QA_READ_TOKEN \
Portal__GitLab__Instances__1__WriteToken=$SIM_QA_ADMIN_TOKEN \
Portal__GitLab__Instances__1__ClockUrl=$sim/_sim/clock \
Portal__GitLab__Instances__1__RequestsPerSecond=50 \
Portal__SignIn__ClientId=$CLIENT_ID \
Portal__SignIn__ClientSecret=$CLIENT_SECRET \
Portal__BootstrapToken=$PORTAL_TOKEN \
Portal__PublicUrl=$portal \
Portal__Webhooks__AllowLoopback=true \
ASPNETCORE_URLS=$portal \
  start portal MigrationPortal.Web.dll
await portal "$port" /health/ready 120

# Connects a cluster to the portal; one that is there from an earlier start stays as it is.
connect_cluster() {
  local file=$home/kube/$1.yaml body status
  body=$(printf '{"name":"%s","instance":"%s","jobNamespaces":["ci"],"managerNamespace":"gitlab-runner","kubeconfig":{"text":"%s"}}' \
    "$1" "$([[ $1 == qa-* ]] && echo qa || echo production)" "$(awk '{ printf "%s\\n", $0 }' "$file")")
  exec {http}<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'POST /api/v1/clusters HTTP/1.1\r\nHost: localhost:%s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$port" "$PORTAL_TOKEN" "${#body}" "$body" >&"$http"
  status=$(timeout 30 head -n 1 <&"$http" | cut -d' ' -f2) || true
  exec {http}>&-
  [[ $status == 201 || $status == 409 ]] || printf 'cluster %s was not connected (answer %s): add .demo/kube/%s.yaml on the page Clusters\n' "$1" "${status:-none}" "$1" >&2
}
for cluster_name in $clusters; do connect_cluster "$cluster_name" || true; done

# The first few accounts, an administrator first, as "username (full name)".
accounts() {
  answer_of "$sim_port" /_sim/users | grep -o '"username":"[^"]*","name":"[^"]*","isAdmin":[a-z]*' | head -6 |
    sed -E 's/"username":"([^"]*)","name":"([^"]*)","isAdmin":true/\1 (\2, administrator)/
            s/"username":"([^"]*)","name":"([^"]*)","isAdmin":false/\1 (\2)/'
}

cat <<TEXT

The demo is ready ($((SECONDS - began)) s).

  Portal           $portal
  Simulator        $sim        (control and truth: $sim/_sim)

  Accounts         $(accounts | sed '2,$s/^/                   /')
                   ...: "Sign in with GitLab" lists them all, no password
  Portal API       $PORTAL_TOKEN
  GitLab admin     $SIM_ADMIN_TOKEN   (the simulator's administrator, api)

  Clusters         $(for name in $clusters; do echo ".demo/kube/$name.yaml"; done | sed '2,$s/^/                   /')
                   (kubeconfigs: kubectl --kubeconfig .demo/kube/... get pods -A)

  World            seed $seed, $speed times real time
  Logs             .demo/portal.log, .demo/simulator.log

Ctrl-C stops everything; ./demo.sh finds it again, ./demo.sh --fresh begins anew.
TEXT

while alive portal && alive simulator && alive postgres; do sleep 1; done
for name in portal simulator postgres; do alive "$name" || failed "$name" "the $name stopped by itself"; done
