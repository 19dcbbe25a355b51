# A real browser for the long tests: CHROMIUM names it. To be sourced, after deploy/lib/common.sh.
# shellcheck shell=bash

find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Without a browser, and without a way to install one, the script that asks for it is skipped.
require_browser() {
  find_browser >/dev/null || install_tool chromium chromium
  if ! CHROMIUM=$(find_browser); then
    echo "no browser on this machine, and no way to install one"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
  fi
  export CHROMIUM
}
