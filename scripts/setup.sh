#!/usr/bin/env bash
# Makes everything `suhbat` needs to run. Each step is passed over where nothing has changed since it was last done.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { current=$1; }
trap 'echo "make: setup failed at: $current. ${advice:-See the lines above.}" >&2' ERR

fresh() { # fresh NAME FILE…: whether the step NAME was done with just these files
  local mark=".venv/.done-$1"; shift
  [ -f "$mark" ] && [ "$(cat "$mark")" = "$(cat "$@" | sha256sum)" ]
}
done_with() { local mark=".venv/.done-$1"; shift; cat "$@" | sha256sum > "$mark"; }

step "the virtual environment (python3 -m venv)"
if [ ! -x .venv/bin/python ]; then
  python=$(command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { advice="Python 3.11 or newer is needed."; false; }
  if ! "$python" -m venv .venv 2>/tmp/suhbat-venv.log; then
    rm -rf .venv
    advice="Debian keeps venv apart: apt-get install python3-venv"
    [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    "$python" -m venv .venv
  fi
fi

step "the Python packages (pip install)"
if ! fresh python pyproject.toml constraints.txt; then
  echo "installing Python packages"
  .venv/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
  done_with python pyproject.toml constraints.txt
fi

step "the front end (npm, esbuild)"
scripts/front.sh

step "texts in eight languages (msgfmt)"
.venv/bin/python scripts/texts.py compile

step "the database and the public record"
.venv/bin/suhbat prepare >/dev/null
.venv/bin/suhbat archive load --quiet
