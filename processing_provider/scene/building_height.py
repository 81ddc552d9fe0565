"""How high a building is, by its tags and else by its kind (OSM wiki, Simple 3D Buildings)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Any, Mapping

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


def base_and_top(tags: Mapping[str, Any]) -> tuple[float, float]:
    """The metres above ground where a building begins and ends; the top at least 0.5 m above the base."""
    base = _first(tags.get("min_height"), _times(tags.get("min_level"), LEVEL)) or 0.0
    levels = _times(tags.get("levels"), LEVEL)
    if levels:
        levels += _times(tags.get("roof_levels"), ROOF_LEVEL) or 0.0
    top = _first(tags.get("height"), levels)
    if top is None or top <= 0:
        top = base + BY_KIND.get(str(tags.get("building")), OTHERWISE)
    return base, max(top, base + _LOWEST)


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
