"""A picture's file opened again."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QImage

from ...errors import WriteError
from ...text.sentence import say


def prove_image(path: Path, label: str) -> None:
    """Open an image again with Qt; WriteError where it does not open, or has but one colour."""
    picture = QImage(str(path))
    if picture.isNull():
        raise WriteError("not_proven", say("{0} does not open again.", label))
    small = picture.scaled(64, 64)
    if len({small.pixel(x, y) for x in range(64) for y in range(64)}) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", label))
