# The README's three plain lines do the same where there is no make.
PYTHON ?= python3
BIN = .venv/bin

lab: .venv/ready
	$(BIN)/jupyter lab --config=jupyter_lab_config.py $(ARGS)

test: .venv/ready
	$(BIN)/python -m pytest $(ARGS)

bench: .venv/ready
	$(BIN)/python -m pip install --quiet -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks $(ARGS)

images: .venv/ready
	$(BIN)/python images/make_images.py

lock: .venv/ready
	$(BIN)/python -m pip install --quiet uv
	grep -v '^-c' requirements.txt | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-package micrograd-lesson - --output-file constraints.txt

.venv/ready: requirements.txt constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.PHONY: lab test bench images lock
