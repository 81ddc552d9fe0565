"""A folder of stores, and an extract, of each test's own."""

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.osm.store import background_build, keeper


@pytest.fixture
def stores(tmp_path, monkeypatch, qgis):
    """The folder of stores of this test alone."""
    folder = tmp_path / "stores"
    monkeypatch.setenv(keeper.VARIABLE, str(folder))
    monkeypatch.setenv(background_build.VARIABLE, background_build.OFF)
    return folder


@pytest.fixture
def source(tmp_path):
    """The sample under a name of its own."""
    path = tmp_path / "town.osm.pbf"
    path.write_bytes(SAMPLE.read_bytes())
    return path
