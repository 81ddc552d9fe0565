"""Roofs as heights over the ground plan, piecewise linear between lines, along which their footprints are cut."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..footprints import GRID
from ..model import Flags, Floats, Integers
from ..subdivision.ragged import spread
from .frames import Frames
from .shapes import HIPPED, PROFILES, RADIAL, SHAPES

# More sides than a round roof needs are left out.
_SIDES = 24


@dataclass(frozen=True, eq=False)
class Roofs:
    """Roofs by number. `shape` is the place in SHAPES, `eave` and `top` are in metres; the sides of radial ones are
    those from side_starts[i] on: `normals` point outwards from `centre`, `distances` are how far each is, and
    `corners` where each begins.
    """

    shape: Integers
    frames: Frames
    eave: Floats
    top: Floats
    centre: Floats
    side_starts: Integers
    side_counts: Integers
    normals: Floats
    distances: Floats
    corners: Floats

    def heights(self, numbers: Integers, points: Floats) -> Integers:
        """How high roofs are over points, one of each, in even millimetres above the ground."""
        share = np.zeros(len(numbers))
        for place in np.unique(self.shape[numbers]):
            of = np.flatnonzero(self.shape[numbers] == place)
            share[of] = self._shares(SHAPES[place], numbers[of], points[of])
        rise = (self.top - self.eave)[numbers]
        height: Integers = 2 * np.rint((self.eave[numbers] + rise * share) * 500).astype("i8")
        return height

    def _shares(self, shape: str, of: Integers, points: Floats) -> Floats:
        frames = self.frames
        away = points - frames.centre[of]
        across = _dot(away, frames.across[of])
        if shape in PROFILES:
            x, y = np.array(PROFILES[shape]).T
            return np.asarray(np.interp(across / frames.width[of] + 0.5, x, y))
        if shape in HIPPED:
            gable, steps = HIPPED[shape]
            along = _dot(away, frames.along[of])
            half = frames.width[of] / 2
            run = np.minimum(half, frames.length[of] / 2) * (1 - gable)
            ends = gable + (1 - gable) * (frames.length[of] / 2 - np.abs(along)) / run
            x, y = np.array(steps).T
            return np.asarray(np.interp(np.minimum(1 - np.abs(across) / half, ends), x, y))
        counts = self.side_counts[of]
        side = spread(self.side_starts[of], counts)
        pair = np.repeat(np.arange(len(of)), counts)
        out = _dot((points - self.centre[of])[pair], self.normals[side]) / self.distances[side]
        x, y = np.array(RADIAL[shape]).T
        return np.asarray(np.interp(np.maximum.reduceat(out, np.cumsum(counts) - counts), x, y))


def _dot(one: Floats, other: Floats) -> Floats:
    """The products of vectors (n, 2)."""
    return np.asarray(one[:, 0] * other[:, 0] + one[:, 1] * other[:, 1], "f8")


def roofs(shape: Integers, frames: Frames, eave: Floats, top: Floats, rings: Floats, starts: Integers) -> Roofs:
    """Roofs over outer rings, counter-clockwise ones, `rings` (m, 2) one behind another, ring i from starts[i] on, and
    the end. A radial roof follows its footprint where that is convex, else the rectangle round it.
    """
    centres, counts, corners = frames.centre.copy(), np.zeros(len(shape), "i8"), [np.zeros((0, 2))]
    is_radial = np.isin(shape, [SHAPES.index(name) for name in RADIAL])
    for number in np.flatnonzero(is_radial):
        ring = rings[starts[number] : starts[number + 1]]
        if len(ring) > _SIDES:
            ring = ring[np.arange(_SIDES) * len(ring) // _SIDES]
        then = np.roll(ring, -1, axis=0)
        way, onward = then - ring, np.roll(then, -1, axis=0) - then
        turn = way[:, 0] * onward[:, 1] - way[:, 1] * onward[:, 0]
        if (turn < -0.02 * np.hypot(*way.T) * np.hypot(*onward.T)).any() or len(ring) < 3:
            a = frames.along[number] * frames.length[number] / 2
            b = frames.across[number] * frames.width[number] / 2
            ring = frames.centre[number] + np.array([-a - b, a - b, a + b, b - a])
            if a[0] * b[1] - a[1] * b[0] < 0:
                ring = ring[::-1]
        local = ring - ring[0]
        after = np.roll(local, -1, axis=0)
        cross = local[:, 0] * after[:, 1] - after[:, 0] * local[:, 1]
        centres[number] = ring[0] + ((local + after) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
        counts[number] = len(ring)
        corners.append(ring)
    sides = np.concatenate(corners)
    ends = np.cumsum(counts)
    then = np.arange(len(sides)) + 1
    then[ends[counts > 0] - 1] = (ends - counts)[counts > 0]
    way = sides[then] - sides
    normals = np.column_stack([way[:, 1], -way[:, 0]]) / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    distances = np.maximum(((sides - np.repeat(centres, counts, axis=0)) * normals).sum(axis=1), 1e-3)
    return Roofs(shape, frames, eave, top, centres, ends - counts, counts, normals, distances, sides)


def lines(made: Roofs) -> tuple[Integers, Floats]:
    """The lines along which roofs change their slope: the roof of each, and its ends (n, 4) in metres."""
    found = [(np.zeros(0, "i8"), np.zeros((0, 4)))]
    frames = made.frames

    def place(of: Integers, along: npt.NDArray[Any], across: npt.NDArray[Any]) -> Floats:
        where: Floats = frames.centre[of] + frames.along[of] * along[:, None] + frames.across[of] * across[:, None]
        return where

    for name, steps in PROFILES.items():
        of = np.flatnonzero(made.shape == SHAPES.index(name))
        # Longer than the building, lest the cut ends before its wall.
        reach = frames.length[of]
        for share, _ in steps[1:-1]:
            off = (share - 0.5) * frames.width[of]
            found.append((of, np.hstack([place(of, -reach, off), place(of, reach, off)])))
    for name, (gable, steps) in HIPPED.items():
        of = np.flatnonzero(made.shape == SHAPES.index(name))
        half, end = frames.width[of] / 2, frames.length[of] / 2
        run = np.minimum(half, end) * (1 - gable)
        ridge, foot, none = end - run, half * (1 - gable), np.zeros(len(of))
        found.append((of, np.hstack([place(of, -ridge, none), place(of, ridge, none)])))
        for a in (-1, 1):
            for b in (-1, 1):
                found.append((of, np.hstack([place(of, a * ridge, none), place(of, a * end, b * foot)])))
        for share, _ in steps[1:-1]:
            x, y = end - share * run, half * (1 - share)
            for a, b, c, d in ((-1, -1, 1, -1), (1, -1, 1, 1), (1, 1, -1, 1), (-1, 1, -1, -1)):
                found.append((of, np.hstack([place(of, a * x, b * y), place(of, c * x, d * y)])))
    for name, steps in RADIAL.items():
        of = np.flatnonzero(made.shape == SHAPES.index(name))
        counts = made.side_counts[of]
        side, roof = spread(made.side_starts[of], counts), np.repeat(of, counts)
        local = spread(np.zeros(len(of), "i8"), counts)
        after = side + np.where(local + 1 < made.side_counts[roof], 1, 1 - made.side_counts[roof])
        out, then = made.corners[side] - made.centre[roof], made.corners[after] - made.centre[roof]
        centre = made.centre[roof]
        found.append((roof, np.hstack([centre, centre + out])))
        found += [(roof, np.hstack([centre + out * share, centre + then * share])) for share, _ in steps[1:-1]]
    return np.concatenate([of for of, _ in found]), np.concatenate([ends for _, ends in found])


def within(of: Integers, ends: Floats, segments: Floats, starts: Integers, counts: Integers) -> Integers:
    """Lines cut at their footprints, in whole centimetres (n, 4): line i at the rings whose segments (m, 4), in metres,
    are those from starts[of[i]] on.
    """
    pair, ring = np.repeat(np.arange(len(of)), counts[of]), spread(starts[of], counts[of])
    start, way = ends[:, :2], ends[:, 2:] - ends[:, :2]
    a, b = segments[ring, :2] - start[pair], segments[ring, 2:] - start[pair]
    ahead = way[pair]
    side_a, side_b = ahead[:, 0] * a[:, 1] - ahead[:, 1] * a[:, 0], ahead[:, 0] * b[:, 1] - ahead[:, 1] * b[:, 0]
    met: Flags = (side_a >= 0) != (side_b >= 0)
    a, b, side_a, side_b, pair, ahead = a[met], b[met], side_a[met], side_b[met], pair[met], ahead[met]
    hit = a + (b - a) * (side_a / (side_a - side_b))[:, None]
    share = _dot(hit, ahead) / np.maximum(_dot(ahead, ahead), 1e-12)
    # A straight line enters and leaves by turns.
    order = np.lexsort((share, pair))
    line, low, high = pair[order][::2], np.maximum(share[order][::2], 0.0), np.minimum(share[order][1::2], 1.0)
    kept = low < high
    line, low, high = line[kept], low[kept, None], high[kept, None]
    cut = np.hstack([start[line] + way[line] * low, start[line] + way[line] * high])
    steps: Integers = np.rint(cut * GRID).astype("i8")
    return steps
