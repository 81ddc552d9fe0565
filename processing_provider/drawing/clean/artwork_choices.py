"""What a user may want otherwise: text as outlines or mixed or in system fonts, houses merged, roads as areas."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Iterable

import numpy as np
from osgeo import ogr
from qgis.core import QgsGeometry

from ...geo.gdal_settings import attempt, quiet
from ..model import Color, Drawing, Group, Item, Path, Stroke, Text
from ..shapes import as_area, as_lines, path_of
from .colors import over
from .outlining import as_outlines, mixed, numbered
from .tidy import Frame, cut

_SYSTEM = {"Noto Serif": "Times New Roman", "EB Garamond": "Times New Roman", "JetBrains Mono": "Courier New"}
_SANS = "Arial"
_ROADS, _HOUSES = "Road", "Buildings"
_ENDS = QgsGeometry.EndCapStyle
_CAPS = {"butt": _ENDS.Flat, "round": _ENDS.Round, "square": _ENDS.Square}
_CORNERS = QgsGeometry.JoinStyle
_JOINS = {"miter": _CORNERS.Miter, "round": _CORNERS.Round, "bevel": _CORNERS.Bevel}
# Lines to a quarter of a circle.
_QUARTER = 8


@dataclass(frozen=True)
class Choices:
    """How a drawing is to come."""

    text: str = "live"
    merge_buildings: bool = False
    roads: str = "lines"


def apply(drawing: Drawing, choices: Choices) -> Drawing:
    """The drawing with these choices; the given one stays as it is."""
    layers = []
    outlining = {"outlines": as_outlines, "mixed": mixed}.get(choices.text)
    if outlining is not None:
        drawing = numbered(drawing)
    for layer in drawing.layers:
        groups = layer.groups
        if outlining is not None:
            groups = _each(groups, outlining)
        elif choices.text == "system":
            groups = _each(groups, _in_system_font)
        if choices.merge_buildings and layer.name == _HOUSES:
            groups = [replace(group, items=_merged(group.items)) for group in groups]
        if choices.roads == "outlines" and layer.name.startswith(_ROADS):
            groups = [replace(group, items=_expanded(group.items, drawing.frame)) for group in groups]
        layers.append(replace(layer, groups=groups))
    return replace(drawing, layers=layers)


def opaque(drawing: Drawing) -> Drawing:
    """The drawing for formats without transparency: what shines through is mixed with the page."""
    ground = drawing.background

    def solid(item: Item) -> list[Item]:
        if isinstance(item, Path):
            fill = over(item.fill, ground) if item.fill else None
            stroke = replace(item.stroke, color=over(item.stroke.color, ground)) if item.stroke else None
            return [replace(item, fill=fill, stroke=stroke)]
        if isinstance(item, Text):
            halo = replace(item.halo, color=over(item.halo.color, ground)) if item.halo else None
            return [replace(item, color=over(item.color, ground), halo=halo)]
        return [item]

    return replace(drawing, layers=[replace(layer, groups=_each(layer.groups, solid)) for layer in drawing.layers])


def _each(groups: Iterable[Group], change: Callable[[Item], Iterable[Item]]) -> list[Group]:
    return [replace(group, items=[new for item in group.items for new in change(item)]) for group in groups]


def _in_system_font(item: Item) -> list[Item]:
    if not isinstance(item, Text):
        return [item]
    return [replace(item, font=replace(item.font, family=_SYSTEM.get(item.font.family, _SANS)))]


def _merged(items: list[Item]) -> list[Item]:
    """Areas that look alike as one, walls between them gone."""
    alike: dict[object, list[Path]] = {}
    rest: list[Item] = []
    for item in items:
        if isinstance(item, Path) and item.fill is not None and item.closed:
            alike.setdefault((item.fill, item.stroke), []).append(item)
        else:
            rest.append(item)
    made: list[Item] = []
    with quiet():
        for paths in alike.values():
            whole = ogr.Geometry(ogr.wkbMultiPolygon)
            for path in paths:
                area = as_area(path)
                for part in (area.GetGeometryRef(n) for n in range(area.GetGeometryCount())):
                    whole.AddGeometry(part)
            union = attempt(whole.UnionCascaded)
            found = path_of(union, replace(paths[0], name="", key="")) if union is not None else []
            made += found or paths
    return [*made, *rest]


def _expanded(items: list[Item], frame: Frame) -> list[Item]:
    """Lines as the areas that their strokes cover inside the frame, those of one colour as one."""
    alike: dict[Color, list[tuple[Path, Stroke]]] = {}
    rest: list[Item] = []
    for item in items:
        if isinstance(item, Path) and item.fill is None and item.stroke is not None and not item.stroke.dash:
            alike.setdefault(item.stroke.color, []).append((item, item.stroke))
        else:
            rest.append(item)
    made: list[Item] = []
    with quiet():
        for color, lines in alike.items():
            whole = QgsGeometry.unaryUnion([covered(path, stroke) for path, stroke in lines])
            area = ogr.CreateGeometryFromWkb(bytes(whole.asWkb())) if not whole.isNull() else None
            pattern = Path(np.empty((0, 2)), np.empty(0, np.uint8), color)
            found = path_of(area, pattern) if area is not None else [path for path, _ in lines]
            made += [piece for path in found for piece in cut(path, frame)]
    return [*made, *rest]


def covered(path: Path, stroke: Stroke) -> QgsGeometry:
    """The area under a path's stroke; OGR's own buffer knows round ends alone."""
    lines = QgsGeometry()
    lines.fromWkb(bytes(as_lines(path).ExportToWkb()))
    return lines.buffer(stroke.width / 2, _QUARTER, _CAPS[stroke.cap], _JOINS[stroke.join], stroke.miter)
