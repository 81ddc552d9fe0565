"""Formats and layers chosen by clicks and keys in a real QGIS window: in the dialog, its history, batch and models."""

import re

from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.osm.layers import GROUPS

CHOSEN = ["gpkg", "geojson", "kmz"]
LAYERS = ["buildings", "roads"]


def test_formats_and_layers_are_chosen_in_the_dialog_and_again_from_its_history(window):
    saw = window("picking", script="picking")
    offered = saw["offered"]
    assert [row[1] for row in offered if row[1]] == [item.id for item in written_formats()]
    assert [row[1] for row in offered if row[2]] == ["svg"]
    assert saw["told at first"] == "Chosen: svg"
    titles = [row[0] for row in offered if row[2] is None]
    assert titles[:4] == ["Artwork", "Images", "Georeferenced images", "GIS data"]
    # What cannot be written here says why; the zip brings no osmium.
    for name, reason in saw["unavailable"].items():
        assert f"needs the Python library {FORMATS[name].needs.split(':')[1]}: python3 -m pip install" in reason
    assert saw["ticked although unavailable"] == []
    assert [row[1] for row in saw["found"] if row[1]] == ["geotiff", "cog"]
    assert [row[1] for row in saw["found by words"] if row[1]] == ["svg_layers"]
    assert saw["not found"] == [[], "Nothing is called nosuch."]
    # Nothing chosen is refused, and said beside the list too.
    assert saw["told of nothing"] == "Nothing is chosen: tick at least one."
    assert saw["refused"] == "Wrong or missing parameter value: Formats"
    assert saw["told"] == "Chosen: gpkg, geojson, kmz"
    assert [row[1] for row in saw["layers"]] == list(GROUPS)
    assert saw["told of all layers"] == "Nothing is chosen: all."
    assert saw["files"] == ["helsinki_geojson.geojson", "helsinki_gpkg.gpkg", "helsinki_kmz.kmz"]
    log = "\n".join(saw["log"])
    assert "'FORMATS' : ['gpkg','geojson','kmz']" in log
    assert "'LAYERS' : ['buildings','roads']" in log
    # QGIS copies from 3.24 on.
    if int(re.search(r"QGIS version: 3\.(\d+)", log)[1]) >= 24:
        assert "'FORMATS':['gpkg','geojson','kmz']" in saw["copied"]["Copy as Python Command"]
        assert "'LAYERS':['buildings','roads']" in saw["copied"]["Copy as Python Command"]
        command = saw["copied"]["Copy as qgis_process Command"]
        assert [part.strip("'\"") for part in re.findall(r"--FORMATS=(\S+)", command)] == CHOSEN
        assert [part.strip("'\"") for part in re.findall(r"--LAYERS=(\S+)", command)] == LAYERS
    assert saw["replayed"] == [CHOSEN, LAYERS, "Chosen: gpkg, geojson, kmz"]
    assert saw["replayed parameters"] == {"FORMATS": ",".join(CHOSEN), "LAYERS": ",".join(LAYERS)}
