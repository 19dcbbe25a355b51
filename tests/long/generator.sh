#!/usr/bin/env bash
# The generator of the benchmarks writes what the service writes: a small country is played over HTTP and copied, and every
# table is compared row by row.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"

home=$(mktemp -d)
trap 'KINERJA_HOME=$home bash "$ROOT/tests/Kinerja.Benchmarks/run" remove >/dev/null 2>&1 || true; rm -rf "$home"' EXIT
out=$(KINERJA_HOME=$home bash "$ROOT/tests/Kinerja.Benchmarks/run" verify) && code=0 || code=1
echo "$out"
same=$(grep -c '^same ' <<<"$out" || true)
differs=$(grep -c '^DIFFERS' <<<"$out" || true)
if [ "$code" != 0 ] && [ "$differs" = 0 ]; then differs=1; fi
echo "$same passed, $differs failed, 0 skipped"
exit "$code"
