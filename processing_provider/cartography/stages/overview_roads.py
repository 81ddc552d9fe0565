"""Roads of an overview: those that lead somewhere, each main road of one class from end to end."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Mapping

import numpy as np

from ..features.lines import Node, node, parts, tips
from ..features.reading import Thing
from ..features.strokes import Array, coordinates, resampled
from ..occupancy.grid import Grid

# What comes within so many mm of each other on paper is joined: levels simplify each line by itself.
_NEAR = 0.8
# A net of no main road that is no longer than so many mm leads nowhere, unless it goes on beyond the page.
_LOST, _EDGE = 14.0, 1.0
# A piece of a main road that is no longer than so many mm has the class of what goes on at both of its ends.
_PIECE = 2.5


def connected(things: list[Thing], grid: Grid, ranks: Mapping[str, int], lowest: int) -> list[Thing]:
    """The roads without short ones that have no way to a road of the `lowest` rank: on an overview these are dirt."""
    if not things:
        return things
    owners, spots, lengths = [], [], np.zeros(len(things))
    for number, thing in enumerate(things):
        for line in coordinates(thing.geometry):
            paper = grid.to_paper(line)
            lengths[number] += np.hypot(*np.diff(paper, axis=0).T).sum()
            points = resampled(paper, _NEAR / 2)
            owners.append(np.full(len(points), number))
            spots.append(points)
    nets = _nets(np.concatenate(owners), np.concatenate(spots), len(things))
    keeps = np.zeros(len(things), bool)
    keeps[nets[[ranks[thing["kind"]] >= lowest for thing in things]]] = True
    leaves = ~grid.is_inside(np.concatenate(spots), _EDGE)
    keeps[nets[np.concatenate(owners)[leaves]]] = True
    keeps |= np.bincount(nets, lengths, len(things)) > _LOST
    return [thing for thing, net in zip(things, nets.tolist()) if keeps[net]]


def _nets(owners: Array, spots: Array, count: int) -> Array:
    """The lowest number of all that hang together (count,), by points near each other and who has them."""
    links = []
    for shift in (0.0, 0.5):
        cells = np.floor(spots / _NEAR + shift).astype(np.int64)
        keys = cells[:, 0] * (1 << 32) + cells[:, 1]
        order = keys.argsort(kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        links.append(np.stack([owners[order][:-1][same], owners[order][1:][same]], -1))
    one, other = np.unique(np.concatenate(links), axis=0).T
    nets: Array = np.arange(count)
    while True:
        least = nets.copy()
        np.minimum.at(least, one, nets[other])
        np.minimum.at(least, other, nets[one])
        least = least[least]
        if (least == nets).all():
            return nets
        nets = least


def evened(things: list[Thing], grid: Grid, ranks: Mapping[str, int], lowest: int) -> list[Thing]:
    """Roads of which a short piece between two of one main class has that class: otherwise it is a blot in the line."""
    at: dict[Node, list[str]] = {}
    ends: list[tuple[Node, ...]] = []
    for thing in things:
        tip = tuple(node(point) for part in parts(thing.geometry) for point in tips(part))
        ends.append(tip)
        for point in set(tip):
            at.setdefault(point, []).append(thing["kind"])
    longest = _PIECE / grid.per_metre
    result = []
    for thing, tip in zip(things, ends):
        kind = thing["kind"]
        if len(tip) == 2 and tip[0] != tip[1] and not thing["link"] and thing.geometry.length() <= longest:
            first, last = at[tip[0]], at[tip[1]]
            # What passes through an end, as the other half of a wide road does, is crossed and not gone on with.
            both = [
                other for other in set(first) & set(last)
                if other != kind and ranks[other] >= lowest and first.count(other) == last.count(other) == 1
            ]  # fmt: skip
            if both:
                thing = Thing(thing.geometry, {**thing.values, "kind": max(both, key=lambda one: ranks[one])})
        result.append(thing)
    return result
