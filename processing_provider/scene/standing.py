"""Which footprints are raised: parts of a building stand for the outline that they belong to (Simple 3D Buildings)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .footprints import Footprints
from .model import Flags, Floats, Integers
from .subdivision.covering import covers
from .subdivision.faces import middles
from .subdivision.raising import subdivide

# The share of an outline from which on its parts stand for all of it. What is left bare stands as it is where a tower
# was mapped and no nave, or where the outline says that it is lower than its parts: nobody gives the height of all so.
COVERED = 0.4


@dataclass(frozen=True, eq=False)
class Standing:
    """The polygons that are raised, the feature whose building each is of, and for a part the place in `polygons` of
    the outline whose room it takes, where that one stands as well (-1: none).
    """

    polygons: Integers
    buildings: Integers
    hosts: Integers


def standing(made: Footprints, is_part: Flags, tops: Floats, is_known: Flags) -> Standing:
    """Of polygons, some of which are parts (`is_part`), `tops` metres high, which somebody said where `is_known`."""
    everything = np.arange(made.count)
    parts = np.flatnonzero(is_part)
    buildings = made.features.copy()
    hosts = np.full(made.count, -1)
    if len(parts):
        hosts[parts] = _hosts(made, is_part, parts)
        found = parts[hosts[parts] >= 0]
        buildings[found] = made.features[hosts[found]]
    owners = np.unique(hosts[hosts >= 0])
    highest = np.zeros(made.count)
    np.maximum.at(highest, hosts[hosts >= 0], tops[hosts >= 0])
    is_low = is_known[owners] & (tops[owners] < highest[owners])
    replaced = owners[(_covered(made, hosts, owners) >= COVERED) & ~is_low]
    polygons = everything[~np.isin(everything, replaced)]
    place = np.full(made.count + 1, -1)
    place[polygons] = np.arange(len(polygons))
    return Standing(polygons, buildings[polygons], place[hosts[polygons]])


def _hosts(made: Footprints, is_part: Flags, parts: Integers) -> Integers:
    """The outline that each part lies in, the smallest of several; -1 where none does."""
    segments, owners = made.segments()
    inner = middles(segments, owners, made.count)[parts]
    is_outline = ~is_part[owners]
    where, which = covers(inner, segments[is_outline], owners[is_outline], made.count)
    size = np.zeros(made.count)
    np.add.at(size, owners, segments[:, 0] * segments[:, 3] - segments[:, 2] * segments[:, 1])
    hosts = np.full(len(parts), -1)
    # The last one written stays: the smallest.
    order = np.argsort(-size[which], kind="stable")
    hosts[where[order]] = which[order]
    return hosts


def _covered(made: Footprints, hosts: Integers, owners: Integers) -> Floats:
    """The share of each of these outlines that its parts cover."""
    if not len(owners):
        return np.zeros(0)
    chosen = np.flatnonzero((hosts >= 0) | np.isin(np.arange(made.count), owners))
    segments, of = made.chosen(chosen).segments()
    ground = subdivide(segments, of, len(chosen))
    polygon = chosen[ground.owners]
    own = np.zeros(made.count)
    np.add.at(own, polygon, ground.areas[ground.faces])
    # Each face once for each outline whose parts cover it, where the outline does so too.
    host = hosts[polygon]
    pairs = np.unique(np.column_stack([ground.faces, host])[host >= 0], axis=0)
    there = np.isin(pairs @ (made.count, 1), np.column_stack([ground.faces, polygon]) @ (made.count, 1))
    covered = np.zeros(made.count)
    np.add.at(covered, pairs[there, 1], ground.areas[pairs[there, 0]])
    shares: Floats = covered[owners] / np.maximum(own[owners], 1e-9)
    return shares
