"""One line of what is chosen, with a button that opens the list: for tables and for the model designer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ..processing_provider.text.translation import tr
from .choices import Group
from .picker import Picker

_OPENS = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_F4)


def words(value: Any) -> list[str]:
    """What a parameter of several choices may be given (nothing, `a,b`, a list) as ids."""
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return [str(word) for word in value] if isinstance(value, (list, tuple)) else []


class PickerLine(QWidget):
    """The line. `typed`: whether it can be written in as well; where not, a click or Space opens the list."""

    changed = pyqtSignal()

    def __init__(self, groups: tuple[Group, ...], required: bool, title: str, typed: bool, parent: Any = None) -> None:
        super().__init__(parent)
        self._groups, self._required, self._title = groups, required, title
        self.edit, self.button = QLineEdit(self), QToolButton(self)
        self.edit.setReadOnly(not typed)
        self.edit.setPlaceholderText(tr("Choose at least one") if required else tr("All"))
        self.edit.setAccessibleName(title)
        self.button.setText("…")
        self.button.setToolTip(tr("Choose from the list"))
        self.button.setAccessibleName(tr("Choose from the list"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.edit, 1)
        box.addWidget(self.button)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._tell)
        self.button.clicked.connect(self.pick)
        if not typed:
            self.edit.installEventFilter(self)

    def value(self) -> list[str]:
        """The ids that stand in the line."""
        return words(self.edit.text())

    def set_value(self, chosen: list[str]) -> None:
        """Write these ids."""
        self.edit.setText(",".join(chosen))

    def pick(self) -> None:
        """Open the list, and take what is chosen there."""
        dialog = QDialog(self.window())
        dialog.setObjectName("osm2cdrPicker")
        dialog.setWindowTitle(self._title)
        picker = Picker(self._groups, self._required, self._title)
        picker.set_value(self.value())
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)

        def allow() -> None:
            buttons.button(kinds.Ok).setEnabled(bool(picker.value()) or not self._required)

        picker.changed.connect(allow)
        allow()
        box = QVBoxLayout(dialog)
        box.addWidget(picker, 1)
        box.addWidget(buttons)
        dialog.resize(480, 520)
        picker.search.setFocus()
        if dialog.exec():
            self.set_value(picker.value())
        dialog.deleteLater()

    def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: N802
        """A line that cannot be written in opens the list instead."""
        kind = event.type()
        clicked = kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton
        if clicked or (kind == QEvent.Type.KeyPress and event.key() in _OPENS):
            self.pick()
            return True
        return bool(super().eventFilter(watched, event))

    def _tell(self, text: str) -> None:
        # Longer than the line, mostly.
        self.edit.setToolTip(text)
        self.changed.emit()
