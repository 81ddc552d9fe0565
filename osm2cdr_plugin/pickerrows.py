"""The rows of a list to tick choices in, by their groups."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QHeaderView, QStyledItemDelegate, QTreeWidget, QTreeWidgetItem, QWidget

from .choices import Choice, Group

_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_CHOICE = Qt.ItemDataRole.UserRole
_ROWS, _PALE = 9, 0.6


def choice_of(leaf: QTreeWidgetItem) -> Choice:
    """The choice of a row."""
    choice: Choice = leaf.data(0, _CHOICE)
    return choice


class Rows(QTreeWidget):
    """The rows: what people call a choice, and its id."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setMinimumHeight(_ROWS * (self.fontMetrics().height() + 4))
        self.setItemDelegate(_WholeRow(self))

    def add(self, group: Group) -> list[QTreeWidgetItem]:
        """The rows of a group."""
        above = self.invisibleRootItem()
        if group.title:
            above = QTreeWidgetItem(self, [group.title])
            # Without a box to tick: it would tick what the search hides.
            above.setFlags(Qt.ItemFlag.ItemIsEnabled)
            above.setFirstColumnSpanned(True)
            font = above.font(0)
            font.setBold(True)
            above.setFont(0, font)
        pale = self.palette().color(QPalette.ColorRole.Text)
        pale.setAlphaF(_PALE)
        rows = []
        for choice in group.choices:
            row = QTreeWidgetItem(above, [choice.reason or choice.name, choice.id if choice.id != choice.name else ""])
            row.setData(0, _CHOICE, choice)
            row.setCheckState(0, _OFF)
            row.setDisabled(bool(choice.reason))
            row.setForeground(1, pale)
            for column in range(2):
                row.setToolTip(column, choice.reason or f"{choice.name}\n{choice.tip}".strip())
            rows.append(row)
        return rows


class _WholeRow(QStyledItemDelegate):
    """A click anywhere in a row ticks it, not in its box alone."""

    def editorEvent(self, event: Any, model: Any, option: Any, index: Any) -> bool:  # noqa: N802
        """Tick, or take the tick away."""
        kind = event.type()
        if kind not in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
            return bool(super().editorEvent(event, model, option, index))
        flags = model.flags(index)
        ours = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled
        if flags & ours != ours or event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonRelease:
            box, role = index.sibling(index.row(), 0), Qt.ItemDataRole.CheckStateRole
            on = Qt.CheckState(model.data(box, role)) == _ON
            model.setData(box, _OFF if on else _ON, role)
        return True
