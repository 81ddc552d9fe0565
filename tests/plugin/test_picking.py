"""Formats and layers chosen by clicks and keys in a real QGIS: the dialog, its history, batch, the model designer."""

import re
import subprocess
import sys

import pytest

from areas import ROOT
from osm2cdr.processing_provider.cartography.rendering.canvas import can_be_written
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.osm.tables.layers import GROUPS
from osm2cdr.processing_provider.request.papers import PARTS
from osm2cdr.processing_provider.tools import child_environment

CHOSEN = ["gpkg", "geojson", "kmz"]
LAYERS = ["buildings", "roads"]


def test_formats_and_layers_are_chosen_in_the_dialog_and_again_from_its_history(window):
    saw = window("picking", script="picking")
    offered = saw["offered"]
    assert sorted(row[1] for row in offered if row[1]) == sorted(item.id for item in written_formats())
    assert [row[1] for row in offered if row[2]] == ["svg"]
    assert saw["told at first"] == "Chosen: svg"
    assert saw["tip"] == "SVG\nFile .svg; in scripts and file names it is called svg."
    titles = [row[0] for row in offered if row[2] is None]
    assert titles[:5] == ["Artwork", "Tables and documents", "Images", "Georeferenced images", "Heights"]
    # What cannot be written here says why; the zip brings no osmium.
    needs = r"needs (the Python library .+: python3 -m pip|a CMYK colour profile, .+: apt) install"
    for name, reason in saw["unavailable"].items():
        assert re.search(needs, reason), name
    assert saw["ticked although unavailable"] == []
    georeferenced = {item.id for item in written_formats() if item.family == "geo-raster"}
    assert {"geotiff", "png_wld", "xyz_tiles"} < georeferenced
    assert {row[1] for row in saw["found"] if row[1]} == georeferenced
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


@pytest.mark.one_system("the list itself is tried on both, in the dialog and in every one")
def test_every_row_of_a_batch_has_a_choice_of_its_own(window):
    saw = window("batching", script="batching")
    assert saw["at first"] == [["svg", None]] * 4
    assert saw["nothing can be taken"] == [False, "Nothing is chosen: tick at least one."]
    assert saw["no layers"] == "All"
    assert saw["values"] == [["geojson,kml", "roads"], ["geojson,gpx", "paths"], ["", None], ["nosuch", None]]
    # QGIS numbers the lines of its table, of which the first is no row; it runs the others.
    assert saw["refused"] == [f"Wrong or missing parameter value: Formats (row {line})" for line in (4, 5)]
    # Both rows go into one folder: what is there stays, and the second row's files get a number.
    rows = ["helsinki-2_geojson.geojson", "helsinki-2_gpx.gpx", "helsinki_geojson.geojson", "helsinki_kml.kml"]
    assert saw["files"] == [rows, None, None]
    assert saw["tables"] == [["land", "paths"], ["land", "roads"]]


@pytest.mark.one_system("the list itself is tried on both, in the dialog and in every one")
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
    files = ["helsinki_geojsonl.geojsonl", "helsinki_gpx.gpx"]
    assert saw["files of the input"] == files
    numbered = [name.replace("helsinki_", "helsinki-2_") for name in files]
    assert saw["files once more"] == sorted([*files, *numbered])


WISHES = {
    "FORMAT": "geojson", "STYLE": "dark", "PAGE": "A3", "ORIENTATION": "landscape", "TEXT": "outlines",
    "COLORS": "cmyk", "TAGS": "names",
}  # fmt: skip


@pytest.mark.one_system("the list itself is tried on both, in the dialog and in every one")
def test_parameters_of_one_choice_hold_it_in_every_window(window):
    saw = window("singles", script="singles")
    # QGIS before 3.30 shows blank rows for several choices alone: every row of these has its word.
    assert all(all(rows) for rows in saw["lists"].values())
    log = "\n".join(saw["log"])
    for name, wish in WISHES.items():
        assert f"'{name}' : '{wish}'" in log
        assert f"'{name}': '{wish}'," in saw["script"]
    assert saw["row"] == saw["model"] == WISHES


def test_every_dialog_has_the_list_and_the_plugin_loads_again(window):
    saw = window("everywhere", script="everywhere")
    # By family, whose rows may stand in any order in the catalogue.
    families = list(dict.fromkeys(item.family for item in written_formats()))
    items = sorted(written_formats(), key=lambda item: families.index(item.family))
    formats = [item.id for item in items]
    drawn = [item.id for item in items if can_be_written(item)]
    layers, sheet = {"Layers (none: all)": list(GROUPS)}, {"Beside the map (none: nothing)": list(PARTS)}
    assert saw["lists"] == {
        "exportarea": {"Formats": formats, **layers, **sheet, "values": ["svg,pdf", "roads"]},
        "exportformat": {**layers, **sheet, "values": [None, "roads"]},
        "exportcanvas": {"Formats": drawn, "values": ["svg,pdf", None]},
        "downloadosm": {**layers, "values": [None, "roads"]},
    }
    assert saw["reloaded"] == [[True, 1]] * 10
    assert (saw["after"], saw["in a model"]) == ("svg,pdf", "QgsProcessingModelerParameterWidget")
    assert saw["unloaded"] == [False, []]


def test_each_parameter_of_several_words_has_the_list_and_loads_nothing_of_it(tmp_path):
    """Without a window nothing of the plugin's widgets is imported."""
    script = (
        "import sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from qgis.core import QgsApplication, QgsProcessingParameterEnum\n"
        "application = QgsApplication([], False)\n"
        "application.initQgis()\n"
        "from osm2cdr.processing_provider.provider import Osm2CdrProvider\n"
        "provider = Osm2CdrProvider()\n"
        "assert QgsApplication.processingRegistry().addProvider(provider)\n"
        "for algorithm in provider.algorithms():\n"
        "    made = algorithm.create()\n"
        "    for parameter in made.parameterDefinitions():\n"
        "        if isinstance(parameter, QgsProcessingParameterEnum) and parameter.allowMultiple():\n"
        "            print(algorithm.name(), parameter.name(), parameter.metadata()['widget_wrapper']['class'])\n"
        "assert not [name for name in sys.modules if 'osm2cdr_plugin' in name]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT / "build" / "plugins")],
        env=child_environment(ROOT, tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    chooser = "osm2cdr.osm2cdr_plugin.wrappers.Chooser"
    assert sorted(line.split() for line in done.stdout.splitlines()) == [
        ["downloadosm", "LAYERS", chooser],
        ["exportarea", "FORMATS", chooser],
        ["exportarea", "LAYERS", chooser],
        ["exportarea", "SHEET", chooser],
        ["exportcanvas", "FORMATS", chooser],
        ["exportformat", "LAYERS", chooser],
        ["exportformat", "SHEET", chooser],
        ["exportlayout", "FORMATS", chooser],
    ]


def test_every_family_and_layer_has_a_name_for_people():
    from osm2cdr.osm2cdr_plugin.choices import family_title, layer_title

    assert not [item.family for item in FORMATS.values() if family_title(item.family) == item.family]
    assert layer_title("water") == "Sea, water areas, waterways"
    assert layer_title("piers") == "Piers, breakwaters and dams"
    assert len({layer_title(group) for group in GROUPS}) == len(GROUPS)
