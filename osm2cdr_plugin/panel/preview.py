"""The sheet as it will be, small: the same algorithm draws it in the background, a moment after the last choice."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtGui import QPixmap
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

from ...processing_provider.text.translation import tr
from .large_preview import LargePreview
from .runner import Run

# Milliseconds without another choice.
_WAIT = 400
_DPI = 72
_LEAST = QSize(120, 90)
_HIGH = 240
# What another format, or another place, is for.
_LEFT_OUT = ("FORMATS", "OUTPUT_FOLDER", "NAME", "OPTIONS", "DPI")


class Preview(QLabel):
    """The picture, or one sentence in its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("osm2cdrPreview")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMinimumSize(_LEAST)
        self.setMaximumHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Preview"))
        self._picture = QPixmap()
        self._fields: dict[str, Any] = {}
        self._run: Run | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="osm2cdr-preview-"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._start)

    def ask(self, fields: dict[str, Any], why_not: str) -> None:
        """Draw these parameters soon, or say why not."""
        if why_not:
            self.stop()
            self._fields, self._picture = {}, QPixmap()
            self.unsetCursor()
            self.setText(why_not)
        elif fields != self._fields:
            self._fields = fields
            self._timer.start()

    def stop(self) -> None:
        """Draw no longer."""
        self._timer.stop()
        run, self._run = self._run, None
        if run is not None:
            run.ended.disconnect()
            run.stop()

    def close_for_good(self) -> None:
        """Leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def mouseReleaseEvent(self, event: Any) -> None:  # noqa: N802
        """A click shows it large."""
        if event.button() == Qt.MouseButton.LeftButton and not self._picture.isNull():
            LargePreview(self._fields, self._picture, self.window()).show()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the picture is at this width."""
        if self._picture.isNull():
            return _LEAST
        high = self._picture.height() * self.width() // max(1, self._picture.width())
        return QSize(self.width(), min(_HIGH, high))

    def resizeEvent(self, event: Any) -> None:  # noqa: N802
        """Fit the picture in."""
        super().resizeEvent(event)
        self._fit()

    def _start(self) -> None:
        self.stop()
        kept = {key: value for key, value in self._fields.items() if key not in _LEFT_OUT}
        folder = str(self._folder)
        target = {"FORMATS": "png", "DPI": _DPI, "OUTPUT_FOLDER": folder, "NAME": "preview", "OVERWRITE": True}
        run = Run("osm2cdr:exportarea", {**kept, **target}, parent=self)
        fault = run.fault()
        if fault:
            self.setText(fault)
            return
        self._run = run
        if self._picture.isNull():
            self.setText(tr("Drawing a preview…"))
        run.ended.connect(self._ended)
        run.start()

    def _ended(self, worked: bool, _results: dict[str, Any]) -> None:
        run, self._run = self._run, None
        picture = QPixmap(str(self._folder / "preview_png.png")) if worked else QPixmap()
        if not picture.isNull():
            self._picture = picture
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(tr("Click to see it large"))
            self._fit()
            self.updateGeometry()
        elif run is not None and not run.is_cancelled:
            self._picture = QPixmap()
            self.setText((run.listener.faults or [tr("There is no preview.")])[-1])

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = QSize(int(self.width() * ratio), int(_HIGH * ratio))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        shown = self._picture.scaled(room, keep, smooth)
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)
