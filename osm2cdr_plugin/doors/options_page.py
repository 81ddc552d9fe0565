"""The plugin's page of QGIS's options: where exports go, who is asked for places, whether the map takes styles."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton

from ...processing_provider.cartography.themes.loading import own_folder
from ...processing_provider.provider import ICON
from ...processing_provider.text.translation import tr
from ..dialogs import FOLDER_SETTING, last_folder
from ..panel.map_button import FOLLOWS_SETTING
from ..panel.own_pictures import PICTURES_SETTING
from ..panel.place_search import NOMINATIM_SETTING

_NOMINATIM = "https://nominatim.openstreetmap.org/search"
# What the panel remembers, but for what stands on this page.
_REMEMBERED = ("panel", "extracts", "recent_formats", "favourite_formats", "extract_folder")


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle("osm2cdr")
        self.setIcon(QIcon(str(ICON)))

    def icon(self) -> QIcon:
        """The plugin's own."""
        return QIcon(str(ICON))

    def createWidget(self, parent: Any) -> OptionsPage:  # noqa: N802
        """A page, as QGIS wants it."""
        return OptionsPage(parent)


class OptionsPage(QgsOptionsPageWidget):
    """The page."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        settings = QgsSettings()
        self.folder, self.nominatim = QgsFileWidget(self), QLineEdit(self)
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(last_folder())
        self.nominatim.setPlaceholderText(_NOMINATIM)
        self.nominatim.setText(str(settings.value(NOMINATIM_SETTING, "") or ""))
        self.follows = QCheckBox(tr("The map takes the chosen style"), self)
        self.follows.setChecked(settings.value(FOLLOWS_SETTING, True, type=bool))
        self.pictures = QCheckBox(tr("Draw the pictures of styles from the chosen area"), self)
        self.pictures.setChecked(settings.value(PICTURES_SETTING, True, type=bool))
        styles, self.forget = QPushButton(tr("Open the folder"), self), QPushButton(tr("Forget"), self)
        styles.clicked.connect(lambda: _open_styles())
        self.forget.clicked.connect(lambda: self._forget())
        self.told = QLabel(self)
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Folder of exports"), self.folder)
        form.addRow(tr("Server that finds places (Nominatim)"), self.nominatim)
        form.addRow(self.follows)
        form.addRow(self.pictures)
        form.addRow(tr("Own styles"), _beside(styles))
        form.addRow(tr("Choices of the panel"), _beside(self.forget, self.told))

    def helpKey(self) -> str:  # noqa: N802
        """QGIS's own help knows nothing of it."""
        return ""

    def apply(self) -> None:
        """Keep what is chosen."""
        settings = QgsSettings()
        settings.setValue(FOLDER_SETTING, self.folder.filePath())
        settings.setValue(NOMINATIM_SETTING, self.nominatim.text().strip())
        settings.setValue(FOLLOWS_SETTING, self.follows.isChecked())
        settings.setValue(PICTURES_SETTING, self.pictures.isChecked())

    def _forget(self) -> None:
        for name in _REMEMBERED:
            QgsSettings().remove(f"osm2cdr/{name}")
        self.told.setText(tr("Forgotten."))


def _beside(*widgets: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _open_styles() -> None:
    folder = own_folder() or Path.home()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
