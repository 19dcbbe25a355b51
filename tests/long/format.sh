#!/usr/bin/env bash
# The code is formatted as .editorconfig says. Needs the restore that comes before every test.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"
cd "$ROOT"

if dotnet format --verify-no-changes --no-restore; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; exit 1; fi
