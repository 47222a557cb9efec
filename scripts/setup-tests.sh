#!/usr/bin/env bash
# Installs what the tests need beyond setup: test packages, linters, and from Debian a Chromium, a PostgreSQL,
# a TURN server (coturn, which runs in a network of its own) and LibreOffice Writer without a screen (90 MB to fetch:
# the files of delegations have to survive a real word processor).
set -euo pipefail
cd "$(dirname "$0")/.."
now=$(cat requirements/tests.txt requirements/judges.txt scripts/setup-tests.sh | sha256sum)
if [ ! -f .venv/.done-tests ] || [ "$(cat .venv/.done-tests)" != "$now" ]; then
  echo "installing test packages"
  install=(.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes)
  "${install[@]}" -r requirements/tests.txt
  # The official rules and codes of IATI 2.03 (MIT). Kept apart from the packages and only read: what it asks for (lxml
  # 4.2.4, jsonschema 2.6.0) is of 2018 and would push out ours.
  "${install[@]}" --no-deps --upgrade --target .venv/judges -r requirements/judges.txt
  echo "$now" > .venv/.done-tests
fi
scripts/front.sh --and-checks
need=()
command -v chromium >/dev/null || need+=(chromium)
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || need+=(postgresql)
command -v soffice >/dev/null || need+=(libreoffice-writer-nogui)
command -v turnserver >/dev/null || need+=(coturn)
command -v ip >/dev/null || need+=(iproute2)
ls /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc >/dev/null 2>&1 || need+=(fonts-noto-core fonts-noto-cjk)
if [ ${#need[@]} -gt 0 ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "installing from Debian: ${need[*]}"
  "${as_root[@]}" apt-get update -qq
  # Runlevel 1: none of them is started as a service of this machine.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
