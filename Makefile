# The commands of the house; README.md tells when to use which.
#
# The environment lives in .venv and comes from the lock files alone, by hash. Stamps in it remember
# which lock files it was made from, so that a second start does nothing. `make demo` needs only
# requirements.lock; once the tests have added theirs, they stay.

# Bytecode is worth writing: without it every start compiles the whole product anew.
unexport PYTHONDONTWRITEBYTECODE

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# Two for each core of a small machine: a third of the time tests wait for browsers and servers.
WORKERS ?= 4
PORT ?= 8000
TESTS ?=

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

.PHONY: help demo test tests test-all lint format db lock translations bench packages

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*##/\1 -/p' $(MAKEFILE_LIST) | column -t -l 3

demo: $(VENV)/.runtime $(CATALOGUES)  ## load the demo network and serve it at http://cen.localhost:8000
	@exec bin/comitia demo --port $(PORT)

PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: packages  ## every check and test but the long matrix
	@$(MAKE) --no-print-directory --jobs=2 lint tests
	@$(if $(TESTS),,$(call on_postgres_15,$(ASKING_THE_DATABASE)))

# Beside lint: tests wait for browsers and servers now and then, and lint fills that time.
tests: $(VENV)/.dev $(CATALOGUES)
	$(PYTEST) -m "not slow" $(TESTS)

test-all: packages lint  ## the long matrix too, and the kernel on PostgreSQL 15
	EVERY_MODE=1 $(PYTEST) $(TESTS)
	@$(call on_postgres_15,tests/kernel tests/contracts)

# The embedded server is version 18; the oldest one we support has to pass as well.
POSTGRES_15 := /usr/lib/postgresql/15/bin
ASKING_THE_DATABASE := tests/kernel/db tests/kernel/jobs/test_jobs.py tests/kernel/search \
	tests/contracts/test_catalogue.py tests/contracts/test_migrations.py tests/contracts/test_walls.py
define on_postgres_15
if [ -x $(POSTGRES_15)/postgres ]; then set -x; PG_BIN=$(POSTGRES_15) $(PYTEST) $(1); \
else echo "SKIPPED: the tests on PostgreSQL 15, which is not installed" >&2; fi
endef

packages: $(VENV)/.dev
	@scripts/system-packages
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory node_modules/.package-lock.json; fi

lint: $(VENV)/.dev $(CATALOGUES)  ## style, types, import contracts, dependencies, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/djlint --lint --quiet kernel network missions training

format: $(VENV)/.dev  ## put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

db: $(VENV)/.runtime  ## psql on the embedded server as its superuser; reads standard input
	@exec bin/comitia db psql

translations: $(VENV)/.runtime  ## extract the messages, update and compile the catalogues
	$(BIN)/python scripts/translations.py

bench: $(VENV)/.dev $(CATALOGUES)  ## measure pages against their floor, a quarter of an hour; writes benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

lock: $(VENV)/.bootstrap  ## resolve the dependencies anew and install them
	echo uv | $(UV) pip compile - $(LOCK) --no-annotate -o requirements-bootstrap.lock
	$(UV) pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(UV) pip compile pyproject.toml $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	$(MAKE) $(VENV)/.dev
LOCK := --quiet --universal --generate-hashes --no-header --python-version 3.11

# Like pip, uv shall trust the certificates the machine trusts.
export UV_SYSTEM_CERTS := true

# uv itself is installed by pip, by hash like everything else, and survives its own sync.
SYNC := $(UV) pip sync --quiet --require-hashes --python $(BIN)/python

$(VENV)/.bootstrap: requirements-bootstrap.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.bootstrap
	@if [ -e $(VENV)/.dev ]; then $(MAKE) --no-print-directory $(VENV)/.dev; else $(SYNC) $<; fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock $(VENV)/.bootstrap
	$(SYNC) $<
	@touch $@ $(VENV)/.runtime

# npm writes this file itself, last. Packages run no scripts of their own.
node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

# One call compiles all of them, also where make does several things at once.
$(CATALOGUES) &: $(CATALOGUES:.mo=.po) $(VENV)/.runtime scripts/translations.py
	@$(BIN)/python scripts/translations.py compile
	@touch $(CATALOGUES)
