"""Run inside QGIS by test_window: opens the dialog from the toolbar, unloads the plugin, writes down what it saw."""

import json
import os
import traceback

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QToolBar
from qgis.utils import iface, plugins, unloadPlugin

OUT = os.environ["OSM2CDR_TEST_OUT"]
saw = {}


def traces():
    """What of the plugin can be met in the window."""
    window = iface.mainWindow()
    toolbars = [bar.objectName() for bar in window.findChildren(QToolBar) if "osm2cdr" in bar.objectName().lower()]
    menus = [
        action.text() for menu in [iface.webMenu(), iface.pluginMenu()] for action in menu.actions()
        if action.text() == "osm2cdr"
    ]  # fmt: skip
    entries = [
        action.text() for menu in window.findChildren(QMenu) for action in menu.actions()
        if "OpenStreetMap" in action.text()
    ]  # fmt: skip
    provider = QgsApplication.processingRegistry().providerById("osm2cdr") is not None
    return {"toolbars": toolbars, "menus": menus, "entries": len(entries), "provider": provider}


def guarded(step):
    def run():
        try:
            step()
        except Exception:
            saw["error"] = traceback.format_exc()
            finish()

    return run


def start():
    saw["loaded"] = traces()
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(24.9368, 60.1652, 24.9516, 60.1775))
    QTimer.singleShot(3000, guarded(look))
    plugins["osm2cdr"].action.trigger()


def look():
    QApplication.primaryScreen().grabWindow(0).save(os.path.join(OUT, "dialog.png"))
    dialogs = [w for w in QApplication.topLevelWidgets() if w.isVisible() and isinstance(w, QDialog)]
    saw["dialogs"] = [dialog.windowTitle() for dialog in dialogs]
    saw["texts"] = [edit.text() for dialog in dialogs for edit in dialog.findChildren(QLineEdit)]
    for dialog in dialogs:
        dialog.close()
    QTimer.singleShot(500, guarded(load))


def load():
    """Load data as the toolbox does."""
    from qgis import processing

    fields = {"EXTENT": "24.942,24.947,60.169,60.1715 [EPSG:4326]", "DETAIL_LEVEL": 5}
    fields |= {"SOURCE": os.environ["OSM2CDR_TEST_SOURCE"], "OUTPUT": os.path.join(OUT, "data.gpkg")}
    processing.runAndLoadResults("osm2cdr:downloadosm", fields)
    QTimer.singleShot(1500, guarded(loaded))


def loaded():
    root = QgsProject.instance().layerTreeRoot()
    saw["tree"] = {group.name(): [node.name() for node in group.children()] for group in root.children()}
    layers = QgsProject.instance().mapLayers().values()
    saw["renderers"] = {layer.name(): layer.renderer().type() for layer in layers}
    QApplication.primaryScreen().grabWindow(0).save(os.path.join(OUT, "loaded.png"))
    QTimer.singleShot(200, guarded(unload))


def unload():
    unloadPlugin("osm2cdr")
    QTimer.singleShot(1000, guarded(after))


def after():
    QApplication.primaryScreen().grabWindow(0).save(os.path.join(OUT, "after.png"))
    saw["unloaded"] = traces()
    finish()


def finish():
    with open(os.path.join(OUT, "saw.json"), "w", encoding="utf-8") as file:
        json.dump(saw, file)
    os._exit(0)


QTimer.singleShot(3000, guarded(start))
