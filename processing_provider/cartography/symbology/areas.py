"""Which kinds of areas are filled with which colours; shared by pictures and by layers of a project."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

from ..themes.loading import Theme
from .roads import Case
from .symbols import fill

# Per table: the kinds in the order of drawing (`kind` or `kind:token`), the token of the outline, its width in mm.
AREAS: dict[str, tuple[tuple[str, ...], str, float]] = {
    "sea": (("sea",), "", 0.15),
    "landuse": (
        ("residential:landuse", "industrial", "institution", "farm", "rock", "glacier", "wetland", "parking", "marina"),
        "", 0.08,
    ),
    "green": (("park", "sport:park", "grass", "forest", "scrub", "cemetery", "pitch"), "", 0.08),
    "power_areas": (("substation:industrial", "plant:industrial"), "", 0.08),
    "sand": (("beach:sand", "mud", "reef"), "", 0.08),
    "water": (("lake:water", "pool:water"), "water_line", 0.1),
    "piers": (("pier", "breakwater:pier", "dam:pier", "weir:pier"), "plaza_line", 0.08),
    "plazas": (("plaza", "platform:plaza"), "plaza_line", 0.08),
    "aeroways": (tuple(f"{kind}:aeroway" for kind in ("apron", "taxiway", "runway", "helipad")), "", 0.08),
    "barriers_areas": (
        ("hedge:scrub", *(f"{kind}:barrier" for kind in ("city_wall", "retaining_wall", "wall", "fence"))), "", 0.08,
    ),
    "bridges": (("bridge:bridge_area",), "", 0.08),
}  # fmt: skip
# What covers the land, drawn as one stack.
COVER = AREAS["landuse"][0] + AREAS["green"][0] + AREAS["power_areas"][0] + AREAS["sand"][0]


def token_of(entry: str) -> str:
    """The colour token of an entry of AREAS."""
    return entry.rpartition(":")[2]


def area_cases(theme: Theme, kinds: Iterable[str], outline: str = "", width: float = 0.08) -> list[Case]:
    """A fill, an outline or both for every kind that the theme has a colour for."""
    cases: list[Case] = []
    line, width = theme.color.get(outline), width * theme.width["outline"]
    for entry in kinds:
        kind, color = entry.partition(":")[0], theme.color.get(token_of(entry))
        if color or line:
            cases.append((f"\"kind\"='{kind}'", fill(color, line, width), kind.title()))
    return cases


def building_cases(theme: Theme) -> list[Case]:
    """Houses and landmarks; parts of buildings are for the third dimension."""
    cases: list[Case] = []
    for kind, token in (("building", "building"), ("landmark", "building_major")):
        color, line = theme.color.get(token), theme.color.get(f"{token}_line")
        if color or line:
            symbol = fill(color, line, theme.width["building"])
            cases.append((f"\"kind\"='{kind}'", symbol, kind.title()))
    return cases
