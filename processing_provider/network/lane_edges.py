"""The edges of lanes as lines of points, which the lanes that follow each other share."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .carriageways import Carriageways
from .curves import Curves
from .junctions import Connections, middle
from .model import Floats, Integers

# Into how many pieces a curve is cut.
_PIECES = 6
# Where a corner has no room for a lane, it is so much narrower there.
_TIGHT = 0.3


@dataclass(frozen=True, eq=False)
class Points:
    """Points along lines: those of line k are `starts[k]` to `starts[k + 1]`; `shares` go from 0 to 1 along each."""

    starts: Integers
    places: Floats
    normals: Floats
    shares: Floats

    def beside(self, number: int, offsets: Floats | float) -> Floats:
        """The points of a line, moved to its left by so many metres, without what goes back in a narrow corner."""
        rows = slice(self.starts[number], self.starts[number + 1])
        moved: Floats = self.places[rows] + self.normals[rows] * np.reshape(offsets, (-1, 1))
        ahead = np.column_stack([self.normals[rows, 1], -self.normals[rows, 0]])
        return _onward(moved, ahead)


def _onward(line: Floats, ahead: Floats) -> Floats:
    """A line without points that lie behind the last one; its ends stay."""
    while len(line) > 2:
        back = ((line[1:] - line[:-1]) * (ahead[1:] + ahead[:-1])).sum(axis=1) <= 0
        if not back.any():
            break
        gone = min(int(np.argmax(back)) + 1, len(line) - 2)
        line, ahead = np.delete(line, gone, axis=0), np.delete(ahead, gone, axis=0)
    return line


def points_of(curves: Curves) -> Points:
    """Points close enough that the lines through them are as good as the curves."""
    count = len(curves.starts) - 1
    line = np.repeat(np.arange(count), np.diff(curves.starts))
    steps = np.where(curves.is_straight, 1, _PIECES)
    ends = np.bincount(line, steps, count).astype("i8")
    piece = np.repeat(np.arange(len(steps)), steps)
    first = np.cumsum(steps) - steps
    p = (np.arange(len(piece)) - first[piece]) / steps[piece]
    # The last point of each line, at the end of its last piece.
    piece = np.concatenate([piece, curves.starts[1:] - 1])
    p = np.concatenate([p, np.ones(count)])
    owner = line[piece]
    order = np.lexsort((p, piece, owner))
    piece, p, owner = piece[order], p[order], owner[order]
    places, headings = curves.at(piece, p)
    before = np.concatenate([[0.0], np.cumsum(curves.lengths)])
    along = before[piece] + p * curves.lengths[piece] - before[curves.starts[owner]]
    shares = along / np.maximum(curves.totals[owner], 1e-9)
    starts = np.concatenate([[0], np.cumsum(ends + 1)])
    return Points(starts, places, np.column_stack([-np.sin(headings), np.cos(headings)]), shares)


def road_edges(roads: Carriageways, points: Points, number: int, left: bool) -> list[Floats]:
    """The lines along a carriageway, from the outer edge of the lanes against it to that of the lanes along it."""
    along, against = roads.lanes[number].tolist()
    side = 1.0 if left else -1.0
    parted = float(middle(roads, left)[number])
    width = float(roads.widths[number])
    offsets = [parted + side * edge * width for edge in range(-against, along + 1)]
    lines = [points.beside(number, offset) for offset in offsets]
    if all(_is_beside(one, other, side) for one, other in zip(lines, lines[1:])):
        return lines
    return [
        np.concatenate([line[:1], points.beside(number, offset * _TIGHT)[1:-1], line[-1:]])
        for line, offset in zip(lines, offsets)
    ]


def way_edges(roads: Carriageways, met: Connections, points: Points, number: int, left: bool) -> tuple[Floats, Floats]:
    """The inner and the outer line of a way through a junction: it grows from the one lane's width to the other's."""
    start, end = roads.widths[met.roads[number]].tolist()
    share = points.shares[points.starts[number] : points.starts[number + 1]]
    width = start + (end - start) * share * share * (3 - 2 * share)
    side = 1.0 if left else -1.0
    inner, outer = points.beside(number, 0.0), points.beside(number, side * width)
    if not _is_beside(inner, outer, side):
        tight = points.beside(number, side * _TIGHT * start)[1:-1]
        outer = np.concatenate([outer[:1], tight, outer[-1:]])
    return inner, outer


def _is_beside(inner: Floats, outer: Floats, side: float) -> bool:
    """Whether readers take the one line to be on its side of the other all along: by the middle of each."""
    return side * _aside(inner, _middle(outer)) > 0 and side * _aside(outer, _middle(inner)) < 0


def _middle(line: Floats) -> Floats:
    """Its point in the middle; of two points, between them."""
    middle: Floats = line[len(line) // 2] if len(line) > 2 else (line[0] + line[-1]) / 2
    return middle


def _aside(line: Floats, place: Floats) -> float:
    """How far a place lies to the left of the step of a line that is nearest to it."""
    steps = np.diff(line, axis=0)
    apart = place - line[:-1]
    sizes = np.maximum((steps * steps).sum(axis=1), 1e-12)
    share = ((apart * steps).sum(axis=1) / sizes).clip(0, 1)
    nearest = int(np.argmin(((apart - share[:, None] * steps) ** 2).sum(axis=1)))
    return float(steps[nearest, 0] * apart[nearest, 1] - steps[nearest, 1] * apart[nearest, 0])
