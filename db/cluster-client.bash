# For scripts that need a private cluster while they run: source this, then
#   start_cluster DIR LOG [options of cluster.sh run]   sets $cluster to its connection string; 1 when it did not start
#   stop_cluster
# The launcher holds one end of a pipe and this shell the other, so that the cluster also stops when the script is killed.
# Children must not inherit that end: start them with {cluster_in}>&-.
# shellcheck shell=bash

cluster='' cluster_pid='' cluster_in=''

start_cluster() {
  local dir=$1 log=$2 said
  shift 2
  said=$(mktemp)
  # A session of its own: Ctrl-C is for the script, which stops the cluster last.
  exec {cluster_in}> >(exec setsid "$(dirname "${BASH_SOURCE[0]}")/cluster.sh" run "$dir" "$@" >"$said" 2>"$log")
  cluster_pid=$!
  until [[ -s $said ]]; do
    if ! kill -0 "$cluster_pid" 2>/dev/null; then rm -f "$said"; return 1; fi
    sleep 0.1
  done
  cluster=$(<"$said")
  cluster=${cluster#ready }
  rm -f "$said"
}

stop_cluster() {
  [[ -n $cluster_in ]] || return 0
  exec {cluster_in}>&-
  cluster_in=''
  wait "$cluster_pid" 2>/dev/null || true
}
