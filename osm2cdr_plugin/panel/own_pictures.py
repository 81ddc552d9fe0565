"""The styles as pictures of the user's own area, drawn one by one in the background and kept in the profile."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsRectangle, QgsSettings
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QPixmap

from ...processing_provider.sources.opening import path_of
from ..maptools.places import box_text
from .runner import Run

# Whether they are drawn: they take a second of a processor each.
PICTURES_SETTING = "osm2cdr/own_pictures"
# Milliseconds without another choice.
_WAIT = 3000
# Half the height of what is shown, in degrees; its width by its height; and the scale that it is drawn at.
_REACH, _WIDE, _SCALE, _DPI = 0.0016, 1.45, 6000, 96
# Areas that are kept.
_MOST = 20


class OwnPictures(QObject):
    """Draws them; `drawn` carries a style and its picture, an empty one where the usual picture is to come back."""

    drawn = pyqtSignal(str, QPixmap)

    def __init__(self, styles: list[str], parent: Any = None) -> None:
        super().__init__(parent)
        self._styles = styles
        self._source, self._box = "", QgsRectangle()
        self._folder: Path | None = None
        self._waiting: list[str] = []
        self._run: Run | None = None
        self._work = Path(tempfile.mkdtemp(prefix="osm2cdr-pictures-"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._begin)

    def ask(self, source: str, box: QgsRectangle) -> None:
        """Draw the middle of a box in degrees soon, of an extract that is read quickly; a null box: the usual ones."""
        middle = _middle(box)
        if (source, middle) == (self._source, self._box):
            return
        self.stop()
        self._source, self._box = source, middle
        if middle.isNull() or not QgsSettings().value(PICTURES_SETTING, True, type=bool):
            for style in self._styles:
                self.drawn.emit(style, QPixmap())
        else:
            self._timer.start()

    def stop(self) -> None:
        """Draw no longer."""
        self._timer.stop()
        self._waiting.clear()
        run, self._run = self._run, None
        if run is not None:
            run.ended.disconnect()
            run.stop()

    def close_for_good(self) -> None:
        """Leave nothing behind but what is kept in the profile."""
        self.stop()
        shutil.rmtree(self._work, ignore_errors=True)

    def _begin(self) -> None:
        self._folder = _kept(self._source, self._box)
        self._waiting = []
        for style in self._styles:
            picture = QPixmap(str(self._folder / f"{style}.png"))
            if picture.isNull():
                self._waiting.append(style)
            else:
                self.drawn.emit(style, picture)
        self._next()

    def _next(self) -> None:
        """Draw one more."""
        if not self._waiting or self._run is not None:
            return
        style = self._waiting.pop(0)
        fields = {
            "EXTENT": box_text(self._box), "SOURCE": self._source, "STYLE": style, "DETAIL_LEVEL": 5, "SCALE": _SCALE,
            "FORMATS": "png", "DPI": _DPI, "OUTPUT_FOLDER": str(self._work), "NAME": "look", "OVERWRITE": True,
        }  # fmt: skip
        run = Run("osm2cdr:exportarea", fields, parent=self, alone=True)
        if run.fault():
            self._waiting.clear()
            return
        self._run = run
        run.ended.connect(lambda worked, _results: self._ended(style, worked))
        run.start()

    def _ended(self, style: str, worked: bool) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.deleteLater()
        made = self._work / "look_png.png"
        picture = QPixmap(str(made)) if worked else QPixmap()
        if picture.isNull():
            # What one style cannot draw here, no other can: there is nothing.
            self._waiting.clear()
            return
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.move(str(made), self._folder / f"{style}.png")
        self.drawn.emit(style, picture)
        # The window first.
        QTimer.singleShot(0, self._next)


def _middle(box: QgsRectangle) -> QgsRectangle:
    """What is shown of a box in degrees; places that lie near each other are the same."""
    if box.isNull() or box.isEmpty():
        return QgsRectangle()
    x, y = round(box.center().x(), 3), round(box.center().y(), 3)
    wide = _REACH * _WIDE / max(0.1, math.cos(math.radians(y)))
    return QgsRectangle(x - wide, y - _REACH, x + wide, y + _REACH)


def _kept(source: str, box: QgsRectangle) -> Path:
    """Where the pictures of a place are kept, as long as its data are the same; the oldest of too many go."""
    path = path_of(source)
    changed = path.stat().st_mtime_ns if path is not None and path.is_file() else 0
    key = hashlib.sha256(f"{source} {changed} {box.toString(5)}".encode()).hexdigest()[:16]
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "osm2cdr" / "pictures"
    if folder.is_dir():
        others = sorted((one for one in folder.iterdir() if one.name != key), key=lambda one: one.stat().st_mtime)
        for old in others[: max(0, len(others) - _MOST + 1)]:
            shutil.rmtree(old, ignore_errors=True)
    return folder / key
