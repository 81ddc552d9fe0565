"""Paths of straight lines alone, for formats that know neither curves nor dashes: curves as chords, dashes as lines."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Iterator

import numpy as np

from ...drawing.clean.tidy import cut
from ...drawing.model import CURVE, CURVE_DATA, LINE, MOVE, Drawing, Item, Kinds, Path, Points

# How far (mm) a curve may lie from its chords: what no printer shows.
_FINE = 0.005
_MOST_CHORDS = 64
# Dashes of a path; more than these are a line that is not interrupted.
_MOST_DASHES = 20_000
# How far an object may reach beyond the page before it is cut there, in longer sides of it.
_BEYOND = 0.02


def near(drawing: Drawing, path: Path) -> list[Path]:
    """The part of a path that lies on the page or near it; nothing where there is none."""
    longest = max(drawing.width, drawing.height)
    most = longest * (1 + _BEYOND)
    left, top, right, bottom = path.box
    if left >= -longest and top >= -longest and right <= most and bottom <= most:
        return [path]
    edge = longest * _BEYOND / 2
    frame = -edge, -edge, drawing.width + edge, drawing.height + edge
    # Of many letters most lie wholly beyond: to cut each of them would take its time.
    starts = np.flatnonzero(path.kinds == MOVE)
    low, high = np.minimum.reduceat(path.points, starts), np.maximum.reduceat(path.points, starts)
    inside = ((high >= frame[:2]) & (low <= frame[2:])).all(axis=1)
    kept = np.repeat(inside, np.diff(np.append(starts, len(path.kinds))))
    return cut(replace(path, points=path.points[kept], kinds=path.kinds[kept]), frame) if inside.any() else []


def chords(path: Path) -> Path:
    """The path with its curves as chords, as many as each needs."""
    starts = np.flatnonzero(path.kinds == CURVE)
    if not len(starts):
        return path
    p0, p1, p2, p3 = (path.points[starts + step] for step in (-1, 0, 1, 2))
    bend = np.maximum(np.hypot(*(p0 - 2 * p1 + p2).T), np.hypot(*(p1 - 2 * p2 + p3).T))
    counts = np.ceil(np.sqrt(0.75 * bend / _FINE)).clip(1, _MOST_CHORDS).astype(int)
    which = np.repeat(np.arange(len(starts)), counts)
    step = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    t = (step / counts[which])[:, None]
    made = (1 - t) ** 3 * p0[which] + 3 * (1 - t) ** 2 * t * p1[which]
    made += 3 * (1 - t) * t**2 * p2[which] + t**3 * p3[which]
    # The last chord ends where the curve does, to the bit: a ring stays closed.
    made[np.cumsum(counts) - 1] = p3
    sizes = np.ones(len(path.kinds), int)
    sizes[starts] = counts
    sizes[path.kinds == CURVE_DATA] = 0
    points = np.repeat(path.points, sizes, axis=0)
    points[np.repeat(path.kinds == CURVE, sizes)] = made
    kinds = np.repeat(np.where(path.kinds == CURVE, LINE, path.kinds), sizes).astype(np.uint8)
    return replace(path, points=points, kinds=kinds)


def without_dashes(path: Path) -> Iterator[Path]:
    """A path of lines as paths without dashes: its area first, then a line for each dash of each of its subpaths."""
    stroke = path.stroke
    if stroke is None or not stroke.dash:
        yield path
        return
    if path.fill is not None:
        yield replace(path, stroke=None)
    pieces: list[Points] = []
    marks: list[Kinds] = []
    for line, _, _ in path.subpaths():
        points, kinds = _dashed(line, stroke.dash)
        pieces.append(points)
        marks.append(kinds)
    made = replace(path, fill=None, stroke=replace(stroke, dash=()))
    if pieces:
        made = replace(made, points=np.concatenate(pieces), kinds=np.concatenate(marks))
    yield made


def _dashed(line: Points, dash: tuple[float, ...]) -> tuple[Points, Kinds]:
    """The dashes of one line, (n, 2) mm, and where each begins."""
    # A pattern of an odd number of parts goes on with its gaps and dashes exchanged.
    parts = np.array(dash * (1 + len(dash) % 2))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    whole, period = float(along[-1]), float(parts.sum())
    if whole <= 0 or period <= 0 or whole / period * len(parts) > _MOST_DASHES:
        kinds = np.full(len(line), LINE, np.uint8)
        kinds[0] = MOVE
        return line, kinds
    turns = np.arange(int(whole // period) + 1)[:, None] * period
    bounds = (turns + np.concatenate([[0.0], np.cumsum(parts)[:-1]])).ravel()
    starts = bounds[::2][bounds[::2] < whole]
    ends = bounds[1::2][: len(starts)].clip(None, whole)
    inner = along[1:-1]
    at = np.searchsorted(starts, inner, "right") - 1
    shown = inner[(inner > starts[at]) & (inner < ends[at])]
    places = np.concatenate([starts, shown, ends])
    # Of what lies at one place the start of a dash comes first, its end last.
    order = np.lexsort((np.repeat([0, 1, 2], [len(starts), len(shown), len(ends)]), places, _dash_of(starts, shown)))
    points = np.column_stack([np.interp(places[order], along, line[:, axis]) for axis in (0, 1)])
    kinds = np.where(order < len(starts), MOVE, LINE).astype(np.uint8)
    return points, kinds


def _dash_of(starts: Points, shown: Points) -> Points:
    """The number of the dash that each start, each corner and each end belongs to."""
    numbers = np.arange(len(starts))
    return np.concatenate([numbers, np.searchsorted(starts, shown, "right") - 1, numbers])


def straight_items(drawing: Drawing, item: Item) -> list[Item]:
    """An object in straight lines on the page or near it; nothing where none of it is there."""
    if not isinstance(item, Path):
        return [item]
    return [part for path in near(drawing, chords(item)) for part in without_dashes(path)]
