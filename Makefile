# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-all bench lint types validate clean

demo: $(STAMP)
	$(BIN)/coaxle report examples/bmw-jlr/alliance.yaml --to build/bmw-jlr

test: $(STAMP)-test lint types
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: $(STAMP)-test lint types
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)-test
	$(BIN)/mypy

validate: $(STAMP)
	$(BIN)/coaxle validate --to docs/validation.md

bench: $(STAMP)
	$(BIN)/python -m pip install -q -e ".[bench]" -c constraints.txt
	RUST_BACKTRACE=0 $(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/field.py
	$(BIN)/python benchmarks/flux.py
	$(BIN)/python benchmarks/control.py
	$(BIN)/python benchmarks/units.py

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e . -c constraints.txt
	touch $@

$(STAMP)-test: $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[test,lint]" -c constraints.txt
	sh tests/install-system-parts
	touch $@

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
