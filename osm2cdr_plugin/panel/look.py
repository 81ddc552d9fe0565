"""Look: the styles as pictures, the detail, the layers and the language of names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QListView, QListWidget, QListWidgetItem, QWidget

from ...processing_provider.cartography.themes.loading import load_theme, style_names
from ...processing_provider.errors import ExportError
from ...processing_provider.text.translation import tr
from ..choices import Group
from ..pickerline import PickerLine

_PICTURES = Path(__file__).parent.parent / "thumbnails"
_ICON = QSize(84, 58)
_CELL = QSize(93, 84)
_ROWS = 2.35
_ID = Qt.ItemDataRole.UserRole
# What people look for first; any other code can be typed.
_LANGUAGES = ("en", "de", "fr", "es", "it", "ru", "uk", "pl", "ar", "he", "zh", "ja")


class Look(QWidget):
    """The section."""

    changed = pyqtSignal()

    def __init__(self, layers: tuple[Group, ...], parent: Any = None) -> None:
        super().__init__(parent)
        self.styles = _Styles(self)
        self.detail, self.language = QComboBox(self), QComboBox(self)
        self.detail.setObjectName("osm2cdrDetail")
        for level, title in enumerate(details()):
            self.detail.addItem(title, level)
        self.layers = PickerLine(layers, False, tr("Layers"), False, self)
        self.language.setEditable(True)
        self.language.setObjectName("osm2cdrLanguage")
        self.language.addItems(["", *_LANGUAGES])
        self.language.lineEdit().setPlaceholderText(tr("of the place"))
        for combo in (self.detail, self.language):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.styles)
        form.addRow(tr("Detail"), self.detail)
        form.addRow(tr("Layers"), self.layers)
        form.addRow(tr("Names in"), self.language)
        self.styles.currentItemChanged.connect(lambda *_items: self.changed.emit())
        self.detail.currentIndexChanged.connect(lambda _row: self.changed.emit())
        self.layers.changed.connect(self.changed)
        self.language.editTextChanged.connect(lambda _text: self.changed.emit())

    def show_picture(self, style: str, drawn: QPixmap) -> None:
        """Show a style as it looks on the user's own area; the usual picture where that is empty."""
        for row in range(self.styles.count()):
            item = self.styles.item(row)
            if item.data(_ID) == style:
                item.setIcon(QIcon(_cut(drawn) if not drawn.isNull() else picture(style)))

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm that are chosen here."""
        return {
            "STYLE": self.styles.chosen(),
            "DETAIL_LEVEL": self.detail.currentData(),
            "LAYERS": ",".join(self.layers.value()) or None,
            "LANGUAGE": self.language.currentText().strip(),
        }

    def set_fields(self, fields: dict[str, Any]) -> None:
        """Show parameters that were chosen before."""
        self.styles.choose(str(fields.get("STYLE") or "default"))
        self.detail.setCurrentIndex(max(0, self.detail.findData(int(fields.get("DETAIL_LEVEL") or 0))))
        self.layers.set_value([word for word in str(fields.get("LAYERS") or "").split(",") if word])
        self.language.setCurrentText(str(fields.get("LANGUAGE") or ""))


def details() -> tuple[str, ...]:
    """What people call the detail levels, 0 first."""
    return (
        tr("Automatic: as the area wants it"), tr("1: overview"), tr("2: region"), tr("3: city"), tr("4: district"),
        tr("5: streets and houses"), tr("6: everything"),
    )  # fmt: skip


class _Styles(QListWidget):
    """The styles, in rows as wide as the panel is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("osm2cdrStyles")
        self.setAccessibleName(tr("Map style"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(_ICON)
        self.setGridSize(_CELL)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(int(_CELL.height() * _ROWS))
        for name in style_names():
            item = QListWidgetItem(QIcon(picture(name)), name, self)
            item.setData(_ID, name)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            item.setToolTip(name)
        self.setCurrentRow(0)

    def chosen(self) -> str:
        """The style that is chosen."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else "default"

    def choose(self, name: str) -> None:
        """Choose a style; one that is gone leaves the first."""
        rows = [row for row in range(self.count()) if self.item(row).data(_ID) == name]
        self.setCurrentRow(rows[0] if rows else 0)
        self.scrollToItem(self.currentItem())


def picture(name: str) -> QPixmap:
    """What a style looks like: its picture, or stripes of its colours where it has none, as one of the user's own."""
    drawn = QPixmap(str(_PICTURES / f"{name}.jpg"))
    return drawn if not drawn.isNull() else _stripes(name)


def _cut(drawn: QPixmap) -> QPixmap:
    """The middle of a picture, as wide by its height as those beside it."""
    wide = min(drawn.width(), drawn.height() * _ICON.width() // _ICON.height())
    high = min(drawn.height(), wide * _ICON.height() // _ICON.width())
    return drawn.copy((drawn.width() - wide) // 2, (drawn.height() - high) // 2, wide, high)


def _stripes(name: str) -> QPixmap:
    made = QPixmap(_ICON)
    made.fill(QColor("#ffffff"))
    try:
        colors = load_theme(name).color
    except ExportError:
        return made
    shown = [colors.get(token) for token in ("land", "water", "park", "building", "primary", "text")]
    shown = [color for color in shown if color] or ["#ffffff"]
    painter = QPainter(made)
    wide = _ICON.width() / len(shown)
    for number, color in enumerate(shown):
        painter.fillRect(int(number * wide), 0, int(wide) + 1, _ICON.height(), QColor(color))
    painter.end()
    return made
