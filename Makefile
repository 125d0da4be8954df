# Everything a newcomer needs: `make demo` and `make test`. Works with GNU make 3.81 (macOS) too.
PYTHON ?= python3
BIN := .venv/bin
PYTEST ?= -n 2 --dist loadfile

DEMO_OPTIONS :=
ifneq ($(RESET),)
DEMO_OPTIONS += --reset
endif
ifneq ($(HOUSEHOLDS),)
DEMO_OPTIONS += --households $(HOUSEHOLDS)
endif
ifneq ($(PORT),)
DEMO_OPTIONS += --port $(PORT)
endif

.DEFAULT_GOAL := help
.PHONY: help demo test cluster-test lint types bench messages screenshots lock clean set-up set-up-test set-up-cluster

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: set-up ## set up and serve a demo district on this machine (RESET=1, HOUSEHOLDS=2000, PORT=8000)
	@exec $(BIN)/jishiyu demo $(strip $(DEMO_OPTIONS))

test: set-up-test lint ## set up, check the house, run every test (PYTEST="-n 2 -k name" for pytest's options)
	@$(BIN)/pytest $(PYTEST)

cluster-test: set-up-cluster ## the tests on a real Spark cluster (434 MB to download once; needs Java 17)
	@$(BIN)/pytest -m cluster tests/cluster

lint: set-up-test ## style, layers of the house, types, templates
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "ruff format would change files: run $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/lint-imports --no-logo --config .importlinter > var/lint-imports.log 2>&1 || { cat var/lint-imports.log; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint --quiet --lint src
	@echo "lint: ruff, import-linter, mypy, djlint are content"

types: set-up-test ## only mypy
	@$(BIN)/mypy

bench: set-up-test ## the benchmarks: figures and their baseline
	@$(BIN)/python -m benchmarks

messages: set-up-test ## bring the translation files up to date with the screens
	@$(BIN)/python -m tools.messages update

screenshots: set-up-test ## pictures of the main pages, desk and phone, in docs/screenshots/ (not committed)
	@$(BIN)/python -m tools.screenshots

lock: set-up-test ## make the lock files anew from pyproject.toml and package.json
	@$(BIN)/python -m tools.lock

clean: ## stop the database and remove all that was made (packages, database, keys)
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m tools.clean; else $(PYTHON) -m tools.clean; fi

set-up:
	@$(PYTHON) -m tools.set_up --for demo

set-up-test:
	@$(PYTHON) -m tools.set_up --for test

set-up-cluster: set-up-test
	@$(PYTHON) -m tools.set_up --for cluster
