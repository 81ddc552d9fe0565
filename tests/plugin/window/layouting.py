"""The window of a print layout, as a person works with it: our entry in its own menu, and the dialog behind it."""

import os

from playing import OUT, dialogs, pause, press, run, saw, shoot
from qgis.core import QgsLayoutItemMap, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QRectF
from qgis.utils import iface, loadPlugin, startPlugin, unloadPlugin

TITLE = "Poster"


def entries(designer):
    """Ours in the menu of a layout's window."""
    return [action for action in designer.layoutMenu().actions() if action.objectName() == "osm2cdr_layout"]


def a_layout():
    """Export a layout from its own window, which stays open; the plugin is loaded again meanwhile."""
    project = QgsProject.instance()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(TITLE)
    shown = QgsLayoutItemMap(layout)
    shown.setRect(QRectF(0, 0, 100, 100))
    shown.attemptSetSceneRect(QRectF(20, 20, 150, 150))
    layout.addLayoutItem(shown)
    shown.setExtent(iface.mapCanvas().extent())
    project.layoutManager().addLayout(layout)
    designer = iface.openLayoutDesigner(layout)
    window, menu = designer.window(), designer.layoutMenu()
    yield lambda: window.isVisible() and entries(designer)
    yield pause(0.5)
    bar, before = window.menuBar(), dialogs()
    press(bar, bar.actionGeometry(menu.menuAction()).center())
    yield menu.isVisible
    yield pause(0.3)
    shoot("layout menu")
    saw["layout entry"] = [action.text() for action in entries(designer)]
    press(menu, menu.actionGeometry(entries(designer)[0]).center())
    yield lambda: len(dialogs()) > len(before)
    yield pause(0.7)
    dialog = next(one for one in dialogs() if one not in before)
    shoot("layout")
    saw["layout asked for"] = dialog.createProcessingParameters()["LAYOUT"]
    folder = os.path.join(OUT, "layout")
    yield from run(dialog, {**dialog.createProcessingParameters(), "OUTPUT_FOLDER": folder})
    yield lambda: os.path.isdir(folder) and os.listdir(folder) and dialog.runButton().isEnabled()
    saw["layout files"] = sorted(os.listdir(folder))
    dialog.close()
    yield pause(0.3)
    unloadPlugin("osm2cdr")
    yield lambda: not entries(designer)
    # Into a window that is open already.
    loadPlugin("osm2cdr")
    startPlugin("osm2cdr")
    yield lambda: entries(designer)
    saw["layout again"] = len(entries(designer))
    return designer
