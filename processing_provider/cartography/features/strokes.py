"""Ways joined into strokes: the long lines that a reader sees as one street or one river."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import QgsGeometry

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

# A text: numpy before 1.22 takes no brackets.
Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
# The distance of the points of strokes that names are set on, in mm.
STEP = 0.5
# A stroke goes on at a node only where it turns less than this, in radians; sharper is another stroke.
_STRAIGHT_ON = 1.0
# What leans back no more than so much counts as upright, as far as nobody minds: else it is a matter of taste which way
# a name straight up is read.
_UPRIGHT = math.sin(math.radians(5))
_MULTI = 5


@dataclass
class Strokes:
    """Lines drawn soft enough for letters of one size, one after another: points `STEP` mm apart.

    Of each point its place (n, 2), the line's angle and normal there, and how far it was moved; of each line the number
    of its first point, and how many it has.
    """

    points: Array
    angles: Array
    normals: Array
    leaving: Array
    first: Array
    sizes: Array

    @classmethod
    def of(cls, lines: list[Array], em: float, least: float) -> Strokes | None:
        """`lines` (n, 2 each) on paper for letters `em` mm high; None where none is `least` mm long."""
        soft = [_soft(line, em) for line in lines if length(line) >= least]
        if not soft:
            return None
        points, angles, leaving = (np.concatenate(column) for column in zip(*soft))
        sizes = np.array([len(line) for line, *_ in soft])
        normals = np.stack([-np.sin(angles), np.cos(angles)], -1)
        return cls(points, angles, normals, leaving, sizes.cumsum() - sizes, sizes)

    @cached_property
    def readable(self) -> Array:
        """How many points up to each, read one way and the other, are no farther than upright (2, n)."""
        east = np.cos(self.angles)
        return np.stack([east > -_UPRIGHT, east < _UPRIGHT]).cumsum(1)

    @cached_property
    def _known(self) -> dict[tuple[float, ...], Array]:
        return {}

    def off_by(self, most: float) -> Array:
        """How many points before each (n + 1,) were moved by more than so many mm."""
        if (most,) not in self._known:
            self._known[most,] = _before(self.leaving > most)
        return self._known[most,]

    def bent_by(self, apart: int, most: float) -> Array:
        """At how many points before each a line turns more, from there to so many points on, than so much."""
        if (apart, most) not in self._known:
            self._known[apart, most] = _before(np.abs(self.angles[apart:] - self.angles[:-apart]) > most)
        return self._known[apart, most]


def _before(mask: Array) -> Array:
    """How many of a mask (n,) lie before each place (n + 1,)."""
    found = np.zeros(len(mask) + 1, np.intp)
    mask.cumsum(out=found[1:])
    return found


def windows(values: Array, count: int, step: int = 1) -> Array:
    """Runs of `count` values of a contiguous array, one beginning at each `step`: a view (n, count).

    Numpy's own takes twenty times as long to make it, which counts where there are hundreds of short lines.
    """
    many, size = (len(values) - count) // step + 1, values.itemsize
    return np.ndarray((many, count), values.dtype, values, 0, (step * size, size))


def _soft(line: Array, em: float) -> tuple[Array, Array, Array]:
    """The points of one line drawn soft, its angles there, and how far they are off."""
    rough = resampled(line, STEP)
    soft = smoothed(rough, round(1.6 * em / STEP))
    moved = soft - rough
    leaving = np.hypot(moved[:, 0], moved[:, 1])
    if len(soft) < 3:
        return soft, np.zeros(len(soft)), leaving
    along = _along(soft)
    at = np.arange(0.0, along[-1] + 1e-9, STEP)
    points = _between(at, along, soft)
    if len(points) < 3:
        return points, np.zeros(len(points)), np.zeros(len(points))
    steps = np.empty_like(points)
    steps[1:-1] = points[2:] - points[:-2]
    steps[0], steps[-1] = points[1] - points[0], points[-1] - points[-2]
    return points, _unwrapped(np.arctan2(steps[:, 1], steps[:, 0])), np.interp(at, along, leaving)


def _unwrapped(angles: Array) -> Array:
    """Angles along a line without jumps of a whole turn; numpy's takes twenty times as long where there is none."""
    turns = angles[1:] - angles[:-1]
    return np.unwrap(angles) if max(turns.max(), -turns.min()) >= math.pi else angles


def _along(line: Array) -> Array:
    """How far from its beginning each point of a line is."""
    steps = line[1:] - line[:-1]
    result = np.zeros(len(line))
    np.hypot(steps[:, 0], steps[:, 1]).cumsum(out=result[1:])
    return result


