# The familiar words. Everything here is an npm script or the gnu-mlops command; see the README.
GNU_MLOPS = npm run --silent gnu-mlops --

.PHONY: install quickstart train deploy-staging deploy-production predict info rollback \
	test lint typecheck build check bench format clean

install: ## Install everything, exactly as locked
	npm ci

quickstart: ## From a table to a model in production, in one go
	$(GNU_MLOPS) quickstart

train: ## Train on the configured table and register a version
	$(GNU_MLOPS) train $(ARGS)

deploy-staging: ## Promote the newest version to Staging
	$(GNU_MLOPS) deploy staging $(ARGS)

deploy-production: ## Promote the version in Staging to GNU_Production
	$(GNU_MLOPS) deploy production $(ARGS)

predict: ## Predict rows: make predict ARGS='--input rows.json'
	$(GNU_MLOPS) predict $(ARGS)

info: ## What is deployed
	$(GNU_MLOPS) deploy info $(ARGS)

rollback: ## Bring back the version that was in production before
	$(GNU_MLOPS) deploy rollback $(ARGS)

test: ## Run the tests
	npm test

lint: ## Boundaries, unused code, formatting
	npm run lint

typecheck: ## Check the types
	npm run typecheck

build: ## Build every package
	npm run build

check: ## Everything, cached
	npm run check

bench: ## Speed, side by side with the peers
	npm run bench

format: ## Format every file
	npm run format

clean: ## Remove what building and testing made
	npm run clean
