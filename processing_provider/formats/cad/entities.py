"""The entities of a drawing as the text of a DXF, of AutoCAD 2000 and later.

Facts: Autodesk, DXF Reference 2010 (LWPOLYLINE, HATCH, INSERT, ATTRIB, SEQEND, "Extended Data"). These are nearly all
of a drawing, so they are written as they are read, and not kept as objects.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from .strings import APPLICATION

_VERTEX = "10\n%.3f\n20\n%.3f\n"
# The formats of so many vertices are kept.
_KEPT = [_VERTEX * count for count in range(64)]
# Group code 92: a polyline (2) that is external (1), or outermost of those inside (16).
_OUTLINE, _HOLE = 3, 18


@dataclass(frozen=True)
class Attribute:
    """An attribute of a block as its ATTRIBs have it: how far right of the block's place, how high, how aligned."""

    tag: str
    dx: float
    height: float
    invisible: bool
    halign: int


class Entities:
    """Entities on the modelspace whose handle is `owner`, numbered from `handle` on; extended data come with each.

    A `look` is the layer of an entity and what it has other than the layer, as group codes.
    """

    def __init__(self, handle: int, owner: str, style: str) -> None:
        self.handle = handle
        self._owner = owner
        self._style = style

    def polyline(self, vertices: str, count: int, closed: bool, look: str, known: str) -> str:
        """A LWPOLYLINE."""
        self.handle += 1
        return (
            f"0\nLWPOLYLINE\n5\n{self.handle:X}\n330\n{self._owner}\n100\nAcDbEntity\n{look}100\nAcDbPolyline\n"
            f"90\n{count}\n70\n{int(closed)}\n{vertices}{known}"
        )

    def hatch(self, rings: Sequence[tuple[str, int]], look: str, known: str) -> str:
        """A solid HATCH of rings, each its vertices and their number: the outline first, then holes."""
        self.handle += 1
        paths = "".join(
            f"92\n{_HOLE if number else _OUTLINE}\n72\n0\n73\n1\n93\n{count}\n{vertices}97\n0\n"
            for number, (vertices, count) in enumerate(rings)
        )
        return (
            f"0\nHATCH\n5\n{self.handle:X}\n330\n{self._owner}\n100\nAcDbEntity\n{look}100\nAcDbHatch\n10\n0.0\n20\n0.0\n"
            f"30\n0.0\n210\n0.0\n220\n0.0\n230\n1.0\n2\nSOLID\n70\n1\n71\n0\n91\n{len(rings)}\n{paths}75\n0\n76\n1\n98\n0\n"
            f"{known}"
        )

    def insert(
        self, block: str, x: float, y: float, scale: float, attributes: Iterable[tuple[Attribute, str]], look: str,
        known: str,
    ) -> str:  # fmt: skip
        """An INSERT of a block with its attributes, each with the text that it has here."""
        self.handle += 1
        insert = f"{self.handle:X}"
        pieces = [
            f"0\nINSERT\n5\n{insert}\n330\n{self._owner}\n100\nAcDbEntity\n{look}100\nAcDbBlockReference\n66\n1\n"
            f"2\n{block}\n10\n{x:.3f}\n20\n{y:.3f}\n30\n0.0\n41\n{scale:.3f}\n42\n{scale:.3f}\n43\n{scale:.3f}\n{known}"
        ]
        for one, text in attributes:
            self.handle += 1
            at = f"{x + one.dx:.3f}"
            aligned = f"72\n{one.halign}\n" if one.halign else ""
            pieces.append(
                f"0\nATTRIB\n5\n{self.handle:X}\n330\n{insert}\n100\nAcDbEntity\n{look}100\nAcDbText\n"
                f"10\n{at}\n20\n{y:.3f}\n30\n0.0\n40\n{one.height}\n1\n{text}\n7\n{self._style}\n{aligned}"
                f"11\n{at}\n21\n{y:.3f}\n31\n0.0\n100\nAcDbAttribute\n2\n{one.tag}\n70\n{int(one.invisible)}\n74\n2\n"
            )
        self.handle += 1
        pieces.append(f"0\nSEQEND\n5\n{self.handle:X}\n330\n{insert}\n100\nAcDbEntity\n{look}")
        return "".join(pieces)


def vertices(numbers: Sequence[float]) -> str:
    """Points as group codes: x, y, x, y, ... in metres."""
    count = len(numbers) // 2
    pattern = _KEPT[count] if count < len(_KEPT) else _VERTEX * count
    return pattern % tuple(numbers)


def extended(strings: Iterable[str]) -> str:
    """Strings as extended data; nothing where there are none."""
    listed = "".join(f"1000\n{text}\n" for text in strings)
    return f"1001\n{APPLICATION}\n{listed}" if listed else ""
