"""What a street is to traffic where its tags say no more: who may use it, how fast, on how many lanes.

https://wiki.openstreetmap.org/wiki/Key:access, Key:lanes and Key:maxspeed. A limit that is a word of a country's law
(`DE:urban`) has that law's speed; without any, the usual one of the kind of street, in town or outside.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping

import numpy as np

from .model import Direction, Edges, Flags, Nodes, Way

MOTOR, BUS, BIKE, FOOT = "motor", "bus", "bicycle", "foot"
Users = frozenset[str]
_ALL = frozenset((MOTOR, BUS, BIKE, FOOT))
_FAST = frozenset((MOTOR, BUS))
_SLOW = frozenset((BIKE, FOOT))
_WALK = frozenset((FOOT,))


@dataclass(frozen=True)
class Kind:
    """`priority` at junctions, `lanes` each way, the speeds in km/h in town and outside, a lane's width in metres."""

    priority: int
    lanes: int
    town: int
    country: int
    width: float
    users: Users = _ALL


KINDS: Mapping[str, Kind] = {
    "motorway": Kind(14, 2, 100, 120, 3.75, _FAST),
    "motorway_link": Kind(13, 1, 60, 80, 3.75, _FAST),
    "trunk": Kind(12, 1, 70, 100, 3.5, _FAST),
    "trunk_link": Kind(11, 1, 50, 80, 3.5, _FAST),
    "primary": Kind(10, 1, 50, 90, 3.5),
    "primary_link": Kind(9, 1, 50, 70, 3.5),
    "secondary": Kind(8, 1, 50, 90, 3.25),
    "secondary_link": Kind(7, 1, 50, 70, 3.25),
    "tertiary": Kind(6, 1, 50, 80, 3.25),
    "tertiary_link": Kind(5, 1, 50, 60, 3.25),
    "unclassified": Kind(4, 1, 50, 70, 3.0),
    "residential": Kind(3, 1, 50, 50, 3.0),
    "road": Kind(3, 1, 50, 50, 3.0),
    "busway": Kind(4, 1, 50, 70, 3.5, frozenset((BUS,))),
    "living_street": Kind(2, 1, 10, 10, 2.75),
    "service": Kind(2, 1, 20, 30, 2.75),
    "raceway": Kind(1, 1, 120, 120, 5.0, frozenset((MOTOR,))),
    "track": Kind(1, 1, 20, 20, 2.5, _SLOW),
    "pedestrian": Kind(1, 1, 10, 10, 2.5, _SLOW),
    "cycleway": Kind(1, 1, 20, 20, 1.25, frozenset((BIKE,))),
    "path": Kind(0, 1, 10, 10, 1.0, _SLOW),
    "bridleway": Kind(0, 1, 5, 5, 1.0, _WALK),
    "footway": Kind(0, 1, 5, 5, 1.0, _WALK),
    "steps": Kind(0, 1, 3, 3, 1.0, _WALK),
    "corridor": Kind(0, 1, 5, 5, 1.0, _WALK),
    "via_ferrata": Kind(0, 1, 2, 2, 0.5, _WALK),
    "platform": Kind(0, 1, 5, 5, 1.5, _WALK),
}
OTHER = Kind(1, 1, 20, 30, 2.75)
# What the tags of access say, of everybody first, then of some.
_NO = ("no", "private", "agricultural", "forestry", "military", "use_sidepath")
_YES = ("yes", "designated", "permissive", "official", "destination", "customers", "delivery", "permit")
# Speeds in km/h of what laws say in words; by country where they differ from most.
_WORDS = {
    "urban": 50,
    "rural": 90,
    "trunk": 100,
    "motorway": 130,
    "living_street": 10,
    "bicycle_road": 30,
    "zone30": 30,
}
_LAWS = {
    "RU:urban": 60, "RU:motorway": 110, "RU:living_street": 20, "BY:urban": 60, "BY:motorway": 110,
    "KZ:urban": 60, "DE:rural": 100, "AT:rural": 100, "CH:rural": 80, "CH:motorway": 120, "LI:rural": 80,
    "FR:rural": 80, "FR:trunk": 110, "IT:trunk": 110, "ES:motorway": 120, "NL:rural": 80, "BE:rural": 70,
    "DK:rural": 80, "SE:rural": 70, "FI:rural": 80, "FI:motorway": 120, "NO:rural": 80, "NO:motorway": 110,
    "CZ:trunk": 110, "PL:motorway": 140, "PL:trunk": 120, "UA:motorway": 130, "UA:living_street": 20,
    "GB:nsl_restricted": 48, "GB:nsl_single": 97, "GB:nsl_dual": 113, "GB:motorway": 113, "GB:urban": 48,
    "IE:rural": 80, "IE:motorway": 120, "JP:urban": 60, "JP:rural": 60, "JP:motorway": 100,
}  # fmt: skip
_PACE, _UNLIMITED = 7.0, 130.0
# A cell in degrees of latitude (250 m), and the junctions of roads in three by three of them that make a town.
_CELL, _JUNCTIONS = 0.00225, 12


