# Bothways in two commands: `make run` and `make test`. `make help` lists the rest.
# Work in another environment with VENV=, on another port with PORT=, in another folder with DATA=.

VENV ?= .venv
PORT ?= 8000
DATA ?= data
SIZE ?= small
export VENV PORT DATA

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev install check test tests bench messages tools browser libraries static audit
BIN = $(VENV)/bin
# Tests on every core, at most four browsers. Each worker goes through the tests in their order:
# those that empty the database come last, so `--dist load` and no other.
TESTS = $(BIN)/pytest -n auto --maxprocesses 4 --dist load

help: ## What one can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Start Bothways with the demo (PORT=8000 DATA=data)
	@python=$$(scripts/find-python) && exec "$$python" scripts/serve.py

dev: ## The same, with a web server and a worker that reload when the code changes
	@python=$$(scripts/find-python) && exec "$$python" scripts/serve.py --dev

install: ## Install or upgrade for real use; settings in /etc/bothways.env (docs/operating.md)
	@python=$$(scripts/find-python) && "$$python" scripts/install.py run
	@scripts/bothways prepare

check: tools libraries static ## The fast part of the tests: lint, types, layers, all but the browser
	$(TESTS) -m "not browser"

test: browser tools libraries static audit ## Everything: lint, types, layers, holes, unit, security, browser
	$(TESTS)

tests:
	$(TESTS)

bench: tools ## The budgets of the design as a table: measured, budget, pass (SIZE=small or full)
	@$(BIN)/python -m bench --size $(SIZE)

messages: tools ## Collect the texts of the interface and compile their translations (needs gettext)
	$(BIN)/python manage.py makemessages -l es -l fr --no-location --no-wrap --no-obsolete \
		-i .venv -i tests -i bench -i scripts
	sed -i '/^"POT-Creation-Date/d' lms/locale/*/LC_MESSAGES/django.po
	$(BIN)/python manage.py compilemessages -i .venv

tools:
	@python=$$(scripts/find-python --install) && "$$python" scripts/install.py dev

browser:
	@scripts/find-chromium

libraries:
	@scripts/find-libraries

static:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint lms/templates cms/templates --lint --quiet
	$(BIN)/mypy .
	PYTHONPATH=. $(BIN)/lint-imports

audit:
	@$(BIN)/python scripts/audit.py
