# `make` alone lists what can be made. The README's plain lines do the same where there is no make.
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

list:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

lab: .venv/ready ## opens JupyterLab on your own copy of the lessons, my_lessons/; ARGS=my_lessons/04_backprop_automatic.ipynb: on that one
	$(BIN)/python -m micrograd_lesson.own_copy
	$(BIN)/jupyter lab --config=jupyter_lab_config.py $(ARGS)

test: .venv/ready-for-tests ## runs every test, the notebooks and the browser among them; ARGS: pytest's options
	$(BIN)/python -m pytest $(ARGS)

quick: .venv/ready-for-tests ## runs in half a minute what is worth running after each change; ARGS: pytest's options
	$(BIN)/python -m tests.quick $(ARGS)

lint: .venv/ready-for-tests ## checks the code's form; ARGS=--fix mends what can be mended
	$(BIN)/ruff check $(ARGS)
	$(BIN)/ruff format $(if $(findstring --fix,$(ARGS)),,--check)

notebooks: .venv/ready-for-tests ## executes lessons and solutions in place; ARGS=notebooks/04_backprop_automatic.ipynb: that one
	$(BIN)/python -m tests.notebooks $(ARGS)

bench: .venv/ready-for-tests ## times the engines, drawings and explorers beside their peers; ARGS=growth: one of them
	$(INSTALL) -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks $(ARGS)

site: .venv/ready-for-site ## builds the web site of the series in build/site
	$(BIN)/python site/build.py $(ARGS)

page: .venv/ready-for-site ## writes a lesson as one HTML file: make page ARGS=notebooks/01_derivatives.ipynb
	$(BIN)/python site/page.py $(ARGS)

hub: hub/.venv/ready ## starts JupyterHub on this machine, for trying a class: any name, password nudge
	hub/.venv/bin/python -m hub.content
	MICROGRAD_HUB=try hub/.venv/bin/jupyterhub --config=hub/jupyterhub_config.py $(ARGS)

results: .venv/ready ## one table of what a class has done, and a picture of where it is stuck: make results ARGS=FOLDER
	$(BIN)/python -m micrograd_lesson.results $(or $(ARGS),build/hub/learners)

assignment: .venv/ready ## turns a lesson into an assignment for nbgrader: make assignment LESSON=05
	$(BIN)/python -m hub.assignment $(LESSON)

images: .venv/ready ## draws the figures of lessons and README anew
	$(BIN)/python images/make_images.py

badges: .venv/ready ## writes the row of badges at the top of README.md: make badges REPOSITORY=owner/name
	$(BIN)/python site/badges.py $(REPOSITORY)

# Read without their own -c, so that the pins of constraints.txt are kept where they fit and no more.
lock: .venv/ready ## resolves the pins of constraints.txt anew, from both requirements and the package
	$(INSTALL) uv
	cat requirements.txt requirements-test.txt site/requirements.txt | grep -v '^-[cr]' | $(BIN)/uv pip compile --quiet --universal \
		--python-version 3.11 --no-header --no-annotate pyproject.toml - --output-file constraints.txt

.venv/ready: requirements.txt constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt -e .
	touch $@

.venv/ready-for-tests: .venv/ready requirements-test.txt
	$(INSTALL) -r requirements-test.txt
	touch $@

.venv/ready-for-site: .venv/ready site/requirements.txt
	$(INSTALL) -r site/requirements.txt
	touch $@

# The hub has an environment of its own: a learner who works alone needs none of it.
hub/.venv/ready: hub/requirements.txt hub/package-lock.json requirements.txt constraints.txt pyproject.toml
	@command -v npm >/dev/null || { echo "JupyterHub's proxy needs Node 20 or later with npm: install it from your system's packages."; exit 1; }
	$(PYTHON) -m venv hub/.venv
	hub/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r hub/requirements.txt -e .
	npm ci --prefix hub --no-audit --no-fund --loglevel=error
	touch $@

.PHONY: list lab test quick lint notebooks bench site page hub results assignment images badges lock
