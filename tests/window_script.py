"""Run inside QGIS by test_window: does what a person does with the plugin, step by step, and writes down what it saw.

A step is what stands between two yields; a yield gives the condition to wait for, and QGIS's own loop runs meanwhile.
"""

import json
import os
import time
import traceback

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTextEdit,
    QToolBar,
)
from qgis.utils import iface, plugins, unloadPlugin

OUT = os.environ["OSM2CDR_TEST_OUT"]
BOX = QgsRectangle(24.9368, 60.1652, 24.9516, 60.1775)
SMALL = "24.942,24.947,60.169,60.1715 [EPSG:4326]"
PATIENCE = 60
saw = {"beats": []}


def traces():
    """What of the plugin can be met in the window, in Qt and in QGIS."""
    window = iface.mainWindow()
    toolbars = [bar.objectName() for bar in window.findChildren(QToolBar) if "osm2cdr" in bar.objectName().lower()]
    menus = [
        action.text() for menu in [iface.webMenu(), iface.pluginMenu()] for action in menu.actions()
        if action.text() == "osm2cdr"
    ]  # fmt: skip
    entries = [
        action.text() for menu in window.findChildren(QMenu) for action in menu.actions()
        if action.objectName().startswith("osm2cdr")
    ]  # fmt: skip
    icons = [not action.icon().isNull() for bar in window.findChildren(QToolBar)
             if bar.objectName() == "osm2cdrToolbar" for action in bar.actions()]  # fmt: skip
    return {
        "toolbars": toolbars, "menus": menus, "entries": entries, "icons": icons,
        "provider": QgsApplication.processingRegistry().providerById("osm2cdr") is not None,
        "messages": len(buttons("osm2cdrAdd") + buttons("osm2cdrOpen")), "dialogs": len(dialogs()),
        "fonts": [family for family in QFontDatabase().families() if family.startswith("Inter")],
    }  # fmt: skip


def dialogs():
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and isinstance(widget, QDialog)]


def buttons(name):
    return [button for button in QApplication.allWidgets() if button.objectName() == name and button.isVisible()]


def shoot(name):
    QApplication.processEvents()
    QApplication.primaryScreen().grabWindow(0).save(os.path.join(OUT, f"{name}.png"))


def texts(dialog):
    """Every text of a dialog: labels and buttons, what is typed, the log and the help."""
    labels = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    return {
        "title": dialog.windowTitle(), "labels": labels,
        "edits": [edit.text() for edit in dialog.findChildren(QLineEdit)],
        "pages": [page.toPlainText() for page in dialog.findChildren(QTextEdit)],
        "too_wide": [a.objectName() for a in dialog.findChildren(QScrollArea) if a.horizontalScrollBar().maximum()],
    }  # fmt: skip


def opened(name):
    """Click an entry of the toolbar, and wait for its dialog."""
    before = dialogs()
    plugins["osm2cdr"].actions[name].trigger()
    yield lambda: len(dialogs()) > len(before)
    yield pause(0.7)
    return next(dialog for dialog in dialogs() if dialog not in before)


def click(button):
    """Not inside a step, which a window that asks something would stop."""
    QTimer.singleShot(0, button.click)


def pause(seconds):
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def tree():
    root = QgsProject.instance().layerTreeRoot()
    return {node.name(): [child.name() for child in node.children()] for node in root.children()}


def run(dialog, fields):
    """Fill in the dialog and press Run."""
    dialog.setParameters(fields)
    yield pause(0.2)
    click(dialog.runButton())


def show_the_sample():
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "Sample", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(BOX))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    # QGIS zooms to a project's first layer by itself.
    yield pause(0.7)
    iface.mapCanvas().setExtent(BOX)
    yield pause(0.7)


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
    unloadPlugin("osm2cdr")
    yield pause(1)
    saw["unloaded"] = traces()
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


class Player:
    """Plays the steps, looking ten times a second whether the next may come; a heart beats meanwhile."""

    def __init__(self):
        self.steps, self.condition, self.since = play(), (lambda: True), time.monotonic()
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(50)

    def look(self):
        if saw["beats"] and saw["beats"][-1] is not None:
            saw["beats"].append(time.monotonic())
        late = time.monotonic() - self.since > PATIENCE
        try:
            if not late and not self.condition():
                return
            if late:
                saw["windows"] = [texts(dialog) for dialog in dialogs()]
                self.steps.throw(TimeoutError("waited too long"))
            self.since = time.monotonic()
            self.condition = next(self.steps)
        except StopIteration:
            finish()
        except BaseException:
            saw["error"] = traceback.format_exc()
            shoot("error")
            finish()


def finish():
    with open(os.path.join(OUT, "saw.json"), "w", encoding="utf-8") as file:
        json.dump(saw, file)
    os._exit(0)


player = Player()
