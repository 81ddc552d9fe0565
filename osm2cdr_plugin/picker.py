"""A list to tick several choices in: a search, groups, and a line that tells what is chosen.

Processing's own list for an enum of words is blank in QGIS before 3.30, but for its default.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Iterable

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..processing_provider.text.translation import tr
from .choices import Group
from .pickerrows import Rows, choice_of

_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Picker(QWidget):
    """The list. `required`: whether nothing chosen is a fault; where it is none, it stands for all."""

    changed = pyqtSignal()

    def __init__(self, groups: Iterable[Group], required: bool, title: str = "", parent: Any = None) -> None:
        super().__init__(parent)
        self._required = required
        # Words that are no choice here, as they were given: the algorithm's own check names them.
        self._unknown: list[str] = []
        self.search, self.tree = _Search(self), Rows(self)
        self.told, self.clear = QLabel(self), QToolButton(self)
        self.search.setAccessibleName(tr("Search: {0}").format(title))
        self.tree.setAccessibleName(title)
        self.told.setWordWrap(True)
        self.clear.setText(tr("Clear"))
        self.clear.setToolTip(tr("Choose nothing"))
        self.clear.clicked.connect(lambda: self.set_value([]))
        self.leaves = [leaf for group in groups for leaf in self.tree.add(group)]
        self.tree.expandAll()
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.search)
        box.addWidget(self.tree, 1)
        box.addLayout(below)
        self.search.textChanged.connect(self.find)
        self.search.down.connect(self._into)
        self.search.entered.connect(self._toggle_first)
        self.tree.itemChanged.connect(self._tell)
        self.setFocusProxy(self.search)
        self._tell()

    def set_groups(self, groups: Iterable[Group]) -> None:
        """Offer other groups; what is chosen stays so."""
        chosen = self.value()
        self.tree.blockSignals(True)
        self.tree.clear()
        self.leaves = [leaf for group in groups for leaf in self.tree.add(group)]
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self.set_value(chosen)
        self.find(self.search.text())

    def value(self) -> list[str]:
        """The ids that are chosen, in the order of the list."""
        return [choice_of(leaf).id for leaf in self.leaves if leaf.checkState(0) == _ON] + self._unknown

    def set_value(self, chosen: list[str]) -> None:
        """Tick these, and nothing else."""
        self.tree.blockSignals(True)
        for leaf in self.leaves:
            choice = choice_of(leaf)
            leaf.setCheckState(0, _ON if choice.id in chosen else _OFF)
            # What cannot be had here and was chosen elsewhere can be taken away.
            leaf.setDisabled(bool(choice.reason) and choice.id not in chosen)
        self.tree.blockSignals(False)
        self._scroll()
        known = {choice_of(leaf).id for leaf in self.leaves}
        self._unknown = [word for word in chosen if word not in known]
        self._tell()

    def showEvent(self, event: Any) -> None:  # noqa: N802
        """Begin where the first tick is."""
        super().showEvent(event)
        self._scroll()

    def find(self, text: str) -> None:
        """Show what holds every word of the text, in its name, its id, its group or what it is for."""
        words = text.lower().split()
        for leaf in self.leaves:
            choice = choice_of(leaf)
            group = leaf.parent().text(0) if leaf.parent() else ""
            held = f"{choice.name} {choice.id} {choice.found_by} {group}".lower()
            leaf.setHidden(not all(word in held for word in words))
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            if group.childCount():
                group.setHidden(all(group.child(n).isHidden() for n in range(group.childCount())))
        self.tree.expandAll()
        self._tell()

    def shown(self) -> list[QTreeWidgetItem]:
        """The rows that the search leaves and that can be ticked."""
        return [leaf for leaf in self.leaves if not leaf.isHidden() and not leaf.isDisabled()]

    def _scroll(self) -> None:
        ticked = [leaf for leaf in self.leaves if leaf.checkState(0) == _ON]
        if ticked:
            self.tree.scrollToItem(ticked[0])

    def _into(self) -> None:
        """From the search into the list, by the key."""
        self.tree.setFocus()
        if self.shown():
            self.tree.setCurrentItem(self.shown()[0])

    def _toggle_first(self) -> None:
        for leaf in self.shown()[:1]:
            leaf.setCheckState(0, _OFF if leaf.checkState(0) == _ON else _ON)
            self.tree.setCurrentItem(leaf)
        self.search.selectAll()

    def _tell(self, *_changed: Any) -> None:
        chosen = self.value()
        if all(leaf.isHidden() for leaf in self.leaves):
            text = tr("Nothing is called {0}.").format(self.search.text().strip())
        elif chosen:
            text = tr("Chosen: {0}").format(", ".join(chosen))
        else:
            text = tr("Nothing is chosen: tick at least one.") if self._required else tr("Nothing is chosen: all.")
        self.told.setText(text)
        font = self.told.font()
        font.setBold(self._required and not chosen)
        self.told.setFont(font)
        self.clear.setVisible(bool(chosen))
        self.changed.emit()


class _Search(QgsFilterLineEdit):
    """The search. Enter ticks the first row that it leaves, where it would press the dialog's button."""

    down = pyqtSignal()
    entered = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setShowSearchIcon(True)
        self.setPlaceholderText(tr("Search"))
        self.setToolTip(tr("Enter ticks the first one found, Down goes into the list, Space ticks there."))

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802
        """Enter and Down are the list's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
