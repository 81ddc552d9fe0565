"""How high a building is, by its tags and else by its kind (OSM wiki, Simple 3D Buildings)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping

from .model import ASSUMED, BY_HEIGHT, BY_LEVELS

LEVEL = 3.0
ROOF_LEVEL = 2.5
# Metres where nothing is tagged; any other kind is three levels high.
BY_KIND = {
    "house": 6.0, "detached": 6.0, "semidetached_house": 6.0, "terrace": 6.0, "bungalow": 4.0, "cabin": 4.0,
    "garage": 2.5, "garages": 2.5, "carport": 2.5, "shed": 2.5, "roof": 4.0, "kiosk": 3.0,
    "residential": 12.0, "apartments": 12.0, "church": 15.0, "cathedral": 25.0, "industrial": 8.0, "warehouse": 8.0,
}  # fmt: skip
OTHERWISE = 9.0
_LOWEST = 0.5
# What is higher is a slip of the pen: no building is (in metres, in storeys).
HIGHEST, MOST_LEVELS = 1000.0, 200.0


@dataclass(frozen=True)
class Measures:
    """Metres above the ground at which a building begins and ends.

    `roof` is how high its roof is, NaN where that is not said; where `is_open` the top is that of its walls, and a roof
    of which nobody said how high it is comes on top. `source` tells whether the height is tagged, that of
    tagged levels, or that of its kind (BY_HEIGHT, BY_LEVELS, ASSUMED), `is_doubtful` that a tag was left aside as
    impossible.
    """

    base: float
    top: float
    roof: float
    is_open: bool
    source: str
    is_doubtful: bool

    @property
    def is_known(self) -> bool:
        """Whether somebody said how high it is."""
        return self.source != ASSUMED


def measures(tags: Mapping[str, Any]) -> Measures:
    """The heights of a building or a part; the top at least 0.5 m above the base."""
    base = _first(tags.get("min_height"), _times(tags.get("min_level"), LEVEL)) or 0.0
    height, storeys = _first(tags.get("height")), _number(tags.get("levels"))
    is_doubtful = (height is not None and not 0 < height <= HIGHEST) or (storeys or 0.0) > MOST_LEVELS
    height = height if height is not None and 0 < height <= HIGHEST else None
    levels = None if storeys is None or not 0 <= storeys <= MOST_LEVELS else storeys * LEVEL
    roof = _first(tags.get("roof_height"), _times(tags.get("roof_levels"), ROOF_LEVEL))
    roof = roof if roof is not None and 0 < roof <= HIGHEST else None
    walls = levels if levels or roof else None
    if height is None and walls is not None and walls + (roof or 0.0) > base:
        return _checked(base, walls + (roof or 0.0), roof, roof is None, BY_LEVELS, is_doubtful)
    source = ASSUMED if height is None else BY_HEIGHT
    if height is None:
        height = base + BY_KIND.get(str(tags.get("building")), OTHERWISE)
    if base >= height:
        base, is_doubtful = 0.0, True
    return _checked(base, height, roof, False, source, is_doubtful)


def _checked(base: float, top: float, roof: float | None, is_open: bool, source: str, is_doubtful: bool) -> Measures:
    base = min(max(base, 0.0), HIGHEST)
    roof = math.nan if roof is None else roof
    return Measures(base, max(top, base + _LOWEST), roof, is_open, source, is_doubtful)


def base_and_top(tags: Mapping[str, Any]) -> tuple[float, float]:
    """The metres above ground where a building begins and ends."""
    measured = measures(tags)
    return measured.base, measured.top


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _times(value: Any, factor: float) -> float | None:
    number = _number(value)
    return None if number is None else number * factor


def _first(*values: Any) -> float | None:
    return next((number for number in map(_number, values) if number is not None), None)
