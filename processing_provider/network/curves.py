"""Lines without a corner: straight pieces and cubic curves that go on in the direction in which the last one ended.

Whole arrays at once. A piece is a cubic polynomial of p from 0 to 1 in its own axes, `u` along its beginning and `v` to
the left of it, as OpenDRIVE's paramPoly3 has it; of a straight one `v` is nothing and `u` its length.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .model import Flags, Floats, Integers

# A corner that moves the edge of a carriageway by less (metres) is none.
_SEEN = 1e-3
# How much of the pieces beside it a rounded corner takes at most.
_SHARE = 0.45
# Where a length is measured: points and weights of Gauss and Legendre from 0 to 1.
_AT, _WEIGHTS = np.polynomial.legendre.leggauss(12)  # type: ignore[no-untyped-call]
_AT, _WEIGHTS = (_AT + 1) / 2, _WEIGHTS / 2


@dataclass(frozen=True, eq=False)
class Curves:
    """Lines of pieces, those of line k are `starts[k]` to `starts[k + 1]`.

    `places` are their beginnings (n, 2) in metres, `headings` in radians against the clock from the east, `u` and `v`
    (n, 4) from the constant up, `lengths` metres.
    """

    starts: Integers
    places: Floats
    headings: Floats
    u: Floats
    v: Floats
    lengths: Floats

    @property
    def is_straight(self) -> Flags:
        """Which pieces are straight."""
        straight: Flags = ~(self.v.any(axis=1) | self.u[:, 2:].any(axis=1))
        return straight

    def at(self, pieces: Integers, p: Floats) -> tuple[Floats, Floats]:
        """Places (n, 2) and headings of these pieces at p."""
        powers = p[:, None] ** np.arange(4)
        slopes = np.arange(4) * p[:, None] ** np.array([0, 0, 1, 2])
        u, v = ((side[pieces] * powers).sum(axis=1) for side in (self.u, self.v))
        du, dv = ((side[pieces] * slopes).sum(axis=1) for side in (self.u, self.v))
        cosine, sine = np.cos(self.headings[pieces]), np.sin(self.headings[pieces])
        places = self.places[pieces] + np.column_stack([u * cosine - v * sine, u * sine + v * cosine])
        return places, self.headings[pieces] + np.arctan2(dv, du)

    def ends(self, last: bool) -> tuple[Floats, Floats]:
        """The first or last place and heading of each line."""
        pieces = self.starts[1:] - 1 if last else self.starts[:-1]
        return self.at(pieces, np.full(len(pieces), float(last)))

    @property
    def totals(self) -> Floats:
        """The length of each line."""
        return np.asarray(np.add.reduceat(self.lengths, self.starts[:-1]) if len(self.lengths) else np.empty(0))


def of_beziers(points: Floats, starts: Integers) -> Curves:
    """The pieces of cubic Bezier curves (n, 4, 2)."""
    first = points[:, 1] - points[:, 0]
    headings = np.arctan2(first[:, 1], first[:, 0])
    cosine, sine = np.cos(headings)[:, None], np.sin(headings)[:, None]
    x, y = (points - points[:, :1]).transpose(2, 0, 1)
    u, v = (_polynomial(side) for side in (x * cosine + y * sine, y * cosine - x * sine))
    # What is straight is so to the last digit.
    straight = (np.abs(v) < 1e-9).all(axis=1) & (np.abs(u[:, 2:]) < 1e-9).all(axis=1)
    v[straight], u[straight, 2:], u[straight, 1] = 0, 0, u[straight].sum(axis=1)
    slopes = np.arange(1, 4)[:, None] * _AT ** np.arange(3)[:, None]
    lengths = np.hypot(u[:, 1:] @ slopes, v[:, 1:] @ slopes) @ _WEIGHTS
    return Curves(starts, points[:, 0], headings, u, v, lengths)


def _polynomial(side: Floats) -> Floats:
    a, b, c, d = side.T
    return np.column_stack([a, 3 * (b - a), 3 * (c - 2 * b + a), d - 3 * c + 3 * b - a])


def rounded(xy: Floats, starts: Integers, radii: Floats) -> Curves:
    """Lines of two points and more with rounded corners, by the radius of each line where there is room for it."""
    count = len(xy)
    line = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    steps = np.diff(xy, axis=0)
    inner = line[1:] == line[:-1]
    sizes = np.hypot(*steps.T)
    headings = np.arctan2(steps[:, 1], steps[:, 0])
    corner = np.flatnonzero(inner[1:] & inner[:-1]) + 1
    turn = np.abs((headings[corner] - headings[corner - 1] + np.pi) % (2 * np.pi) - np.pi)
    radius = radii[line[corner]]
    room = _SHARE * np.minimum(sizes[corner], sizes[corner - 1])
    wanted = np.maximum(radius * np.tan(np.minimum(turn, 3.0) / 2), 0.3)
    back = np.zeros(count)
    back[corner] = np.where(turn * radius > _SEEN, np.minimum(wanted, room), 0.0)
    at = np.flatnonzero(inner)
    along = steps[at] / sizes[at, None]
    begin, end = xy[at] + back[at, None] * along, xy[at + 1] - back[at + 1, None] * along
    straight = begin[:, None] + np.linspace(0, 1, 4)[:, None] * (end - begin)[:, None]
    bent = np.flatnonzero(back > 0)
    before = xy[bent] - back[bent, None] * (steps[bent - 1] / sizes[bent - 1, None])
    after = xy[bent] + back[bent, None] * (steps[bent] / sizes[bent, None])
    curves = np.stack([before, before + (xy[bent] - before) * 2 / 3, after + (xy[bent] - after) * 2 / 3, after], axis=1)
    order = np.argsort(np.concatenate([2 * at + 1, 2 * bent]), kind="stable")
    pieces = np.concatenate([straight, curves])[order]
    owner = np.concatenate([line[at], line[bent]])[order]
    return of_beziers(pieces, np.searchsorted(owner, np.arange(len(starts))))


def joining(places: Floats, headings: Floats, ends: Floats, last: Floats) -> Curves:
    """A curve from each place and heading to each end and its heading, near a circle's arc where there is one."""
    turn = np.abs((last - headings + np.pi) % (2 * np.pi) - np.pi).clip(1e-6, 3.0)
    apart = np.maximum(np.hypot(*(ends - places).T), 1e-3)
    reach = (apart * 2 / 3 * np.tan(turn / 4) / np.sin(turn / 2))[:, None]
    out = np.column_stack([np.cos(headings), np.sin(headings)]) * reach
    into = np.column_stack([np.cos(last), np.sin(last)]) * reach
    points = np.stack([places, places + out, ends - into, ends], axis=1)
    return of_beziers(points, np.arange(len(points) + 1))
