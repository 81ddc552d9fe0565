"""Streets as Garmin's devices find the way along them: a road is a run of edges of one way, with numbered nodes.

cGPSmapper's manual, "Routing": RouteParam is speed (0 to 7), class (0 to 4), one-way, toll, then who may not go there:
emergency, delivery, car, bus, taxi, pedestrian, bicycle, truck. A road passes no node twice, and has at most 60.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from ...network.driving import BIKE, BUS, FOOT, MOTOR, in_town, is_for_cars, kmh, users
from ...network.loops import without_loops
from ...network.model import Direction, Floats, Network, Way

# km/h up to which a road is of speed 0, 1 and so on.
_SPEEDS = (8, 20, 40, 56, 72, 93, 108)
# The class of a road by its kind of street: the higher, the longer the ways that it is taken for.
_CLASSES = {
    "motorway": 4, "motorway_link": 4, "trunk": 4, "trunk_link": 3, "primary": 3, "primary_link": 2, "secondary": 2,
    "secondary_link": 1, "tertiary": 1, "tertiary_link": 1,
}  # fmt: skip
# Nodes and points of one road: mkgmap refuses more of the first, devices draw no more of the second at once.
_MOST_NODES, _MOST_POINTS = 60, 240


@dataclass(frozen=True)
class Road:
    """`points` (n, 2) are in lon/lat in the direction of travel; `nodes` are places in them and the node's number.

    `edges` are those of the network, whose loops were cut, that it is made of.
    """

    way: Way
    points: Floats
    nodes: tuple[tuple[int, int], ...]
    param: str
    edges: range


def roads(network: Network) -> Iterator[Road]:
    """All edges of a network, those of a way that follow one another as one road."""
    network = without_loops(network)
    edges = network.edges
    cars = np.array([is_for_cars(way) for way in network.ways], bool)[edges.ways]
    town = in_town(network.nodes, edges, cars)
    sources, targets, ways = edges.sources.tolist(), edges.targets.tolist(), edges.ways.tolist()
    starts = edges.starts.tolist()
    first = 0
    while first < len(ways):
        passed = [sources[first], targets[first]]
        last = first
        while (
            last + 1 < len(ways)
            and ways[last + 1] == ways[first]
            and sources[last + 1] == passed[-1]
            and targets[last + 1] not in passed
            and len(passed) < _MOST_NODES
            and starts[last + 2] - starts[first] <= _MOST_POINTS
        ):
            last += 1
            passed.append(targets[last])
        way, numbers = network.ways[ways[first]], range(first, last + 1)
        # Where edges meet, the point is there once.
        pieces = [edges.lonlat[starts[edge] + (edge > first) : starts[edge + 1]] for edge in numbers]
        places = np.cumsum([0, *(starts[edge + 1] - starts[edge] - 1 for edge in numbers)]).tolist()
        points, nodes = np.concatenate(pieces), [*zip(places, passed)]
        if way.direction is Direction.BACKWARD:
            points = points[::-1]
            nodes = [(len(points) - 1 - place, node) for place, node in reversed(nodes)]
        param = _param(way, bool(town[first]))
        yield Road(way, points, tuple((place, node + 1) for place, node in nodes), param, numbers)
        first = last + 1


def _param(way: Way, town: bool) -> str:
    """What a road is to whoever looks for a way."""
    speed = int(np.searchsorted(_SPEEDS, kmh(way, way.direction is Direction.BACKWARD, town)))
    one_way = way.direction in (Direction.FORWARD, Direction.BACKWARD)
    there = users(way)
    motor, bus, foot, bike = (int(who not in there) for who in (MOTOR, BUS, FOOT, BIKE))
    values = (speed, _CLASSES.get(way.highway, 0), int(one_way), 0, 0, motor, motor, bus, motor, foot, bike, motor)
    return ",".join(map(str, values))
