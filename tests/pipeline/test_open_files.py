"""Whoever exports again and again in one process, as a script or a model does, does not run out of files."""

import os

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.cartography.features.reading import open_table
from osm2cdr.processing_provider.errors import ExportError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request


def open_files():
    """The names of what this process has open, of deleted files too."""
    names = []
    for number in os.listdir("/proc/self/fd"):
        try:
            names.append(os.readlink(f"/proc/self/fd/{number}"))
        except OSError:
            continue
    return names


def test_an_export_leaves_no_file_open(qgis, tmp_path):
    fields = {
        "bbox": (24.9420, 60.1690, 24.9470, 60.1715),
        "formats": ["svg", "pdf", "cdr", "png", "gpkg", "geojson", "dxf", "kml"],
    }
    results = pipeline.run(make_request({**fields, "source": str(SAMPLE)}), tmp_path, Feedback())
    assert [result.error for result in results] == [None] * 8
    assert not [name for name in open_files() if str(tmp_path) in name]


def test_a_table_that_cannot_be_opened_is_a_sentence_and_no_empty_map(qgis, tmp_path):
    with pytest.raises(ExportError, match="could not open the table roads"):
        open_table(tmp_path / "none.gpkg", "roads", "Roads")
