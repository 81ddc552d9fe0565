"""What of a painter's state has changed, as numbers: Qt's own flags and their & take longer, for every object."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtGui import QPaintEngine


def bits(flags: Any) -> int:
    """Flags as a number, of PyQt5 and PyQt6."""
    return int(getattr(flags, "value", flags))


_FLAG = QPaintEngine.DirtyFlag
PEN, BRUSH, OPACITY = bits(_FLAG.DirtyPen), bits(_FLAG.DirtyBrush), bits(_FLAG.DirtyOpacity)
TRANSFORM, MODE = bits(_FLAG.DirtyTransform), bits(_FLAG.DirtyCompositionMode)
CLIP = bits(_FLAG.DirtyClipPath) | bits(_FLAG.DirtyClipRegion) | bits(_FLAG.DirtyClipEnabled)
