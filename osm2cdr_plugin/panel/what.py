"""What: the formats, the page they lie on, the title and the other options of the chosen formats."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from ...processing_provider.request.options import BY_FIELD, values
from ...processing_provider.text.translation import tr
from ..choices import Choice, Group
from ..picker import Picker

_RECENT_SETTING = "osm2cdr/recent_formats"
_RECENT = 6
_HIGH = 12_000_000


class What(QWidget):
    """The section."""

    changed = pyqtSignal()

    def __init__(self, formats: tuple[Group, ...], parent: Any = None) -> None:
        super().__init__(parent)
        self.formats = Picker(_recent_first(formats), True, tr("Formats"), self)
        self.formats.setObjectName("osm2cdrFormats")
        self.page, self.scale, self.title = QComboBox(self), QSpinBox(self), QLineEdit(self)
        self.page.setObjectName("osm2cdrPage")
        for page in values(BY_FIELD["page"]):
            self.page.addItem(tr("Cut to the map") if page == "fit" else str(page), page)
        self.scale.setRange(0, _HIGH)
        self.scale.setSingleStep(1000)
        self.scale.setPrefix("1 : ")
        self.scale.setGroupSeparatorShown(True)
        self.scale.setSpecialValueText(tr("As it fits"))
        self.title.setMaxLength(200)
        self.title.setPlaceholderText(tr("None"))
        self.title.setObjectName("osm2cdrTitle")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.formats)
        form.addRow(tr("Page"), self.page)
        form.addRow(tr("Scale"), self.scale)
        form.addRow(tr("Title"), self.title)
        self.formats.changed.connect(self.changed)
        self.page.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.scale.valueChanged.connect(lambda _value: self.changed.emit())
        self.title.textChanged.connect(lambda _text: self.changed.emit())

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm that are chosen here."""
        return {
            "FORMATS": ",".join(self.formats.value()), "PAGE": self.page.currentData(), "SCALE": self.scale.value(),
            "TITLE": self.title.text().strip(),
        }  # fmt: skip

    def set_fields(self, fields: dict[str, Any]) -> None:
        """Show parameters that were chosen before."""
        self.formats.set_value([word for word in str(fields.get("FORMATS") or "svg").split(",") if word])
        self.page.setCurrentIndex(max(0, self.page.findData(fields.get("PAGE") or "fit")))
        self.scale.setValue(int(fields.get("SCALE") or 0))
        self.title.setText(str(fields.get("TITLE") or ""))

    def remember(self) -> None:
        """The formats that are chosen now stand first the next time."""
        chosen = self.formats.value()
        before = [name for name in _recent() if name not in chosen]
        QgsSettings().setValue(_RECENT_SETTING, ",".join([*chosen, *before][:_RECENT]))


def _recent() -> list[str]:
    return [name for name in str(QgsSettings().value(_RECENT_SETTING, "")).split(",") if name]


def _recent_first(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups with those above them that were used last; each format stands in one place alone."""
    by_id: dict[str, Choice] = {choice.id: choice for group in groups for choice in group.choices}
    recent = [by_id[name] for name in _recent() if name in by_id]
    if not recent:
        return groups
    rest = tuple(
        Group(group.title, tuple(choice for choice in group.choices if choice not in recent)) for group in groups
    )
    return (Group(tr("Used last"), tuple(recent)), *(group for group in rest if group.choices))
