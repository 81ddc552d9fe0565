"""The tables of a user's own data, which lie over the map (see sources.overlay)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

OVERLAY = "overlay"


@dataclass(frozen=True)
class OverlayTable:
    """One table of it (see map_data.Tabular), the objects of one kind of geometry.

    `file` is what the file is called that an object came with; `color` (#RRGGBB) that of its line or marker, `width`
    and `size` are millimetres on paper, `fill` and `opacity` (0 to 1) those of an area. NULL is as the style says.
    """

    name: str
    geometry: str
    title: str
    group: str = OVERLAY
    columns: tuple[tuple[str, str], ...] = (
        ("name", "TEXT"), ("description", "TEXT"), ("file", "TEXT"), ("color", "TEXT"), ("width", "REAL"),
        ("fill", "TEXT"), ("opacity", "REAL"), ("size", "REAL"),
    )  # fmt: skip


# In drawing order.
AREAS = OverlayTable("overlay_areas", "polygon", "Overlay, areas")
LINES = OverlayTable("overlay_lines", "line", "Overlay, lines")
POINTS = OverlayTable("overlay_points", "point", "Overlay, points")
BY_GEOMETRY = {table.geometry: table for table in (AREAS, LINES, POINTS)}
NAMES = tuple(table.name for table in BY_GEOMETRY.values())
