"""Colours as mappers write them: `#f00`, `#FF0000`, `red`; what is none of these is no colour."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re

from qgis.PyQt.QtGui import QColor

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I)
_NAME = re.compile(r"[a-z]+", re.I)


def colour(text: str | None) -> str | None:
    """The colour as #RRGGBB; None where it is none (https://wiki.openstreetmap.org/wiki/Key:colour)."""
    word = (text or "").strip().replace(" ", "")
    if not (_HEX.fullmatch(word) or _NAME.fullmatch(word)) or word.lower() == "transparent":
        return None
    found = QColor(word)
    return found.name().upper() if found.isValid() else None
