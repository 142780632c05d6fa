# `make lab` and `make test` are all that most people need; `make help` lists the
# rest. Paths are relative, so that the clone's own path may hold spaces.

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
.DEFAULT_GOAL := help

# Cells must never wait for the network to fetch another Go, so nor does set-up;
# a commit alone is no reason to link the commands again.
export GOTOOLCHAIN := local
export GOFLAGS := -buildvcs=false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Caches belong into the home folder; without one that can be written, into build/.
ifneq ($(shell test -n "$$HOME" -a -w "$$HOME" && echo yes),yes)
export GOCACHE ?= $(CURDIR)/build/cache/go-build
export GOMODCACHE ?= $(CURDIR)/build/cache/go-mod
export PIP_CACHE_DIR ?= $(CURDIR)/build/cache/pip
export npm_config_cache ?= $(CURDIR)/build/cache/npm
endif

step := tools/step.sh
online := The first set-up needs a network, and Go's and pip's own settings for it.
report := Please report this with the lines above.

go_sources := $(shell find cmd internal kernel-helpers -type f ! -name '*_test.go' ! -path '*/testdata/*')
helpers := $(shell find kernel-helpers exercises -type f -name '*.go' ! -name '*_test.go' ! -path '*/testdata/*')
chart_sources := $(shell find labextension -type f ! -path '*/node_modules/*' ! -path '*/lib/*')
notebooks := $(wildcard notebooks/*.ipynb)
days := $(wildcard notebooks/day-*.ipynb)

.PHONY: help lab setup test nbgrader screenshot lint image test-image bench requirements clean FORCE

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

lab: setup ## set everything up and open JupyterLab on Day 3
	@bin/interleave lab

# --- set-up: each step is done again only when what it depends on has changed

setup: build/warm ## set everything up, without opening anything
	@echo "Everything is set up."

build/machine: FORCE
	@tools/machine.sh

.venv/.ready: requirements.txt build/machine
	@$(step) 1/8 "Installing JupyterLab into .venv" "$(online)" tools/venv.sh .venv requirements.txt

bin/gonb: go.mod go.sum build/machine
	@$(step) 2/8 "Building the Go kernel, GoNB" "$(online)" go build -o bin/ github.com/janpfeifer/gonb
	@touch $@

bin/goimports: tools/go.mod tools/go.sum build/machine
	@$(step) 3/8 "Building goimports, which completes imports" "$(online)" go build -C tools -o ../bin/ golang.org/x/tools/cmd/goimports
	@touch $@

bin/gopls: tools/go.mod tools/go.sum build/machine
	@$(step) 4/8 "Building gopls, which completes code" "$(online)" go build -C tools -o ../bin/ golang.org/x/tools/gopls
	@touch $@

bin/interleave: go.mod go.sum $(go_sources) build/machine
	@$(step) 5/8 "Building the interleave command" "$(report)" go build -o bin/ ./cmd/interleave
	@touch $@

kernel_spec := .venv/share/jupyter/kernels/gonb/kernel.json
$(kernel_spec): .venv/.ready bin/gonb bin/goimports bin/gopls bin/interleave
	@$(step) 6/8 "Installing the kernel" "$(report)" bin/interleave kernel install --prefix .venv

build/charts: .venv/.ready $(chart_sources)
	@$(step) 7/8 "Building the charts for JupyterLab" "$(online)" labextension/build.sh .venv
	@touch $@

build/warm: go.mod $(helpers) build/machine | $(kernel_spec) build/charts
	@$(step) 8/8 "Warming Go's build cache, so that the first cell is quick" "bin/interleave doctor says what is wrong." bin/interleave warm
	@touch $@

# --- tests

test: setup e2e/.venv/.ready ## set everything up and run every test
	go test -race -timeout 30m ./...
	go test ./kernel-helpers/processes # deadlocks of children, which the race detector hides
	labextension/test.sh
	bin/interleave run $(notebooks)
	bin/interleave run --solved --html --out build/executed $(days)
	GOMAXPROCS=1 bin/interleave run --solved $(days) # lessons hold on one processor
	e2e/.venv/bin/python -m pytest e2e --executed build/executed
	deploy/nbgrader/test.sh

screenshot: setup e2e/.venv/.ready ## take the README's picture anew
	e2e/.venv/bin/python -m pytest e2e -k picture --readme

e2e/.venv/.ready: e2e/requirements.txt build/machine
	@tools/venv.sh e2e/.venv e2e/requirements.txt >build/e2e-venv.log 2>&1 || { tail -n 15 build/e2e-venv.log; exit 1; }

nbgrader: setup deploy/nbgrader/.venv/.ready ## install nbgrader, in an environment of its own

deploy/nbgrader/.venv/.ready: deploy/nbgrader/requirements.txt build/machine
	@tools/venv.sh deploy/nbgrader/.venv deploy/nbgrader/requirements.txt >build/nbgrader-venv.log 2>&1 || { tail -n 15 build/nbgrader-venv.log; exit 1; }

lint: setup build/lint/.ready ## check the format of code, scripts and notebooks
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')) && test -z "$$unformatted" || { echo "Run gofmt -w on:" $$unformatted; exit 1; }
	go vet -tags bench ./...
	go vet -C bench/peers ./...
	GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go vet ./...
	build/lint/bin/ruff check $$(git ls-files '*.py')
	build/lint/bin/ruff format --check $$(git ls-files '*.py')
	build/lint/bin/shellcheck -x -P SCRIPTDIR $$(git grep -lE '^#!/(bin/sh|bin/bash|usr/bin/env bash)$$')
	bin/interleave lint $(notebooks)
	bin/interleave sync --check

build/lint/.ready: tools/requirements.txt build/machine
	@tools/venv.sh build/lint tools/requirements.txt >build/lint.log 2>&1 || { tail -n 15 build/lint.log; exit 1; }

# --- the image

DOCKER ?= docker

image: ## build the image, with Docker or DOCKER=podman
	$(DOCKER) build --tag interleave .

test-image: ## build the image over stand-in bases and run Day 3 in it (root, Debian)
	deploy/image/test.sh

# --- upkeep

soak: ## run correct solutions 30,000 times: none may fail (RUNS=n); and replay each mistake
	go test ./internal/proof -run '^(TestNoCorrectProgramFails|TestTheSeedOfAMistakeShowsItAgain)$$' -count=1 -v -timeout 0 -soak $(or $(RUNS),30000)

bench: setup e2e/.venv/.ready ## measure what all of it costs, and write docs/benchmarks.md
	go run ./bench $(if $(ONLY),-only $(ONLY)) $(if $(ROUNDS),-rounds $(ROUNDS))

requirements: build/lint/.ready ## pin the newest Python packages that the .in files allow
	@for list in requirements tools/requirements e2e/requirements deploy/image/requirements deploy/nbgrader/requirements; do \
		build/lint/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
			$$list.in -o $$list.txt && echo "Wrote $$list.txt" || exit 1; \
	done

clean: ## remove everything that these commands have made
	@chmod -R u+w build 2>/dev/null || true # Go's module cache is read-only
	rm -rf .venv bin build .image e2e/.venv deploy/nbgrader/.venv e2e/out labextension/lib labextension/node_modules
