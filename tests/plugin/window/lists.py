"""Clicks in the list of several choices, as a person makes them."""

from playing import above, dialogs, pause, press
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QScrollArea, QTreeWidget


def picker_of(window, title):
    """The list of a parameter, by what it is called for those who cannot see it."""
    trees = [tree for tree in window.findChildren(QTreeWidget) if tree.accessibleName()]
    found = [tree for tree in trees if tree.accessibleName() == title]
    assert len(found) == 1, [tree.accessibleName() for tree in trees]
    return found[0].parent()


def rows(picker):
    """What the list shows: groups, and rows with their id and whether they are ticked."""
    shown = []
    for number in range(picker.tree.topLevelItemCount()):
        top = picker.tree.topLevelItem(number)
        for item in [top, *(top.child(n) for n in range(top.childCount()))]:
            if item.isHidden():
                continue
            ticked = item.checkState(0) == Qt.CheckState.Checked if item in picker.leaves else None
            shown.append([item.text(0), item.text(1), ticked])
    return shown


def scroll_to(widget):
    """Bring a widget into sight."""
    for area in above(widget, QScrollArea):
        area.ensureWidgetVisible(widget)


def tick(picker, name, box=True):
    """Click a row: its box, or its text."""
    tree = picker.tree
    leaf = next(leaf for leaf in picker.leaves if leaf.text(0) == name)
    scroll_to(picker)
    tree.scrollToItem(leaf)
    yield lambda: tree.viewport().rect().contains(tree.visualItemRect(leaf).center())
    place = tree.visualItemRect(leaf)
    press(tree.viewport(), QPoint(place.left() + 8 if box else place.center().x(), place.center().y()))
    # The list may move for the next one only when this click has come, which is due before the next look.
    yield lambda: True


class Listed:
    """The window of the list that a line opens."""

    def __init__(self, window):
        self.picker = window.findChildren(QTreeWidget)[0].parent()
        kinds = QDialogButtonBox.StandardButton
        self.ok = window.findChild(QDialogButtonBox).button(kinds.Ok)


def listed():
    """Wait for the window of the list."""
    yield lambda: any(dialog.objectName() == "osm2cdrPicker" for dialog in dialogs())
    return Listed(next(dialog for dialog in dialogs() if dialog.objectName() == "osm2cdrPicker"))


def grow(dialog, width=760):
    """Give a dialog the height of the display."""
    dialog.resize(max(dialog.width(), width), 800)
    dialog.move(1400 - width - 20 if width > 760 else 100, 20)
    yield lambda: dialog.height() >= 780
    yield pause(0.2)


def close(dialog):
    """Close a window, and wait until it is gone."""
    dialog.close()
    yield lambda: sip.isdeleted(dialog) or not dialog.isVisible()
