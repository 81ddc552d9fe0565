"""What lies over streets and houses: trees, power lines, ropeways, ferries, boundaries; below them borders' bands."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsRectangle, QgsWkbTypes

from ..features.reading import Thing, merged, parts
from ..symbology.roads import Case
from ..symbology.small_lines import is_overground, pipeline_cases, protected_cases
from ..symbology.symbols import FLAT, ROUND, dot, faint, line, stroke
from .builder import Builder
from .routes import routes

# Lines that one thin stroke is enough for: table, title, colour token, width and dashes in mm. Cables lie below ground.
_LINES = (
    ("power", "Power lines", "power", 0.1, ()),
    ("aerialways", "Ropeways", "rail", 0.16, (2.4, 0.5, 0.3, 0.5)),
    ("ferries", "Ferries", "ferry", 0.2, (1.6, 1.2)),
)
# A boundary nearer to the coast, in mm on paper, is the coast.
_COAST = 0.8
_BELOW = ("cable", "telecom")
# How near to the page's edge, in mm on paper, an edge is no border but where the page ends.
_INSET = 0.05


def overlays(builder: Builder, boundaries: list[Thing]) -> None:
    """Trees, power lines, ropeways, ferries and boundaries (see bands)."""
    tree = builder.color.get("tree")
    if builder.theme.flags["trees"] and tree:
        outline = builder.color.get("tree_line") or tree
        row = line(stroke(tree, 3000 / builder.page.scale, ROUND, (0.01, max(0.8, 6000 / builder.page.scale))))
        builder.add("Rows of trees", "line", builder.things("trees_lines"), [("TRUE", row, "Rows")])
        symbol = dot(tree, outline, 4.0, metres=True)
        builder.add("Trees", "point", builder.things("trees"), [("TRUE", symbol, "Trees")])
    for table, title, token, width, dash in _LINES:
        color = builder.color.get(token)
        if color:
            symbol = line(stroke(color, width, FLAT, dash))
            things = [thing for thing in builder.things(table) if thing["kind"] not in _BELOW]
            builder.add(title, "line", merged(things, ("kind",)), [("TRUE", symbol, title)])
    pipes = [thing for thing in builder.things("pipelines") if is_overground(thing["kind"], thing["location"])]
    builder.add("Pipelines", "line", merged(pipes, ("kind",)), pipeline_cases(builder.theme))
    builder.add("Protected areas", "line", _edges(builder, "protected_areas"), protected_cases(builder.theme))
    if builder.color.get("boundary"):
        builder.add("Administrative areas", "line", _edges(builder, "admin_areas"), _border_cases(builder))
    _boundaries(builder, boundaries)
    routes(builder)


def _edges(builder: Builder, table: str) -> list[Thing]:
    """The edges of a table's areas without what runs along the page's own."""
    page = builder.page
    inset = _INSET * page.scale / 1000
    inner = QgsGeometry.fromRect(QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax).buffered(-inset))
    result = []
    for thing in builder.things(table):
        edge = QgsGeometry(thing.geometry.constGet().boundary()).intersection(inner)
        kept = [part for part in parts(edge) if part.type() == QgsWkbTypes.LineGeometry]
        if kept:
            result.append(Thing(QgsGeometry.collectGeometry(kept), thing.values))
    return result


def bands(builder: Builder) -> list[Thing]:
    """A band along the borders of countries; all boundaries as lines, which do not follow a coast.

    It lets the land through, and lies below streets and houses: in formats without transparency it would hide them.
    """
    color = builder.color.get("boundary")
    if not color:
        return []
    lines = merged(builder.things("boundaries"), ("kind",))
    if builder.sea:
        lines = _off_coast(lines, builder.sea[0].geometry, _COAST * builder.page.scale / 1000)
    band = line(stroke(faint(color, 0.22), 1.1, FLAT))
    countries = [thing for thing in lines if thing["kind"] == "country"]
    builder.add("Borders – bands", "line", countries, [("TRUE", band, "Countries")])
    return lines


def _boundaries(builder: Builder, boundaries: list[Thing]) -> None:
    """Borders of countries as dashes, the others as quiet ones."""
    if builder.color.get("boundary"):
        builder.add("Boundaries", "line", boundaries, _border_cases(builder))


def _border_cases(builder: Builder) -> list[Case]:
    color = builder.color["boundary"] or ""
    return [
        ("\"kind\"='district'", line(stroke(faint(color, 0.6), 0.13, FLAT, (0.8, 0.8))), "Districts"),
        ("\"kind\"='municipality'", line(stroke(faint(color, 0.75), 0.16, FLAT, (1.4, 0.8))), "Municipalities"),
        ("\"kind\"='region'", line(stroke(color, 0.2, FLAT, (2.0, 0.7, 0.4, 0.7))), "Regions"),
        ("\"kind\"='country'", line(stroke(color, 0.3, FLAT, (2.4, 0.8, 0.5, 0.8))), "Countries"),
    ]


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
