"""The names of a user's own markers and areas: placed before all others, which keep clear of them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterator

from qgis.core import QgsGeometry, QgsPointXY

from ...osm.tables.overlay import AREAS, POINTS
from ...text.sentence import say
from ..features.reading import FULL, Thing
from ..occupancy.boxes import Box, box_round
from ..occupancy.kinds import Kind
from ..rendering.entries import OWN_DATA
from ..stages.builder import Builder
from ..symbology.own_data import NAMES, look, name_style
from .text_size import TextSize, wrapped

TITLE = f"{OWN_DATA} – names"
# Letters of a line, the most lines; millimetres between a marker and its name, and round a name.
_LINE, _LINES, _GAP, _ROOM = 18, 3, 0.5, 0.3
# Round a marker, in halves of the text and of the marker: beside it, above, below, then aslant.
_ROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def own_data_names(builder: Builder) -> None:
    """Each name where nothing stands yet, those of markers first; one warning counts those without a place."""
    style = name_style(builder.labels)
    size = TextSize(style.text, builder.letterer.format)
    placed, lost = [], 0
    for thing, mm in _named(builder):
        text = _broken(str(thing["name"]))
        box = next(filter(None, _free(builder, thing, mm, (size.width(text), size.height(text)))), None)
        if box is None:
            lost += 1
            continue
        builder.paper.put_box(Kind.OWN, box)
        place = builder.paper.point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        values = {"name": text, "kind": NAMES, "size": size.points, FULL: " ".join(text.split())}
        placed.append(Thing(QgsGeometry.fromPointXY(place), values))
    builder.add(TITLE, "point", placed, names=builder.labels.placed([style], False))
    if lost:
        builder.feedback.warning(
            "overlay_names",
            say("{0} names of the overlay have no room; choose a larger page or a larger scale.", lost),
        )


def _named(builder: Builder) -> Iterator[tuple[Thing, float]]:
    """What has a name, and how large its marker is in mm, 0 for areas."""
    for thing in builder.things(POINTS.name):
        if thing["name"]:
            yield thing, look(builder.theme, thing, POINTS.geometry).mm
    for thing in builder.things(AREAS.name):
        if thing["name"]:
            yield thing, 0.0


def _broken(name: str) -> str:
    """A name in lines that are not too long."""
    return wrapped(name, min(_LINES, math.ceil(len(name) / _LINE)))


def _free(builder: Builder, thing: Thing, mm: float, text: tuple[float, float]) -> Iterator[Box | None]:
    """Boxes on the page for a text of a width and height in mm, where there is nothing."""
    paper = builder.paper
    width, height = (side + _ROOM for side in text)
    for x, y in _places(builder, thing, mm, width, height):
        box = box_round(x, y, width, height)
        inside = box[0] > 0 and box[1] > 0 and box[2] < paper.width and box[3] < paper.height
        if inside and paper.is_free(box):
            yield box


def _places(builder: Builder, thing: Thing, mm: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Middles of a text: round a marker; in an area at its inmost point, where it is as wide as the text."""
    if mm:
        x, y = builder.paper.spot(thing.geometry.asPoint())
        for across, up in _ROUND:
            # Aslant, the corners meet.
            away = _GAP * (1 if not across or not up else 0.3) + mm / 2
            yield x + across * (away + width / 2), y + up * (away + height / 2)
        return
    box = thing.geometry.boundingBox()
    per_metre = builder.paper.per_metre
    if box.width() * per_metre < width or box.height() * per_metre < height:
        return
    inmost, _ = thing.geometry.poleOfInaccessibility(max(box.width(), box.height()) / 100)
    middle = thing.geometry.centroid().asPoint()
    for point in (inmost.asPoint(), middle):
        if thing.geometry.contains(QgsGeometry.fromPointXY(QgsPointXY(point))):
            yield builder.paper.spot(point)
