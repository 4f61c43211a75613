#!/usr/bin/env bash
# Tries the packed extension in a real VS Code (code-server, shown in Chromium), and takes the pictures of the README.
# Needs Node 22 or later with npm, Chromium, libkrb5-dev, and `shapelint` with its extra `lsp` on the PATH.
# TOOLS names a folder for code-server and the browser's driver, which are kept there for the next run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools="${TOOLS:-$(mktemp -d)}"
work="$(mktemp -d)"
port="${PORT:-8977}"
mkdir -p "$tools" "$work/served"
npm ls --prefix "$tools" code-server puppeteer-core >/dev/null 2>&1 \
  || npm install --prefix "$tools" --no-fund --no-audit --allow-scripts code-server puppeteer-core

finish() {
  # It leaves processes of its own behind, all with the folder of this run in their command or their parents'.
  kill -- "-$served" 2>/dev/null || true
  pkill -f -- "$work" 2>/dev/null || true
  rm -rf "$work"
}

npm ci --no-fund --no-audit
npm run package
server="$tools/node_modules/.bin/code-server"
folders=(--user-data-dir "$work/user" --extensions-dir "$work/extensions")
"$server" "${folders[@]}" --install-extension ./*.vsix
mkdir -p "$work/user/User"
mkdir -p "$work/user/Machine"
echo "{\"shapelint.path\": \"$(command -v shapelint)\"}" >"$work/user/Machine/settings.json"
cat >"$work/user/User/settings.json" <<'SETTINGS'
{
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "editor.fontSize": 15,
  "workbench.sideBar.location": "right",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off"
}
SETTINGS
set -m
"$server" "${folders[@]}" --auth none --bind-addr "127.0.0.1:$port" \
  --disable-telemetry --disable-update-check --disable-workspace-trust "$work/served" >"$work/log" 2>&1 &
served=$!
set +m
trap finish EXIT
for _ in $(seq 60); do
  curl -s -o /dev/null "http://127.0.0.1:$port/" && break
  sleep 1
done
cp tests/drive.mjs "$tools/drive.mjs"
node "$tools/drive.mjs" "http://127.0.0.1:$port/?folder=$work/served" "$work/served" "$PWD/${PICTURES:-images}"
