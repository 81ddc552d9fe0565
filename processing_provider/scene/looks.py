"""The colours of walls and roofs as they are tagged: a colour itself, else that of the material.

https://wiki.openstreetmap.org/wiki/Simple_3D_Buildings: a part that has none of its own has those of its building.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Dict, List, Mapping, NamedTuple, Sequence

import numpy as np

from ..osm.tables.colours import colour
from ..text.sentence import say
from .model import Integers, Material

WALLS, ROOFS = range(2)
# Columns of a table, of walls and of roofs: colour, material.
_COLUMNS = (("colour", "material"), ("roof_colour", "roof_material"))
# Colours of materials as they look from afar, by the values that taginfo counts most of.
_MATERIALS = {
    "acrylic_glass": "#CFE3E6", "adobe": "#C49A6C", "aluminium": "#C3C8CC", "asbestos": "#9C9E9A",
    "asphalt": "#4E4F51", "asphalt_shingle": "#5B5A58", "bamboo": "#CDB380", "bitumen": "#3E3F41",
    "brick": "#A6553F", "cement_block": "#A3A19C", "clay": "#B5754F", "concrete": "#A9A8A3",
    "copper": "#6FA892", "eternit": "#8F9496", "glass": "#A8C6CF", "granite": "#8E8A86", "grass": "#6F9A4D",
    "gravel": "#A49E94", "limestone": "#D8CFB4", "loam": "#C49A6C", "marble": "#E4E1DA", "masonry": "#B3A08C",
    "metal": "#A2A8AC", "metal_plates": "#A2A8AC", "metal_sheet": "#A2A8AC", "plants": "#6F9A4D", "plaster": "#E6DECE",
    "plastic": "#D3D5D6", "rendered": "#E6DECE", "roof_tiles": "#B0593F", "sandstone": "#CDB28A", "slate": "#5A636B",
    "solar_panels": "#26385C", "steel": "#A2A8AC", "stone": "#A39A8B", "stucco": "#E6DECE", "tar_paper": "#444444",
    "thatch": "#A8946A", "tile": "#B0593F", "tiles": "#B0593F", "timber_framing": "#D9CDB8", "tin": "#B4B8BA",
    "vinyl": "#E3E2DC", "wood": "#9B7653", "zinc": "#8C949A",
}  # fmt: skip


class Looks(NamedTuple):
    """Numbers of materials by polygon, of walls and of roofs, the materials, and how many tagged colours are none."""

    walls: Integers
    covers: Integers
    materials: tuple[Material, ...]
    unread: int


def looks(
    tags: Sequence[Mapping[str, Any]], features: Integers, buildings: Integers, plain: tuple[Material, Material]
) -> Looks:
    """How polygons look, of these features, in buildings that are these; `plain` walls and roofs have no tags."""
    known = _Known()
    own = np.array([known.of(some) for some in tags], "i8").reshape(-1, 2)
    found = np.where(own[features] >= 0, own[features], own[buildings])
    materials = list(plain)
    numbers = []
    for side, which in enumerate(found.T):
        used, place = np.unique(which, return_inverse=True)
        of = []
        for number in used.tolist():
            of.append(side if number < 0 else len(materials))
            if number >= 0:
                color = known.colors[number]
                name = say("Walls {0}", color) if side == WALLS else say("Roofs {0}", color)
                materials.append(Material(name, color))
        numbers.append(np.array(of, "i8")[np.ravel(place)])
    return Looks(numbers[WALLS], numbers[ROOFS], tuple(materials), known.unread)


class _Known:
    """Colours by their numbers; each pair of tags is looked at once."""

    def __init__(self) -> None:
        self.colors: List[str] = []
        self.unread = 0
        self._read: Dict[tuple[str, str], tuple[int, bool]] = {}

    def of(self, tags: Mapping[str, Any]) -> tuple[int, int]:
        """The numbers of the colours of walls and of roof, -1 where there is none."""
        walls, roofs = (self._number(str(tags.get(a) or ""), str(tags.get(b) or "")) for a, b in _COLUMNS)
        return walls, roofs

    def _number(self, color: str, material: str) -> int:
        if not color and not material:
            return -1
        found = self._read.get((color, material))
        if found is None:
            said = color_of(color)
            color_or_material = said or _MATERIALS.get(_first(material).lower())
            number = -1
            if color_or_material:
                if color_or_material not in self.colors:
                    self.colors.append(color_or_material)
                number = self.colors.index(color_or_material)
            found = self._read[color, material] = number, bool(color) and said is None
        self.unread += found[1]
        return found[0]


def color_of(text: str) -> str | None:
    """The first colour of a tag as #RRGGBB; None where it is none."""
    word = _first(text).replace("_", "").replace("-", "")
    # The hash is often left out.
    return colour(word) or (colour(f"#{word}") if len(word) in (3, 6) else None)


def _first(text: str) -> str:
    return text.split(";")[0].strip()
