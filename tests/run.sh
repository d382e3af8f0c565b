#!/usr/bin/env bash
# Installs what the tests need where it is missing, builds, runs every test, and ends with "N passed, N failed".
# "fast": only those of the first project that take moments.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  '') what=CountingKit.sln projects='CountingKit.Tests CountingKit.Web.Tests' beside=CountingKit.Browser.Tests filter=() ;;
  fast) what=tests/CountingKit.Tests projects=CountingKit.Tests beside='' filter=(--filter 'Speed!=Slow') ;;
  *) echo "usage: tests/run.sh [fast]" >&2; exit 2 ;;
esac

need() { # command, package
  command -v "$1" >/dev/null && return
  echo "Installing $2 …"
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo)
  "${as[@]}" apt-get update -qq
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}
need dotnet dotnet-sdk-10.0
need node nodejs
need npm npm
need openssl openssl
[ -z "$beside" ] || need chromium-headless-shell chromium-headless-shell
# Its programs are not on the path, and the cluster that the package starts is not used.
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || need initdb postgresql

results=$(mktemp -d) work= running=
trap '[ -z "$running" ] || kill -- "-$running" 2>/dev/null; rm -rf "$results" $work' EXIT
# One compiler for all projects; left alone, it would go on improving its own code beside the tests.
dotnet build "$what" -c Release --nologo -warnaserror -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null

# Pages of code that are mapped twice, code that is compiled by what was measured, and threads that spin while they wait
# cost more here than they give.
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0

# What tests write lies in memory where there is room: a process that is killed leaves the same there, and no disk is waited for.
free() { df --output=avail -k /dev/shm 2>/dev/null | tail -1; } # KiB
if [ -w /dev/shm ] && [ "$(free)" -gt $((6 * 1024 * 1024)) ]; then
  work=$(mktemp -d /dev/shm/countingkit-tests-XXXXXX)
  chmod 1777 "$work" # PostgreSQL's own user writes there, too.
  export TMPDIR=$work
fi

# Most of a browser's test is one page after the other, on one processor: the portals' own tests need not wait for it, so it
# runs beside the last of them and is shown after it. A test that hangs is named and ended.
tests=() status=0
of() { # project
  tests=(dotnet test "tests/$1" -c Release --no-build --nologo --logger "trx;LogFileName=$1.trx" --results-directory "$results"
    --blame-hang-timeout 12m --blame-hang-dump-type none "${filter[@]}" -- RunConfiguration.TreatNoTestsAsError=true)
}
for project in $projects; do
  if [ -n "$beside" ] && [ "$project" = "${projects##* }" ]; then
    of "$beside"
    setsid "${tests[@]}" >"$results/$beside.txt" 2>&1 & # A group of its own, which ends with this script.
    running=$!
  fi
  of "$project"
  "${tests[@]}" || status=1
done
if [ -n "$running" ]; then
  wait "$running" || status=1
  running=
  cat "$results/$beside.txt"
fi

# The counters of each run, added up. A test that was skipped counts as failed: nothing is skipped silently.
passed=0 failed=0
for trx in "$results"/*.trx; do
  counters=$(grep -o '<Counters [^>]*>' "$trx")
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count total) - $(count passed)))
done
[ "$passed" -gt 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed"
exit "$status"
