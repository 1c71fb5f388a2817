# Each target sets up .venv by itself; Python 3.11+ with venv is all that must be there.
PYTHON ?= python3
SEED ?= 1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run demo test lint format quality bench soak clean

run: $(VENV)/.installed
	$(BIN)/diembao run

demo: $(VENV)/.installed
	$(BIN)/diembao demo

# Two processes at a time, each test file in one of them: its fixtures are made once.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "not shared" --numprocesses 2 --dist loadfile

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Precision, recall and their floors, on our own corpora and on those in ../shared, which are
# not part of the project.
quality: $(VENV)/.installed-dev
	$(BIN)/python -m tests.quality
	$(BIN)/python -m pytest -m shared

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.misbehaviours
	$(BIN)/python -m tests.benchmarks.day

# A simulated month with 200 kills: some 20 minutes on two quiet cores.
soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.soak --seed $(SEED) --days 30 --kills 200

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "diembao needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) install -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.installed
