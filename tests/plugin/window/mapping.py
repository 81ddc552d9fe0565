"""Run inside QGIS by test_map: areas drawn on the canvas by mouse, and a map of the project that stays alive."""

import json
import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from playing import Player, key, pause, press, saw, shoot, show_the_sample
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolBar
from qgis.utils import iface, plugins

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def spot(x, y):
    """A place of the canvas, by its share of width and height."""
    view = iface.mapCanvas().viewport()
    return QPoint(int(view.width() * x), int(view.height() * y))


def drag(one, other):
    """Press at one place, let go at another; half way the badge is looked at."""
    view = iface.mapCanvas().viewport()
    QTest.mousePress(view, LEFT, pos=spot(*one))
    QTest.mouseMove(view, spot((one[0] + other[0]) / 2, (one[1] + other[1]) / 2))
    QTest.mouseMove(view, spot(*other))
    QApplication.processEvents()
    tool = iface.mapCanvas().mapTool()
    saw["badge"] = [tool.badge.isVisible(), tool.badge.text(), tool.band.numberOfVertices()]
    shoot("drawing")
    QTest.mouseRelease(view, LEFT, pos=spot(*other))


def menu_of(button, word):
    """Open a button's menu as a click does, and take the entry that holds a word."""
    menu = button.menu()

    def take():
        entry = next(action for action in menu.actions() if word in action.text())
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())

    QTimer.singleShot(400, take)
    press(button)


def state():
    where = plugins["osm2cdr"].panel.where
    fields = where.fields()
    return [fields["EXTENT"], fields["MASK"], where.size.text(), where.band.numberOfVertices()]


def play():
    yield lambda: "osm2cdr" in plugins
    yield pause(1)
    panel = plugins["osm2cdr"].panel
    bar = iface.mainWindow().findChild(QToolBar, "osm2cdrToolbar")
    press(bar.widgetForAction(panel.toggleViewAction()))
    yield panel.isVisible
    iface.mainWindow().resizeDocks([panel], [430], Qt.Orientation.Horizontal)
    saw["empty map"] = [panel.where.bar.box.isEnabled(), panel.where.bar.polygon.isEnabled()]
    panel.where.set_source(os.environ["OSM2CDR_TEST_SOURCE"])
    saw["whole"] = state()
    yield from show_the_sample()
    yield from areas(panel)
    shoot("areas")


def areas(panel):
    buttons = panel.where.bar
    before = iface.mapCanvas().mapTool()
    press(buttons.box)
    yield lambda: buttons.box.isChecked()
    drag((0.3, 0.3), (0.6, 0.6))
    yield lambda: not buttons.box.isChecked()
    saw["box"] = state()
    saw["tool is back"] = iface.mapCanvas().mapTool() is before
    # A polygon of four corners, the last of which is taken back; Escape would drop all of it.
    press(buttons.polygon)
    yield lambda: buttons.polygon.isChecked()
    view = iface.mapCanvas().viewport()
    for place in ((0.3, 0.3), (0.6, 0.35), (0.45, 0.6), (0.1, 0.9)):
        QTest.mouseMove(view, spot(*place))
        QTest.mouseClick(view, LEFT, pos=spot(*place))
        yield pause(0.1)
    key(iface.mapCanvas(), Qt.Key.Key_Backspace)
    QTest.mouseMove(view, spot(0.44, 0.61))
    yield pause(0.1)
    shoot("polygon")
    QTest.mouseClick(view, RIGHT, pos=spot(0.44, 0.61))
    yield lambda: not buttons.polygon.isChecked()
    saw["polygon"] = state()
    with open(saw["polygon"][1], encoding="utf-8") as file:
        saw["mask"] = json.load(file)
    yield pause(0.3)
    shoot("drawn")
    press(buttons.polygon)
    yield lambda: buttons.polygon.isChecked()
    QTest.mouseClick(view, LEFT, pos=spot(0.2, 0.2))
    key(iface.mapCanvas(), Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    yield lambda: not buttons.polygon.isChecked()
    saw["escaped"] = state()
    press(buttons.shown)
    yield lambda: not panel.where.fields()["MASK"]
    saw["shown"] = state()
    menu_of(buttons.more, "All of")
    yield lambda: not panel.where.fields()["EXTENT"]
    saw["everything"] = state()
    menu_of(buttons.more, "Sample")
    yield lambda: panel.where.fields()["EXTENT"]
    saw["layer"] = state()
    panel._keep()
    saw["kept"] = [QgsSettings().value("osm2cdr/panel"), QgsProject.instance().readEntry("osm2cdr", "area", "")[0]]


player = Player(play())
