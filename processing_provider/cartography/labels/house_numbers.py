"""House numbers: cleaned, each once, inside its house, and left out where there is no room."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY

from ..features.reading import Thing
from ..features.strokes import Array
from ..occupancy.kinds import Kind
from ..occupancy.paper import Paper
from .text_size import TextSize

# 12, 12 b, 4bis, 3-5, 146/147.
_NUMBER = re.compile(
    r"(\d{1,4})( ?[^\W\d_](?!\w))?( ?(?:bis|ter|quater)\b)?(?: ?[-–/] ?(\d{1,4})(?:[^\W\d_](?!\w))?)?",
    re.IGNORECASE,
)
# Numbers of one address nearer than this, in metres, are entrances of one house.
_ONE_HOUSE = 60.0
# The same number twice is not read nearer than this, in mm on paper.
_ONE_SPOT = 3.0
# How much of a number may lie outside its house.
_MOST_OUTSIDE = 0.75
# Where a number may stand, in its own widths and heights from its point.
_MOVES = np.array([(0, 0), (0, 1), (0, -1), (0.8, 0), (-0.8, 0), (0.8, 1), (-0.8, 1), (0.8, -1), (-0.8, -1)])


def clean(value: str) -> str:
    """The number alone, without floors and stairs, several as a range; empty where there is none.

    The key's values: https://wiki.openstreetmap.org/wiki/Key:addr:housenumber
    """
    found = []
    for part in re.split(r"[;,]", value):
        match = _NUMBER.match(part.strip())
        if match is None or len(re.match(r"\d+", part.strip()).group()) > 4:  # type: ignore[union-attr]
            break
        found.append(match)
        if match.end() < len(part.strip()):
            break
    # What follows the first number are floors, not numbers, where they do not rise.
    rising = [match for match in found if int(match[1]) > int(found[0][1])]
    if not found:
        last = re.fullmatch(r"\D+ (\d{1,4}[^\W\d_]?)", value.strip())
        return last[1] if last else ""
    if len(found) > 1 and len(rising) == len(found) - 1:
        return f"{found[0][1]}–{found[-1][4] or found[-1][1]}"
    return found[0][0].replace(" ", "")


def placed(paper: Paper, things: list[Thing], size: TextSize) -> list[Thing]:
    """A point for each house number that has room, with the number as `name`."""
    chosen = _once(paper, [(thing, clean(str(thing["housenumber"]))) for thing in things])
    if not chosen:
        return []
    # All of one text follow each other, as their first one stands.
    first = {text: number for number, text in reversed(list(enumerate(text for _, text in chosen)))}
    chosen.sort(key=lambda item: first[item[1]])
    widths, height = {text: size.width(text) for text in first}, size.height("1")
    sizes = np.array([(widths[text], height) for _, text in chosen])
    points = [thing.geometry.asPoint() for thing, _ in chosen]
    at = paper.to_paper(np.array([(point.x(), point.y()) for point in points]))
    spots = at[:, None] + _MOVES * (sizes * (1, 0.7))[:, None]
    cost = _costs(paper, spots, sizes)
    result = []
    corners = _corners(paper, spots, sizes)
    for row, order in enumerate(cost.argsort(1, kind="stable")):
        for number in order:
            if cost[row, number] > _MOST_OUTSIDE:
                break
            top, left, bottom, right = corners[row][number]
            if paper.claim(slice(top, bottom), slice(left, right)):
                x, y = paper.to_map(spots[row, number])
                values = {"name": chosen[row][1], "kind": "number"}
                result.append(Thing(QgsGeometry.fromPointXY(QgsPointXY(x, y)), values))
                break
    return result


def _costs(paper: Paper, spots: Array, sizes: Array) -> Array:
    """How much of each text (sizes (n, 2)) lies outside houses at its spots (n, m, 2); infinite off the page."""
    flat, half = spots.reshape(-1, 2), np.repeat(sizes / 2, spots.shape[1], axis=0)
    cost = 1 - paper.share(Kind.HOUSE, flat, half * 2)
    cost[~(paper.is_inside(flat - half) & paper.is_inside(flat + half))] = np.inf
    return cost.reshape(spots.shape[:2]) + 0.01 * np.arange(spots.shape[1])


def _corners(paper: Paper, spots: Array, sizes: Array) -> list[list[list[int]]]:
    """The first row and column of cells under each text at each spot, and those after its last."""
    half = sizes[:, None] / 2
    low, high = spots - half, spots + half
    first = paper.rows(high[..., 1]), paper.columns(low[..., 0])
    last = paper.rows(low[..., 1]), paper.columns(high[..., 0])
    return np.stack([*first, last[0] + 1, last[1] + 1], -1).tolist()  # type: ignore[no-any-return]


def _once(paper: Paper, found: list[tuple[Thing, str]]) -> list[tuple[Thing, str]]:
    """Each address once; a number drawn as an area stands in the middle of its house, so it comes first."""
    kept: dict[str, list[tuple[QgsPointXY, Any]]] = {}
    result = []
    for thing, text in sorted(found, key=lambda item: item[0]["osm_type"] == "node"):
        point = thing.geometry.asPoint()
        others = kept.setdefault(text.upper(), [])
        if text and not any(
            point.distance(other) < (_ONE_HOUSE if street == thing["street"] else _ONE_SPOT / paper.per_metre)
            for other, street in others
        ):
            others.append((point, thing["street"]))
            result.append((thing, text))
    return result
