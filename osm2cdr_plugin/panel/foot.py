"""The foot of the panel: where the files go and what they are called, and about how large and how long it will be."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ...processing_provider.text.translation import tr
from ..dialogs import last_folder
from ..maptools.places import km2_of
from .outlook import guard, guessed, outlook


class Foot(QWidget):
    """The foot; `changed` when another folder or name is given."""

    changed = pyqtSignal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.folder, self.name = QgsFileWidget(self), QLineEdit(self)
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.name.setPlaceholderText(tr("after the data or the place"))
        self.name.setObjectName("osm2cdrName")
        self.outlook, self.guarded = QLabel(self), QLabel(self)
        for label, called in ((self.outlook, "osm2cdrOutlook"), (self.guarded, "osm2cdrGuard")):
            label.setObjectName(called)
            label.setWordWrap(True)
        self.outlook.setToolTip(tr("A guess from exports of towns; it may be five times as much, or a fifth of it."))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Folder"), self.folder)
        form.addRow(tr("Name"), self.name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.outlook)
        rows.addLayout(form)
        rows.addWidget(self.guarded)
        self.folder.fileChanged.connect(lambda _path: self.changed.emit())
        self.name.textChanged.connect(lambda _text: self.changed.emit())

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm that are chosen here."""
        return {"NAME": self.name.text().strip(), "OUTPUT_FOLDER": self.folder.filePath() or last_folder()}

    def look_ahead(self, fields: dict[str, Any], area: QgsGeometry | None) -> bool:
        """Tell what these parameters come to, for an area in degrees; whether the files can be where they are to be."""
        source, formats = str(fields.get("SOURCE") or ""), str(fields.get("FORMATS") or "").split(",")
        sentence, can = guard(str(fields["OUTPUT_FOLDER"]), str(fields.get("NAME") or ""), source, formats)
        self.guarded.setText(sentence)
        self.guarded.setVisible(bool(sentence))
        made = None
        if area is not None and fields.get("FORMATS"):
            box = area.boundingBox()
            sides = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
            made = guessed(source, sides, km2_of(area), fields)
        self.outlook.setText(outlook(made) if made else "")
        self.outlook.setVisible(made is not None)
        return can
