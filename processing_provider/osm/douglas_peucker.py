"""Simplification of many lines at once, after Douglas and Peucker (1973): which of their points stay.

All lines are halved side by side, a round for each depth, so that numpy does the work; the points that stay are those
that GEOS keeps, whose way to measure this follows (JTS, algorithm/Distance.pointToSegment).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

import numpy as np

from .ragged import Flags, Floats, Whole, ragged, slices, starts_of


def kept(points: Floats, first: Whole, last: Whole, tolerances: Floats, check: Callable[[], None]) -> Flags:
    """Which of the (n, 2) `points` stay, where stretches run from index `first` to `last` and keep both.

    What lies in no stretch stays too. A stretch may move by its tolerance, in the unit of the points. `check` is called
    between the rounds, and may raise.
    """
    stay = np.ones(len(points), bool)
    for some in slices(last - first):
        _halved(points, stay, first[some], last[some], tolerances[some], check)
    return stay


def _halved(
    points: Floats, stay: Flags, first: Whole, last: Whole, tolerances: Floats, check: Callable[[], None]
) -> None:
    """Mark in `stay` what stays of some stretches."""
    stay[ragged(first + 1, last)] = False
    while len(first):
        check()
        long = last - first > 1
        first, last, tolerances = first[long], last[long], tolerances[long]
        if not len(first):
            break
        farthest, distance = _farthest(points, first, last)
        split = distance > tolerances
        first, last, tolerances, farthest = first[split], last[split], tolerances[split], farthest[split]
        stay[farthest] = True
        first, last = np.concatenate((first, farthest)), np.concatenate((farthest, last))
        tolerances = np.concatenate((tolerances, tolerances))


def middles(points: Floats, first: Whole, last: Whole) -> Whole:
    """The index of the point of each stretch (of three points or more) that lies farthest from its first one."""
    found = np.empty_like(first)
    for some in slices(last - first):
        begin, counts = first[some], last[some] - first[some] + 1
        inner, starts = ragged(begin, begin + counts), starts_of(counts)
        owner = np.repeat(np.arange(len(begin)), counts)
        away = ((points[inner] - points[begin][owner]) ** 2).sum(axis=1)
        found[some] = _first_of_most(away, inner, starts, owner)[0]
    return found


def _farthest(points: Floats, first: Whole, last: Whole) -> tuple[Whole, Floats]:
    """The point between the ends of each stretch that is farthest from the straight between them, and how far it is."""
    counts = last - first - 1
    inner, starts = ragged(first + 1, last), starts_of(counts)
    owner = np.repeat(np.arange(len(first)), counts)
    a, b = points[first], points[last]
    way = b - a
    square = way[:, 0] ** 2 + way[:, 1] ** 2
    x, y = (points[inner, axis] - a[owner, axis] for axis in (0, 1))
    dx, dy, length = way[owner, 0], way[owner, 1], square[owner]
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (x * dx + y * dy) / length
        beside = np.abs((-y * dx + x * dy) / length) * np.sqrt(length)
    # Beyond an end the end itself is nearest; so it is where both ends are one point, and `along` is no number.
    before, behind = ~(along > 0), along >= 1
    x[behind] = (points[inner, 0] - b[owner, 0])[behind]
    y[behind] = (points[inner, 1] - b[owner, 1])[behind]
    away = np.where(before | behind, np.sqrt(x * x + y * y), beside)
    return _first_of_most(away, inner, starts, owner)


def _first_of_most(away: Floats, inner: Whole, starts: Whole, owner: Whole) -> tuple[Whole, Floats]:
    """The first index of the largest value of each stretch, and that value."""
    most = np.maximum.reduceat(away, starts)
    where = np.where(away == most[owner], inner, np.iinfo(np.int64).max)
    return np.minimum.reduceat(where, starts), most
