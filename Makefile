# Everything a person does with the Hub. Each target installs what it needs and nothing when it is there already.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TEMPLATES = $(shell find templates -name '*.html')
# --universal: Debian 12's Python 3.11.2 and macOS need other versions in places than this machine
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo run check test pictures lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    the Hub with example pages, people and stories, on this machine"
	@echo "make run     the Hub without example content"
	@echo "make check   style, types, templates, migrations, architecture: what CI runs first"
	@echo "make test    all tests: what CI runs next"
	@echo "make pictures  the screenshots in docs/pictures, from a demo that runs (HUB=its address)"
	@echo "make lock    choose the newest allowed versions again"
	@echo "make clean   delete everything that was made here, the local database and media included"

demo run: $(VENV)/.installed
	@$(BIN)/python -m hub.local $@ $(if $(PORT),--port $(PORT))

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(if $(TEMPLATES),$(BIN)/djade --check $(TEMPLATES))
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/test_architecture.py

test: $(VENV)/.installed-dev
	@if .ci/browser; then $(BIN)/python -m pytest -n 2 --dist loadgroup; \
	else HUB_NO_BROWSER=1 $(BIN)/python -m pytest -n 2 --dist loadgroup && .ci/browser --remind; fi

pictures: $(VENV)/.installed-dev
	$(BIN)/python docs/take_screenshots.py

lock: $(VENV)/.installed-dev
	$(PIP) install uv
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) var static/build static/fonts .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find hub tests -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@for python in python3.11 python3 python3.14 python3.13 python3.12; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); echo "$$python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	done; echo "The Hub needs Python 3.11 to 3.14, and none was found. Install one from your system's packages or python.org." >&2; exit 1

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Installing what the Hub runs on (a few minutes the first time) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what checks and tests need (a few minutes the first time) ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
