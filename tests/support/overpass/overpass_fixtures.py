"""Fixtures of the tests that ask an Overpass server."""

import itertools

import pytest
from overpass_data import BOX

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.sources import opening
from osm2cdr.processing_provider.sources.overpass import client, split
from overpass_server import Server


@pytest.fixture
def overpass_places(monkeypatch, tmp_path):
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(client, "_FIRST_WAIT", 0.2)
    monkeypatch.setattr(split, "PAUSE", 0.05)


@pytest.fixture
def serve(overpass_places):
    servers = []

    def start(*plays, **more):
        servers.append(Server(plays[0] if callable(plays[0]) else plays, **more))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def ask(qgis, tmp_path, overpass_places):
    """ask(source): what sources.open_source gives for a small box; no test waits for the end of `timeout` by itself."""
    numbers = itertools.count()

    def run(source, box=BOX, groups=(), level=4, timeout=170, feedback=None):
        folder = tmp_path / f"work{next(numbers)}"
        folder.mkdir()
        source = source.url if isinstance(source, Server) else source
        return opening.open_source(source, box, groups, level, timeout, folder, feedback or Feedback())

    return run
