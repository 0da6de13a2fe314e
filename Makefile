# Two commands matter: `make run` (install, demo office, serve) and `make test`. CONTRIBUTING.md explains the rest.

PYTHON ?= python3
BIND ?= 127.0.0.1:8000
BIN := .venv/bin
CATALOGUES := $(wildcard src/huiyin/locale/*/LC_MESSAGES/django.po)
PACKAGE := pyproject.toml hatch_build.py $(CATALOGUES) requirements/build.txt

.PHONY: run install test check bench docs words lock system-parts

run: install
	HUIYIN_BASE_URL=$${HUIYIN_BASE_URL:-http://$(BIND)} $(BIN)/huiyin demo --if-empty
	$(BIN)/huiyin serve --bind $(BIND)

install: .venv/.installed

test: system-parts .venv/.installed-test
	scripts/test

check: .venv/.installed-test  ## everything that needs no database and no browser: style, types, arrows, words, sizes
	$(BIN)/pytest tests/house

bench: install
	for program in bench/*.py; do echo "== $$program"; $(BIN)/python $$program || exit; done

docs: install  ## the pages that are made from the code
	$(BIN)/huiyin procedure --markdown > docs/procedure.md.new && mv docs/procedure.md.new docs/procedure.md
	$(BIN)/huiyin procedure --supervision > docs/supervision.md.new && mv docs/supervision.md.new docs/supervision.md
	$(BIN)/huiyin openapi > docs/openapi.json.new && mv docs/openapi.json.new docs/openapi.json

words: install  ## collects new words into the English catalogue
	cd src/huiyin && env -u DJANGO_SETTINGS_MODULE ../../$(BIN)/python -m django makemessages -l en --no-obsolete --no-location

lock: .venv/.uv  ## chooses versions anew within pyproject.toml's bounds; LOCK=--upgrade takes the newest
	scripts/lock $(LOCK)

system-parts:
	scripts/system-parts

.venv/.uv: requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	touch $@

.venv/.installed: .venv/.uv requirements/run.txt $(PACKAGE)
	scripts/install requirements/run.txt
	touch $@

.venv/.installed-test: .venv/.installed requirements/test.txt
	scripts/install requirements/test.txt
	touch $@
