#!/usr/bin/env bash
# Makes everything `suhbat` needs to run. Each step is passed over where nothing has changed since it was last done.
set -Eeuo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp); trap 'rm -f "$log"' EXIT
step() { current=$1; advice=""; }

failed() {
  local free; free=$(df -Pk . | awk 'NR == 2 { print $4 }')
  [ -s "$log" ] && tail -n 15 "$log" >&2
  if [ -n "$advice" ]; then :
  elif [ "${free:-0}" -lt 102400 ] || grep -qi 'no space left' "$log"; then
    advice="The disk is full: about 1 GB is needed here, and $((free / 1024)) MB are left."
  elif grep -qiE 'resolution|resolve|ENOTFOUND|EAI_AGAIN|unreachable|connection (refused|timed)|timed out|ETIMEDOUT|ECONNREFUSED|ConnectTimeout|NewConnectionError' "$log"; then
    advice="There is no way to the network from here (or it needs a proxy: set https_proxy). Only this first set-up needs it."
  else
    advice="What went wrong stands above; run the command again when it is mended: what is done already is not done again."
  fi
  echo "make: set-up failed at: $current. $advice" >&2
}
trap failed ERR

fresh() { # fresh NAME FILE…: whether the step NAME was done with just these files
  local mark=".venv/.done-$1"; shift
  [ -f "$mark" ] && [ "$(cat "$mark")" = "$(cat "$@" | sha256sum)" ]
}
done_with() { local mark=".venv/.done-$1"; shift; cat "$@" | sha256sum > "$mark"; }
debian() { # debian PACKAGE: install it where we may
  command -v apt-get >/dev/null || return 1
  local before=(); [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null || return 1; before=(sudo); }
  echo "installing $1 from Debian"
  "${before[@]}" apt-get update -qq >>"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive "${before[@]}" apt-get install -y -qq "$1" >>"$log" 2>&1
}

step "the virtual environment (python3 -m venv)"
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=""
  for candidate in python3 python3.13 python3.12 python3.11; do  # a name on the path may be a mere stand-in: ask it
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { python=$candidate; break; }
  done
  [ -n "$python" ] || { advice="Install Python 3.11 or newer."; false; }
  rm -rf .venv
  if ! "$python" -m venv .venv >"$log" 2>&1; then
    rm -rf .venv
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    advice="Debian keeps venv apart. As root: apt-get install python3-venv"
    debian "python$version-venv" || debian python3-venv
    "$python" -m venv .venv >>"$log" 2>&1
  fi
fi

step "the Python packages (pip install)"
if ! fresh python pyproject.toml requirements/run.txt; then
  echo "installing Python packages"
  install=(.venv/bin/python -m pip install -q --disable-pip-version-check)
  "${install[@]}" --require-hashes -r requirements/run.txt >"$log" 2>&1
  "${install[@]}" --no-deps --no-build-isolation -e . >>"$log" 2>&1
  done_with python pyproject.toml requirements/run.txt
fi

step "fonts for papers in every script (Debian's Noto)"
if ! ls /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc /usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf >/dev/null 2>&1; then
  # Without them a paper has marks for Chinese, Korean, Arabic, Hindi and other letters; nothing else needs them.
  if ! { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; } || ! { debian fonts-noto-core && debian fonts-noto-cjk; }; then
    echo "going on without: papers in Chinese, Korean, Arabic or Hindi need fonts-noto-core and fonts-noto-cjk (apt-get install)"
  fi
fi

step "the front end (npm, esbuild)"
scripts/front.sh 2>"$log"

step "texts in eight languages (msgfmt)"
.venv/bin/python scripts/translations.py compile 2>"$log"

step "the database and the public record"
data=${SUHBAT_DATA:-var}; mark="$data/.prepared"
sources=$(find data/public-record src/suhbat/ground/migrations src/suhbat/archive -name '*.py' -o -name '*.yaml' -o -name '*.json' | sort)
# Of the database's address only a hash is kept: a password stands in it.
now="$(echo "${SUHBAT_DATABASE_URL:-sqlite}" | cat - $sources | sha256sum)"
if [ "$(cat "$mark" 2>/dev/null)" != "$now" ] || { [ -z "${SUHBAT_DATABASE_URL:-}" ] && [ ! -s "$data/suhbat.sqlite3" ]; }; then
  echo "preparing the database and loading the public record"
  .venv/bin/suhbat prepare >"$log" 2>&1
  .venv/bin/suhbat archive load --quiet >"$log" 2>&1
  (umask 077; rm -f "$mark"; echo "$now" > "$mark")
fi