def kind_of(way: Way) -> Kind:
    """What its kind of street is like."""
    return KINDS.get(way.highway, OTHER)


def users(way: Way) -> Users:
    """Who may go there; nobody where it is private."""
    allowed = set(kind_of(way).users)
    if way.access in _NO:
        allowed = set()
    for value, group in (
        (way.vehicle, (MOTOR, BUS, BIKE)), (way.motor_vehicle, (MOTOR, BUS)), (way.bicycle, (BIKE,)),
        (way.foot, (FOOT,)),
    ):  # fmt: skip
        if value in _NO:
            allowed -= set(group)
        elif value in _YES:
            allowed |= set(group)
    return frozenset(allowed)


def is_for_cars(way: Way) -> bool:
    """Whether it is a carriageway: what cars may go along, private or not."""
    return MOTOR in users(way) or bool({MOTOR, BUS} & kind_of(way).users)


def lanes(way: Way) -> tuple[int, int]:
    """The lanes along the order of its nodes, and against it."""
    usual = kind_of(way).lanes
    total = min(way.lanes, 16) if way.lanes else None
    if way.direction is Direction.FORWARD:
        return way.lanes_each[0] or total or usual, 0
    if way.direction is Direction.BACKWARD:
        return 0, way.lanes_each[1] or total or usual
    forward, backward = way.lanes_each
    if total and forward and not backward:
        backward = total - forward
    elif total and backward and not forward:
        forward = total - backward
    total = total or 2 * usual
    return max(forward or (total + 1) // 2, 1), max(backward or total // 2, 1)


def kmh(way: Way, backward: bool, town: bool) -> float:
    """The speed that is allowed one way, or usual there."""
    said = way.speeds[backward]
    if said:
        return said
    if way.limit == "walk":
        return _PACE
    if way.limit == "none":
        return _UNLIMITED
    country, _, zone = way.limit.partition(":")
    if country.isupper() and zone:
        law = _LAWS.get(way.limit) or _WORDS.get(zone) or _number_of(zone)
        if law:
            return float(law)
    kind = kind_of(way)
    return float(kind.town if town else kind.country)


def _number_of(zone: str) -> int:
    """The speed of a zone that is one (`DE:zone:20`); 0 where it names none."""
    digits = zone.rpartition(":")[2].removeprefix("zone")
    return int(digits) if digits.isdigit() and len(digits) < 4 else 0


def in_town(nodes: Nodes, edges: Edges, cars: Flags) -> Flags:
    """Which edges lie where streets for cars (`cars` of the edges) have many junctions."""
    ends = np.concatenate([edges.sources[cars], edges.targets[cars]])
    crossings = np.bincount(ends, minlength=len(nodes.ids)) > 2
    middle = nodes.lonlat[:, 1].mean() if len(nodes.ids) else 0.0
    size = np.array([_CELL / max(float(np.cos(np.radians(middle))), 0.01), _CELL])
    cells = np.floor(nodes.lonlat / size).astype("i8")
    cells -= cells.min(axis=0, initial=0) - 1
    width = int(cells[:, 0].max(initial=0)) + 2
    keys = cells[:, 1] * width + cells[:, 0]
    found, counts = np.unique(keys[crossings], return_counts=True)
    near = np.zeros(len(keys), "i8")
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            wanted = keys + north * width + east
            at = np.minimum(np.searchsorted(found, wanted), max(len(found) - 1, 0))
            if len(found):
                near += np.where(found[at] == wanted, counts[at], 0)
    dense: Flags = near >= _JUNCTIONS
    return dense[edges.sources] | dense[edges.targets]
