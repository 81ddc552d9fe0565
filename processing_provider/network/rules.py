"""What the tags of a street mean for who drives there.

https://wiki.openstreetmap.org/wiki/Key:oneway and https://wiki.openstreetmap.org/wiki/Key:maxspeed.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re

from .model import Direction

_ONEWAY = {
    "yes": Direction.FORWARD, "true": Direction.FORWARD, "1": Direction.FORWARD,
    "-1": Direction.BACKWARD, "reverse": Direction.BACKWARD,
    "no": Direction.BOTH, "false": Direction.BOTH, "0": Direction.BOTH,
    "reversible": Direction.CHANGING, "alternating": Direction.CHANGING,
}  # fmt: skip
# What is one-way without a tag that says so.
_ROUND = ("roundabout", "circular")
_ALWAYS = ("motorway",)
_SPEED = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(km/h|kmh|kph|mph|knots)?", re.I)
_KMH = {"km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}


def direction(oneway: str, highway: str, junction: str) -> Direction:
    """Which way a street may be gone: as its tag says, else as its kind implies."""
    said = _ONEWAY.get(oneway.strip().lower())
    if said is not None:
        return said
    return Direction.FORWARD if junction in _ROUND or highway in _ALWAYS else Direction.BOTH


def speed(text: str) -> float | None:
    """A limit in km/h; None for words (`none`, `walk`, `signals`, `RU:urban`), lists and what is no number."""
    found = _SPEED.fullmatch(text.strip())
    if not found:
        return None
    value = float(found[1]) * _KMH[(found[2] or "km/h").lower()]
    return round(value, 3) or None
