"""What: the formats, the page they lie on, the title and the other options of the chosen formats."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QMenu, QSpinBox, QVBoxLayout, QWidget

from ...processing_provider.request.options import BY_FIELD, values
from ...processing_provider.text.translation import tr
from ..choices import Choice, Group
from ..picker import Picker
from ..pickerrows import choice_of
from .format_options import FormatOptions

_RECENT_SETTING, _FAVOURITES_SETTING = "osm2cdr/recent_formats", "osm2cdr/favourite_formats"
_RECENT = 6
_HIGH = 12_000_000


class What(QWidget):
    """The section."""

    changed = pyqtSignal()

    def __init__(self, formats: tuple[Group, ...], parent: Any = None) -> None:
        super().__init__(parent)
        self._groups = formats
        self.formats = Picker(_best_first(formats), True, tr("Formats"), self)
        self.formats.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.formats.tree.customContextMenuRequested.connect(self._offer_favourite)
        self.options = FormatOptions(self)
        self.folded = QgsCollapsibleGroupBoxBasic(tr("Options of these formats"), self)
        self.folded.setObjectName("osm2cdrOptions")
        QVBoxLayout(self.folded).addWidget(self.options)
        self.folded.setCollapsed(True)
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
        form.addRow(self.folded)
        self.formats.changed.connect(self._formats_changed)
        self.options.changed.connect(self.changed)
        self.page.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.scale.valueChanged.connect(lambda _value: self.changed.emit())
        self.title.textChanged.connect(lambda _text: self.changed.emit())

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm that are chosen here."""
        return {
            "FORMATS": ",".join(self.formats.value()), "PAGE": self.page.currentData(), "SCALE": self.scale.value(),
            "TITLE": self.title.text().strip(), **self.options.fields(),
        }  # fmt: skip

    def set_fields(self, fields: dict[str, Any]) -> None:
        """Show parameters that were chosen before."""
        self.options.set_fields(fields)
        self.formats.set_value([word for word in str(fields.get("FORMATS") or "svg").split(",") if word])
        self.page.setCurrentIndex(max(0, self.page.findData(fields.get("PAGE") or "fit")))
        self.scale.setValue(int(fields.get("SCALE") or 0))
        self.title.setText(str(fields.get("TITLE") or ""))

    def _formats_changed(self) -> None:
        self.folded.setVisible(self.options.show_for(self.formats.value()) > 0)
        self.changed.emit()

    def _offer_favourite(self, at: QPoint) -> None:
        """A format can be made a favourite, which stands first."""
        leaf = self.formats.tree.itemAt(at)
        choice = choice_of(leaf) if leaf in self.formats.leaves else None
        if choice is None:
            return
        before = _kept(_FAVOURITES_SETTING)
        menu = QMenu(self)
        action = menu.addAction(tr("Favourite"))
        action.setCheckable(True)
        action.setChecked(choice.id in before)
        action.triggered.connect(lambda on: self.favour(choice.id, on))
        menu.popup(self.formats.tree.viewport().mapToGlobal(at))

    def favour(self, name: str, on: bool) -> None:
        """Let a format stand among the favourites, or no longer."""
        others = [other for other in _kept(_FAVOURITES_SETTING) if other != name]
        QgsSettings().setValue(_FAVOURITES_SETTING, ",".join([*others, *([name] if on else [])]))
        self.formats.set_groups(_best_first(self._groups))

    def remember(self) -> None:
        """The formats that are chosen now stand first the next time."""
        chosen = self.formats.value()
        before = [name for name in _kept(_RECENT_SETTING) if name not in chosen]
        QgsSettings().setValue(_RECENT_SETTING, ",".join([*chosen, *before][:_RECENT]))


def _kept(setting: str) -> list[str]:
    return [name for name in str(QgsSettings().value(setting, "") or "").split(",") if name]


def _best_first(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups below the favourites and those that were used last; each format stands in one place alone."""
    by_id: dict[str, Choice] = {choice.id: choice for group in groups for choice in group.choices}
    favourites = [by_id[name] for name in _kept(_FAVOURITES_SETTING) if name in by_id]
    recent = [by_id[name] for name in _kept(_RECENT_SETTING) if name in by_id and by_id[name] not in favourites]
    first = (Group(tr("Favourites"), tuple(favourites)), Group(tr("Used last"), tuple(recent)))
    taken = [*favourites, *recent]
    rest = (Group(group.title, tuple(choice for choice in group.choices if choice not in taken)) for group in groups)
    return tuple(group for group in (*first, *rest) if group.choices)
