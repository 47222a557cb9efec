#!/usr/bin/env bash
# Builds the front end; takes a Node.js from PyPI where the system has none of version 20 or newer.
# With `--and-checks` also installs what only checks and tests need, 130 MB of linter and compiler among it.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(--omit=dev); done=node_modules/.done
[ "${1:-}" != --and-checks ] || { packages=(); done=node_modules/.done-checks; }
lock=$(cat package.json package-lock.json | sha256sum)
sources=$(find src/suhbat -path '*/frontend/*' -type f | sort; ls package.json package-lock.json frontend/build.mjs src/suhbat/formats/states.json)
now=$(cat $sources | sha256sum)
is() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }
is_built() { [ -f src/suhbat/static/manifest.json ] && is .venv/.done-front "$now"; }
if is_built && { [ ${#packages[@]} -gt 0 ] || is "$done" "$lock"; }; then exit 0; fi
if ! command -v npm >/dev/null || ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; then
  [ -x .venv/bin/node ] || { echo "no Node.js here: taking one from PyPI"; .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/node.txt; }
  export PATH="$PWD/.venv/bin:$PATH"
fi
if ! is "$done" "$lock"; then
  echo "installing front-end packages"
  npm ci "${packages[@]}" --ignore-scripts --no-audit --no-fund --loglevel=error
  for mark in node_modules/.done "$done"; do echo "$lock" > "$mark"; done
fi
is_built && exit 0
npm run --silent build
echo "$now" > .venv/.done-front
