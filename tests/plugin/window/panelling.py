"""Run inside QGIS by test_panel: a person goes from nothing to a finished map in the panel, with mouse and keys."""

import json
import os
import sys
import time

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from playing import OUT, Player, buttons, key, pause, press, saw, shoot, traces
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QLabel, QListWidget, QToolBar
from qgis.utils import iface, plugins, unloadPlugin


def named(name):
    return buttons(name)[0]


def row(widget, number):
    """A real click in a row of a list."""
    item = widget.item(number)
    widget.scrollToItem(item)
    press(widget.viewport(), widget.visualItemRect(item).center())


def beating():
    """How long the window's loop was silent at most, from now on."""
    last = [time.monotonic()]
    saw["silence"] = 0.0

    def beat():
        now = time.monotonic()
        saw["silence"] = max(saw["silence"], now - last[0])
        last[0] = now

    timer = QTimer(iface.mainWindow())
    timer.timeout.connect(beat)
    timer.start(20)
    return timer


def play():
    yield lambda: "osm2cdr" in plugins
    yield pause(1)
    panel = plugins["osm2cdr"].panel
    # Each style would be an export more; mapping looks at one.
    QgsSettings().setValue("osm2cdr/own_pictures", False)
    saw["hidden"] = not panel.isVisible()
    # QGIS's first window is low in some versions, and a low one hides the preview.
    iface.mainWindow().setGeometry(0, 0, 1400, 880)
    bar = iface.mainWindow().findChild(QToolBar, "osm2cdrToolbar")
    press(bar.widgetForAction(panel.toggleViewAction()))
    yield panel.isVisible
    yield pause(1)
    saw["first"] = [label.text() for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]
    panel.resize(430, panel.height())
    iface.mainWindow().resizeDocks([panel], [430], Qt.Orientation.Horizontal)
    yield pause(0.5)
    shoot("first")
    # Where: the sample, and a street in it.
    source = os.environ["OSM2CDR_TEST_SOURCE"]
    panel.where.set_source(source)
    saw["sources"] = [panel.where.sources.itemText(number) for number in range(panel.where.sources.count())]
    key(named("osm2cdrPlace"), "senaatintori", Qt.Key.Key_Return)
    places = panel.findChild(QListWidget, "osm2cdrPlaces")
    yield lambda: places.isVisible() and places.count() and places.item(0).flags()
    saw["places"] = [places.item(number).text() for number in range(places.count())]
    shoot("places")
    row(places, 0)
    yield lambda: panel.where.extent()
    saw["extent"] = panel.where.extent()
    # Look: a style by its picture; what: a format by a word, Enter.
    styles = named("osm2cdrStyles")
    names = [styles.item(number).text() for number in range(styles.count())]
    saw["styles"] = names
    row(styles, names.index("blueprint"))
    yield lambda: panel.look.styles.chosen() == "blueprint"
    search = panel.what.formats.search
    key(search, "coreldraw", Qt.Key.Key_Return)
    yield pause(0.3)
    key(named("osm2cdrTitle"), "Helsinki")
    folder = os.path.join(OUT, "my maps")
    panel.folder.setFilePath(folder)
    yield lambda: panel.preview.pixmap() is not None and not panel.preview.pixmap().isNull()
    yield pause(0.5)
    saw["preview"] = [panel.preview.pixmap().width(), panel.preview.pixmap().height()]
    # The options of these formats alone, and the sheet large.
    panel.what.folded.setCollapsed(False)
    yield pause(0.5)
    options = panel.what.options
    saw["options"] = list(options._rows)
    press(options._rows["merge_buildings"], QPoint(10, options._rows["merge_buildings"].height() // 2))
    yield lambda: "OPTIONS" in panel.parameters()
    # What else stands on the sheet, and data of one's own.
    mine = os.path.join(OUT, "my walk.geojson")
    point = {"type": "Point", "coordinates": [24.9522, 60.1695]}
    with open(mine, "w", encoding="utf-8") as file:
        json.dump({"type": "Feature", "properties": {"title": "Встреча"}, "geometry": point}, file)
    key(options._rows["subtitle"], "in May")
    key(options._rows["overlay"].lineEdit(), mine)
    options._rows["sheet"].setCheckedItems(["legend"])
    yield lambda: {"SUBTITLE", "OVERLAY", "SHEET"} <= set(panel.parameters())
    press(panel.preview)
    yield lambda: buttons("osm2cdrLargePreview")
    large = buttons("osm2cdrLargePreview")[0]
    yield lambda: large._picture.width() > 1.5 * panel.preview._picture.width()
    shoot("large")
    large.close()
    saw["parameters"] = panel.parameters()
    saw["outlook"] = [panel.foot.outlook.text(), panel.foot.guarded.text()]
    panel.what.favour("gpkg", True)
    tree = panel.what.formats.tree
    saw["favourites"] = [
        tree.topLevelItem(0).text(0),
        tree.topLevelItem(0).child(0).text(1),
        panel.what.formats.value(),
    ]
    shoot("chosen")
    timer = beating()
    press(named("osm2cdrRun"))
    yield lambda: buttons("osm2cdrProgress")
    yield pause(0.3)
    shoot("running")
    yield lambda: buttons("osm2cdrOpen")
    saw["files"] = sorted(os.listdir(folder))
    yield pause(0.5)
    shoot("made")
    saw["guarded"] = panel.foot.guarded.text()
    # Another, which is stopped.
    press(named("osm2cdrRun"))
    yield lambda: buttons("osm2cdrCancel")
    press(named("osm2cdrCancel"))
    yield lambda: not QgsApplication.taskManager().activeTasks()
    yield pause(0.5)
    timer.stop()
    saw["cancelled"] = [panel.told.text(), sorted(os.listdir(folder)), panel.run_button.isEnabled()]
    saw["remembered"] = QgsSettings().value("osm2cdr/panel")
    saw["in project"] = QgsProject.instance().readEntry("osm2cdr", "panel", "")[0]
    # As a command.
    panel.more.menu().actions()[2].trigger()
    saw["command"] = QApplication.clipboard().text()
    band = panel.where.band
    unloadPlugin("osm2cdr")
    yield pause(1)
    bands = [item for item in iface.mapCanvas().scene().items() if item is band]
    saw["unloaded"] = {**traces(), "bands": len(bands)}
    shoot("unloaded")


player = Player(play())
