# The front door. `make demo` and `make test` need only Python 3.11 and make; both may run again at any time.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
WITH_POSTGRES := $(PYTHON) -m scripts.with_postgres
PYTEST := $(PYTHON) -m scripts.test
QUICK := not (door or journey or race or fault or slow)
LOCKED := pyproject.toml uv.lock package.json package-lock.json scripts/bootstrap.sh
PORT ?= 8000
export PORT

.PHONY: help demo test check fast doors journeys race faults bench mutants audit fix migrate shell assets clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

demo: .venv/.ready-for-demo ## Run the whole service with a sample county on http://127.0.0.1:8000 (or PORT)
	@$(PYTHON) -m scripts.assets
	@exec $(PYTHON) -m scripts.demo

test: check fast doors journeys race faults ## Everything that must hold before a change lands

check: .venv/.ready-for-test assets ## Style, types, floors, templates, migrations, settings
	@$(PYTHON) -m scripts.check

fast: .venv/.ready-for-test assets ## Quick tests on every core
	$(PYTEST) -n auto -m "$(QUICK)"

doors: .venv/.ready-for-test assets ## Every address, asked by every kind of person
	$(PYTEST) -n auto -m door

journeys: .venv/.ready-for-test assets ## Whole journeys in a real browser
	$(PYTEST) -n auto --maxschedchunk 1 -m journey

bench: .venv/.ready-for-test assets ## How fast the pages are, at the size of the demo and at a hundred times that
	$(PYTHON) -m scripts.bench

race: .venv/.ready-for-test ## Threads and processes against each other
	$(PYTEST) -m race
	$(PYTHON) -m scripts.race

faults: .venv/.ready-for-test ## Killed workers, lost brokers, restores, and thousands of examples
	$(PYTEST) -n auto --dist worksteal -m "slow and not (race or fault)"
	$(PYTEST) -m "fault and not race"

mutants: .venv/.ready-for-test assets ## Take one check away at a time: do the tests notice?
	@$(PYTHON) -m scripts.mutants

audit: .venv/.ready-for-test ## Known holes in the packages we use
	@$(PYTHON) -m scripts.audit

fix: .venv/.ready-for-test ## Format, and mend what can be mended without thought
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

migrate: .venv/.ready-for-demo ## Migrate the demo's database
	$(WITH_POSTGRES) $(PYTHON) manage.py prepare_database

shell: .venv/.ready-for-demo ## A Python shell beside the demo's database
	$(WITH_POSTGRES) $(PYTHON) manage.py shell

assets: .venv/.ready-for-demo
	@$(PYTHON) -m scripts.assets

clean: ## Forget everything that was built or stored here, the demo's database too
	rm -rf .venv .state node_modules static_build staticfiles media test-results

.venv/.ready-for-demo: $(LOCKED)
	@sh scripts/bootstrap.sh demo

.venv/.ready-for-test: $(LOCKED)
	@sh scripts/bootstrap.sh test
