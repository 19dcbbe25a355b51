#!/usr/bin/env bash
# No script has an error or a warning of ShellCheck; skipped on a machine that has none, and no way to install it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"
cd "$ROOT"

install_tool shellcheck shellcheck
if ! command -v shellcheck >/dev/null; then
  echo "no ShellCheck on this machine, and no way to install it"
  echo "0 passed, 0 failed, 1 skipped"
  exit
fi

passed=0 failed=0
while IFS= read -r script; do
  if shellcheck --external-sources --source-path=SCRIPTDIR --severity=warning "$script"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done < <(grep -rlE --exclude-dir={node_modules,bin,obj} '^(#!/usr/bin/env bash|# shellcheck shell=bash)$' .ci deploy tests)
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
