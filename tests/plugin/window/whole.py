"""Run inside QGIS by test_window: does what a person does with the plugin, and writes down what it saw."""

import os
import sys
import time

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from layouting import a_layout, entries
from playing import (
    OUT,
    SMALL,
    Player,
    buttons,
    click,
    opened,
    pause,
    run,
    saw,
    shoot,
    show_the_sample,
    texts,
    traces,
    tree,
)
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QGroupBox, QTextEdit
from qgis.utils import iface, plugins, unloadPlugin


def play():
    yield lambda: "osm2cdr" in plugins
    yield pause(1)
    saw["loaded"] = traces()
    saw["complaints"] = [f"{item.title()} {item.text()}" for item in iface.messageBar().items()]
    yield from show_the_sample()
    canvas = iface.mapCanvas().extent()
    saw["canvas"] = [canvas.xMinimum(), canvas.xMaximum(), canvas.yMinimum(), canvas.yMaximum()]
    dialog = yield from opened("exportarea")
    saw["dialog"] = texts(dialog)
    shoot("dialog")
    for box in dialog.findChildren(QGroupBox):
        box.setProperty("collapsed", False)
    dialog.resize(dialog.width(), 880)
    dialog.move(dialog.x(), 0)
    yield pause(0.5)
    saw["unfolded"] = texts(dialog)
    shoot("unfolded")
    if os.environ.get("OSM2CDR_TEST_PART") == "dialog":
        return
    source, folder = os.environ["OSM2CDR_TEST_SOURCE"], os.path.join(OUT, "maps")
    fields = {"EXTENT": SMALL, "SOURCE": source, "DETAIL_LEVEL": 5, "OUTPUT_FOLDER": folder}
    yield from run(dialog, {**fields, "FORMATS": ["svg", "gpkg", "geotiff"], "DPI": 100})
    saw["beats"].append(time.monotonic())
    yield lambda: buttons("osm2cdrAdd")
    saw["beats"].append(None)
    saw["files"] = sorted(os.listdir(folder))
    saw["log"] = texts(dialog)["pages"]
    saw["links"] = [page.toHtml().count('href="file://') for page in dialog.findChildren(QTextEdit)]
    saw["menu"] = [action.text() for action in buttons("osm2cdrOpen")[0].menu().actions() if action.text()]
    shoot("results")
    click(buttons("osm2cdrAdd")[0])
    yield lambda: len(tree()) > 2
    dialog.close()
    yield pause(1.5)
    saw["added"] = tree()
    layers = QgsProject.instance().mapLayers().values()
    saw["renderers"] = {layer.name(): layer.renderer().type() for layer in layers}
    shoot("added")
    yield from cancel(fields)
    yield from toolbox(fields)
    yield from own_layers()
    yield from load(source)
    designer = yield from a_layout()
    unloadPlugin("osm2cdr")
    yield pause(1)
    saw["unloaded"] = traces()
    saw["layout left"] = len(entries(designer))
    shoot("unloaded")


def cancel(fields):
    """Start another export and stop it on its way."""
    folder = os.path.join(OUT, "cancelled")
    dialog = yield from opened("exportarea")
    yield from run(dialog, {**fields, "FORMATS": ["svg", "pdf", "gpkg"], "OUTPUT_FOLDER": folder})
    yield lambda: os.path.isdir(folder) and os.listdir(folder)
    saw["tasks"] = [task.description() for task in QgsApplication.taskManager().activeTasks()]
    click(dialog.cancelButton())
    yield lambda: not QgsApplication.taskManager().activeTasks() and dialog.runButton().isEnabled()
    saw["cancelled"] = {"files": os.listdir(folder), "log": texts(dialog)["pages"], "added": len(buttons("osm2cdrAdd"))}
    shoot("cancelled")
    dialog.close()
    yield pause(0.3)


def toolbox(fields):
    """Export one format as the toolbox does; its dialog is closed meanwhile, and the window's bar tells the end."""
    from qgis import processing

    dialog = processing.createAlgorithmDialog("osm2cdr:exportformat", {})
    dialog.show()
    yield pause(0.5)
    target = os.path.join(OUT, "one.geojson")
    given = {key: fields[key] for key in ("EXTENT", "SOURCE", "DETAIL_LEVEL")}
    yield from run(dialog, {**given, "FORMAT": "geojson", "OUTPUT": target})
    yield lambda: QgsApplication.taskManager().activeTasks()
    dialog.close()
    yield lambda: buttons("osm2cdrOpen")
    saw["toolbox"] = [action.text() for action in buttons("osm2cdrOpen")[0].menu().actions() if action.text()]
    shoot("toolbox")


def own_layers():
    """Export what the canvas shows."""
    QgsProject.instance().clear()
    yield from show_the_sample()
    dialog = yield from opened("exportcanvas")
    saw["canvas dialog"] = texts(dialog)
    shoot("canvas")
    folder = os.path.join(OUT, "own")
    yield from run(dialog, {**dialog.createProcessingParameters(), "OUTPUT_FOLDER": folder})
    yield lambda: os.path.isdir(folder) and dialog.runButton().isEnabled()
    saw["own layers"] = sorted(os.listdir(folder))
    dialog.close()
    yield pause(0.3)


def load(source):
    """Load data, and give them another style."""
    QgsProject.instance().clear()
    yield from show_the_sample()
    dialog = yield from opened("downloadosm")
    fields = {"EXTENT": SMALL, "DETAIL_LEVEL": 5, "SOURCE": source, "OUTPUT": os.path.join(OUT, "data.gpkg")}
    yield from run(dialog, fields)
    yield lambda: "OpenStreetMap" in tree()
    yield pause(1)
    dialog.close()
    saw["tree"] = tree()
    shoot("loaded")
    dialog = yield from opened("applystyle")
    shoot("style")
    saw["style"] = texts(dialog)
    yield from run(dialog, {"STYLE": "dark"})
    yield lambda: dialog.runButton().isEnabled()
    saw["fonts"] = traces()["fonts"]
    saw["styled"] = texts(dialog)["pages"]
    dialog.close()
    yield pause(1.5)
    shoot("styled")


player = Player(play())
