# Two commands: `make build` (site and PDFs), `make test` (all tests). Each installs what it needs, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: build test quick lint types bench docs check clean system-build system-test

build: $(VENV)/.runtime
	$(BIN)/nohin build

check: $(VENV)/.runtime
	$(BIN)/nohin check

test: system-test $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup

quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/history.py
	$(BIN)/python benchmarks/drawings.py
	$(BIN)/python benchmarks/books.py
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/search.py

docs: $(VENV)/.dev
	$(BIN)/python scripts/make_docs.py

clean:
	rm -rf $(VENV) .nohin

system-build:
	@PYTHON=$(PYTHON) scripts/system-packages.sh build

system-test:
	@PYTHON=$(PYTHON) scripts/system-packages.sh test

$(VENV)/.runtime: requirements.lock pyproject.toml | system-build
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 以上が要ります")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
