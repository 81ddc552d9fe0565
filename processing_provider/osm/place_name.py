"""What a place is called by the data that it has: files of an export without a name are named by it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from ..request.naming import usable

if TYPE_CHECKING:
    from ..geo.area import Area
    from .tables.staged import Staged


def of_places(staged: Staged, area: Area) -> str:
    """The name of the greatest place inside the area, of the most people, of the nearest to its middle; or empty."""
    rows = staged.rows.get("places")
    names = [name for name, _ in rows.table.columns] if rows else []
    if rows is None or not {"name", "kind", "population"} <= set(names):
        return ""
    called, kind, people = (names.index(name) for name in ("name", "kind", "population"))
    ranks = list(dict.fromkeys(item.id for item in getattr(rows.table, "kinds", ())))
    found = []
    for values, shape in zip(rows.values, rows.geometries):
        name = usable(str(values[called] or ""))
        west, east, south, north = shape.GetEnvelope()
        inside = area.west <= west and east <= area.east and area.south <= south and north <= area.north
        if name and inside and values[kind] in ranks:
            number = values[people] if isinstance(values[people], (int, float)) else 0
            away = abs(west - area.centre[0]) + abs(south - area.centre[1])
            found.append((ranks.index(str(values[kind])), -float(str(number)), away, name))
    return min(found)[-1] if found else ""
