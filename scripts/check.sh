#!/usr/bin/env bash
# What a machine can say of the code: style, types, layers, front end, templates, missing texts.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check --quiet .
.venv/bin/mypy
.venv/bin/lint-imports --config pyproject.toml | tail -3
export PATH="$PWD/.venv/bin:$PATH" # for its Node.js, where the system has none
npm run --silent check
# Every finding counts: of its lightest ones Biome tells, and ends well.
if ! findings=$(npm run --silent lint -- --reporter=github 2>&1) || [ -n "$findings" ]; then
  npm run --silent lint || true
  exit 1
fi
.venv/bin/djlint src --lint --quiet
.venv/bin/python scripts/translations.py check
.venv/bin/python -m pip check >/dev/null || { .venv/bin/python -m pip check; exit 1; }
.venv/bin/suhbat archive check data/public-record
