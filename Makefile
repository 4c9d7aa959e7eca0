# The few commands of the repository; make alone says which.
# PYTHON, VENV, PORT and KAWAL_HOME may be given: make run PORT=8001 KAWAL_HOME=/srv/two

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test test-long bench vendor lock format environment environment-dev

export PORT KAWAL_HOME KAWAL_BIND KAWAL_URL KAWAL_DEPLOYMENT

# The first Python of 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; \
	done)
VENV ?= .venv
export VENV
BIN := $(VENV)/bin

help: ## Print this help
	@echo "Kawal: an open command centre and public ledger for a city"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'
	@echo; echo "  PORT=8001 KAWAL_HOME=/srv/two make run   a second copy beside the first"
	@echo "  $(BIN)/kawal --help                   everything else"

run: environment ## Start the whole product (a demo city at first), stop it with Ctrl-C
	@exec $(BIN)/kawal run

test: environment-dev ## Check everything that CI checks
	@exec $(BIN)/python tools/checks.py

test-long: environment-dev ## Check it all, the slow ones too, and again on PostgreSQL 15
	@exec $(BIN)/python tools/checks.py --long

bench: environment-dev ## Measure every figure that we publish, beside its peers
	@exec $(BIN)/python -m bench

vendor: environment-dev ## Fetch the front end's few files again, by version and hash
	@exec $(BIN)/python tools/vendor.py

lock: environment-dev ## Pin the requirements anew
	@$(BIN)/python tools/lock.py

format: environment-dev ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

environment:
	@$(if $(PYTHON),,$(error Kawal needs Python 3.11 or newer and finds none; name it: make PYTHON=/path/to/python3 run))
	@$(PYTHON) tools/environment.py run

environment-dev:
	@$(if $(PYTHON),,$(error Kawal needs Python 3.11 or newer and finds none; name it: make PYTHON=/path/to/python3 test))
	@$(PYTHON) tools/environment.py dev
