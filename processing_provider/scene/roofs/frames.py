"""How roofs lie on their footprints: the narrowest rectangle round each along one of its walls."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Flags, Floats, Integers
from ..subdivision.ragged import changes, spread

# A wall that is shorter (in metres) tells no direction.
_SHORT = 0.05


@dataclass(frozen=True, eq=False)
class Frames:
    """One rectangle for each footprint: `centre` (n, 2), `along` and `across` unit vectors (n, 2), the `length` along
    the ridge and the `width` across it, in metres; `across` looks to where a skillion slopes down.
    """

    centre: Floats
    along: Floats
    across: Floats
    length: Floats
    width: Floats


def rectangles(corners: Floats, starts: Integers, counts: Integers) -> Frames:
    """The rectangles round outer rings: `corners` (m, 2) one ring behind another, ring i from starts[i] on."""
    ring = np.repeat(np.arange(len(starts)), counts)
    place = spread(starts, counts)
    last = np.cumsum(counts) - 1
    then = np.arange(len(place)) + 1
    then[last] = last - counts + 1
    at = corners[place]
    wall = at[then] - at
    long = np.hypot(wall[:, 0], wall[:, 1])
    # The longest wall of each is one of those that are tried, however short it is.
    longest = np.maximum.reduceat(long, np.cumsum(counts) - counts)
    tried = np.flatnonzero(long >= np.minimum(_SHORT, longest[ring]))
    u = wall[tried] / np.maximum(long[tried], 1e-9)[:, None]
    # Every corner of the ring against every wall of it.
    own = counts[ring[tried]]
    pair, other = np.repeat(np.arange(len(tried)), own), spread((np.cumsum(counts) - counts)[ring[tried]], own)
    x = (at[other] * u[pair]).sum(axis=1)
    y = at[other, 1] * u[pair, 0] - at[other, 0] * u[pair, 1]
    begins = np.cumsum(own) - own
    low_x, high_x = np.minimum.reduceat(x, begins), np.maximum.reduceat(x, begins)
    low_y, high_y = np.minimum.reduceat(y, begins), np.maximum.reduceat(y, begins)
    area = (high_x - low_x) * (high_y - low_y)
    # To a square decimetre, so that of equal ones the one of the longer wall counts.
    order = np.lexsort((-long[tried], np.rint(area * 100), ring[tried]))
    best = order[changes(ring[tried][order])]
    u, size_x, size_y = u[best], (high_x - low_x)[best], (high_y - low_y)[best]
    v = np.column_stack([-u[:, 1], u[:, 0]])
    centre = u * ((low_x + high_x)[best] / 2)[:, None] + v * ((low_y + high_y)[best] / 2)[:, None]
    turned = size_x < size_y
    along, across = np.where(turned[:, None], v, u), np.where(turned[:, None], -u, v)
    return Frames(centre, along, across, np.maximum(size_x, size_y), np.minimum(size_x, size_y))


def directed(frames: Frames, degrees: Floats, is_across: Flags) -> Frames:
    """Turned as tags say: `degrees` is where a slope looks to, clockwise from north (NaN: not said), `is_across` that
    the ridge runs across the building.
    """
    along, across, length, width = frames.along, frames.across, frames.length, frames.width
    known = np.isfinite(degrees)
    angle = np.radians(np.where(known, degrees, 0.0))
    look = np.column_stack([np.sin(angle), np.cos(angle)])
    by_along, by_across = (look * along).sum(axis=1), (look * across).sum(axis=1)
    turned = np.where(known, np.abs(by_along) > np.abs(by_across), is_across)
    sense = np.where(known & (np.where(turned, by_along, by_across) < 0), -1.0, 1.0)[:, None]
    return Frames(
        frames.centre,
        np.where(turned[:, None], across, along),
        np.where(turned[:, None], along, across) * sense,
        np.where(turned, width, length),
        np.where(turned, length, width),
    )
