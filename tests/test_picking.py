"""Formats and layers chosen by clicks and keys in a real QGIS: the dialog, its history, batch, the model designer."""

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
        assert "--FORMATS='gpkg,geojson,kmz'" in command
        assert "--LAYERS='buildings,roads'" in command
    assert saw["replayed"] == [CHOSEN, LAYERS, "Chosen: gpkg, geojson, kmz"]
    assert saw["replayed parameters"] == {"FORMATS": ",".join(CHOSEN), "LAYERS": ",".join(LAYERS)}


def test_every_row_of_a_batch_has_a_choice_of_its_own(window):
    saw = window("batching", script="batching")
    assert saw["at first"] == [["svg", None]] * 4
    assert saw["nothing can be taken"] == [False, "Nothing is chosen: tick at least one."]
    assert saw["no layers"] == "All"
    assert saw["values"] == [["geojson,kml", "roads"], ["csv_wkt,gpx", "paths"], ["", None], ["nosuch", None]]
    # QGIS numbers the lines of its table, of which the first is no row; it runs the others.
    assert saw["refused"] == [f"Wrong or missing parameter value: Formats (row {line})" for line in (4, 5)]
    rows = [["helsinki_geojson.geojson", "helsinki_kml.kml"], ["helsinki_csv_wkt.zip", "helsinki_gpx.gpx"], None, None]
    assert saw["files"] == rows


def test_a_model_holds_the_choice_as_a_value_and_takes_it_from_an_input(window):
    saw = window("modelling", script="modelling")
    # A word that is no choice would be dropped in silence there: nothing can be typed.
    assert saw["before"] == ["svg", True]
    layers = [["buildings,roads", ""]]
    assert saw["value"] == {"FORMATS": [["geojson,kml", ""]], "LAYERS": layers}
    assert "'FORMATS': ['geojson','kml']," in saw["script"]
    assert "'LAYERS': ['buildings','roads']," in saw["script"]
    assert saw["files of the value"] == ["helsinki_geojson.geojson", "helsinki_kml.kml"]
    assert saw["shown again"] == "geojson,kml"
    assert saw["inputs"] == ["formats"]
    assert saw["input"] == {"FORMATS": [[None, "formats"]], "LAYERS": layers}
    assert "'FORMATS': parameters['formats']," in saw["script of the input"]
    assert saw["files of the input"] == ["helsinki_geojsonl.geojsonl", "helsinki_gpx.gpx"]
