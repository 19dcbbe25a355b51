#!/usr/bin/env bash
# A real OpenID client library logs in through a real browser, and calls the API, against an instance of its own.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"
source "$ROOT/tests/contract/browser.sh"
require_browser

home=$(mktemp -d)
export KINERJA_HOME=$home/state
trap 'bash "$ROOT/deploy/down" --purge >/dev/null 2>&1; rm -rf "$home"' EXIT
npm_packages "$ROOT/tests/contract"
bash "$ROOT/deploy/up" >"$home/up.log" 2>&1 || { cat "$home/up.log"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
# shellcheck source=/dev/null
source "$KINERJA_HOME/env"
node "$ROOT/tests/contract/openid-client.mjs"
