"""Run inside QGIS by test_picking: formats and layers in the rows of a batch."""

import json
import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from lists import close, grow, listed, tick
from playing import OUT, SMALL, Player, dialogs, key, opened, press, saw, shoot, show_the_sample
from qgis.core import QgsProcessingContext
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import plugins

# The first two rows make files of one name in one folder.
FOLDERS = [os.path.join(OUT, f"row {number}") for number in (1, 1, 3, 4)]


def play():
    yield lambda: "osm2cdr" in plugins
    yield from show_the_sample()
    dialog = yield from opened("exportarea")
    press(next(b for b in dialog.findChildren(QPushButton) if b.text().startswith("Run as Batch")))
    yield lambda: any(type(other).__name__ == "BatchAlgorithmDialog" for other in dialogs())
    batch = next(other for other in dialogs() if type(other).__name__ == "BatchAlgorithmDialog")
    yield from grow(batch, 1300)
    panel = batch.mainWidget()
    press(panel.btnAdvanced)
    yield lambda: not panel.tblParameters.isColumnHidden(panel.parameter_to_column["LAYERS"])
    for _ in range(3):
        before = panel.batchRowCount()
        press(panel.btnAdd)
        yield lambda before=before: panel.batchRowCount() == before + 1
    context = QgsProcessingContext()
    for number, folder in enumerate(FOLDERS):
        fill(panel, number, "EXTENT", SMALL, context)
        fill(panel, number, "SOURCE", os.environ["OSM2CDR_TEST_SOURCE"], context)
        cell(panel, number, "OUTPUT_FOLDER").setValue(folder)
    saw["at first"] = values(panel)
    yield from chosen(panel)
    refused = set()
    press(batch.runButton())
    # Messages go by themselves.
    yield lambda: refused.update(item.text() for item in batch.messageBar().items()) or len(refused) > 1
    saw["refused"] = sorted(refused)
    yield lambda: os.path.isdir(FOLDERS[0]) and len(os.listdir(FOLDERS[0])) == 4
    yield lambda: not batch.cancelButton().isEnabled()
    saw["files"] = [sorted(os.listdir(folder)) if os.path.isdir(folder) else None for folder in FOLDERS[1:]]
    saw["tables"] = [tables(os.path.join(FOLDERS[0], name)) for name in saw["files"][0] if name.endswith("json")]
    shoot("ran")
    yield from close(batch)


def tables(path):
    """Of which tables a GeoJSON file has objects, which tells one row's from the other's."""
    with open(path, encoding="utf-8") as file:
        return sorted({feature["properties"]["table"] for feature in json.load(file)["features"]})


def cell(panel, number, name):
    return panel.tblParameters.cellWidget(number + 1, panel.parameter_to_column[name])


def fill(panel, number, name, value, context):
    panel.wrappers[number][panel.parameter_to_column[name]].setParameterValue(value, context)


def values(panel):
    return [
        [panel.valueForParameter(row, name) for name in ("FORMATS", "LAYERS")] for row in range(panel.batchRowCount())
    ]


def chosen(panel):
    """The first row by its button, the second by what is typed."""
    formats = cell(panel, 0, "FORMATS")
    panel.tblParameters.scrollTo(panel.tblParameters.model().index(1, panel.parameter_to_column["FORMATS"]))
    press(formats.button)
    popup = yield from listed()
    yield from tick(popup.picker, "SVG")
    yield lambda: popup.picker.value() == []
    saw["nothing can be taken"] = [popup.ok.isEnabled(), popup.picker.told.text()]
    yield from tick(popup.picker, "GeoJSON")
    yield from tick(popup.picker, "KML")
    yield lambda: popup.picker.value() == ["geojson", "kml"]
    shoot("list")
    press(popup.ok)
    yield lambda: formats.edit.text() == "geojson,kml"
    layers = cell(panel, 0, "LAYERS")
    panel.tblParameters.scrollTo(panel.tblParameters.model().index(1, panel.parameter_to_column["LAYERS"]))
    saw["no layers"] = layers.edit.placeholderText()
    press(layers.button)
    popup = yield from listed()
    yield from tick(popup.picker, "Roads")
    yield lambda: popup.picker.value() == ["roads"]
    press(popup.ok)
    yield lambda: layers.edit.text() == "roads"
    panel.tblParameters.scrollTo(panel.tblParameters.model().index(1, 0))
    typed = cell(panel, 1, "FORMATS").edit
    typed.clear()
    key(typed, "geojson, gpx")
    key(cell(panel, 1, "LAYERS").edit, "paths")
    # One row without any format, one with a word that is none.
    cell(panel, 2, "FORMATS").edit.clear()
    cell(panel, 3, "FORMATS").edit.clear()
    key(cell(panel, 3, "FORMATS").edit, "nosuch")
    saw["values"] = values(panel)
    shoot("table")


player = Player(play())
