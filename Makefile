# `make run` serves the game, `make test` proves it, `make pictures` shows it. All set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILT := static/built/manifest.json
SOURCES := $(wildcard static/css/*.css static/css/surfaces/*.css static/js/*.js static/rounds/* static/icons/*)
SCRIPTS_LINT := bash .ci/node node node_modules/oxlint/bin/oxlint static/js static/rounds .ci
PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder
PO := $(wildcard game/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.PHONY: run test test-day test-model test-sound pictures lighthouse setup lint format lock messages bench clean

# the jobs' worker runs beside the server, and ends with it
run: setup
	@$(BIN)/sourcerie work & work=$$!; trap "kill $$work 2>/dev/null" EXIT; trap "exit" INT TERM; \
	$(BIN)/sourcerie serve

test: $(VENV)/dev.stamp $(BUILT) $(MO)
	bash .ci/browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(SCRIPTS_LINT)
	$(BIN)/pytest $(PARALLEL) --ignore=tests/browser
# the browser's driver and the game's own loop do not share a process
	$(BIN)/pytest $(PARALLEL) tests/browser
	WIRE=stock $(BIN)/pytest $(PARALLEL) tests/live/test_room.py tests/live/test_boards.py

# the first part as if it were another moment, in UTC: no test may lean on today's date; the library
# that tells another time is fetched for this alone, and the wheel is left out, whose registry would
# seem to have run out. `make test-day DAY="2031-03-29 22:40"`
test-day: $(VENV)/dev.stamp $(BUILT) $(MO)
	test -d $(VENV)/faketime || $(BIN)/python -m pip install --quiet --target $(VENV)/faketime libfaketime==3.0.1
	FAKETIME_DIR=$(VENV)/faketime bash .ci/day "$(DAY)" $(BIN)/pytest $(PARALLEL) --ignore=tests/browser --ignore=tests/test_wheel.py

# a real server with a real small model, where one is installed: `make test-model MODEL_PYTHON=…`
test-model: $(VENV)/dev.stamp
	$(BIN)/pytest -s --timeout 3600 tests/real_model.py

# the real transcriber and the real vectors, where they are installed: `make test-sound SOUND_PYTHON=…`
test-sound: $(VENV)/dev.stamp
	$(BIN)/pytest -s --timeout 7200 tests/real_sound.py

# every screen in every state as a picture, in pictures/index.html; `make pictures ONLY=projector`
# takes those alone whose surface or name has this
pictures: $(VENV)/dev.stamp $(BUILT) $(MO)
	bash .ci/browser
	$(BIN)/python -m tests.browser.pictures pictures $(ONLY)

# Lighthouse, as a phone, of the door, the game and a contact's page; it is fetched for this alone
lighthouse: $(VENV)/dev.stamp $(BUILT) $(MO)
	bash .ci/browser
	$(BIN)/python -m tests.browser.lighthouse bash .ci/node npx --yes lighthouse@13.5.0

# `make bench`, `make bench LONG=1` for the hour of play and the fifty kills, `make bench PART=room`
bench: $(VENV)/dev.stamp $(BUILT) $(MO)
	$(BIN)/python -m bench $(PART) $(if $(LONG),--long)

setup: $(VENV)/stamp $(BUILT) $(MO)

$(VENV)/stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=python3.x"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

node_modules/stamp: package.json package-lock.json .ci/node $(VENV)/stamp
	bash .ci/node npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	touch $@

# one script and one sheet a surface, subset fonts: what browsers are given
$(BUILT): node_modules/stamp .ci/build.mjs $(SOURCES)
	bash .ci/node node .ci/build.mjs

%.mo: %.po $(VENV)/stamp
	$(BIN)/pybabel --quiet compile --use-fuzzy -i $< -o $@

lint: $(VENV)/dev.stamp node_modules/stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(SCRIPTS_LINT)

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra build --extra dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra sound -o requirements-sound.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra vectors -o requirements-vectors.lock
	npm install --package-lock-only --omit-lockfile-registry-resolved

messages: $(VENV)/dev.stamp
	$(BIN)/pybabel extract -F babel.cfg -k _l --no-location --sort-output --no-wrap --omit-header -o /tmp/sourcerie.pot .
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header -i /tmp/sourcerie.pot -d game/translations

clean:
	rm -rf $(VENV) node_modules static/built
