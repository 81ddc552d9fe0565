"""Where a town is that nobody mapped as one: a pale ground where streets and houses are dense, on an overview."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np
from qgis.core import QgsGeometry, QgsRectangle

from ..features.reading import Thing, on_land
from ..features.strokes import Array, coordinates, resampled
from ..symbology.symbols import fill, mixed
from .builder import Builder

# The level on which streets and houses are read and most of these are too small to make a town of themselves.
_LEVEL = 3
# A cell in metres, and in mm on paper, the larger one; how many cells to each side of one are looked at.
_CELL, _CELL_MM, _REACH = 30.0, 1.2, 3
# So many metres of streets a square metre make a town, or such a share of it under houses; half of each do together.
_STREETS, _HOUSES = 0.009, 0.09
# What is smaller in mm2 is none; holes of that size are filled.
_SMALLEST = 12.0
_QUIET = ("residential", "living_street")
_KNOWN = ("residential", "industrial", "institution")
# How much of the land's colour is in the ground's.
_PALER = 0.4


def built_up(builder: Builder) -> None:
    """The ground of towns that no land use is mapped of, below all land cover; nothing at levels that need none."""
    tint, land = builder.color.get("landuse"), builder.color.get("land")
    if builder.detail != _LEVEL or not tint or not land:
        return
    mm = builder.page.scale / 1000
    shape = _shape(builder, max(_CELL, _CELL_MM * mm))
    if shape is None:
        return
    kept = [part for part in shape.asGeometryCollection() if part.area() >= _SMALLEST * mm * mm]
    if kept:
        whole = QgsGeometry.collectGeometry(kept).removeInteriorRings(_SMALLEST * mm * mm)
        symbol = fill(mixed(tint, land, _PALER))
        builder.add(
            "Built-up areas – ground",
            "polygon",
            on_land([Thing(whole)], builder.sea),
            [("TRUE", symbol, "Residential")],
        )


def _shape(builder: Builder, metres: float) -> QgsGeometry | None:
    """The areas of dense streets and houses, in cells so many metres wide, then rounded; None where there are none."""
    page = builder.page
    size = np.ceil(np.array([page.ymax - page.ymin, page.xmax - page.xmin]) / metres).astype(int)
    spots, weights = _weighed(builder, metres)
    if not len(spots):
        return None
    cells = np.floor((spots - (page.xmin, page.ymin)) / metres).astype(np.int64)
    inside = ((cells >= 0) & (cells < size[::-1])).all(1)
    numbers = cells[inside, 1] * size[1] + cells[inside, 0]
    density = np.bincount(numbers, weights[inside], size[0] * size[1]).reshape(size) / metres**2
    dense = _means(density, _REACH) >= 1.0
    if not dense.any():
        return None
    # Runs of cells in a row, each a rectangle.
    edges = np.diff(np.pad(dense, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, first = np.nonzero(edges == 1)
    last = np.nonzero(edges == -1)[1]
    boxes = [
        QgsGeometry.fromRect(
            QgsRectangle(page.xmin + a * metres, page.ymin + row * metres, page.xmin + b * metres,
                         page.ymin + (row + 1) * metres)
        )
        for row, a, b in zip(rows.tolist(), first.tolist(), last.tolist())
    ]  # fmt: skip
    # What is a cell wide is no town, and steps are none of its edge.
    whole = QgsGeometry.unaryUnion(boxes).buffer(-metres, 2).buffer(2 * metres, 3).buffer(-metres, 3)
    return None if whole.isEmpty() else whole.simplify(metres / 2).smooth(2, 0.25)


def _weighed(builder: Builder, metres: float) -> tuple[Array, Array]:
    """Points (n, 2) of the map on streets and houses outside grounds that are mapped, and what each adds to a town."""
    step = metres / 2
    streets = [
        resampled(line, step)
        for thing in builder.things("roads") if thing["class"] in _QUIET and not thing["tunnel"]
        for line in coordinates(thing.geometry)
    ]  # fmt: skip
    houses = [thing for thing in builder.things("buildings") if thing["kind"] != "part"]
    boxes = [house.geometry.boundingBox() for house in houses]
    middles = np.array([((box.xMinimum() + box.xMaximum()) / 2, (box.yMinimum() + box.yMaximum()) / 2)
                        for box in boxes]).reshape(-1, 2)  # fmt: skip
    along = np.concatenate(streets) if streets else np.empty((0, 2))
    spots = np.concatenate([along, middles])
    weights = np.concatenate([
        np.full(len(along), step / _STREETS), np.array([house.area for house in houses]) / _HOUSES
    ])  # fmt: skip
    if not len(spots):
        return spots, weights
    grid = builder.paper
    known = grid.mask(thing.geometry for thing in builder.things("landuse") if thing["kind"] in _KNOWN)
    free = ~known.reshape(-1)[grid.flat(grid.to_paper(spots))]
    return spots[free], weights[free]


def _means(values: Array, reach: int) -> Array:
    """The mean of each cell and those up to `reach` away; beyond the edge is what is at the edge."""
    padded = np.pad(values, reach, mode="edge")
    sums = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    wide = 2 * reach + 1
    result: Array = (sums[wide:, wide:] - sums[:-wide, wide:] - sums[wide:, :-wide] + sums[:-wide, :-wide]) / wide**2
    return result
