# Every target works in a checkout called anything, on a bare Debian 12 or 13 or Ubuntu 24.04 with git and make.
SHELL := /bin/bash

.PHONY: help setup links sample demo test test-browser serve chaos disk matrix lint bench soak docs samples gallery \
  references kits translations package security mutants clean

help:
	@echo "make demo    set up, then export the sample area into build/demo"
	@echo "make test    set up, then run the tests (ARGS='-k bmp' those of bmp); it installs Inkscape and LibreOffice"
	@echo "make test-browser the tests in Chromium, in Node and behind nginx, which it installs"
	@echo "make serve   the server on 127.0.0.1:8000 (PORT=, SOURCE=, HOST=, GUESTS=)"
	@echo "make chaos   everything of a server is killed at random, 600 jobs long (JOBS=, SEED=, ENGINE=)"
	@echo "make disk    the disk gets full while each format is written, on both engines (ENGINE=)"
	@echo "make mutants changes to the code that users would suffer from: each must make tests fail (long)"
	@echo "make matrix  the demo and what depends on QGIS, GDAL or Python on Debian 13, in a root made for it (ARGS=tests: all)"
	@echo "make lint    style and types"
	@echo "make bench   benchmarks beside their peers, docs/performance.md"
	@echo "make soak    an hour (MINUTES=) of calls: memory, descriptors and latency stay flat"
	@echo "make docs    the pages made from tables; make samples: the files of docs/samples"
	@echo "make gallery the pictures of docs/gallery.md; make references: those that the tests compare with"
	@echo "make translations brings i18n/*.ts up to date with the texts of the code"
	@echo "make kits    graded files for CorelDRAW and Illustrator, docs/samples"
	@echo "make likeness whole maps as artwork beside QGIS's own pictures, docs/artwork.md"
	@echo "make package the plugin zip, build/osm2cdr.zip"
	@echo "make security the rules of plugins.qgis.org on that zip"

setup:
	@.ci/setup

links:
	@.ci/links

sample: setup
	@.ci/sample

demo: sample
	@.ci/demo

test: sample
	@.ci/test $(ARGS)

test-browser: sample
	@.ci/test-browser

serve: sample
	@OSM2CDR_HOST="$(or $(HOST),$(OSM2CDR_HOST))" OSM2CDR_PORT="$(or $(PORT),$(OSM2CDR_PORT))" \
	  OSM2CDR_SOURCE="$(or $(SOURCE),$(OSM2CDR_SOURCE))" OSM2CDR_GUESTS="$(or $(GUESTS),$(OSM2CDR_GUESTS),free)" \
	  bin/osm2cdr serve

chaos: sample
	@.ci/chaos "$(or $(JOBS),600)" "$(or $(SEED),1)" "$(or $(ENGINE),fork)"

disk: sample
	@.ci/disk $(or $(ENGINE),fork qgis_process)

mutants: sample
	@.ci/mutants

matrix:
	@.ci/matrix $(ARGS)

lint: setup
	@.ci/lint

bench: setup
	@.ci/bench

soak: setup
	@nice .ci/bench bench/soak.py $$((60 * $(or $(MINUTES),60))) $(ENGINE)

docs:
	@.ci/docs

samples: sample
	@.ci/samples

gallery: sample
	@.ci/gallery

references: sample
	@.ci/references

kits: sample
	@.ci/kits

likeness: sample
	@.ci/likeness

translations:
	@.ci/translations

package: setup
	@.ci/package

security: package
	@.ci/security

clean:
	rm -rf build .venv
