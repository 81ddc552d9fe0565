"""What is too thin to be printed: widened where it is large enough, else as high as what it touches, or left out."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List

import numpy as np
from qgis.core import QgsFeature, QgsGeometry, QgsSpatialIndex

from ..feedback import Feedback
from .footprints import Footprints, footprints
from .model import Flags, Floats, Integers

_CHECK_EVERY = 500
_SEGMENTS = 2
_ROUND = QgsGeometry.EndCapStyle.Round
_MITRE = QgsGeometry.JoinStyle.Miter
# Corners of what is widened reach no farther than so many times of what was added.
_LIMIT = 2.0
# A part is thick where so much of it lies in what is.
_THICK = 0.5


@dataclass(frozen=True, eq=False)
class Thickened:
    """Footprints without what is too thin: the polygon that each was, how high it is now, what was done to how many."""

    footprints: Footprints
    polygons: Integers
    tops: Floats
    widened: int
    lowered: int
    left_out: int


def thickened(made: Footprints, tops: Floats, least: float, feedback: Feedback) -> Thickened:
    """Polygons, `tops` metres high, none of which is thinner than `least` metres where it rises above its neighbours.

    What touches and is as high at least counts as one with it.
    """
    shapes = [_shape(made.rings(number)) for number in range(made.count)]
    thin = [number for number, shape in enumerate(shapes) if shape.buffer(-least / 2, _SEGMENTS).isEmpty()]
    if not thin:
        return Thickened(made, np.arange(made.count), tops, 0, 0, 0)
    index = QgsSpatialIndex()
    for number, shape in enumerate(shapes):
        feature = QgsFeature(number)
        feature.setGeometry(shape)
        index.addFeature(feature)
    tops, kept = tops.copy(), np.ones(made.count, bool)
    wider: Dict[int, QgsGeometry] = {}
    lowered = 0
    # From the lowest up, so that what is lowered meets what has its last height.
    for count, number in enumerate(sorted(thin, key=lambda one: tops[one])):
        if count % _CHECK_EVERY == 0:
            feedback.check()
        shape = shapes[number]
        near = [other for other in index.intersects(shape.boundingBox()) if other != number]
        touched = [other for other in near if kept[other] and shapes[other].intersects(shape)]
        higher = [shapes[other] for other in touched if tops[other] >= tops[number]]
        whole = QgsGeometry.unaryUnion([shape, *higher]) if higher else shape
        if higher and _is_thick(shape, whole, least):
            continue
        if whole.area() >= (least / 2) ** 2:
            _, inner = shape.poleOfInaccessibility(least / 50)
            wider[number] = shape.buffer(least / 2 - max(inner, 0.0), _SEGMENTS, _ROUND, _MITRE, _LIMIT)
            continue
        lower = [tops[other] for other in touched if tops[other] < tops[number]]
        if lower:
            tops[number] = max(lower)
            lowered += 1
        else:
            kept[number] = False
    return _rebuilt(made, shapes, wider, kept, tops, lowered)


def _shape(rings: tuple[Floats, ...]) -> QgsGeometry:
    """A polygon, valid ones as they are."""
    text = ", ".join(
        "(" + ", ".join(f"{x:.2f} {y:.2f}" for x, y in np.vstack([ring, ring[:1]])) + ")" for ring in rings
    )
    shape = QgsGeometry.fromWkt(f"POLYGON ({text})")
    return shape if shape.isGeosValid() else shape.makeValid()


def _is_thick(shape: QgsGeometry, whole: QgsGeometry, least: float) -> bool:
    """Whether the greater part of a shape lies where all that it is one with is no thinner than `least`."""
    opened = whole.buffer(-least / 2, _SEGMENTS).buffer(least / 2 * 1.01, _SEGMENTS)
    return bool(opened.intersection(shape).area() >= _THICK * shape.area())


def _rebuilt(
    made: Footprints, shapes: List[QgsGeometry], wider: Dict[int, QgsGeometry], kept: Flags, tops: Floats, lowered: int
) -> Thickened:
    """The footprints that are kept, the wider ones behind those that stay as they are."""
    stay = np.flatnonzero(kept & ~np.isin(np.arange(made.count), list(wider)))
    same = made.chosen(stay)
    grown = footprints((bytes(shape.asWkb()), {}) for shape in wider.values())
    of = np.array(list(wider), "i8")[grown.features] if wider else np.zeros(0, "i8")
    polygons = np.concatenate([stay, of])
    both = Footprints(
        made.tags,
        polygons,
        np.concatenate([same.first_rings, grown.first_rings[1:] + same.first_rings[-1]]),
        np.concatenate([same.ring_starts, grown.ring_starts[1:] + same.ring_starts[-1]]),
        np.concatenate([same.corners, grown.corners]),
    )
    return Thickened(both, polygons, tops[polygons], len(wider), lowered, int((~kept).sum()))
