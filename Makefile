# The commands of this project. Each is a line or two that a person could type.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHON

.PHONY: setup setup-s3 setup-tests run test test-deep test-faults test-recipes bench simulate release-dump check fix lock

setup: $(VENV)/requirements.done          ## install what TRACE needs, and do nothing else
setup-s3: $(VENV)/requirements.done $(VENV)/requirements-s3.done  ## and for FILES in a bucket that speaks S3
setup-tests: $(VENV)/requirements-dev.done

$(VENV)/%.done: %.txt deploy/setup.sh
	@sh deploy/setup.sh $<
	@touch $@

run: setup                                ## start TRACE on this machine; Ctrl-C stops it
	@$(BIN)/python -m trace_site.run

test: setup-tests                         ## everything that can be tested here
	@$(BIN)/python -m tests.run

test-deep: setup-tests                    ## every promise to respondents, proved at length; a line each with its figure
	@$(BIN)/python -m tests.deep

test-faults: setup-tests                  ## what breaks while people answer: a line each with its figures; ONLY=mail_slow for some
	@ONLY=$(ONLY) ENGINES=$(ENGINES) $(BIN)/python -m tests.faults
	@$(if $(ONLY),,$(BIN)/python -m tests.faults.floods)

test-recipes: setup-tests                 ## docs/operations.md, command by command, on clean Debian 12 and 13; as root
	@ENV_FILE=/dev/null $(BIN)/python -m pytest -p no:randomly -m recipe -rs tests/recipes

bench: setup-tests                        ## speed against plain work, side by side; ONLY=close,report for some of it
	@ONLY=$(ONLY) $(BIN)/python -m benchmarks

simulate: setup-tests                     ## how often the scoring method errs and what it finds, into docs/error-rates.md
	@OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.method --write

release-dump: setup-tests                 ## keep the database of this version for tests of all later ones, before it is tagged
	@ENV_FILE=/dev/null $(BIN)/python -m tests.releases.making

check: setup-tests                        ## style, floors, types, templates, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	ENV_FILE=/dev/null DEBUG=1 $(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djangofmt --check --quiet templates templates/documents/*.svg
	ENV_FILE=/dev/null DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run

fix: setup-tests                          ## mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt --quiet templates templates/documents/*.svg

sbom: setup-tests                         ## what the site is made of, with hashes, as CycloneDX: sbom.json
	$(BIN)/cyclonedx-py requirements --output-reproducible --output-file sbom.json requirements.txt

lock: setup                               ## pin every package, with hashes, for every Python from 3.11 on
	command -v uv >/dev/null || $(BIN)/pip install --quiet uv
	PATH="$$PATH:$(BIN)" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		requirements.in -o requirements.txt
	PATH="$$PATH:$(BIN)" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		requirements-s3.in -c requirements.txt -o requirements-s3.txt
	PATH="$$PATH:$(BIN)" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		requirements-dev.in -c requirements.txt -c requirements-s3.txt -o requirements-dev.txt
