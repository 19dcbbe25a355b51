#!/usr/bin/env bash
# No package in use has a known vulnerability. Where no registry tells, an audit is skipped, and says so.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"
cd "$ROOT"

passed=0 failed=0 skipped=0
audit() {
  local code=0
  node "$@" || code=$?
  case $code in
    0) passed=$((passed + 1)) ;;
    3) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
  esac
}
audit deploy/lib/audit-nuget.mjs
for lock in deploy/*/package-lock.json tests/*/package-lock.json; do audit deploy/lib/audit-npm.mjs "$(dirname "$lock")"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
