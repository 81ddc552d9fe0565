"""Which lane leads to which where carriageways meet, and the way between them.

Lanes are counted from the middle of the road outwards. Who turns off towards the kerb takes the outer lane, who crosses
the other direction the inner one, and lanes that go straight on keep their order. Nobody turns back.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .carriageways import Carriageways
from .curves import Curves, joining
from .model import Floats, Integers

# What is straight on, in radians to either side.
_STRAIGHT = np.pi / 4


@dataclass(frozen=True, eq=False)
class Connections:
    """Ways from lane to lane within junctions, each one line of `curves` along the inner edge of its lane.

    `nodes` are their junctions' numbers. `roads`, `backward` and `lanes` (n, 2) say of where from and where to the
    carriageway, whether it is gone against its line, and the lane.
    """

    curves: Curves
    nodes: Integers
    roads: Integers
    backward: Integers
    lanes: Integers


def middle(roads: Carriageways, left: bool) -> Floats:
    """Where the two directions of each carriageway are parted: metres to the left of its line."""
    apart = (roads.lanes[:, 0] - roads.lanes[:, 1]) * roads.widths / 2
    return -apart if left else apart


def edge_of(roads: Carriageways, left: bool, numbers: Integers, backward: Integers, lane: Floats) -> Floats:
    """Metres to the left of a carriageway's line of the inner edge of a lane; of lane + 1, its outer edge."""
    outward = np.where((backward == 1) == left, -1.0, 1.0)
    offsets: Floats = middle(roads, left)[numbers] + outward * lane * roads.widths[numbers]
    return offsets


def connections(roads: Carriageways, left: bool) -> Connections:
    """All that lead on."""
    ends = [roads.curves.ends(last) for last in (False, True)]
    arriving, leaving = _arms(roads, ends)
    found: list[tuple[int, int, int, int, int, int, int]] = []
    reached = _reached(roads)
    for junction, ways_in in arriving.items():
        for road, back, heading, count, node in ways_in:
            allowed = reached.get(node, {node})
            others = [arm for arm in leaving.get(junction, []) if arm[0] != road and arm[4] in allowed]
            turns = [((arm[2] - heading + np.pi) % (2 * np.pi) - np.pi) * (-1 if left else 1) for arm in others]
            for number, lane, to in _links(turns, count, [arm[3] for arm in others]):
                found.append((junction, road, back, lane, others[number][0], others[number][1], to))
    table = np.array(found, "i8").reshape(-1, 7)
    return _drawn(roads, left, ends, table)


def _reached(roads: Carriageways) -> dict[int, set[int]]:
    """For each node in a junction of several, those that its inner ways lead to, itself among them."""
    on: dict[int, list[int]] = {}
    for source, target in roads.within.tolist():
        on.setdefault(source, []).append(target)
    reached = {}
    for node in on:
        found, waiting = {node}, [node]
        while waiting:
            more = [target for target in on.get(waiting.pop(), ()) if target not in found]
            found.update(more)
            waiting += more
        reached[node] = found
    return reached


_Arms = dict[int, list[tuple[int, int, float, int, int]]]


def _arms(roads: Carriageways, ends: list[tuple[Floats, Floats]]) -> tuple[_Arms, _Arms]:
    """By junction what arrives there and what leaves: (road, backward, heading of who drives, lanes, node)."""
    arriving: _Arms = {}
    leaving: _Arms = {}
    begin, end = ends[0][1].tolist(), ends[1][1].tolist()
    of = roads.junctions.tolist()
    nodes = zip(roads.sources.tolist(), roads.targets.tolist(), roads.lanes.tolist())
    for road, (source, target, (along, against)) in enumerate(nodes):
        if along:
            arriving.setdefault(of[target], []).append((road, 0, end[road], along, target))
            leaving.setdefault(of[source], []).append((road, 0, begin[road], along, source))
        if against:
            arriving.setdefault(of[source], []).append((road, 1, begin[road] + np.pi, against, source))
            leaving.setdefault(of[target], []).append((road, 1, end[road] + np.pi, against, target))
    return arriving, leaving


def _links(turns: list[float], lanes: int, into: list[int]) -> list[tuple[int, int, int]]:
    """(way out, lane, its lane) for each that leads on; `turns` are radians towards the middle of the road."""
    links: list[tuple[int, int, int]] = []
    straight = [number for number, turn in enumerate(turns) if abs(turn) <= _STRAIGHT] or (
        [0] if len(turns) == 1 else []
    )
    # One way on is the straight one, the straightest of several.
    straight.sort(key=lambda number: abs(turns[number]))
    for number, turn in enumerate(turns):
        if straight and number == straight[0]:
            # The outer lanes keep their order; what is more on one side ends in, or begins from, the innermost.
            shift = into[number] - lanes
            links += [(number, lane, max(lane + shift, 0)) for lane in range(lanes)]
            links += [(number, 0, lane) for lane in range(shift)]
        elif turn > 0:
            links.append((number, 0, 0))
        else:
            links.append((number, lanes - 1, into[number] - 1))
    served = {lane for _, lane, _ in links}
    for lane in range(lanes):
        if turns and lane not in served:
            number = max(range(len(turns)), key=lambda at: turns[at] if lane * 2 < lanes else -turns[at])
            links.append((number, lane, min(lane, into[number] - 1)))
    return links


def _drawn(roads: Carriageways, left: bool, ends: list[tuple[Floats, Floats]], table: Integers) -> Connections:
    """From the inner edge of each lane to that of the next."""
    node, first, first_back, first_lane, last, last_back, last_lane = table.T
    begin, heading = _pose(roads, left, ends, first, first_back, first_lane, arriving=True)
    end, into = _pose(roads, left, ends, last, last_back, last_lane, arriving=False)
    return Connections(
        joining(begin, heading, end, into), node, np.column_stack([first, last]),
        np.column_stack([first_back, last_back]), np.column_stack([first_lane, last_lane]),
    )  # fmt: skip


def _pose(
    roads: Carriageways, left: bool, ends: list[tuple[Floats, Floats]], number: Integers, backward: Integers,
    lane: Integers, arriving: bool,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Place and heading, of who drives, at a lane's inner edge where it arrives at its junction or leaves it."""
    at_end = (backward == 0) == arriving
    places = np.where(at_end[:, None], ends[1][0][number], ends[0][0][number])
    headings = np.where(at_end, ends[1][1][number], ends[0][1][number])
    offset = edge_of(roads, left, number, backward, lane.astype("f8"))
    aside = np.column_stack([-np.sin(headings), np.cos(headings)]) * offset[:, None]
    return places + aside, headings + np.pi * backward
