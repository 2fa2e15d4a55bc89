# `make serve` shows the site, `make test` proves it; both install what they need into .venv on first use.

PYTHON ?= python3
BIN := .venv/bin
# Material for MkDocs prints a notice about its own end of life on every run.
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve site test lint clean

serve: $(BIN)/.installed
	$(BIN)/mkdocs serve

site: $(BIN)/.installed
	$(BIN)/mkdocs build --strict

test: lint
	$(BIN)/pytest

lint: $(BIN)/.installed
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

$(BIN)/.installed: pyproject.toml hatch_build.py .ci/requirements.txt
	$(PYTHON) -m venv .venv
ifeq ($(CI),true)  # exactly the files that were locked, and nothing that runs a setup of its own
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: --requirement .ci/requirements.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
else
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
endif
	touch $@

clean:
	rm -rf .venv site
