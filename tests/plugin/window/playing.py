"""What the scripts of the window tests share, which run inside QGIS: steps that wait, clicks, what is seen.

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
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTextEdit,
    QToolBar,
    QWidget,
)
from qgis.utils import iface, plugins

OUT = os.environ["OSM2CDR_TEST_OUT"]
BOX = QgsRectangle(24.9368, 60.1652, 24.9516, 60.1775)
SMALL = "24.942,24.947,60.169,60.1715 [EPSG:4326]"
PATIENCE = 600
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
        "too_wide": [wide for area in dialog.findChildren(QScrollArea) for wide in too_wide(area)],
    }  # fmt: skip


def too_wide(area):
    """Who makes a scroll area scroll to its side: each widget in it that, with margins, needs more than there is."""
    if not area.horizontalScrollBar().maximum():
        return []
    room, margins = area.viewport().width(), 40
    parts = [area, *(part for part in area.widget().findChildren(QWidget) if part.isVisible())]
    needs = [(part, max(part.minimumSizeHint().width(), part.minimumWidth())) for part in parts]
    return [
        f"{part.objectName()} {getattr(part, 'text', str)()}: {width} of {room}"
        for part, width in needs
        if part is area or width > room - margins
    ]


def opened(name):
    """Click an entry of the toolbar, and wait for its dialog."""
    before = dialogs()
    plugins["osm2cdr"].actions[name].trigger()
    yield lambda: len(dialogs()) > len(before)
    yield pause(0.7)
    return next(dialog for dialog in dialogs() if dialog not in before)


def click(button):
    """Not inside a step, which a window that asks something would stop."""
    QTimer.singleShot(0, button.click if hasattr(button, "click") else button.trigger)


def press(widget, at=None):
    """A real click of the mouse, on a widget that shows, where a person would have scrolled to."""
    for area in above(widget, QScrollArea):
        area.ensureWidgetVisible(widget)
    assert widget.isVisible(), widget
    assert widget.isEnabled(), widget
    place = at or widget.rect().center()
    QTimer.singleShot(0, lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place))


def twice(widget, at):
    """A real double click."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(widget, left, pos=at)
    QTimer.singleShot(0, lambda: QTest.mouseDClick(widget, left, pos=at))


def above(widget, kind):
    """The widgets of a kind that hold this one."""
    found = []
    while widget is not None:
        widget = widget.parentWidget()
        if isinstance(widget, kind):
            found.append(widget)
    return found


def key(widget, *keys):
    """Real keys, typed into a widget: text, or one by one."""
    for one in keys:
        if isinstance(one, str):
            QTest.keyClicks(widget, one)
        else:
            QTest.keyClick(widget, one)


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


class Player:
    """Plays the steps, looking ten times a second whether the next may come; a heart beats meanwhile."""

    def __init__(self, steps):
        self.steps, self.condition, self.since = steps, (lambda: True), time.monotonic()
        self.timer = QTimer()
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.wake)
        self.timer.start(50)

    def wake(self):
        # With the next look after this one's end: an algorithm in the main thread lets events in, and would never get
        # on where one is always due.
        self.look()
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
