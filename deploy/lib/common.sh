# Shared by deploy/up, deploy/down and deploy/test. To be sourced, after set -euo pipefail.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck disable=SC2034 # read by those who source this
STATE=$(realpath -m "${KINERJA_HOME:-$ROOT/.kinerja}")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

step() { echo "==> $*"; }
die() { echo "error: $*" >&2; exit 1; }

require_node() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) ||
    die "Node.js is missing. Install version 20 or newer: https://nodejs.org/en/download"
  [ "$major" -ge 20 ] || die "Node.js $major is too old. Install version 20 or newer: https://nodejs.org/en/download"
  command -v npm >/dev/null || die "npm is missing; it comes with Node.js: https://nodejs.org/en/download"
}

require_dotnet() {
  grep -q '^10\.' < <(dotnet --list-sdks 2>/dev/null) ||
    die "the .NET SDK 10 is missing. Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# install_tool COMMAND PACKAGE: has the Debian package of a tool that only tests need, where that can be had.
install_tool() {
  if command -v "$1" >/dev/null || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return; fi
  step "Installing $2"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"; } >/dev/null 2>&1 || true
}

# Installs a folder's npm packages from its lock file, if that has not been done for this lock.
npm_packages() {
  local folder=$1 mark=$1/node_modules/.kinerja-lock
  cmp -s "$folder/package-lock.json" "$mark" && return
  step "Fetching the packages of ${folder#"$ROOT"/}"
  (cd "$folder" && npm ci --omit=dev --ignore-scripts --no-audit) || die "npm ci failed in $folder"
  cp "$folder/package-lock.json" "$mark"
}
