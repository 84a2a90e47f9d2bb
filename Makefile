# Beacon: the commands a person types. `make help` lists them.
# Python: the first one found that is 3.11 or later and can make a .venv; PYTHON=... chooses another.
# The system's own stands first: it is built for speed, which one compiled at home seldom is.
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$p" && exit; done; echo python3)
PORT ?= 5000
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run scheduler test prove bench check lock db demo

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv from the locked requirements (again only when they change)
	@$(PYTHON) tools/environment.py

setup-dev: ## The same, with what tests and checks need
	@$(PYTHON) tools/environment.py --dev

run: ## Start Beacon with a made-up county on http://127.0.0.1:5000 (PORT= changes it)
	@$(PYTHON) tools/run.py

scheduler: setup ## Start the scheduler alone
	@.venv/bin/python -m beacon.scheduler

test: setup-dev ## Run the whole suite, and say what was left out and why
	@.venv/bin/python tools/test.py

prove: setup-dev ## The long evidence: PART=suite|access|texts|clock|ways-in|desk|hub|voice|postgresql|mutation, or all
	@.venv/bin/python tools/prove.py $(PART)

bench: setup-dev ## Measure Beacon against bare floors (BENCH_CASES= sets the size; BENCH=--search: search alone)
	@.venv/bin/python -m beacon.ops.bench $(BENCH)

check: setup-dev ## Format, lint, types, import contracts, dead code, dependencies, templates
	@.venv/bin/python tools/check.py

lock: setup-dev ## Make both locks again from requirements.in and requirements-dev.in
	@.venv/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" requirements.in -o requirements.txt
	@.venv/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

db: setup ## Bring the database up to date (a copy of the file is kept first)
	@.venv/bin/python tools/upgrade.py

demo: setup ## Load the made-up county into the database
	@.venv/bin/flask demo load
