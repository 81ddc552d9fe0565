"""Roads made ready for drawing: direction kept, ends that must be flat, what touches the ends of bridges."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Iterable

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsSpatialIndex, QgsWkbTypes

from ...request.pages import Page
from ..features.lines import Node, curve, ends, node, parts, tips
from ..features.reading import Thing
from ..symbology import roads

# Values of `oneway` (OSM wiki, Key:oneway): along the line, and against it.
_ALONG, _AGAINST = ("yes", "true", "1"), ("-1", "reverse")


def directed(things: Iterable[Thing]) -> list[Thing]:
    """Lines whose `oneway` is 1 where traffic runs along them, and 0; those tagged -1 are turned round."""
    result = []
    for thing in things:
        value = str(thing["oneway"] or "")
        values = {**thing.values, "oneway": int(value in _ALONG + _AGAINST)}
        geometry = thing.geometry
        if value in _AGAINST:
            geometry = QgsGeometry.collectGeometry(
                [QgsGeometry(curve(part).reversed()) for part in parts(geometry)]
            )  # fmt: skip
        result.append(Thing(geometry, values))
    return result


def flat_tips(things: list[Thing], is_flat: Callable[[Node], bool], length: Callable[[Thing], float]) -> list[Thing]:
    """Every line as pieces with `portal` 0 (round caps) or 1 (flat caps): `length` metres at its flat ends are flat.

    A round cap of the rest lies under the flat piece beside it. Of a length of 0 there is no piece.
    """
    result = []
    for thing in things:
        for part in parts(thing.geometry):
            line = curve(part)
            start, end = (is_flat(node(point)) for point in ends(line))
            if not (start or end):
                result.append(Thing(part, {**thing.values, "portal": 0}))
                continue
            total, cut = line.length(), length(thing)
            low, high = cut if start else 0.0, total - cut if end else total
            if high - low < cut:
                result.append(Thing(part, {**thing.values, "portal": 1}))
                continue
            for begin, stop, flat in ((0.0, low, 1), (low, high, 0), (high, total, 1)):
                if stop - begin > 1e-6:
                    piece = QgsGeometry(line.curveSubstring(begin, stop))
                    result.append(Thing(piece, {**thing.values, "portal": flat}))
    return result


def over_edge(things: list[Thing], page: Page, length: float) -> list[Thing]:
    """Lines that end at the page's edge go on beyond it for `length` metres: no cap, no slanting end is seen."""
    near = 1e-3 * max(1.0, length)

    def at_edge(point: QgsPointXY) -> bool:
        return (
            min(abs(point.x() - page.xmin), abs(point.x() - page.xmax)) < near
            or min(abs(point.y() - page.ymin), abs(point.y() - page.ymax)) < near
        )

    inner = QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax).buffered(-2 * near)
    result = []
    for thing in things:
        made, is_inside = [], inner.contains(thing.geometry.boundingBox())
        for part in parts(thing.geometry):
            start, end = (False, False) if is_inside else (at_edge(point) for point in tips(part))
            made.append(part.extendLine(length * start, length * end) if start or end else part)
        result.append(Thing(QgsGeometry.collectGeometry(made) if len(made) > 1 else made[0], thing.values))
    return result


class Index:
    """Lines or areas, found by where they are."""

    def __init__(self, things: list[Thing]) -> None:
        self.things = things
        self._tree = QgsSpatialIndex()
        for number, thing in enumerate(things):
            self._tree.addFeature(number, thing.geometry.boundingBox())

    def at(self, box: QgsRectangle) -> list[Thing]:
        """Those whose bounds meet `box`, in their order: the tree has none that is the same in every run."""
        return [self.things[number] for number in sorted(self._tree.intersects(box))]


def stubs(bridges: list[Thing], below: Index, length: Callable[[Thing], float]) -> list[Thing]:
    """The pieces of lower roads round the ends of bridges, as far as `length` metres, that lead to the end.

    Their fills are drawn once more above the casings of the bridges: no dark line runs into a junction at the end of
    a bridge, and no cap of a small bridge lies on a large road.
    """
    result = []
    done = set()
    for thing in bridges:
        reach = length(thing)
        for part in parts(thing.geometry):
            for point in tips(part):
                if node(point) not in done:
                    done.add(node(point))
                    result += _leading_to(point, reach, below, roads.RANKS[thing["kind"]])
    return result


def _leading_to(point: QgsPointXY, reach: float, below: Index, rank: int) -> list[Thing]:
    """What of lower roads lies within reach and is joined to the point there; the rest passes below the bridge.

    Roads of a class below `rank` go only half as far: farther out a larger road may lie above them.
    """
    spot = QgsGeometry.fromPointXY(point)
    discs = spot.buffer(reach / 2, 5), spot.buffer(reach, 5)
    waiting = [
        Thing(short, {**road.values, "portal": 1})
        for road in below.at(discs[1].boundingBox())
        for disc in (discs[roads.RANKS[road["kind"]] >= rank],)
        if road.geometry.intersects(disc)
        for short in parts(road.geometry.intersection(disc))
        if short.type() == QgsWkbTypes.LineGeometry
        if roads.RANKS[road["kind"]] >= rank or short.distance(spot) < 0.1
    ]
    found: list[Thing] = []
    joined = [spot]
    while joined:
        near = [any(thing.geometry.distance(other) < 0.1 for other in joined) for thing in waiting]
        fresh = [thing for thing, is_near in zip(waiting, near) if is_near]
        waiting = [thing for thing, is_near in zip(waiting, near) if not is_near]
        found += fresh
        joined = [thing.geometry for thing in fresh]
    return found


def outside(things: list[Thing], areas: Index, inset: float) -> tuple[list[Thing], set[Node]]:
    """Lines without what of them runs in areas (made smaller by `inset` metres), and the nodes where they were cut."""
    result: list[Thing] = []
    cuts: set[Node] = set()
    for thing in things:
        near = areas.at(thing.geometry.boundingBox())
        inner = [area.geometry.buffer(-inset, 2) if inset else area.geometry for area in near]
        inner = [area for area in inner if not area.isEmpty() and area.intersects(thing.geometry)]
        if not inner:
            result.append(thing)
            continue
        whole = inner[0] if len(inner) == 1 else QgsGeometry.unaryUnion(inner)
        before = {node(point) for part in parts(thing.geometry) for point in tips(part)}
        rest = [p for p in parts(thing.geometry.difference(whole)) if p.type() == QgsWkbTypes.LineGeometry]
        cuts |= {node(point) for part in rest for point in tips(part)} - before
        result += [Thing(part, thing.values) for part in rest]
    return result, cuts
