"""Lengths on the WGS 84 ellipsoid, and which nodes are joined: whole arrays at once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from .model import Floats, Integers

_A = 6378137.0
_E2 = 0.00669437999014


def steps(lonlat: Floats) -> Floats:
    """Metres from each point to the next.

    The straight line through the earth, bent to its radius there: of a step of 100 km less than a centimetre is
    missing.
    """
    lon, lat = np.radians(lonlat).T
    root = np.sqrt(1 - _E2 * np.sin(lat) ** 2)
    across = _A / root
    place = np.column_stack(
        [across * np.cos(lat) * np.cos(lon), across * np.cos(lat) * np.sin(lon), across * (1 - _E2) * np.sin(lat)]
    )
    chord = np.linalg.norm(np.diff(place, axis=0), axis=1)
    radius = _A * np.sqrt(1 - _E2) / root**2
    twice = radius[1:] + radius[:-1]
    result: Floats = twice * np.arcsin(np.minimum(chord / twice, 1.0))
    return result


def joined(count: int, sources: Integers, targets: Integers) -> Integers:
    """For each of `count` nodes the lowest node that edges lead to, whichever way."""
    parent = np.arange(count)
    while True:
        one, other = parent[sources], parent[targets]
        if np.array_equal(one, other):
            return parent
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]
