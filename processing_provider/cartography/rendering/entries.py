"""What stands in a line of a sheet's legend or index."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QPainterPath

from ...text.sentence import say

# What the names of all layers of a user's own data begin with: the group that drawings put them in.
OWN_DATA = say("Overlay")
STREETS, PLACES, SIGHTS = say("Streets"), say("Places"), say("Sights")


@dataclass(frozen=True)
class IndexEntry:
    """A name and its cells, from the left and the top; `weight` is larger for what is missed more."""

    group: str
    name: str
    cells: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Look:
    """What a class is drawn as: strokes from the lowest up as (colour, mm, dashes in mm), a fill and its edge.

    `is_dot`: a round point of that fill.
    """

    strokes: tuple[tuple[str, float, tuple[float, ...]], ...] = ()
    fill: str = ""
    edge: str = ""
    edge_mm: float = 0.0
    is_dot: bool = False

    @property
    def width(self) -> float:
        """How wide its widest line is."""
        return max((width for _, width, _ in self.strokes), default=0.0)


@dataclass(frozen=True)
class Key:
    """A line of the legend; its icon in mm round its middle, None where it has none."""

    label: str
    look: Look
    icon: QPainterPath | None = None
