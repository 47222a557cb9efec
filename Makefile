# The two commands: `make run` and `make test`. Everything else is what they are made of.
PORT ?= 8000
PY := .venv/bin/python

.PHONY: run setup test check unit browser long bench lighthouse clean front

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
	@$(PY) -m pytest -m "not browser and not long"

browser:
	@$(PY) -m pytest -m "browser and not long"

# What takes too long for every landing: run by hand, and told.
long: setup
	@scripts/setup-tests.sh
	@$(PY) -m pytest -m long

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
