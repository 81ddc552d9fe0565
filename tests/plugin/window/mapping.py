"""Run inside QGIS by test_map: areas drawn on the canvas by mouse, and a map of the project that stays alive."""

import json
import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from playing import OUT, Player, key, pause, press, saw, shoot, show_the_sample, traces
from qgis.core import QgsProject, QgsRenderContext, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolBar, QToolButton
from qgis.utils import iface, plugins, unloadPlugin
from surroundings import around

from osm2cdr.osm2cdr_plugin.living import record, styling

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def files(folder):
    """What lies there, but for the statistics that GDAL from 3.7 on may keep beside a file that it read."""
    return sorted(name for name in os.listdir(folder) if not name.endswith(".aux.xml"))


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
    if button.popupMode() == QToolButton.ToolButtonPopupMode.MenuButtonPopup:
        # The arrow at its end.
        press(button, QPoint(button.width() - 6, button.height() // 2))
    else:
        press(button)


def state():
    where = plugins["osm2cdr"].panel.where
    fields = where.fields()
    return [fields["EXTENT"], fields["MASK"], where.size.text(), where.band.numberOfVertices()]


def play():
    yield lambda: "osm2cdr" in plugins
    yield pause(1)
    panel = plugins["osm2cdr"].panel
    # Each style would be an export more; mapping looks at one.
    QgsSettings().setValue("osm2cdr/own_pictures", False)
    bar = iface.mainWindow().findChild(QToolBar, "osm2cdrToolbar")
    press(bar.widgetForAction(panel.toggleViewAction()))
    yield panel.isVisible
    iface.mainWindow().resizeDocks([panel], [430], Qt.Orientation.Horizontal)
    # Each would be an export more; panelling looks at them.
    panel.preview.ask = lambda fields, why_not: None
    saw["empty map"] = [panel.where.bar.box.isEnabled(), panel.where.bar.polygon.isEnabled()]
    panel.where.set_source(os.environ["OSM2CDR_TEST_SOURCE"])
    saw["whole"] = state()
    yield from show_the_sample()
    yield from areas(panel)
    shoot("areas")
    yield from living(panel)
    yield from around(panel)
    unloadPlugin("osm2cdr")
    yield pause(0.5)
    saw["unloaded"] = traces()


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


def colors():
    """The colours that each layer of the map is drawn with, and the names of its styles."""
    found = {}
    for node in group().findLayers():
        layer = node.layer()
        symbols = layer.renderer().symbols(QgsRenderContext())
        found[layer.name()] = [
            sorted({symbol.color().name() for symbol in symbols}), sorted(layer.styleManager().styles()),
            layer.styleManager().currentStyle(), layer.featureCount(),
        ]  # fmt: skip
    return found


def group():
    found = record.find(QgsProject.instance())
    return found[0] if found else None


def settled(panel):
    keeper = panel.keeper
    return lambda: not keeper.is_busy() and not keeper._waiting and not iface.mapCanvas().isFrozen()


def choose(panel, style):
    """A click at a style's picture."""
    styles = panel.look.styles
    item = next(styles.item(row) for row in range(styles.count()) if styles.item(row).text() == style)
    styles.scrollToItem(item)
    press(styles.viewport(), styles.visualItemRect(item).center())
    yield lambda: styles.chosen() == style
    yield settled(panel)


def living(panel):
    QgsProject.instance().clear()
    yield pause(0.5)
    offer = panel.where.offer
    panel.where.set_extent("24.942,24.947,60.169,60.1715 [EPSG:4326]")
    saw["offered"] = [offer.isVisible(), panel.map_button.refresh.isEnabled()]
    folder = os.path.join(OUT, "project")
    os.mkdir(folder)
    QgsProject.instance().write(os.path.join(folder, "town.qgz"))
    # The link is the second half of the line.
    at = offer.fontMetrics().horizontalAdvance("The map is empty. Show")
    press(offer, QPoint(at, offer.height() // 2))
    yield lambda: panel.keeper.is_busy()
    yield lambda: group() is not None
    yield settled(panel)
    yield pause(1.0)
    saw["narrowest"] = panel.minimumSizeHint().width()
    shoot("loaded")
    saw["loaded"] = {
        "files": files(folder), "crs": QgsProject.instance().crs().authid(),
        "groups": {node.name(): [child.name() for child in node.children()] for node in group().children()},
        "ground": QgsProject.instance().backgroundColor().name(), "offered": offer.isVisible(), "colors": colors(),
        "legend": [item.label() for item in named("Buildings").renderer().legendSymbolItems()],
    }  # fmt: skip
    # Another style, in which somebody changes a symbol and what else a layer has.
    # What is drawn is dear, and looked at twice.
    iface.mapCanvas().setRenderFlag(False)
    yield from choose(panel, "blueprint")
    saw["blueprint"] = [colors(), QgsProject.instance().backgroundColor().name()]
    houses = named("Buildings")
    renderer = houses.renderer().clone()
    renderer.rootRule().children()[0].symbol().setColor(QColor("#ff0000"))
    houses.setRenderer(renderer)
    houses.setOpacity(0.5)
    yield from choose(panel, "dark")
    saw["dark"] = [colors(), named("Buildings").opacity(), QgsProject.instance().backgroundColor().name()]
    yield from choose(panel, "blueprint")
    saw["again"] = [colors()["Buildings"], named("Buildings").opacity()]
    # More of the world, and the same world again: what was changed stays.
    panel.where.set_extent("24.945,24.950,60.169,60.1725 [EPSG:4326]")
    menu_of(panel.map_button, "Extend")
    yield panel.keeper.is_busy
    yield settled(panel)
    saw["extended"] = [colors(), record.find(QgsProject.instance())[1].area, files(folder)]
    iface.mapCanvas().setRenderFlag(True)
    yield lambda: not iface.mapCanvas().isDrawing()
    yield pause(1)
    shoot("extended")
    iface.mapCanvas().setRenderFlag(False)
    # Kept with the project.
    QgsProject.instance().write()
    QgsProject.instance().read(QgsProject.instance().fileName())
    yield pause(1)
    saw["changed"] = sorted(layer.name() for layer in record.tables(group()).values() if styling.is_changed(layer))
    menu_of(panel.map_button, "Refresh")
    yield panel.keeper.is_busy
    yield settled(panel)
    saw["refreshed"] = colors()
    menu_of(panel.map_button, "Drop")
    yield lambda: "#ff0000" not in colors()["Buildings"][0]
    yield settled(panel)
    saw["dropped"] = [colors()["Buildings"], named("Buildings").opacity()]


def named(title):
    return next(node.layer() for node in group().findLayers() if node.layer().name() == title)


player = Player(play())
