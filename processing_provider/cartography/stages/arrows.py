"""Arrows on one-way streets, as small filled shapes: paths in every format."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY

from ..features.lines import parts
from ..features.reading import Thing, merged
from ..occupancy.kinds import Kind
from ..symbology import label_styles, roads
from ..symbology.symbols import fill, mixed
from .builder import Builder

# Millimetres on paper: an arrow each so far, none on shorter pieces.
_EVERY, _SHORTEST = 38.0, 9.0
# The outline, along and across the street, as shares of the arrow's length; its length is at most so much of the
# street's width, and so many mm.
_SHAPE = np.array([(-0.5, 0.035), (0.1, 0.035), (0.1, 0.16), (0.5, 0.0), (0.1, -0.16), (0.1, -0.035), (-0.5, -0.035)])
_SHARE, _LONGEST, _LEAST = 1.7, 2.4, 1.2
# How far names rather keep away, in mm.
_CLEAR = 0.3
# Who drives on them needs no arrow, or would have too many.
_WITHOUT = ("motorway", "trunk", "service")


def arrows(builder: Builder, ways: list[Thing]) -> None:
    """One layer of arrows along `ways`, lines with `oneway` 1 in the direction of traffic."""
    paper = builder.paper
    # Of the map.
    mm = 1 / paper.per_metre
    one_way = [thing for thing in ways if thing["oneway"] == 1 and thing["kind"] not in _WITHOUT and not thing["link"]]
    made = []
    for thing in merged(one_way, ("kind", "link", "oneway")):
        width = 2 * roads.half_width(thing, builder.widths) * 1000 / builder.page.scale
        length = min(_LONGEST, _SHARE * width)
        if length < _LEAST:
            continue
        for part in parts(thing.geometry):
            shapes = along(part, length * mm, _EVERY * mm, _SHORTEST * mm)
            made += [Thing(shape, dict(thing.values)) for shape in shapes]
    text = builder.color.get("text_street")
    cases = []
    for kind, _, token, _ in roads.CLASSES:
        road = builder.color.get(token)
        if road and text:
            color = builder.color["oneway"] or mixed(road, text, 0.45)
            cases.append((f"\"kind\"='{kind}'", fill(color), roads.TITLES[kind]))
    if cases:
        builder.add("One-way arrows", "polygon", made, cases, names=label_styles.obstacles())
        paper.put(Kind.ARROW, (thing.geometry.buffer(_CLEAR * mm, 2) for thing in made))


def along(line: QgsGeometry, length: float, every: float, shortest: float) -> list[QgsGeometry]:
    """Arrows of `length` along a line, about one for each `every` metres; none where the line bends."""
    total = line.length()
    if total < shortest:
        return []
    count = max(1, round(total / every))
    result = []
    for number in range(count):
        # Off the middle, where a name is likely to stand.
        middle = total * (number + 0.3) / count
        tail, head = (line.interpolate(middle + side * length / 2).asPoint() for side in (-1, 1))
        x, y = head.x() - tail.x(), head.y() - tail.y()
        chord = math.hypot(x, y)
        if chord < 0.97 * length:
            continue
        turn = np.array([(x, y), (-y, x)]) / chord
        outline = _SHAPE * length @ turn + ((tail.x() + head.x()) / 2, (tail.y() + head.y()) / 2)
        result.append(QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in outline]]))
    return result
