"""What lies over streets and houses: trees, power lines, ropeways, ferries, boundaries; below them borders' bands."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsWkbTypes

from ..features.reading import Thing, merged, parts, read
from ..symbology.symbols import FLAT, ROUND, dot, faint, line, stroke
from .builder import Builder

# Lines that one thin stroke is enough for: table, title, colour token, width and dashes in mm.
_LINES = (
    ("power", "Power lines", "power", 0.1, ()),
    ("aerialways", "Ropeways", "rail", 0.16, (2.4, 0.5, 0.3, 0.5)),
    ("ferries", "Ferries", "ferry", 0.2, (1.6, 1.2)),
)
# A boundary nearer to the coast, in mm on paper, is the coast.
_COAST = 0.8


def overlays(builder: Builder, boundaries: list[Thing]) -> None:
    """Trees, power lines, ropeways, ferries and boundaries (see bands)."""
    tree = builder.color.get("tree")
    if builder.theme.flags["trees"] and tree:
        outline = builder.color.get("tree_line") or tree
        row = line(stroke(tree, 3000 / builder.page.scale, ROUND, (0.01, max(0.8, 6000 / builder.page.scale))))
        builder.add("Rows of trees", "line", read(builder.data, "trees_lines"), [("TRUE", row, "Rows")])
        symbol = dot(tree, outline, 4.0, metres=True)
        builder.add("Trees", "point", read(builder.data, "trees"), [("TRUE", symbol, "Trees")])
    for table, title, token, width, dash in _LINES:
        color = builder.color.get(token)
        if color:
            symbol = line(stroke(color, width, FLAT, dash))
            builder.add(title, "line", merged(read(builder.data, table), ("kind",)), [("TRUE", symbol, title)])
    _boundaries(builder, boundaries)


def bands(builder: Builder) -> list[Thing]:
    """A band along the borders of countries; all boundaries as lines, which do not follow a coast.

    It lets the land through, and lies below streets and houses: in formats without transparency it would hide them.
    """
    color = builder.color.get("boundary")
    if not color:
        return []
    lines = merged(read(builder.data, "boundaries"), ("kind",))
    if builder.sea:
        lines = _off_coast(lines, builder.sea[0].geometry, _COAST * builder.page.scale / 1000)
    band = line(stroke(faint(color, 0.22), 1.1, FLAT))
    countries = [thing for thing in lines if thing["kind"] == "country"]
    builder.add("Borders – bands", "line", countries, [("TRUE", band, "Countries")])
    return lines


def _boundaries(builder: Builder, boundaries: list[Thing]) -> None:
    """Borders of countries as dashes, the others as quiet ones."""
    color = builder.color.get("boundary")
    if not color:
        return
    cases = [
        ("\"kind\"='district'", line(stroke(faint(color, 0.6), 0.13, FLAT, (0.8, 0.8))), "Districts"),
        ("\"kind\"='municipality'", line(stroke(faint(color, 0.75), 0.16, FLAT, (1.4, 0.8))), "Municipalities"),
        ("\"kind\"='region'", line(stroke(color, 0.2, FLAT, (2.0, 0.7, 0.4, 0.7))), "Regions"),
        ("\"kind\"='country'", line(stroke(color, 0.3, FLAT, (2.4, 0.8, 0.5, 0.8))), "Countries"),
    ]
    builder.add("Boundaries", "line", boundaries, cases)


def _off_coast(lines: list[Thing], sea: QgsGeometry, near: float) -> list[Thing]:
    """Boundaries without what runs along the coast; at sea only those of countries."""
    coast = QgsGeometry(sea.constGet().boundary()).buffer(near, 2)
    wet = coast.combine(sea)
    result = []
    for thing in lines:
        rest = thing.geometry.difference(coast if thing["kind"] == "country" else wet)
        # What is left between two bends of a coast is no border.
        kept = [
            part for part in parts(rest)
            if part.type() == QgsWkbTypes.LineGeometry and part.length() > 6 * near
        ]  # fmt: skip
        if kept:
            result.append(Thing(QgsGeometry.collectGeometry(kept), thing.values))
    return result
