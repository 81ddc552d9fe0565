"""House numbers along roads, as Garmin's devices look up addresses: from and to which one they run on either side.

cGPSmapper's manual, "Numbers": the point of a road from which it holds to the next node, then of the left and of the
right side the kind (N none, O odd, E even, B both), the first number and the last one. A device looks between these.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Dict, List, Tuple

import numpy as np

from ...feedback import Feedback
from ...network.driving import is_for_cars
from ...network.model import Direction, Floats, Network
from ...network.navigation import Navigation
from ...text.sentence import say
from ..cad.rows import batches
from .roads import Road

TABLE = "housenumbers"
# Metres from a house to its street, at most.
_REACH = 150.0
_METRES_A_DEGREE = 111_320.0
_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
_NONE = "N,-1,-1"
# Numbers of a side, each with how far along its edge it stands (0 to 1).
_Side = List[Tuple[float, int]]


@dataclass
class Numbers:
    """The numbers along edges of a network, on the left and on the right as the edge runs; how many found no street."""

    sides: Dict[int, Tuple[_Side, _Side]] = field(default_factory=dict)
    lost: int = 0

    def of(self, road: Road) -> dict[str, str]:
        """The lines `Numbers` of a road; none where it has no numbers."""
        if not any(edge in self.sides for edge in road.edges):
            return {}
        is_back = road.way.direction is Direction.BACKWARD
        made = {}
        for place, ((point, _), edge) in enumerate(zip(road.nodes, reversed(road.edges) if is_back else road.edges), 1):
            left, right = self.sides.get(edge, ([], []))
            if is_back:
                left, right = ([(1 - along, number) for along, number in side] for side in (right, left))
            made[f"Numbers{place}"] = f"{point},{_range(left)},{_range(right)}"
        return made


def _range(side: _Side) -> str:
    """The kind of the numbers of a side, and the first and the last one in the direction of the road."""
    if not side:
        return _NONE
    places, numbers = np.array(sorted(side)).T
    odd = numbers % 2 == 1
    kind = "O" if odd.all() else "E" if not odd.any() else "B"
    low, high = int(numbers.min()), int(numbers.max())
    falls = float(((places - places.mean()) * (numbers - numbers.mean())).sum()) < 0
    return f"{kind},{high},{low}" if falls else f"{kind},{low},{high}"


def house_numbers(view: Navigation, network: Network, feedback: Feedback) -> Numbers:
    """Each house number at the nearest street of the name that its address says; those without one are told."""
    found = Numbers()
    houses = _houses(view, feedback)
    edges = network.edges
    names: Dict[str, List[int]] = {}
    by_way: Dict[int, List[int]] = {}
    for edge, way in enumerate(edges.ways.tolist()):
        by_way.setdefault(way, []).append(edge)
    # A house is on the street, not on the pavement of that name; on a path where there is no street.
    for for_cars in (True, False):
        known = set(names)
        for number, way in enumerate(network.ways):
            for name in {way.name.casefold(), way.spoken.casefold()} & (houses.keys() - known):
                if is_for_cars(way) is for_cars:
                    names.setdefault(name, []).extend(by_way.get(number, ()))
    for name, (places, numbers) in houses.items():
        feedback.check()
        if name in names:
            _along(network, names[name], np.array(places), numbers, found)
        else:
            found.lost += len(numbers)
    if found.lost:
        feedback.warning(
            "numbers_left_out",
            say("{0} house numbers have no street of the name in their address near them, and are not searched.",
                found.lost),
        )  # fmt: skip
    return found


def _houses(view: Navigation, feedback: Feedback) -> Dict[str, Tuple[List[Tuple[float, float]], List[List[int]]]]:
    """By the names of streets, in small letters, where their houses are and their numbers."""
    houses: Dict[str, Tuple[List[Tuple[float, float]], List[List[int]]]] = {}
    for table in view.data.tables:
        if table.name != TABLE:
            continue
        for rows in batches(view.data, table, ("housenumber", "street"), feedback, 7):
            for place, text, street in zip(rows.places, rows.column("housenumber"), rows.column("street")):
                numbers = [int(word) for word in _NUMBER.findall(text or "") if int(word)]
                if street and numbers:
                    places, all_numbers = houses.setdefault(street.casefold(), ([], []))
                    places.append(place)
                    all_numbers.append(numbers)
    return houses


def _along(network: Network, mine: List[int], places: Floats, numbers: List[List[int]], found: Numbers) -> None:
    """Put numbers beside the nearest of some edges."""
    edges = network.edges
    scale = np.array([np.cos(np.radians(places[:, 1].mean())), 1.0]) * _METRES_A_DEGREE
    starts, ends, of, walked, lengths = [], [], [], [], []
    for edge in mine:
        points = edges.lonlat[edges.starts[edge] : edges.starts[edge + 1]] * scale
        long = np.hypot(*np.diff(points, axis=0).T)
        starts.append(points[:-1])
        ends.append(points[1:])
        of += [edge] * len(long)
        walked.append(np.cumsum(long) - long)
        lengths += [max(float(long.sum()), 1e-9)] * len(long)
    start, way, before = np.concatenate(starts), np.concatenate(ends) - np.concatenate(starts), np.concatenate(walked)
    for place, some in zip(places * scale, numbers):
        away = place - start
        share = np.clip((away * way).sum(axis=1) / np.maximum((way * way).sum(axis=1), 1e-12), 0.0, 1.0)
        far = np.hypot(*(away - way * share[:, None]).T)
        near = int(far.argmin())
        if far[near] > _REACH:
            found.lost += 1
            continue
        along = (before[near] + share[near] * np.hypot(*way[near])) / lengths[near]
        is_right = way[near, 0] * away[near, 1] - way[near, 1] * away[near, 0] < 0
        sides = found.sides.setdefault(of[near], ([], []))
        sides[int(is_right)].extend((float(along), number) for number in some)
