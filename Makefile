# Footcare. A newcomer needs two commands: `make run` and `make test`.
# Targets have files where possible, so that a second run takes seconds.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# An empty setting is none, as in footcare/environment.py; bin/run does the same for PORT and HOST.
PORT ?= 8000
HOST ?= localhost
override DATA_DIR := $(if $(strip $(DATA_DIR)),$(DATA_DIR),var)
override STATIC_ROOT := $(if $(strip $(STATIC_ROOT)),$(STATIC_ROOT),$(DATA_DIR)/static)
export PORT HOST DATA_DIR STATIC_ROOT

# collectstatic always writes this file, and writes it last. Blanks of a path would make several targets of it.
BLANK := $(subst ,, )
COLLECTED := $(subst $(BLANK),\ ,$(STATIC_ROOT))/staticfiles.json

# What was compiled is kept for the next start. Containers tell Python not to; each process of pytest then rewrites every
# assertion of the tests once more, which takes it five seconds.
unexport PYTHONDONTWRITEBYTECODE

# Tools run through the interpreter, because the scripts beside it break when the folder moves.
PYTHON := .venv/bin/python
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check
LOCK := $(PYTHON) -m uv pip compile --quiet --system-certs --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

# A server ends with the process that started it, even after a kill. (Debian and Ubuntu have setpriv.)
export TIED := $(if $(shell command -v setpriv),setpriv --pdeathsig TERM)

# Three workers even on two processors, because tests that play a session mostly wait. An idle worker takes tests from
# another. (ARGS="-n 0" runs without workers, for a debugger.)
PYTEST := $(PYTHON) -m pytest --numprocesses=3 --dist=worksteal

# The list has folders too: the time of a folder changes when a file in it is deleted.
STATIC_SOURCES := $(shell find static templates/illustrations) footcare/static_storage.py requirements.txt

# Checks of the code, independent of the developer's environment and files.
PRISTINE := env -u DATABASE_URL -u DEBUG -u HTTPS DATA_DIR=.venv/check \
	SECRET_KEY=for-these-checks-only-0123456789-abcdefghijklmnopqrstuvwxyz

## help: this list
.PHONY: help
help:
	@sed -n 's/^## /  make /p' Makefile

## run: set up what is missing, then serve on http://localhost:8000 (PORT=, HOST=, DATA_DIR= change it)
.PHONY: run
run: .venv/runtime $(COLLECTED)
	@exec $(TIED) bin/run

## install: set up everything for serving, without serving (for a service manager, see docs/operations.md)
.PHONY: install
install: .venv/runtime $(COLLECTED)

## test: set up what is missing, then every test, browser tests too (ARGS="-k today" chooses)
.PHONY: test
test: .venv/dev
	@CHROMIUM="$$(bin/ensure-chromium)" && REDIS_SERVER="$$(bin/ensure-redis)" && export CHROMIUM REDIS_SERVER && \
		$(PYTEST) $(ARGS)

## check: everything that must pass before a merge; .ci/run runs it
.PHONY: check
check: lint types migrations deploy test test-postgres drill

## lint: ruff, djlint and import-linter
.PHONY: lint
lint: .venv/dev
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m djlint templates --lint --quiet
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as main; main()" --no-logo --cache-dir .venv/imports

## types: mypy with django-stubs
.PHONY: types
types: .venv/dev
	$(PRISTINE) $(PYTHON) -m mypy

## migrations: the models and their migrations agree
.PHONY: migrations
migrations: .venv/dev
	$(PRISTINE) $(PYTHON) manage.py makemigrations --check --dry-run

## deploy: Django's own checks, under the settings of a public server
.PHONY: deploy
deploy: .venv/dev
	$(PRISTINE) HTTPS=1 ALLOWED_HOSTS=example.org $(PYTHON) manage.py check --deploy --fail-level WARNING

## test-postgres: the tests of what the database decides, on PostgreSQL (TEST_POSTGRES_URL= names a server)
.PHONY: test-postgres
test-postgres: .venv/dev
	@TEST_DATABASE_URL="$$(bin/ensure-postgres)" && REDIS_SERVER="$$(bin/ensure-redis)" && \
		export TEST_DATABASE_URL REDIS_SERVER && $(PYTEST) --only-database $(ARGS)

## bench: CPU of pages beside a plain one, ten years saved, taps on a slow phone, the clock of the coach, fifteen minutes (ARGS="today coach" chooses)
.PHONY: bench
bench: .venv/dev $(COLLECTED)
	@CHROMIUM="$$(bin/ensure-chromium)" && export CHROMIUM && $(PYTHON) -m tools.bench $(ARGS)

## storm: 10,000 ticks, killed servers, restarted databases, a full disk, four minutes (ARGS="kills" chooses)
.PHONY: storm
storm: .venv/dev $(COLLECTED)
	@bin/ensure-postgres >/dev/null && $(PYTHON) -m tools.storm $(ARGS)

## drill: the storm in its short form
.PHONY: drill
drill: .venv/dev $(COLLECTED)
	@bin/ensure-postgres >/dev/null && $(PYTHON) -m tools.storm --short $(ARGS)

## drill-proxies: nginx and Caddy before Footcare, by our recipes, on 443 and 8443, half a minute; needs root
.PHONY: drill-proxies
drill-proxies: .venv/dev $(COLLECTED)
	@bin/ensure-proxies && PATH="$$PATH:/usr/sbin" $(PYTHON) -m tools.proxies

## voices: speak the coach's phrases into clips again, after a change of words (docs/howto/change-the-voice.md)
.PHONY: voices
voices: .venv/dev .venv/voices/installed
	@$(PRISTINE) $(PYTHON) -m tools.voices.phrases | .venv/voices/bin/python -m tools.voices.synthesis

## format: let ruff rewrite what it can
.PHONY: format
format: .venv/dev
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

## lock: update the locks from pyproject.toml, keeping versions that fit (ARGS=--upgrade takes the newest)
.PHONY: lock
lock: .venv/bin/pip
	$(PIP_INSTALL) uv
	$(LOCK) pyproject.toml $(ARGS) --output-file requirements.txt
	$(LOCK) pyproject.toml $(ARGS) --output-file requirements-dev.txt --group dev --constraint requirements.txt
	$(LOCK) $(ARGS) --output-file requirements-voices.txt --group voices

## clean: remove everything that can be made again; the data in var/ stays
.PHONY: clean
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis var/static var/templates
	find . -name __pycache__ -prune -exec rm -r {} +

# `python3 -m venv` makes pip last, so a broken attempt is not taken for a complete one.
.venv/bin/pip:
	@bin/make-venv

.venv/runtime: requirements.txt | .venv/bin/pip
	@echo "Installing packages ..."
	@$(PIP_INSTALL) --require-hashes --requirement requirements.txt
	@touch $@

# The development lock contains the runtime packages at the same versions.
.venv/dev: requirements-dev.txt | .venv/bin/pip
	@echo "Installing packages ..."
	@$(PIP_INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@

# An environment of its own, because neither the app nor its tests need these packages.
.venv/voices/installed: requirements-voices.txt | .venv/bin/pip
	@echo "Installing packages ..."
	@python3 -m venv --clear .venv/voices
	@.venv/voices/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(COLLECTED): $(STATIC_SOURCES) | .venv/runtime
	@echo "Collecting static files ..."
	@$(PYTHON) manage.py collectstatic --noinput --verbosity 0
