#!/usr/bin/env bash
# The tests of some rooms that need neither a browser nor a PostgreSQL server: `make quick of=texts`, `of="texts public"`.
# Without a name: of the rooms in which anything differs from the last commit, and the changed files of `tests/`.
set -euo pipefail
cd "$(dirname "$0")/.."
paths=()
if [ $# -gt 0 ]; then
  for room in "$@"; do
    [ -d "src/suhbat/$room/tests" ] || { echo "make quick: no room of the name $room has tests" >&2; exit 2; }
    paths+=("src/suhbat/$room")
  done
else
  changed=$({ git diff --name-only HEAD; git ls-files --others --exclude-standard; } | sort -u)
  for room in $(sed -nE 's#^src/suhbat/([^/]+)/.*#\1#p' <<<"$changed" | sort -u); do
    [ -d "src/suhbat/$room/tests" ] && paths+=("src/suhbat/$room")
  done
  for file in $(grep -E '^tests/test_[^/]*\.py$' <<<"$changed" || true); do
    [ -f "$file" ] && paths+=("$file")
  done
fi
[ ${#paths[@]} -gt 0 ] || { echo "nothing differs in a room with tests; name one: make quick of=texts"; exit 0; }
exec .venv/bin/python -m pytest -n auto --dist loadscope -m "not browser and not long and not postgres" "${paths[@]}"
