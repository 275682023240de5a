# `make run` and `make test` need Python 3.11 or newer and make, nothing else.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PO := $(wildcard locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(4, os.cpu_count() or 1))' 2>/dev/null || echo 1)

# Compiled modules are kept, whatever the shell says: every process would compile them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run admin backup restore test test-thorough test-browser handbook lint messages catalogues bench audit lock help

run: .venv/run.stamp $(MO)
	@$(BIN)/python manage.py serve --host $(HOST) --port $(PORT)

admin: .venv/run.stamp $(MO)
	@$(BIN)/python manage.py create_admin

# KEEP=n removes all but the newest n.
backup: .venv/run.stamp $(MO)
	@$(BIN)/python manage.py backup $(if $(KEEP),--keep $(KEEP))

restore: .venv/run.stamp $(MO)
	@test -n "$(FILE)" || { echo "Which backup? make restore FILE=var/backups/name.zip" >&2; exit 2; }
	@$(BIN)/python manage.py restore "$(FILE)" $(if $(filter 1,$(FORCE)),--force)

test: .venv/dev.stamp $(MO)
	@$(BIN)/python -m pytest -n $(WORKERS) -m "not thorough" $(TESTS)

test-thorough: .venv/dev.stamp $(MO)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m thorough $(TESTS)

test-browser: .venv/dev.stamp $(MO)
	@BROWSER=1 $(BIN)/python -m pytest tests/browser -n $(WORKERS) $(TESTS)

# Takes the pictures of the handbook of curators anew, from made-up records.
handbook: .venv/dev.stamp $(MO)
	@BROWSER=1 HANDBOOK=1 $(BIN)/python -m pytest tests/browser/test_handbook_pictures.py -n 0

lint: .venv/dev.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint templates --lint --quiet

bench: .venv/dev.stamp $(MO)
	@$(BIN)/python -m bench

# Needs GNU gettext; only for who changes a text.
messages: .venv/dev.stamp
	@$(BIN)/python manage.py makemessages --locale nl --locale fr --locale en \
	  --ignore '.venv/*' --ignore 'staticfiles/*' --no-obsolete --no-wrap --add-location file
	@msgen --no-wrap --output-file locale/en/LC_MESSAGES/django.po locale/en/LC_MESSAGES/django.po

catalogues: $(MO)

audit: .venv/dev.stamp
	@$(BIN)/pip-audit --requirement requirements.txt --require-hashes --disable-pip

# Needs uv; only for who changes a package.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --output-file requirements.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --output-file requirements-dev.txt

help:
	@echo "make run | admin | backup | restore | test | test-thorough | test-browser | handbook | lint | bench | messages | audit | lock"

.venv/run.stamp: requirements.txt
	@$(check-python)
	@$(PYTHON) -m venv .venv || { echo "The environment cannot be made: install Python's venv module (Debian: python3-venv)." >&2; exit 1; }
	@echo "Installing packages, this takes a minute the first time."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

define check-python
test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or name it with make PYTHON=/path/to/python3.11." >&2; exit 1; }
endef

.DEFAULT:
	@echo "There is no target '$@'. Try: make run, make test, make admin, make lint, make bench." >&2; exit 2
