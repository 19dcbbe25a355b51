#!/usr/bin/env bash
# The documentation page in a real browser, against an instance of its own.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! find_browser >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  step "Installing Chromium"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
fi
if ! CHROMIUM=$(find_browser); then
  echo "no browser on this machine, and no way to install one"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi
export CHROMIUM

home=$(mktemp -d)
export KINERJA_HOME=$home/state
trap 'bash "$ROOT/deploy/down" --purge >/dev/null 2>&1; rm -rf "$home"' EXIT
npm_packages "$ROOT/tests/contract"
bash "$ROOT/deploy/up" >"$home/up.log" 2>&1 || { cat "$home/up.log"; echo "0 passed, 1 failed"; exit 1; }
# shellcheck source=/dev/null
source "$KINERJA_HOME/env"
node "$ROOT/tests/contract/docs-page.mjs" "$KINERJA_API_URL" 53.verifikator "$KINERJA_DEMO_PASSWORD"
