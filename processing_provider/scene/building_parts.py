"""The buildings of a table of footprints: what each is, its parts, how high they are and what roofs they have."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping

import numpy as np

from .building_height import measures
from .footprints import Footprints
from .model import Building, Integers, Part
from .raising_parts import Shaped, shaped
from .roofs.shapes import SHAPES, shape_of
from .standing import standing

_PART = "part"
_WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_STEP = 22.5


@dataclass(frozen=True, eq=False)
class BuildingParts:
    """The polygons that are raised, how, and whose they are: `buildings` the feature and `hosts` the outline (by
    polygon) of each. `sources` are where heights come from, by feature; `doubtful` counts features of which one was
    left aside as impossible.
    """

    footprints: Footprints
    how: Shaped
    buildings: Integers
    hosts: Integers
    sources: tuple[str, ...]
    doubtful: int


def building_parts(made: Footprints) -> BuildingParts:
    """What stands of all footprints, outlines and parts."""
    kinds = np.array([tags.get("kind") == _PART for tags in made.tags], bool)
    known = [measures(tags) for tags in made.tags]
    tops, is_known = np.array([one.top for one in known]), np.array([one.is_known for one in known], bool)
    stands = standing(made, kinds[made.features], tops[made.features], is_known[made.features])
    chosen = made.chosen(stands.polygons)
    of = chosen.features
    base, top, roof = (np.array([getattr(one, name) for one in known])[of] for name in ("base", "top", "roof"))
    words = [shape_of(tags.get("roof_shape")) for tags in made.tags]
    shape = np.array([SHAPES.index(word) if word in SHAPES else -1 for word in words], "i8")[of]
    direction = np.array([_degrees(tags.get("roof_direction")) for tags in made.tags])[of]
    is_across = np.array([tags.get("roof_orientation") == "across" for tags in made.tags], bool)[of]
    is_open = np.array([one.is_open for one in known], bool)[of]
    how = shaped(chosen, shape, direction, is_across, base, top, roof, is_open)
    sources, doubtful = tuple(one.source for one in known), sum(one.is_doubtful for one in known)
    return BuildingParts(chosen, how, stands.buildings, stands.hosts, sources, doubtful)


def _degrees(value: object) -> float:
    """Where a slope looks to, clockwise from north; NaN where nobody says so."""
    word = str(value or "").strip().upper().rstrip("°")
    if word in _WINDS:
        return _WINDS.index(word) * _STEP
    try:
        number = float(word)
    except ValueError:
        return math.nan
    return number % 360 if math.isfinite(number) else math.nan


def with_parts(made: BuildingParts, polygons: Integers) -> tuple[tuple[Building, ...], tuple[Part, ...], Integers]:
    """The buildings and parts that these polygons are, and the number of the part by polygon (-1: none)."""
    numbers = np.full(made.footprints.count, -1)
    numbers[polygons] = np.arange(len(polygons))
    features = made.buildings[polygons]
    present, building = np.unique(features, return_inverse=True)
    own: List[List[int]] = [[] for _ in present]
    tags, how = made.footprints.tags, made.how
    base, eave, top, direction = (each.tolist() for each in (how.base, how.eave, how.top, how.direction))
    parts = []
    for number, (polygon, of) in enumerate(zip(polygons.tolist(), np.ravel(building).tolist())):
        feature = int(made.footprints.features[polygon])
        known = tags[feature]
        own[of].append(number)
        part = Part(
            _id(known), of, made.footprints.rings(polygon), base[polygon], eave[polygon], top[polygon],
            how.name(polygon), _count(known, "levels"), _count(known, "roof_levels"), 0, 1, direction[polygon],
            made.sources[feature],
        )  # fmt: skip
        parts.append(part)
    buildings = tuple(_building(tags[of], tuple(own[at])) for at, of in enumerate(present.tolist()))
    return buildings, tuple(parts), numbers


def with_looks(parts: tuple[Part, ...], walls: Integers, covers: Integers) -> tuple[Part, ...]:
    """The same with the numbers of their materials."""
    pairs = zip(parts, walls.tolist(), covers.tolist())
    return tuple(replace(part, wall=wall, cover=cover) if wall or cover > 1 else part for part, wall, cover in pairs)


def _id(tags: Mapping[str, Any]) -> str:
    """The object of OpenStreetMap, `way/12`; empty of other layers."""
    return f"{tags['osm_type']}/{tags['osm_id']}" if tags.get("osm_type") else ""


def _count(tags: Mapping[str, Any], name: str) -> float:
    value = tags.get(name)
    return float(value) if isinstance(value, (int, float)) and value > 0 else 0.0


def _building(tags: Dict[str, Any], parts: tuple[int, ...]) -> Building:
    known = {key: value for key, value in tags.items() if value not in (None, "")}
    return Building(_id(tags), str(tags.get("building") or ""), str(tags.get("name") or ""), parts, known)
