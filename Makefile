# Bothways in two commands: `make run` and `make test`. `make help` lists the rest.
# Work in another environment with VENV=, on another port with PORT=, in another folder with DATA=.

VENV ?= .venv
PORT ?= 8000
DATA ?= data
export VENV PORT DATA

.DEFAULT_GOAL := help
.PHONY: help run dev

help: ## What one can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Start Bothways with the demo (PORT=8000 DATA=data)
	@python=$$(scripts/find-python) && exec "$$python" scripts/serve.py

dev: ## The same, with a web server and a worker that reload when the code changes
	@python=$$(scripts/find-python) && exec "$$python" scripts/serve.py --dev
