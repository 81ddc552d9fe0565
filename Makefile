# Every target works in a checkout called anything, on a bare Debian 12 or 13 or Ubuntu 24.04 with git and make.
SHELL := /bin/bash

.PHONY: help setup links sample demo test lint package clean

help:
	@echo "make demo    set up, then export the sample area into build/demo"
	@echo "make test    set up, then run the tests"
	@echo "make lint    style and types"
	@echo "make package the plugin zip, build/osm2cdr.zip"

setup:
	@.ci/setup

links:
	@.ci/links

sample: setup
	@.ci/sample

demo: sample
	@.ci/demo

test: sample
	@.ci/test

lint: setup
	@.ci/lint

package: setup
	@.ci/package

clean:
	rm -rf build .venv