def _between(at: Array, along: Array, line: Array) -> Array:
    """The points (n, 2) so far from the beginning of a line whose own are `along` it."""
    result = np.empty((len(at), 2))
    for axis in (0, 1):
        result[:, axis] = np.interp(at, along, line[:, axis])
    return result


def coordinates(geometry: QgsGeometry) -> list[Array]:
    """The parts of a line as arrays (n, 2)."""
    data = bytes(geometry.asWkb())
    found, offset, parts = [], 0, 1
    if data and struct.unpack_from("<I", data, 1)[0] % 1000 == _MULTI:
        parts, offset = struct.unpack_from("<I", data, 5)[0], 9
    for _ in range(parts if data else 0):
        code, count = struct.unpack_from("<II", data, offset + 1)
        size = 2 + (code // 1000 in (1, 3)) + (code // 1000 in (2, 3))
        points = np.frombuffer(data, "<f8", count * size, offset + 9).reshape(count, size)[:, :2]
        offset += 9 + count * size * 8
        if count > 1:
            found.append(points)
    return found


def joined(lines: list[Array]) -> list[Array]:
    """Lines joined end to end; where more than two meet, the straightest pairs go on."""
    if len(lines) < 2:
        return list(lines)
    nodes: dict[tuple[float, float], list[tuple[int, int]]] = {}
    tips = np.stack([line[end] for line in lines for end in (0, -1)]).round(2).tolist()
    for place, (x, y) in enumerate(tips):
        nodes.setdefault((x, y), []).append((place // 2, -(place % 2)))
    following: dict[tuple[int, int], tuple[int, int]] = {}
    for meeting in nodes.values():
        if len(meeting) < 2:
            continue
        ways_out = {one: _direction(lines[one[0]], one[1]) for one in meeting}
        pairs = sorted(
            (abs(_turn(ways_out[a], ways_out[b])), a, b)
            for number, a in enumerate(meeting) for b in meeting[number + 1 :] if a[0] != b[0]
        )  # fmt: skip
        for turn, a, b in pairs:
            if turn < _STRAIGHT_ON and a not in following and b not in following:
                following[a], following[b] = b, a
    used: set[int] = set()
    result = []
    # Chains begin at a free end; what is left after them are rings.
    starts = [(n, e) for n in range(len(lines)) for e in (0, -1) if (n, e) not in following]
    for start in starts + [(n, 0) for n in range(len(lines))]:
        if start[0] in used:
            continue
        chain, entry = [], start
        while entry[0] not in used:
            used.add(entry[0])
            line = lines[entry[0]]
            chain.append(line if entry[1] == 0 else line[::-1])
            leaving = (entry[0], -1 if entry[1] == 0 else 0)
            if leaving not in following:
                break
            entry = following[leaving]
        result.append(np.concatenate([chain[0]] + [part[1:] for part in chain[1:]]))
    return result


def _direction(line: Array, end: int) -> float:
    (ax, ay), (bx, by) = (line[:2] if end == 0 else line[:-3:-1]).tolist()
    return math.atan2(by - ay, bx - ax)


def _turn(out: float, other: float) -> float:
    """How much a line turns that comes in against `out` and leaves along `other`."""
    return (other - out) % (2 * math.pi) - math.pi


def resampled(line: Array, step: float) -> Array:
    """Points `step` apart along a line."""
    along = _along(line)
    at = np.arange(0.0, along[-1] + step / 2, step)
    return _between(at, along, line)


def smoothed(points: Array, reach: int) -> Array:
    """Evenly spaced points drawn softer: a bell curve over `reach` points to each side, the ends kept."""
    reach = min(reach, len(points) - 1)
    if reach < 1:
        return points
    weights = _bell(reach)
    padded = np.empty((2, len(points) + 2 * reach))
    padded[:, reach:-reach] = points.T
    padded[:, :reach] = (2 * points[0] - points[reach:0:-1]).T
    padded[:, -reach:] = (2 * points[-1] - points[-2 : -2 - reach : -1]).T
    result = np.empty(points.shape)
    for axis in (0, 1):
        result[:, axis] = np.convolve(padded[axis], weights, "valid")
    return result


@lru_cache(maxsize=256)
def _bell(reach: int) -> Array:
    """Weights from -reach to reach that add up to 1."""
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (reach / 2)) ** 2)
    weights /= weights.sum()
    return weights


def length(line: Array) -> float:
    """The length of a line."""
    steps = line[1:] - line[:-1]
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())
