#!/usr/bin/env bash
# Installs what the tests need where it is missing, builds, runs every test, and ends with "N passed, N failed".
# "fast": only those of the first project that take moments.
set -euo pipefail
cd "$(dirname "$0")/.."
case "${1:-}" in
  '') what=CountingKit.sln projects='CountingKit.Tests CountingKit.Web.Tests CountingKit.Browser.Tests' filter=() ;;
  fast) what=tests/CountingKit.Tests projects=CountingKit.Tests filter=(--filter 'Speed!=Slow') ;;
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
[ "$projects" = CountingKit.Tests ] || need chromium-headless-shell chromium-headless-shell
# Its programs are not on the path, and the cluster that the package starts is not used.
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || need initdb postgresql

results=$(mktemp -d) work=
trap 'rm -rf "$results" $work' EXIT
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

# A test that hangs is named and ended.
status=0
for project in $projects; do
  dotnet test "tests/$project" -c Release --no-build --nologo --logger "trx;LogFileName=$project.trx" --results-directory "$results" \
    --blame-hang-timeout 8m --blame-hang-dump-type none "${filter[@]}" -- RunConfiguration.TreatNoTestsAsError=true || status=1
done

# The counters of each run, added up. A test that was skipped counts as failed: nothing is skipped silently.
passed=0 failed=0
for trx in "$results"/*.trx; do
  counters=$(grep -o '<Counters [^>]*>' "$trx")
  of() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(of passed)))
  failed=$((failed + $(of total) - $(of passed)))
done
[ "$passed" -gt 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed"
exit "$status"
