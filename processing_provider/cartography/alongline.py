"""Texts along strokes: where a name can follow a street or a river without a kink, and how good each place is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .paper import Paper
from .placing import AHEAD, Places
from .strokes import length, resampled, smoothed

Array = Any
# QGIS sets a text only on a line that is longer.
WIDER = 1.04
STEP = 0.5
# Places per stroke that are looked at.
_MOST = 90
# The sharpest turn from letter to letter in radians, and how far a name may leave its line to cut a corner, in mm;
# what a name that finds no place otherwise may do stands second.
_LETTER_TURN = (math.radians(17), math.radians(24))
_LEAVE = (0.5, 1.2)
# The sharpest turn of a whole name.
_WHOLE_TURN = math.radians(100)
# The sag below which a name is set straight, in mm.
_STRAIGHT = 0.2
# How far a street may bend away from a straight name, by the height of its line.
_OFF = 0.3
# Across a text, in shares of its line height: all of it, and the small letters alone.
_ACROSS = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])
_LETTERS = slice(1, 4)


@dataclass
class Stroke:
    """A line drawn soft enough for letters of one size: points `STEP` mm apart."""

    points: Array
    angles: Array
    leaving: Array

    @classmethod
    def of(cls, line: Array, em: float) -> Stroke:
        """`line` (n, 2) on paper for letters `em` mm high."""
        rough = resampled(line, STEP)
        soft = smoothed(rough, round(1.6 * em / STEP))
        leaving = np.hypot(*(soft - rough).T)
        if len(soft) < 3:
            return cls(soft, np.zeros(len(soft)), leaving)
        along = np.concatenate([[0.0], np.hypot(*np.diff(soft, axis=0).T).cumsum()])
        at = np.arange(0.0, along[-1] + 1e-9, STEP)
        points = np.stack([np.interp(at, along, soft[:, axis]) for axis in (0, 1)], -1)
        if len(points) < 3:
            return cls(points, np.zeros(len(points)), np.zeros(len(points)))
        steps = np.gradient(points, axis=0)
        angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
        return cls(points, angles, np.interp(at, along, leaving))


@dataclass(frozen=True)
class Manner:
    """How names lie on their lines: `shifts` beside the line in mm are tried where `rails` are in the way.

    `repeat` is the distance in mm between two labels of a long line. Loose names bend more, and lie beside their line
    for whatever is in the way.
    """

    repeat: float = 80.0
    shifts: tuple[float, ...] = ()
    beside: float = 0.0
    is_loose: bool = False
    # Letters that join or stack are not set one by one: the name is straight, and its line nearly so.
    straight: bool = False


def along(
    paper: Paper, strokes: list[Stroke], text: str, size: tuple[float, float, float], points: float, manner: Manner
) -> Places | None:
    """The places of `text` along `strokes`; `size` is its width, line height and em in mm."""
    width, height, em = size
    wanted = width * WIDER + 0.2
    count = math.ceil(wanted / STEP) + 1
    longest = max((len(stroke.points) for stroke in strokes), default=0)
    found = []
    for number, stroke in enumerate(strokes):
        starts, cost = _starts(stroke, count, em, manner)
        if len(starts):
            cost = cost + 0.5 * (1 - len(stroke.points) / longest)
            found.append((np.full(len(starts), number), starts, cost))
    if not found:
        return None
    which, starts, cost = (np.concatenate(column) for column in zip(*found))
    base = np.stack([strokes[n].points[s : s + count] for n, s in zip(which, starts)])
    ends = np.stack([strokes[n].angles[[s, s + count - 1]] for n, s in zip(which, starts)])
    if manner.straight:
        base, ends, off = _straightened(base)
        near = off <= _OFF * height
        base, ends, cost = base[near], ends[near], cost[near] + off[near]
    chosen = _beside(paper, base, cost, height, manner) if len(base) else None
    if chosen is None:
        return None
    base, band, kept, cost = chosen
    ends = ends[kept]
    reach = np.array([0.35, 0.7, 1.0]) * AHEAD
    out = np.stack([np.cos(ends), np.sin(ends)], -1)
    before = base[:, :1] - out[:, :1] * reach[None, :, None]
    after = base[:, -1:] + out[:, 1:] * reach[None, :, None]
    cells, ahead = paper.flat(band.reshape(len(base), -1, 2)), paper.flat(np.concatenate([before, after], 1))
    return Places(
        text, points, cells, ahead, ends, cost,
        base[:, count // 2], lambda index: _path(base[index], wanted),
        lambda index: _cover(base[index], height, paper.cell),
    )  # fmt: skip


def _starts(stroke: Stroke, count: int, em: float, manner: Manner) -> tuple[Array, Array]:
    """Where a text of `count` points can start, and what that costs."""
    room = len(stroke.points) - count
    if room < 0:
        return np.zeros(0, int), np.zeros(0)
    starts = np.arange(0, room + 1, max(1, min(2, room // 20), room // _MOST))
    windows = np.lib.stride_tricks.sliding_window_view
    letter = max(1, round(0.55 * em / STEP))
    turns = np.abs(stroke.angles[letter:] - stroke.angles[:-letter])
    sharpest = windows(turns, count - letter)[starts].max(1) if count > letter else np.zeros(len(starts))
    angles = windows(stroke.angles, count)[starts]
    whole = angles.max(1) - angles.min(1)
    leaving = windows(stroke.leaving, count)[starts].max(1)
    loose = int(manner.is_loose)
    good = (sharpest <= _LETTER_TURN[loose]) & (whole <= _WHOLE_TURN) & (leaving <= _LEAVE[loose])
    starts, whole, leaving = starts[good], whole[good], leaving[good]
    total = (len(stroke.points) - 1) * STEP
    labels = max(1, round(total / manner.repeat))
    middles = (starts + (count - 1) / 2) * STEP
    best = (np.arange(labels) + 0.5) * total / labels
    off = np.abs(middles[:, None] - best[None]).min(1) / (total / labels)
    return starts, 1.2 * off + 0.5 * whole + 0.8 * leaving


def _straightened(lines: Array) -> tuple[Array, Array, Array]:
    """Straight lines amid `lines` (c, m, 2), their angles at both ends (c, 2), and how far off they are (c,)."""
    chords = lines[:, -1] - lines[:, 0]
    angles = np.arctan2(chords[:, 1], chords[:, 0])
    normals = np.stack([-np.sin(angles), np.cos(angles)], -1)
    aside = ((lines - lines[:, :1]) * normals[:, None]).sum(-1)
    low, high = aside.min(1), aside.max(1)
    share = np.linspace(0.0, 1.0, lines.shape[1])[None, :, None]
    shift = normals * ((low + high) / 2)[:, None]
    return lines[:, :1] + chords[:, None] * share + shift[:, None], np.stack([angles, angles], -1), (high - low) / 2


def _beside(
    paper: Paper, base: Array, cost: Array, height: float, manner: Manner
) -> tuple[Array, Array, Array, Array] | None:
    """The places on the page, moved aside where tracks lie under them: lines, bands, rows they came from, costs."""
    upright = np.where(base[:, -1, 0] >= base[:, 0, 0], 1.0, -1.0)[:, None, None]
    normals = _normals(base) * upright
    numbers, found = np.arange(len(base)), []
    for shift in (manner.beside, *manner.shifts):
        across = (height * _ACROSS + shift)[None, None, :, None]
        band = base[numbers, :, None, :] + normals[numbers, :, None, :] * across
        inside = paper.is_inside(band[:, :, (0, -1)]).all((1, 2))
        band, rows = band[inside], numbers[inside]
        lines = band[:, :, len(_ACROSS) // 2]
        cells = paper.cells(band[:, :, _LETTERS])
        tracks, marks = paper.rails[cells].mean((1, 2)), paper.marks[cells].mean((1, 2))
        off_road = 1 - paper.roads[paper.cells(lines)].mean(1) if shift else 0.0
        found.append(
            (
                lines,
                band,
                rows,
                cost[rows] + 25 * tracks + 4 * marks + 0.25 * abs(shift - manner.beside) + 0.3 * off_road,
            )
        )
        if shift == manner.beside:
            # Else only names that would lie on tracks look for a place beside them.
            numbers = rows if manner.is_loose else rows[tracks >= 0.02]
            if not len(numbers):
                break
    lines, band, rows, cost = (np.concatenate(column) for column in zip(*found))
    return (lines, band, rows, cost) if len(lines) else None


def _normals(lines: Array) -> Array:
    steps = np.gradient(lines, axis=1)
    steps /= np.hypot(steps[..., 0], steps[..., 1])[..., None]
    return np.stack([-steps[..., 1], steps[..., 0]], -1)


def _band(lines: Array, across: Array) -> Array:
    """Points (c, m, across, 2) over the height of texts on `lines` (c, m, 2)."""
    return lines[:, :, None, :] + _normals(lines)[:, :, None, :] * across[None, None, :, None]


def _cover(line: Array, height: float, cell: float) -> Array:
    margin = 0.25
    path = resampled(_longer(line, length(line) + 2 * margin), cell * 0.8)
    half = height / 2 + margin
    across = np.linspace(-half, half, math.ceil(2 * half / (cell * 0.8)) + 1)
    return _band(path[None], across).reshape(-1, 2)


def _path(line: Array, wanted: float) -> Array:
    """The path that a text is set on: straight where the line nearly is, and read from the left, or upwards."""
    chord = line[-1] - line[0]
    reach = math.hypot(*chord)
    sag = ((line - line[0]) @ np.array([-chord[1], chord[0]])) / reach
    if np.ptp(sag) <= _STRAIGHT:
        along = chord / reach
        middle = (line[0] + line[-1]) / 2 + np.array([-along[1], along[0]]) * (sag.max() + sag.min()) / 2
        line = np.stack([middle - along * wanted / 2, middle + along * wanted / 2])
    else:
        line = _longer(line, wanted)
    steps = np.diff(line, axis=0)
    east, north = (steps / np.hypot(*steps.T)[:, None]).mean(0)
    # Most letters upright; a name straight up or down is read upwards.
    is_backward = east < -0.02 or (abs(east) <= 0.02 and north < 0)
    return line[::-1] if is_backward else line


def _longer(line: Array, wanted: float) -> Array:
    """A line made as long as wanted by going straight on at both ends."""
    more = (wanted - length(line)) / 2
    if more <= 0:
        return line
    first, last = line[0] - line[1], line[-1] - line[-2]
    first, last = first / math.hypot(*first), last / math.hypot(*last)
    return np.concatenate([[line[0] + first * more], line, [line[-1] + last * more]])
