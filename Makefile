# The two commands: `make run` and `make test`. Everything else is what they are made of.
PORT ?= 8000
PY := .venv/bin/python
# One process for each core; the tests of one file stay together, as what they share is made once. The files that take
# longest come first (tests/longest_first.py): the order stays as it is.
SIDE_BY_SIDE := -n auto --dist loadscope --no-loadscope-reorder
# Hundreds of processes are started by tests: what Python compiled for one is kept for the next, whatever was set before.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run setup test check unit browser quick long bench lighthouse clean front

run: setup
	@SUHBAT_REHEARSAL=$${SUHBAT_REHEARSAL-1} PORT=$(PORT) exec .venv/bin/suhbat serve --port $(PORT)

setup:
	@scripts/setup.sh

test: setup
	@scripts/setup-tests.sh
	@$(MAKE) --no-print-directory check unit browser

check:
	@scripts/check.sh

unit:
	@$(PY) -m pytest -m "not browser and not long" $(SIDE_BY_SIDE)

# Two at a time, each with a server and a browser of its own; then those that measure or hold real pictures and sound.
browser:
	@$(PY) -m pytest -m "browser and not long and not alone" -n 2 --dist loadscope
	@$(PY) -m pytest -m "browser and not long and alone"

# The package in hand, without browser and PostgreSQL: `make quick of=texts`; without a name, where anything changed.
quick:
	@scripts/quick.sh $(of)

# What takes too long for every landing: run by hand, and told. After each test the tables are rebuilt from the record, and
# a copy is made for every reader.
long: setup
	@scripts/setup-tests.sh
	@$(PY) -m pytest -m long
	@SUHBAT_TEST_COPIES=all $(PY) -m pytest -m "not browser and not long" $(SIDE_BY_SIDE)

bench: setup
	@scripts/setup-tests.sh
	@$(PY) scripts/bench.py

# The public pages as a phone sees them: at least 99 of 100 in everything, or it fails.
lighthouse: setup
	@scripts/setup-tests.sh
	@npm ci --silent --prefix scripts/lighthouse
	@node scripts/lighthouse/run.mjs

front:
	@scripts/front.sh

clean:
	rm -rf .venv node_modules src/suhbat/static
