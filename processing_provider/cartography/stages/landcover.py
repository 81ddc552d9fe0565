"""Land use, greens and sand as one stack: the small above the large, gaps closed, nothing left that looks like dirt.

All sizes are those on paper, so that the same area is drawn coarser on a smaller scale.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.core import QgsGeometry, QgsWkbTypes

from ..features.reading import Thing, on_land, parts
from .builder import Builder

# What is smaller on paper, in mm2, is left out; holes of that size are filled.
_SMALLEST = 0.4
# Gaps up to twice as wide, in mm, are closed between neighbours of one kind; between houses' grounds the streets as
# well, up to twice so many metres.
_GAP, _STREET = 0.35, 13.0
_CLOSED = ("residential", "forest")
_TIDAL = ("beach", "mud", "reef")
# Grounds of houses: what the houses leave of them is shown only where it is a place and no chink, in mm2 and mm.
_GROUNDS = ("industrial", "institution", "parking")
_PLACE, _CHINK = 30.0, 0.9


def land_cover(builder: Builder, colors: dict[str, str | None], houses: list[Thing]) -> list[Thing]:
    """What covers the land, in the order of drawing; only kinds that have a colour in `colors`."""
    mm2 = (builder.page.scale / 1000) ** 2
    things = [
        Thing(thing.geometry.removeInteriorRings(_SMALLEST * mm2), thing.values)
        for table in ("landuse", "green", "power_areas", "sand")
        for thing in builder.things(table)
        if colors.get(thing["kind"]) and thing.area >= _SMALLEST * mm2
    ]
    under = _closed(things, builder.page.scale, builder.detail)
    builder.feedback.check()
    shown, bare = _without_chinks(things, houses, builder.page.scale) if houses else (things, [])
    # What lost its colour in the middle of a quarter has the quarter's.
    quarters = [thing.geometry for thing in under if thing["kind"] == "residential"]
    under += [
        Thing(ground, {"kind": "residential", "class": "residential"})
        for ground in bare
        if any(quarter.distance(ground) < _STREET for quarter in quarters)
    ]
    # By their whole areas: what the page shows of two may be alike.
    shown.sort(key=lambda thing: -(thing["area"] or thing.area))
    # What the tide leaves dry reaches into the sea.
    return on_land(under + shown, builder.sea, _TIDAL)


def _closed(things: list[Thing], scale: int, detail: int) -> list[Thing]:
    """What closes the gaps between neighbours of one kind; it lies below everything, so that it hides nothing."""
    result = []
    for kind in _CLOSED:
        of_kind = [thing.geometry for thing in things if thing["kind"] == kind]
        # Quarters at every level; above level 3 a gap between two woods is a clearing.
        streets = kind == "residential"
        if len(of_kind) < 2 or (detail > 3 and not streets):
            continue
        width = max(_GAP * scale / 1000, _STREET if streets else 0.0)
        coarse = QgsGeometry.collectGeometry([geometry.simplify(width / 4) for geometry in of_kind])
        closed = coarse.buffer(width, 2).buffer(-width, 2)
        if not closed.isEmpty():
            result.append(Thing(closed, {"kind": kind, "class": kind}))
    return result


def _without_chinks(things: list[Thing], houses: list[Thing], scale: int) -> tuple[list[Thing], list[QgsGeometry]]:
    """The grounds of houses without the chinks that the houses leave of them: courtyards, strips along the street.

    A ground that is half free or more stays whole. Of the others only the free places stay, a little larger, so that
    they reach under the houses. Beside what is shown, the whole grounds that lost some.
    """
    bounds = [house.geometry.boundingBox() for house in houses]
    west, south, east, north = np.array(
        [(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) for box in bounds]
    ).T
    areas = np.array([house.area for house in houses])
    mm = scale / 1000
    # The area of a place; of what may be one, since buffers of arcs drawn as few chords give back more than they took.
    place = _PLACE * mm * mm
    least = 0.8 * place
    result: list[Thing] = []
    bare: list[QgsGeometry] = []
    for thing in things:
        geometry = thing.geometry
        if thing["kind"] not in _GROUNDS:
            result.append(thing)
            continue
        box = geometry.boundingBox()
        near = np.nonzero(
            (west <= box.xMaximum()) & (east >= box.xMinimum()) & (south <= box.yMaximum()) & (north >= box.yMinimum())
        )[0]
        area, covered = thing.area, areas[near].sum()
        # Their bounds meet its bounds: houses beside it count too, so this is the most that they can cover.
        most = max(0.5 * area, place)
        if covered < 0.3 * area or area - covered > most:
            result.append(thing)
            continue
        engine = QgsGeometry.createGeometryEngine(geometry.constGet())
        engine.prepareGeometry()
        inside = [n for n in near if engine.intersects(houses[n].geometry.constGet())]
        if not inside or area - areas[inside].sum() > most:
            result.append(thing)
            continue
        if area < least:
            # Too small for a place, whatever they leave of it.
            bare.append(geometry)
            continue
        free = geometry.difference(QgsGeometry.unaryUnion([houses[n].geometry for n in inside]))
        if free.isNull() or (free.area() > 0.5 * area and free.area() > place):
            result.append(thing)
            continue
        bare.append(geometry)
        large = [part for part in parts(free) if part.area() >= least]
        if not large:
            continue
        core = QgsGeometry.collectGeometry(large).buffer(-_CHINK * mm, 2).buffer(_CHINK * mm, 2)
        places = [p for p in parts(core) if p.type() == QgsWkbTypes.PolygonGeometry and p.area() > place]
        if places:
            wide = QgsGeometry.collectGeometry([p.buffer(0.6 * mm, 2) for p in places]).intersection(geometry)
            kept = [p for p in parts(wide) if p.type() == QgsWkbTypes.PolygonGeometry]
            if kept:
                result.append(Thing(QgsGeometry.collectGeometry(kept), thing.values))
    return result, bare
