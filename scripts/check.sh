#!/usr/bin/env bash
# What a machine can say of the code: style, types, floors, front-end types, missing texts.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/mypy
.venv/bin/lint-imports --config pyproject.toml | tail -3
PATH="$PWD/.venv/bin:$PATH" npm run --silent check
.venv/bin/python scripts/translations.py check
.venv/bin/suhbat archive check data/public-record
