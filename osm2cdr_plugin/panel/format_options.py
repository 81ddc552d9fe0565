"""The options that make a difference to the chosen formats, from the tables of options, and no others."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any, Iterable

from qgis.gui import QgsCheckableComboBox, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.request.options import BY_FIELD, BY_FORMAT_OPTION, FORMAT_OPTIONS, Option, values
from ...processing_provider.text.translation import tr

# Those of all exports that the panel has in no other place.
_GENERAL = tuple(
    BY_FIELD[field]
    for field in (
        "orientation", "subtitle", "sheet", "overlay", "magnify", "dpi", "text", "colors", "tags", "pois"
    )
)  # fmt: skip


class FormatOptions(QWidget):
    """The rows; `changed` when one has another value."""

    changed = pyqtSignal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        # What is not as it is by itself, by field; it stays when its format is not chosen for a while.
        self._chosen: dict[str, Any] = {}
        self._rows: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def show_for(self, formats: Iterable[str]) -> int:
        """Show the options that any of these formats heeds; how many there are."""
        known = [FORMATS[name] for name in formats if name in FORMATS]
        set_now = {name: value for name, value in self._chosen.items() if name in BY_FORMAT_OPTION}
        wanted = [
            option for option in (*_GENERAL, *FORMAT_OPTIONS)
            if any(option.is_heeded_by(item, set_now) for item in known)
        ]  # fmt: skip
        if [option.field for option in wanted] != list(self._rows):
            while self._form.rowCount():
                self._form.removeRow(0)
            self._rows = {option.field: self._row(option) for option in wanted}
        return len(wanted)

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm: of what is shown, what is not as it is by itself."""
        shown = {field: value for field, value in self._chosen.items() if field in self._rows}
        given = {BY_FIELD[field].parameter_name: value for field, value in shown.items() if field in BY_FIELD}
        options = {field: value for field, value in shown.items() if field in BY_FORMAT_OPTION}
        return {**given, **({"OPTIONS": json.dumps(options)} if options else {})}

    def set_fields(self, fields: dict[str, Any]) -> None:
        """Take parameters that were chosen before."""
        try:
            options = json.loads(str(fields.get("OPTIONS") or "{}"))
        except ValueError:
            options = {}
        general = {option.field: fields.get(option.parameter_name) for option in _GENERAL}
        known = {field: value for field, value in options.items() if field in BY_FORMAT_OPTION}
        self._chosen = {field: value for field, value in {**general, **known}.items() if value not in (None, "")}
        self._rows = {}
        while self._form.rowCount():
            self._form.removeRow(0)

    def _row(self, option: Option) -> QWidget:
        """A widget for an option, with its help, in a row of its own."""
        now = self._chosen.get(option.field, option.default)
        title = tr(option.label).partition(" (")[0]
        widget: Any
        if option.kind == "flag":
            widget = QCheckBox(title, self)
            widget.setChecked(bool(now))
            widget.toggled.connect(lambda on: self._take(option, on))
        elif option.kind == "words" and option.choices is not None:
            widget = QgsCheckableComboBox(self)
            widget.addItems([str(value) for value in values(option)])
            widget.setDefaultText(tr("None"))
            widget.setCheckedItems([word for word in str(now or "").split(",") if word])
            widget.checkedItemsChanged.connect(lambda words: self._take(option, ",".join(words)))
        elif option.kind == "file":
            widget = QgsFileWidget(self)
            widget.setFilePath(str(now or ""))
            widget.fileChanged.connect(lambda path: self._take(option, path.strip()))
        elif option.choices is not None:
            widget = QComboBox(self)
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for value in values(option):
                widget.addItem(str(value), value)
            widget.setCurrentIndex(max(0, widget.findData(now)))
            widget.currentIndexChanged.connect(lambda _row: self._take(option, widget.currentData()))
        elif option.kind == "whole":
            widget = QSpinBox(self)
            widget.setRange(option.low, option.high)
            widget.setValue(int(now))
            widget.valueChanged.connect(lambda value: self._take(option, value))
        else:
            widget = QLineEdit(str(now or ""), self)
            widget.textChanged.connect(lambda text: self._take(option, text.strip()))
        widget.setObjectName(f"osm2cdrOption_{option.field}")
        widget.setToolTip(tr(option.about))
        widget.setAccessibleName(title)
        if option.kind == "flag":
            self._form.addRow(widget)
        else:
            self._form.addRow(title, widget)
        return widget

    def _take(self, option: Option, value: Any) -> None:
        if value == option.default or (not value and not option.default):
            self._chosen.pop(option.field, None)
        else:
            self._chosen[option.field] = value
        self.changed.emit()
