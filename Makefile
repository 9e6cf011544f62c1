# `make help` lists what there is. Variables, with their defaults, can be set on the
# command line or in the environment:
PORT ?= 8080
VENV ?= .venv
INSTANCE ?= instance$(if $(filter volto,$(FRONTEND)),-volto)
JOBS ?= 3
# PYTHON: the Python that makes $(VENV); else the first fitting one is taken.
# FRONTEND: with volto, the demo is shown by Volto on PORT, and is another site.
# VISITORS: with 1 the demo records visits, and has made-up visitors.
# CLICKTRACKER_DSN: the PostgreSQL database of the demo; else a SQLite file.
# CLICKTRACKER_TEST_DSN: the PostgreSQL server of the tests; else one of their own.
# JOBS: how many processes the tests share, of which some wait for a browser; 0 for --pdb.
# ARGS: arguments for pytest, as in: make test ARGS="tests/storage -x",
#   and for the benchmarks, as in: make bench ARGS="beacons --seconds 3"
# CLICKTRACKER_KEPT: where ARGS=--large keeps its sites, else /var/tmp/slc.clicktracker.

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
ZCML_XML_PT = $(shell find src demo benchmarks -name '*.zcml' -o -name '*.xml' -o -name '*.pt')
LOCALES := src/slc/clicktracker/locales

# Plone's modules and page templates are compiled once, not by each process that is started.
export PYTHONDONTWRITEBYTECODE :=
export CHAMELEON_CACHE := $(abspath $(VENV))/templates

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install run start console reset test test-fast lint format i18n constraints clean
.PHONY: bench screenshots static test-volto volto free-port

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: free-port $(INSTALLED) $(filter volto,$(FRONTEND)) ## Serve the demo site on http://localhost:8080/Plone (PORT=, VISITORS=1, FRONTEND=volto)
	@$(if $(filter volto,$(FRONTEND)),tools/with-node $(VENV)) \
	    $(BIN)/python -m demo.serve --instance $(INSTANCE) --port "$(PORT)" \
	    $(if $(filter 1,$(VISITORS)),--visitors) \
	    $(if $(filter volto,$(FRONTEND)),--volto)

test: $(INSTALLED) ## Run all tests, with PostgreSQL and Chromium (ARGS= for pytest)
	@tools/ensure-chromium $(VENV)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --no-loadscope-reorder \
	    --durations=10 $(ARGS)

test-fast: $(INSTALLED) ## Run the tests that need no site, server or browser (ARGS=)
	@$(BIN)/python -m pytest -m fast $(ARGS)

test-volto: $(INSTALLED) volto ## Run the tests of the add-on for Volto, with Volto and Chromium (ARGS=)
	@tools/ensure-chromium $(VENV)
	@tools/with-node $(VENV) pnpm --dir frontend --silent lint
	@tools/with-node $(VENV) pnpm --dir frontend --silent test
	@CLICKTRACKER_VOLTO=1 tools/with-node $(VENV) $(BIN)/python -m pytest -n 0 \
	    tests/functional/volto $(ARGS)

install: $(INSTALLED) ## Prepare .venv with everything for both commands

start: free-port $(INSTALLED) ## Serve what is there, without making the demo site
	@$(BIN)/python -m demo.serve --instance $(INSTANCE) --port "$(PORT)" --no-demo

console: $(INSTALLED) ## Open a Python prompt with Zope's "app"
	@$(BIN)/python -m demo.instance $(INSTANCE)
	@$(BIN)/zconsole debug $(INSTANCE)/etc/zope.conf

reset: ## Remove the demo site and its readings (not those in PostgreSQL)
	@python=$$(tools/find-python) && $$python -m demo.instance $(INSTANCE) --reset

lint: $(INSTALLED) ## Check code, markup, and which room imports from which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/zpretty --check $(ZCML_XML_PT)
	$(BIN)/lint-imports --no-cache --no-logo

format: $(INSTALLED) ## Format code and markup
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/zpretty --inplace $(ZCML_XML_PT)

# The Sharing tab, and whatever lists roles, look up ours in Plone's own domain.
i18n: $(INSTALLED) ## Update the translation files from the code
	$(BIN)/i18ndude rebuild-pot --no-line-numbers --pot $(LOCALES)/slc.clicktracker.pot \
	    --create slc.clicktracker src/slc/clicktracker
	$(BIN)/i18ndude rebuild-pot --no-line-numbers --pot $(LOCALES)/plone.pot \
	    --merge $(LOCALES)/plone-manual.pot --create plone src/slc/clicktracker/profiles
	$(BIN)/i18ndude sync --pot $(LOCALES)/slc.clicktracker.pot \
	    $(LOCALES)/*/LC_MESSAGES/slc.clicktracker.po
	$(BIN)/i18ndude sync --pot $(LOCALES)/plone.pot \
	    $(LOCALES)/*/LC_MESSAGES/plone.po
	@$(BIN)/python -m tools.volto_catalogs

screenshots: $(INSTALLED) ## Take the pictures of the README anew
	@tools/ensure-chromium $(VENV)
	@CLICKTRACKER_SCREENSHOTS=docs/images $(BIN)/python -m pytest -q \
	    --basetemp=/tmp/clicktracker tests/functional \
	    -k "bob_reads_twice or names_each_rightly or how_far_the_board or \
	        somebody_is_banned or the_map_is or the_course_is_drawn"

bench: $(INSTALLED) ## Measure, with wrk; writes the README's figures (ARGS=)
	@$(BIN)/python -m benchmarks $(ARGS)

static: $(INSTALLED) ## Build the static files from frontend/classic/, with node
	@tools/with-node $(VENV) tools/build-static

volto: $(INSTALLED) ## Fetch and build Volto with the add-on in frontend/
	@tools/with-node $(VENV) tools/build-volto

constraints: $(INSTALLED) ## Resolve all versions anew (constraints.txt, versions.cfg)
	@$(BIN)/python -m tools.constraints

clean: reset ## Remove the instance, .venv and what builds leave behind
	rm -rf $(VENV) build dist frontend/build.log frontend/core src/*.egg-info .pytest_cache .ruff_cache .hypothesis
	rm -rf frontend/node_modules frontend/*/node_modules frontend/packages/*/node_modules
	find benchmarks demo src tests tools -name __pycache__ -prune -exec rm -rf {} +

free-port:
	@python=$$(tools/find-python) && $$python -m demo.ports "$(PORT)"

$(INSTALLED): setup.py requirements.txt constraints.txt tools/install
	@tools/install $(VENV)
	@mkdir -p $(CHAMELEON_CACHE)
	@touch $@
