"""The blocks that stand for points: symbols in the drawing's units, with attributes for what is known of them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Iterable

from .entities import Attribute
from .layers import Heights

# The block of each table of points; POINT for those that are not named.
_BLOCKS = {"trees": "TREE", "pois": "POI", "places": "PLACE", "housenumbers": "ADDRESS", "power_points": "TOWER"}
# The attributes of each block: tag, column, whether it is seen.
_ID = ("OSM_ID", "osm_id", False)
_ATTRIBUTES = {
    "TREE": (("SPECIES", "leaf_type", False), ("DIAMETER", "diameter_crown", False), _ID),
    "POI": (("NAME", "name", True), ("KIND", "kind", False), ("CLASS", "class", False), _ID),
    "PLACE": (("NAME", "name", True), ("KIND", "kind", False), _ID),
    "ADDRESS": (("HOUSENUMBER", "housenumber", True), ("STREET", "street", False), _ID),
    "TOWER": (("KIND", "kind", False), _ID),
    "POINT": (("NAME", "name", True), ("KIND", "kind", False), _ID),
}  # fmt: skip
_INVISIBLE = 1
# The crown of a tree that nothing is known of, and the widest that is believed, in metres.
_CROWN, _WIDEST = 5.0, 30.0
_LEFT_MIDDLE = (0, 2)
_CENTRE_MIDDLE = (1, 2)
# Those whose text stands beside them.
_BESIDE = ("POI", "POINT")
# The column of how wide a tree is.
SIZE = "diameter_crown"


def block_of(table: str) -> str:
    """The block that stands for a table's points."""
    return _BLOCKS.get(table, "POINT")


def tags(block: str, columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The attributes of a block that a table with these columns can fill, as (tag, column)."""
    there = {name for name, _ in columns}
    return [(tag, column) for tag, column, _ in _ATTRIBUTES[block] if column in there]


def tree_scale(crown: object) -> float:
    """How much larger than its block a tree is, by the diameter of its crown in metres."""
    known = crown if isinstance(crown, (int, float)) else 0.0
    return min(known, _WIDEST) / _CROWN if known > 0 else 1.0


def attributes(size: Heights) -> dict[str, list[Attribute]]:
    """The attributes of each block, with their place beside that of the block."""
    return {
        name: [
            Attribute(tag, _aside(name, size), _height(name, size), not seen, _alignment(name)[0])
            for tag, _, seen in listed
        ]
        for name, listed in _ATTRIBUTES.items()
    }


def _height(block: str, size: Heights) -> float:
    return {"PLACE": size.place, "ADDRESS": size.house}.get(block, size.poi)


def _aside(block: str, size: Heights) -> float:
    return size.poi * 0.5 if block in _BESIDE else 0.0


def _alignment(block: str) -> tuple[int, int]:
    return _LEFT_MIDDLE if block in _BESIDE else _CENTRE_MIDDLE


def define(document: Any, size: Heights, style: str) -> None:
    """Add the blocks to a document; entities on layer 0 take colour and layer of the insert."""
    for name, listed in _ATTRIBUTES.items():
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
        elif name in _BESIDE:
            block.add_circle((0, 0), unit / 4)
            block.add_point((0, 0))
        else:
            block.add_point((0, 0))
        halign, valign = _alignment(name)
        spot = (_aside(name, size), 0)
        for tag, _, seen in listed:
            block.add_attdef(
                tag, spot, height=_height(name, size),
                dxfattribs={"style": style, "flags": 0 if seen else _INVISIBLE, "halign": halign, "valign": valign,
                            "align_point": spot, "prompt": tag.title()},
            )  # fmt: skip
