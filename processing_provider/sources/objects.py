"""One object of OpenStreetMap as a file tells it, whatever the format of the file."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Dict, Mapping

KINDS = ("node", "way", "relation")
NODE, WAY, RELATION = range(3)
META = ("version", "timestamp", "changeset", "uid", "user")
# The version of what another object tells of this one: a way's list of places, a relation's list of ways.
HEARSAY = -1
_UNIT, _FIRST = 1e-7, 1 << 40

Place = tuple[float, float]


@dataclass
class Thing:
    """A node, way or relation: `place`, `middle` are longitude and latitude; `members` are type, id and role."""

    kind: int
    id: int
    version: int = 0
    gone: bool = False
    place: Place | None = None
    # Where it is, of what comes without its shape.
    middle: Place | None = None
    meta: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    refs: list[int] = field(default_factory=list)
    members: list[tuple[int, int, str]] = field(default_factory=list)
    # How many versions before this one the file has beside it.
    older: int = 0


def place_of(lon: object, lat: object) -> Place | None:
    """Two coordinates as a place; None where one is missing, no number, or beyond the earth."""
    try:
        x, y = float(str(lon)), float(str(lat))
    except ValueError:
        return None
    return (x, y) if abs(x) <= 180 and abs(y) <= 90 and math.isfinite(x + y) else None


def middle_of(bounds: Mapping[str, object]) -> Place | None:
    """The middle of a box as Overpass tells one."""
    low, high = (place_of(bounds.get(f"{side}lon"), bounds.get(f"{side}lat")) for side in ("min", "max"))
    return ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2) if low and high else None


class Numbers(Dict[Place, int]):
    """Numbers for nodes that come without one, higher than OpenStreetMap's: the same place is the same node."""

    def of(self, place: Place) -> int:
        """The number of a place."""
        key = round(place[0] / _UNIT), round(place[1] / _UNIT)
        return self.setdefault(key, _FIRST + len(self))


def version_of(text: object) -> int:
    """A version, 0 where the file does not tell it."""
    return int(str(text)) if str(text).isdigit() else 0
