"""Staged tables simplified for a detail level."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from osgeo import ogr

from ..feedback import Feedback
from .simplify import simplified
from .tables.detail import Detail
from .tables.layers import BY_NAME
from .tables.staged import Rows, Staged


def simplify(staged: Staged, detail: Detail, feedback: Feedback) -> None:
    """Simplify all tables and the coast as one, so that what is shared stays shared.

    What has to be asked for by name comes behind: with or without it, the map is the same.
    """
    feedback.progress(70, "simplifying")
    drawn = [(name, rows) for name, rows in staged.rows.items() if rows.table.geometry != "point"]
    shapes = [bytes(line.ExportToWkb(ogr.wkbNDR)) for line in staged.coastline]
    moved = _simplified(shapes, [r for name, r in drawn if not BY_NAME[name].asked], detail, feedback.part(70, 98))
    staged.coastline = [
        ogr.CreateGeometryFromWkb(moved[number]) if number in moved else line
        for number, line in enumerate(staged.coastline)
    ]
    _simplified([], [rows for name, rows in drawn if BY_NAME[name].asked], detail, feedback.part(98, 100))


def _simplified(lines: list[bytes], tables: list[Rows], detail: Detail, feedback: Feedback) -> dict[int, bytes]:
    """Simplify tables and, before them, `lines` (WKB); of these, what has changed, by number."""
    shapes, tolerances = [*lines], [detail.tolerance] * len(lines)
    for rows in tables:
        shapes += rows.blobs
        tolerances += [tolerance(rows.table.name, detail)] * len(rows.blobs)
    moved = simplified(shapes, tolerances, feedback)
    first = len(lines)
    for rows in tables:
        for number in range(len(rows.blobs)):
            if first + number in moved:
                rows.blobs[number] = moved.pop(first + number)
        first += len(rows.blobs)
    return moved


def tolerance(table: str, detail: Detail) -> float:
    """Houses lose more by a moved corner than land by a moved edge; above level 3 they are never touched."""
    if table != "buildings":
        return detail.tolerance
    return 0.0 if detail.level > 3 else min(detail.tolerance, 0.5)
