# flow_nb: `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := $(BIN)/python js/node.py npm
SOURCES := pyproject.toml js/hatch_build.py js/build.mjs js/package-lock.json $(wildcard js/src/*.ts js/src/*/*.css js/src/*/*.ts)
LESSONS := $(sort $(wildcard notebooks/[0-9]*.ipynb))

.PHONY: help demo lab test bench gallery dev messages lint types format unit js lessons browser driver chromium clean
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: $(VENV)/lab.stamp driver ## render the first lesson's film and verify it
	$(BIN)/python notebooks/run_demo.py notebooks/01_first_shot.ipynb demo

lab: $(VENV)/lab.stamp driver ## open the first lesson in JupyterLab
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/01_first_shot.ipynb

test: $(VENV)/test.stamp driver chromium lint types unit js lessons browser ## everything that must hold
	@echo "flow_nb: all tests passed"

bench: $(VENV)/test.stamp driver ## print the figures (never a gate)
	$(BIN)/python -m tests.bench

gallery: $(VENV)/test.stamp driver ## 40 prompts at light, in one contact sheet
	$(BIN)/python -m tests.bench.gallery -o gallery

dev: $(VENV)/test.stamp ## link the labextension and rebuild it on every change
	$(BIN)/python js/link_labextension.py
	$(NPM) run watch

messages: $(VENV)/test.stamp ## write js/src/messages.ts from flow_nb/notebook/messages.py
	$(BIN)/python js/write_messages.py

lint: $(VENV)/test.stamp ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/test.stamp ## ruff, in place
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/test.stamp ## mypy, strict
	$(BIN)/mypy

unit: $(VENV)/test.stamp driver ## Python units
	$(BIN)/python -m pytest -q -n 2 -m "not browser"

js: $(VENV)/test.stamp ## TypeScript: types and units
	$(NPM) ci --no-audit --no-fund --ignore-scripts
	$(NPM) run -s typecheck
	$(NPM) test

lessons: $(VENV)/test.stamp driver ## every lesson runs and says what it said
	@if $(BIN)/python -c "from flow_nb.engines.stage.vulkan import best_device; best_device()" 2>/dev/null; then \
	  $(BIN)/python -m pytest -q -n 2 --dist loadfile -p no:cacheprovider --nbval-lax --nbval-sanitize-with notebooks/sanitize.cfg $(LESSONS); \
	else echo "flow_nb: NO VULKAN DRIVER: THE LESSONS WERE NOT RUN. See: flow-nb doctor" >&2; fi

browser: $(VENV)/test.stamp driver chromium ## real JupyterLab and Notebook 7 in Chromium
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m browser tests/browser

driver:
	@.ci/driver

chromium:
	@.ci/chromium

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "flow_nb needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Run: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(VENV)/lab.stamp: $(VENV)/bin/python $(SOURCES)
	$(BIN)/python -m pip install -q -e ".[lab]"
	@touch $@

$(VENV)/test.stamp: $(VENV)/bin/python $(SOURCES)
	$(BIN)/python -m pip install -q -e ".[test]"
	@touch $@ $(VENV)/lab.stamp

clean: ## forget the environment and everything rendered here
	rm -rf $(VENV) demo bench gallery js/node_modules flow_nb/labextension notebooks/.flow_nb notebooks/takes notebooks/films
