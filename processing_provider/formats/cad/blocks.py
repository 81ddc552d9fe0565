"""The blocks that stand for points: symbols in the drawing's units, with attributes for what is known of them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Iterable

from osgeo import ogr

from .layers import Heights

# The block of each table of points; POINT for those that are not named.
_BLOCKS = {"trees": "TREE", "pois": "POI", "places": "PLACE", "housenumbers": "ADDRESS", "power_points": "TOWER"}
# The attributes of each block: tag, column, whether it is seen.
_ATTRIBUTES = {
    "TREE": (("SPECIES", "leaf_type", False), ("DIAMETER", "diameter_crown", False)),
    "POI": (("NAME", "name", True), ("KIND", "kind", False), ("CLASS", "class", False)),
    "PLACE": (("NAME", "name", True), ("KIND", "kind", False)),
    "ADDRESS": (("HOUSENUMBER", "housenumber", True), ("STREET", "street", False)),
    "TOWER": (("KIND", "kind", False),),
    "POINT": (("NAME", "name", True), ("KIND", "kind", False)),
}  # fmt: skip
_INVISIBLE = 1
# The crown of a tree that nothing is known of, and the widest that is believed, in metres.
_CROWN, _WIDEST = 5.0, 30.0
_LEFT_MIDDLE = (0, 2)
_CENTRE_MIDDLE = (1, 2)


def block_of(table: str) -> str:
    """The block that stands for a table's points."""
    return _BLOCKS.get(table, "POINT")


def tags(block: str, columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The attributes of a block that a table with these columns can fill, as (tag, column)."""
    there = {name for name, _ in columns}
    return [(tag, column) for tag, column, _ in _ATTRIBUTES[block] if column in there]


def tree_scale(feature: ogr.Feature) -> float:
    """How much larger than its block a tree is, by the diameter of its crown."""
    index = feature.GetFieldIndex("diameter_crown")
    crown = feature.GetFieldAsDouble(index) if index >= 0 else 0.0
    return min(crown, _WIDEST) / _CROWN if crown > 0 else 1.0


def define(document: Any, size: Heights, style: str) -> None:
    """Add the blocks to a document; entities on layer 0 take colour and layer of the insert."""
    for name, attributes in _ATTRIBUTES.items():
        block = document.blocks.new(name)
        unit = size.poi
        if name == "TREE":
            block.add_circle((0, 0), _CROWN / 2)
            block.add_line((-0.4, 0), (0.4, 0))
            block.add_line((0, -0.4), (0, 0.4))
        elif name == "TOWER":
            block.add_lwpolyline([(-1, -1), (1, -1), (1, 1), (-1, 1)], close=True)
            block.add_line((-1, -1), (1, 1))
            block.add_line((-1, 1), (1, -1))
        elif name in ("POI", "POINT"):
            block.add_circle((0, 0), unit / 4)
            block.add_point((0, 0))
        else:
            block.add_point((0, 0))
        beside = name in ("POI", "POINT")
        height = {"PLACE": size.place, "ADDRESS": size.house}.get(name, size.poi)
        halign, valign = _LEFT_MIDDLE if beside else _CENTRE_MIDDLE
        spot = (unit * 0.5, 0) if beside else (0, 0)
        for tag, _, seen in attributes:
            block.add_attdef(
                tag, spot, height=height,
                dxfattribs={"style": style, "flags": 0 if seen else _INVISIBLE, "halign": halign, "valign": valign,
                            "align_point": spot, "prompt": tag.title()},
            )  # fmt: skip
