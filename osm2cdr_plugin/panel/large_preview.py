"""The sheet as it will be, large, in a window of its own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPixmap
from qgis.PyQt.QtWidgets import QDialog, QLabel, QVBoxLayout

from ...processing_provider.text.translation import tr
from .runner import Run

_DPI = 150
_SHARE = 0.8


class LargePreview(QDialog):
    """The window; it draws its picture anew, with more of it to see, and fits it in."""

    def __init__(self, fields: dict[str, Any], small: QPixmap, parent: Any) -> None:
        super().__init__(parent)
        self.setObjectName("osm2cdrLargePreview")
        self.setWindowTitle(tr("Preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._picture = small
        self._folder = Path(tempfile.mkdtemp(prefix="osm2cdr-preview-"))
        self.shown = QLabel(self)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setMinimumSize(200, 150)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.shown)
        room = self.screen().availableSize() * _SHARE if hasattr(self, "screen") else parent.size()
        self.resize(small.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        target = {"FORMATS": "png", "DPI": _DPI, "OUTPUT_FOLDER": str(self._folder), "NAME": "large"}
        left_out = ("FORMATS", "OUTPUT_FOLDER", "NAME", "OPTIONS")
        kept = {key: value for key, value in fields.items() if key not in left_out}
        self.run = Run("osm2cdr:exportarea", {**kept, **target}, parent=self)
        self.run.ended.connect(self._ended)
        self.finished.connect(lambda _code: self.close_for_good())
        if not self.run.fault():
            self.run.start()

    def close_for_good(self) -> None:
        """Stop, and leave nothing behind."""
        self.run.ended.disconnect()
        self.run.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def resizeEvent(self, event: Any) -> None:  # noqa: N802
        """Fit the picture in."""
        super().resizeEvent(event)
        self._fit()

    def _ended(self, worked: bool, _results: dict[str, Any]) -> None:
        picture = QPixmap(str(self._folder / "large_png.png")) if worked else QPixmap()
        if not picture.isNull():
            self._picture = picture
            self._fit()

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        shown = self._picture.scaled(self.shown.size() * ratio, keep, smooth)
        shown.setDevicePixelRatio(ratio)
        self.shown.setPixmap(shown)
