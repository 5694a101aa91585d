# Everything a person does with the Hub. Each target installs what it needs and nothing when it is there already.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TEMPLATES = $(shell find templates -name '*.html')
# --universal: Debian 12's Python 3.11.2 and macOS need other versions in places than this machine
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
TEST = $(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

.PHONY: help demo run shell reset check fix test test-all bench coverage pictures law messages lock sbom audit clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    the Hub with example pages, people and stories, on this machine"
	@echo "             DEMO=wales: another partnership, under another law"
	@echo "make run     the Hub without example content"
	@echo "make shell   Python with the Hub's models, on the database of this folder"
	@echo "make reset   forget the database and media of this folder, and begin anew"
	@echo "make check   style, types, templates, migrations, architecture: what CI runs first"
	@echo "make fix     let tools mend what they can mend by themselves"
	@echo "make test    every rule, in a browser too: what CI runs next"
	@echo "make test-all  the same for more roles and many more examples"
	@echo "make bench   how fast is it beside its peers; needs wrk and nginx, writes bench/results.md"
	@echo "make coverage  which lines and branches no test reaches, and which refusals"
	@echo "make pictures  the screenshots in docs/pictures, from a demo that runs (HUB=its address, OTHER_HUB=another demo's)"
	@echo "make law     docs/law.md anew, from the profiles in hub/law"
	@echo "make messages  what screens say in other languages, anew from templates and Python: locale/"
	@echo "make lock    choose the newest allowed versions again"
	@echo "make sbom    what the Hub is made of, as CycloneDX, into var/sbom.json"
	@echo "make audit   has any library a hole that is known? Needs a network, and says so without"
	@echo "make clean   delete everything that was made here, the local database and media included"

demo run: $(VENV)/.installed
	@$(BIN)/python -m hub.local $@ $(if $(PORT),--port $(PORT)) $(if $(DEMO),--demo $(DEMO))

law: $(VENV)/.installed
	@$(BIN)/python -m hub.law > docs/law.md

messages: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.catalogues

reset: $(VENV)/.installed
	@$(BIN)/python -m hub.local reset

shell: $(VENV)/.installed
	@$(BIN)/python manage.py shell

check: $(VENV)/.installed-dev
	@echo "ruff: mistakes and style"
	@$(BIN)/ruff check --quiet .
	@echo "ruff format: layout of code"
	@$(BIN)/ruff format --check --quiet . || { echo "make fix lays it out."; exit 1; }
	@echo "mypy: types"
	@$(BIN)/mypy
	@echo "djade: layout of templates"
	@$(if $(TEMPLATES),$(BIN)/djade --check $(TEMPLATES))
	@echo "makemigrations: does the database follow the models?"
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@echo "pytest: which way imports point, and how long files are"
	@$(BIN)/python -m pytest -q tests/test_architecture.py

fix: $(VENV)/.installed-dev
	-@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(if $(TEMPLATES),$(BIN)/djade $(TEMPLATES) || true)

test test-all: $(VENV)/.installed-dev
	@if .ci/browser; then $(TEST); else HUB_NO_BROWSER=1 $(TEST) && .ci/browser --remind; fi

test-all: TEST += -m ""

bench: $(VENV)/.installed-dev
	@$(BIN)/python bench/run.py $(if $(QUICK),--quick)

coverage: $(VENV)/.installed-dev
	@rm -rf var/coverage && mkdir -p var/coverage
	-@.ci/browser || export HUB_NO_BROWSER=1; $(BIN)/coverage run $(filter-out $(BIN)/python,$(TEST))
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage json --quiet -o var/coverage/measured.json
	@$(BIN)/coverage report && $(BIN)/python -m tests.unreached_refusals var/coverage/measured.json

pictures: $(VENV)/.installed-dev
	$(BIN)/python docs/take_screenshots.py

lock: $(VENV)/.installed-dev
	$(PIP) install uv
	$(LOCK) --upgrade requirements.in -o requirements.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

sbom: $(VENV)/.installed
	@$(BIN)/python .ci/sbom.py requirements.txt > var/sbom.json && echo "var/sbom.json"

audit: $(VENV)/.installed
	@$(BIN)/python .ci/audit.py

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
