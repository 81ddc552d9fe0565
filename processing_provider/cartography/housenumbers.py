"""House numbers: cleaned, each once, inside its house, and left out where there is no room."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY

from .features import Thing
from .paper import Paper, Sums
from .textsize import TextSize

Array = Any
# 12, 12 b, 4bis, 3-5, 146/147.
_NUMBER = re.compile(
    r"(\d{1,4})( ?[^\W\d_](?!\w))?( ?(?:bis|ter|quater)\b)?(?: ?[-–/] ?(\d{1,4})(?:[^\W\d_](?!\w))?)?",
    re.IGNORECASE,
)
# Numbers of one address nearer than this, in metres, are entrances of one house.
_ONE_HOUSE = 60.0
# The same number twice is not read nearer than this, in mm on paper.
_ONE_SPOT = 3.0
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
    outside = Sums(~paper.houses)
    height = size.height("1")
    result = []
    for text in dict.fromkeys(text for _, text in chosen):
        width = size.width(text)
        points = [thing.geometry.asPoint() for thing, own in chosen if own == text]
        at = paper.to_paper(np.array([(point.x(), point.y()) for point in points]))
        spots = at[:, None, :] + _MOVES[None] * (width, height * 0.7)
        flat = spots.reshape(-1, 2)
        cost = outside.means(paper, flat, (width, height)).reshape(len(at), -1) + 0.01 * np.arange(len(_MOVES))
        half = np.array([width, height]) / 2
        cost[~(paper.is_inside(spots - half) & paper.is_inside(spots + half))] = np.inf
        for row in range(len(at)):
            for number in cost[row].argsort():
                if cost[row, number] > 0.75:
                    break
                if _take(paper, spots[row, number], width, height):
                    x, y = paper.to_map(spots[row, number])
                    result.append(Thing(QgsGeometry.fromPointXY(QgsPointXY(x, y)), {"name": text, "kind": "number"}))
                    break
    return result


def _take(paper: Paper, at: Array, width: float, height: float) -> bool:
    x, y = at
    rows, columns = paper.cells(np.array([(x - width / 2, y + height / 2), (x + width / 2, y - height / 2)]))
    window = paper.taken[rows[0] : rows[1] + 1, columns[0] : columns[1] + 1]
    if window.any():
        return False
    window[...] = -1
    return True


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
