"""The carriageways of a network: pieces of street for cars from junction to junction, ending before these.

Each lies along its line of OpenStreetMap, in the middle of all its lanes. Where streets meet, each is cut back so far
that its edges are clear of the others', and never by more than a share of its length.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from ..errors import ExportError
from .curves import Curves, rounded
from .driving import in_town, is_for_cars, kind_of, kmh, lanes
from .loops import without_loops
from .measure import joined
from .model import Flags, Floats, Integers, Network, Way
from .split import runs

# Metres that are cut back beyond the edges of others, at most in all, and the share of a street that both may take.
_CLEAR, _MOST, _SHARE = 1.0, 25.0, 0.8
# Points nearer to the last one (metres) are left out.
_NEAR = 0.05
# The least angle in radians between two streets whose edges are asked where they meet.
_ANGLE = 0.3
# Metres on either side for each by which a street that goes straight on becomes wider to one side.
_TAPER = 3.0
# One lane for both ways is narrower.
_NARROW = 0.75
# Between which metres lies what a street needs to have room between two junctions.
_ROOM = (4.0, 12.0)


@dataclass(frozen=True, eq=False)
class Carriageways:
    """Pieces of street for cars, each one line of `curves`; `sources` and `targets` number the network's nodes.

    `lanes` (n, 2) are those along and against the line, `widths` metres of each lane, `kmh` (n, 2) the speeds each way,
    `town` whether it lies in one. `left_out` counts the edges that are not for cars. What is shorter than the streets
    at its ends are wide is a part of one junction with them: `junctions` has the number of each node's, `within` the
    nodes (from, to) that lead to each other inside of one.
    """

    curves: Curves
    sources: Integers
    targets: Integers
    ways: tuple[Way, ...]
    lanes: Integers
    widths: Floats
    kmh: Floats
    town: Flags
    network: Network
    left_out: int
    junctions: Integers
    within: Integers


def carriageways(network: Network) -> Carriageways:
    """The carriageways of a network whose CRS is in metres; ExportError where no street is for cars."""
    cars = np.array([is_for_cars(way) for way in network.ways])[network.edges.ways]
    if not cars.any():
        raise ExportError("no_streets", "The area has no streets for cars.")
    town = in_town(network.nodes, network.edges, cars)
    streets = without_loops(_merged(_only(network, cars), network.nodes.ids.size))
    short = _short(streets)
    junctions = joined(len(streets.nodes.ids), streets.edges.sources[short], streets.edges.targets[short])
    # What leads from a junction to itself and hardly leaves it is a part of it, as half of a small roundabout.
    edges = streets.edges
    short |= (junctions[edges.sources] == junctions[edges.targets]) & (edges.lengths < 2 * _ROOM[1])
    within = _directions(streets, short)
    if short.all():
        # A small ring and nothing else stays.
        short, junctions, within = ~short, np.arange(len(junctions)), within[:0]
    streets = _only(streets, ~short)
    edges = streets.edges
    ways = tuple(streets.ways[number] for number in edges.ways.tolist())
    built = np.bincount(network.edges.sources[town & cars], minlength=len(streets.nodes.ids)) > 0
    inside = built[edges.sources] | built[edges.targets]
    count, widths = _lanes(ways)
    half = widths * count.sum(axis=1) / 2
    xy, starts = _cut_back(edges.xy, edges.starts, junctions[edges.sources], junctions[edges.targets], half)
    speeds = [(kmh(way, False, town), kmh(way, True, town)) for way, town in zip(ways, inside.tolist())]
    return Carriageways(
        rounded(xy, starts, half + 3.0), edges.sources, edges.targets, ways, count, widths,
        np.array(speeds).reshape(-1, 2), inside, streets, int((~cars).sum()), junctions, within,
    )  # fmt: skip


def _lanes(ways: Sequence[Way]) -> tuple[Integers, Floats]:
    """The lanes each way (n, 2), and how wide one is."""
    return np.array([lanes(way) for way in ways], "i8").reshape(-1, 2), np.array([_width(way) for way in ways])


def _short(streets: Network) -> Flags:
    """Which edges have no room for a carriageway between two junctions; never those that end."""
    edges = streets.edges
    count, widths = _lanes(streets.ways)
    wide = (widths * count.sum(axis=1))[edges.ways]
    at = np.zeros(len(streets.nodes.ids))
    for ends in (edges.sources, edges.targets):
        np.maximum.at(at, ends, wide)
    degrees = np.bincount(np.concatenate([edges.sources, edges.targets]), minlength=len(at))
    room = np.clip(np.maximum(at[edges.sources], at[edges.targets]), *_ROOM)
    short: Flags = (edges.lengths < room) & (degrees[edges.sources] > 1) & (degrees[edges.targets] > 1)
    return short


def _directions(streets: Network, some: Flags) -> Integers:
    """The nodes (from, to) of these edges for each way that they may be gone."""
    edges = streets.edges
    count, _ = _lanes(streets.ways)
    along, against = (count[edges.ways][:, side] > 0 for side in (0, 1))
    pairs = np.column_stack([edges.sources, edges.targets])
    return np.concatenate([pairs[some & along], pairs[some & against][:, ::-1]])


def _width(way: Way) -> float:
    both_on_one = way.lanes == 1 and all(lanes(way))
    return kind_of(way).width * (_NARROW if both_on_one else 1.0)


def _only(network: Network, kept: Flags) -> Network:
    edges = network.edges
    rows, starts = runs(edges.starts[:-1][kept], edges.starts[1:][kept])
    return replace(
        network,
        edges=replace(
            edges, sources=edges.sources[kept], targets=edges.targets[kept], ways=edges.ways[kept],
            lengths=edges.lengths[kept], starts=starts, lonlat=edges.lonlat[rows], xy=edges.xy[rows],
        ),
    )  # fmt: skip


def _merged(network: Network, nodes: int) -> Network:
    """Pieces of one way as one where nothing else meets them."""
    edges = network.edges
    if not len(edges.ways):
        return network
    degrees = np.bincount(np.concatenate([edges.sources, edges.targets]), minlength=nodes)
    on = (edges.ways[1:] == edges.ways[:-1]) & (edges.sources[1:] == edges.targets[:-1])
    on &= (degrees[edges.sources[1:]] == 2) & ~network.nodes.lights[edges.sources[1:]]
    first = np.flatnonzero(np.concatenate([[True], ~on]))
    last = np.append(first[1:], len(edges.ways)) - 1
    # The first point of what is joined is the last of what went before.
    rows = np.ones(len(edges.xy), bool)
    rows[edges.starts[:-1][1:][on]] = False
    shift = np.concatenate([[0], np.cumsum(~rows)])
    starts = np.append(edges.starts[first] - shift[edges.starts[first]], rows.sum())
    lengths = np.add.reduceat(edges.lengths, first)
    return replace(
        network,
        edges=replace(
            edges, sources=edges.sources[first], targets=edges.targets[last], ways=edges.ways[first],
            lengths=lengths, starts=starts, lonlat=edges.lonlat[rows], xy=edges.xy[rows],
        ),
    )  # fmt: skip


def _cut_back(
    xy: Floats, starts: Integers, sources: Integers, targets: Integers, half: Floats
) -> tuple[Floats, Integers]:
    """The lines without what lies within junctions, and without points that are too near to the last."""
    line = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    steps = np.hypot(*np.diff(xy, axis=0).T)
    # A step between lines, so that a place along all of them is of one alone.
    along = np.concatenate([[0.0], np.cumsum(np.where(line[1:] == line[:-1], steps, 1.0))])
    begin, end = along[starts[:-1]], along[starts[1:] - 1]
    back = _reach(xy, starts, sources, targets, half, end - begin)
    begin, end = begin + back[:, 0], end - back[:, 1]
    kept = (along > begin[line] + _NEAR) & (along < end[line] - _NEAR)
    kept[1:] &= (steps > _NEAR) | (line[1:] != line[:-1])
    places = np.concatenate([begin, along[kept], end])
    owner = np.concatenate([np.arange(len(begin)), line[kept], np.arange(len(begin))])
    order = np.lexsort((places, owner))
    result = np.column_stack([np.interp(places[order], along, side) for side in xy.T])
    return result, np.searchsorted(owner[order], np.arange(len(starts)))


def _reach(xy: Floats, starts: Integers, sources: Integers, targets: Integers, half: Floats, lengths: Floats) -> Floats:
    """How far each line is cut back at its beginning and end (n, 2), in metres."""
    count = len(half)
    nodes, wide = np.concatenate([sources, targets]), np.concatenate([half, half])
    first, last = starts[:-1], starts[1:] - 1
    out = np.concatenate([xy[first + 1] - xy[first], xy[last - 1] - xy[last]])
    headings = np.arctan2(out[:, 1], out[:, 0])
    order = np.argsort(nodes, kind="stable")
    _, begins, sizes = np.unique(nodes[order], return_index=True, return_counts=True)
    # Every two ends at one node.
    one = np.repeat(order, np.repeat(sizes, sizes))
    rows, _ = runs(np.repeat(begins, sizes), np.repeat(begins + sizes, sizes))
    other = order[rows]
    one, other = one[one != other], other[one != other]
    angle = np.abs((headings[one] - headings[other] + np.pi) % (2 * np.pi) - np.pi)
    bend = np.maximum(angle, _ANGLE)
    # Where the edges meet; of two that go on straight, no further than their corner asks for.
    near = (wide[other] + wide[one] * np.cos(bend)) / np.maximum(np.sin(bend), 0.05)
    straight = wide[one] * np.tan((np.pi - angle) / 2) + _TAPER * np.abs(wide[one] - wide[other])
    reach = np.where(angle > np.pi * 0.75, straight, near)
    back = np.full(2 * count, -1.0)
    np.maximum.at(back, one, np.maximum(reach, 0.0))
    back = np.where(back < 0, 0.0, back + _CLEAR)
    back = np.minimum(back, _MOST).reshape(2, count).T
    # Both ends share what there is.
    room = _SHARE * lengths / np.maximum(back.sum(axis=1), 1e-9)
    shared: Floats = back * np.minimum(room, 1.0)[:, None]
    return shared
