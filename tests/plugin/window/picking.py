"""Run inside QGIS by test_picking: formats and layers chosen by clicks and keys in the dialog, and in its history."""

import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from lists import close, grow, picker_of, rows, scroll_to, tick
from playing import (
    OUT,
    SMALL,
    Player,
    buttons,
    click,
    dialogs,
    key,
    opened,
    press,
    saw,
    shoot,
    show_the_sample,
    texts,
    twice,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QGroupBox, QTreeView
from qgis.utils import iface, plugins

FOLDER = os.path.join(OUT, "picked")


def play():
    yield lambda: "osm2cdr" in plugins
    yield from show_the_sample()
    dialog = yield from opened("exportarea")
    yield from grow(dialog)
    dialog.setParameters({"EXTENT": SMALL, "SOURCE": os.environ["OSM2CDR_TEST_SOURCE"], "OUTPUT_FOLDER": FOLDER})
    formats = picker_of(dialog, "Formats")
    saw["offered"] = rows(formats)
    saw["told at first"] = formats.told.text()
    saw["tip"] = formats.leaves[0].toolTip(0)
    closed = [leaf for leaf in formats.leaves if leaf.isDisabled()]
    saw["unavailable"] = {leaf.text(1): leaf.text(0) for leaf in closed}
    for leaf in closed:
        yield from tick(formats, leaf.text(0))
    shoot("dialog")
    saw["ticked although unavailable"] = [name for name in formats.value() if name in saw["unavailable"]]
    yield from searched(formats)
    yield from refused(dialog, formats)
    yield from chosen(dialog, formats)
    yield from ran(dialog)
    yield from replayed()


def searched(formats):
    """What the search leaves; what it does not know."""
    key(formats.search, "georef")
    yield lambda: len(rows(formats)) < len(saw["offered"]) / 2
    saw["found"] = rows(formats)
    shoot("searched")
    formats.search.clear()
    key(formats.search, "inkscape layers")
    saw["found by words"] = rows(formats)
    formats.search.clear()
    key(formats.search, "nosuch")
    saw["not found"] = [rows(formats), formats.told.text()]
    formats.search.clear()


def refused(dialog, formats):
    """Choose nothing, and run."""
    press(formats.clear)
    yield lambda: formats.value() == []
    saw["told of nothing"] = formats.told.text()
    press(dialog.runButton())
    yield lambda: dialog.messageBar().currentItem()
    saw["refused"] = dialog.messageBar().currentItem().text()
    shoot("refused")


def chosen(dialog, formats):
    """One by its box, one by its name, one by Enter in the search, one by keys in the list."""
    yield from tick(formats, "GeoJSON")
    yield lambda: formats.value() == ["geojson"]
    yield from tick(formats, "PNG image", box=False)
    yield lambda: formats.value() == ["png", "geojson"]
    key(formats.search, "geopack", Qt.Key.Key_Return)
    yield lambda: formats.value() == ["png", "gpkg", "geojson"]
    shoot("entered")
    formats.search.clear()
    key(formats.search, "km", Qt.Key.Key_Down)
    yield lambda: formats.tree.currentItem() is not None
    for _ in formats.leaves:
        if formats.tree.currentItem().text(1) == "kmz":
            break
        key(formats.tree, Qt.Key.Key_Down)
    key(formats.tree, Qt.Key.Key_Space)
    yield lambda: formats.value() == ["png", "gpkg", "geojson", "kmz"]
    formats.search.clear()
    yield from tick(formats, "PNG image")
    yield lambda: formats.value() == ["gpkg", "geojson", "kmz"]
    saw["told"] = formats.told.text()
    for box in dialog.findChildren(QGroupBox):
        box.setProperty("collapsed", False)
    layers = picker_of(dialog, "Layers (none: all)")
    saw["layers"] = rows(layers)
    saw["told of all layers"] = layers.told.text()
    yield from tick(layers, "Roads")
    yield from tick(layers, "Buildings", box=False)
    yield lambda: layers.value() == ["buildings", "roads"]
    scroll_to(layers)
    shoot("layers")


def ran(dialog):
    """Run, and copy what was run."""
    press(dialog.runButton())
    yield lambda: buttons("osm2cdrOpen")
    yield lambda: dialog.runButton().isEnabled()
    saw["files"] = sorted(os.listdir(FOLDER))
    saw["log"] = texts(dialog)["pages"]
    shoot("ran")
    saw["copied"] = {}
    for action in dialog.findChildren(QAction):
        if "Copy as" in action.text():
            action.trigger()
            saw["copied"][action.text().replace("&", "")] = QApplication.clipboard().text()
    yield from close(dialog)


def replayed():
    """Open the history, and the dialog of its last entry."""
    before = dialogs()
    click(iface.mainWindow().findChild(QAction, "historyAction"))
    yield lambda: any(tree.isVisible() for dialog in dialogs() for tree in dialog.findChildren(QTreeView))
    history = next(dialog for dialog in dialogs() if dialog not in before)
    tree = next(tree for tree in history.findChildren(QTreeView) if tree.isVisible())
    tree.expandAll()
    yield lambda: entry(tree) is not None
    shoot("history")
    place = tree.visualRect(entry(tree)).center()
    twice(tree.viewport(), place)
    yield lambda: any(dialog.windowTitle() == "Export OpenStreetMap area" for dialog in dialogs())
    dialog = next(dialog for dialog in dialogs() if dialog.windowTitle() == "Export OpenStreetMap area")
    formats, layers = picker_of(dialog, "Formats"), picker_of(dialog, "Layers (none: all)")
    saw["replayed"] = [formats.value(), layers.value(), formats.told.text()]
    saw["replayed parameters"] = {
        name: value for name, value in dialog.createProcessingParameters().items() if name in ("FORMATS", "LAYERS")
    }
    shoot("replayed")
    yield from close(dialog)
    if not sip.isdeleted(history) and history.isVisible():
        yield from close(history)


def entry(tree, parent=None):
    """The history's entry of our run."""
    model = tree.model()
    parent = parent or tree.rootIndex()
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        if "osm2cdr:exportarea" in str(index.data()) or str(index.data()).startswith("["):
            return index
        found = entry(tree, index)
        if found is not None:
            return found
    return None


player = Player(play())
