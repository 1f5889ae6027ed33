# make demo    the whole story on this machine, with a report in demo-report/
# make hardening    the worked case: from a worker's word to hard proof, and back, with a report in hardening-report/
# make test    every test
# make client  Python clients of running services, typed, in build/client (ISSUER=… VERIFIER=…)
# make client-check  the same with services of its own, and use them
# make phone   the wallet for phones, in build/phone (needs Node and npm)
# make phone-check  the same from nothing, twice, in two time zones: are the bytes the same? And all of its tests
# make browsers    the wallet for phones and all services in Firefox and WebKit (Debian: firefox-esr webkit2gtk-driver xvfb)
# make fuzz    documents changed at random: compiled canonicalisation against the reference (a million rounds)
# make axe     every page that tests are answered with, judged by axe-core and for screen readers and keys; a table in docs/axe.md
# make keys    every browser test by keys alone, without a mouse
# make pictures   a picture of every main page, on a phone and at a desk, in docs/pages.md
# make check   what CI runs: format, lint, types, imports, tests with coverage
.DEFAULT_GOAL := help
.PHONY: help demo phone phone-check hardening client client-check test check checked compiled lint types imports coverage format lock fuzz clean taxonomy axe browsers keys pictures

# A run starts hundreds of interpreters: what Python compiled once is kept for the next.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
KEEP ?=
ARGS ?=
WORKERS ?= 4

help:
	@sed -n 's/^# //p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (on Debian: apt install python3-venv)"; exit 1; }

# uv unpacks in a tenth of pip's time. Where it has no wheel or knows no way to the index, pip does the same.
install = $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) 2>/dev/null \
  || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

$(VENV)/.run: requirements.lock requirements-setup.lock pyproject.toml | $(BIN)/python
	@echo "Setting up a virtual environment in $(VENV) (once, a few seconds to half a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock || true
	@$(call install,--require-hashes -r requirements.lock)
	@$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.develop: requirements-dev.lock $(VENV)/.run
	@$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@

demo: $(VENV)/.run
	@$(BIN)/passport demo --report demo-report $(if $(KEEP),--keep) $(ARGS)

hardening: $(VENV)/.run
	@$(BIN)/passport demo hardening --report hardening-report $(ARGS)

test: $(VENV)/.develop
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q $(ARGS)

check: checked
	@$(MAKE) --no-print-directory coverage

checked: lint
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types imports compiled

# What every worker would do for itself, four at a time: tests compiled, with assertions that tell what they compared.
compiled: $(VENV)/.develop
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null

lint: $(VENV)/.develop
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(VENV)/.develop
	@$(BIN)/mypy

imports: $(VENV)/.develop
	@$(BIN)/lint-imports

# Every test once. Tracing makes a test half as slow again, so traced is only what the gate on the rooms that prove,
# weigh and disclose needs: their own tests and the attacks on them. Each worker collects all tests, which takes it ten
# seconds: the traced ones never wait, and two are enough for two processors.
TRACED := tests/vectors $(addprefix tests/unit/,certificate dids evidence jose proofs sd_jwt securing status) \
  $(foreach one,archive base_proofs chain consent did evidence hostile_requests jose kept laundering odd_token older \
    proof sd_jwt selective status token withheld x5c_issuers.,$(wildcard tests/adversarial/test_$(one)*)) \
  $(patsubst %,tests/properties/test_%.py,junk_lists_and_profiles smallest_cover token_junk)

coverage: $(VENV)/.develop
	@$(MAKE) --no-print-directory test ARGS="$(TRACED:%=--ignore=%) $(ARGS)"
	@$(MAKE) --no-print-directory test WORKERS=2 ARGS="$(TRACED) --cov --cov-report= $(ARGS)"
	@$(BIN)/coverage report

# The generator needs an older typer than ours, so it has a virtual environment of its own.
TOOL := build/client-tool
ISSUER ?= http://localhost:8101
VERIFIER ?= http://localhost:8102

$(TOOL)/.ready: docs/client-tool.txt
	@$(PYTHON) -m venv $(TOOL)
	@$(TOOL)/bin/python -m pip install --quiet --disable-pip-version-check -r docs/client-tool.txt
	@touch $@

client: $(TOOL)/.ready
	@$(TOOL)/bin/python docs/make_client.py build/client --tool $(TOOL)/bin/openapi-python-client \
	  --issuer $(ISSUER) --verifier $(VERIFIER)

# First every page that these tests are answered with is kept; then each is judged in both languages at both widths,
# and so are the pages of the app for phones.
PAGES = $(filter-out tests/e2e/test_phone% tests/e2e/test_every_page_judged.py,$(shell grep -lE \
  'at_desk|text/html|/console|simulators.(house|desks|town)|simulators.browsing|wallet.desktop.app' tests/e2e/*.py tests/unit/wallet/*.py))
axe: $(VENV)/.develop
	@rm -rf build/axe build/album && mkdir -p build/axe build/album
	@PASSPORT_ALBUM=$(abspath build/album) $(BIN)/python -m pytest -n 2 --dist loadfile -q $(PAGES) $(ARGS)
	@PASSPORT_ALBUM=$(abspath build/album) PASSPORT_AXE=1 PASSPORT_AXE_RESULTS=$(abspath build/axe) \
	  $(BIN)/python -m pytest -n 2 -q tests/e2e/test_every_page_judged.py $(ARGS)
	@PASSPORT_AXE=1 PASSPORT_AXE_RESULTS=$(abspath build/axe) $(BIN)/python -m pytest -q tests/e2e/test_phone.py $(ARGS)
	@$(BIN)/python -m tests.simulators.axe_table build/axe > docs/axe.md

keys: $(VENV)/.develop
	@PASSPORT_KEYS=1 $(BIN)/python -m pytest -n 2 --dist loadfile -q $$(grep -lE 'simulators.(browsing|phone)' tests/e2e/test_*.py) $(ARGS)

pictures: $(VENV)/.develop
	@$(BIN)/python docs/make_pictures.py docs/pages.md docs/pictures

client-check: $(VENV)/.develop $(TOOL)/.ready
	@PASSPORT_CLIENT_TOOL=$(abspath $(TOOL))/bin $(BIN)/python -m pytest -q tests/e2e/test_generated_client.py

phone: $(VENV)/.run
	@$(BIN)/passport wallet site build --out build/phone

phone-check: $(VENV)/.develop
	@rm -rf build/phone-check
	@PASSPORT_BUILD_CACHE=build/phone-check/1 $(BIN)/passport wallet site build --fresh --out build/phone-1
	@PASSPORT_BUILD_CACHE=build/phone-check/2 TZ=Asia/Tokyo $(BIN)/passport wallet site build --fresh --out build/phone-2
	@diff -r build/phone-1 build/phone-2 && echo "The same bytes twice."
	@PASSPORT_PHONE=all $(BIN)/python -m pytest -q tests/e2e/test_phone*.py $(ARGS)

# Not in CI, which has neither of them: each browser starts a wallet a dozen times. PASSPORT_PICTURES keeps photographs.
browsers: $(VENV)/.develop
	@PASSPORT_BROWSERS=1 $(BIN)/python -m pytest -q tests/browsers $(ARGS)

fuzz: $(VENV)/.develop
	@$(BIN)/python benchmarks/fuzz_canonicalisation.py $(ARGS)

format: $(VENV)/.develop
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# New versions of what we build on; read the diff before you commit it.
lock: $(VENV)/.develop
	@echo uv | $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
	  --no-annotate - -o requirements-setup.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
	  --extra build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
	  --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	@rm -rf $(VENV) demo-report hardening-report .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
