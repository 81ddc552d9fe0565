"""What diagrams (draw.io, Visio) make of an object: its parts, the straight pieces of a name, what is known of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Sequence, Tuple, Union

from ...drawing.clean.outlining import as_outlines
from ...drawing.model import Group, Image, Item, Path, Stamp, Text
from ...drawing.straight import pieces
from ...text.phrases import one_line
from .reduced import straightened

_NAME = 200
_POINT_MM = 25.4 / 72
Part = Union[Path, Text, Image]
# Words, where their baseline begins, their width (mm) and turn in degrees, counterclockwise.
Piece = Tuple[str, float, float, float, float]


def known_of(name: str, group: Group, items: Sequence[Item]) -> dict[str, str]:
    """What is known of an object: its name, its class, its number in OpenStreetMap."""
    keys = [item.key for item in items if item.key]
    found = {"name": name, "class": group.name, "osm": keys[0] if len(items) == 1 and keys else ""}
    return {key: one_line(value, _NAME) for key, value in found.items() if value.strip()}


def parts_of(item: Item) -> list[Part]:
    """What an object is made of; what shines round a name is an outline below it."""
    if isinstance(item, Stamp):
        return list(item.paths)
    if not isinstance(item, Text):
        return [item]
    text = straightened(item)
    below = [part for part in as_outlines(text)[:1] if isinstance(part, Path)] if text.halo is not None else []
    return [*below, text]


def pieces_of(text: Text) -> list[Piece]:
    """The straight pieces of a name; of one of blanks alone there is one, too."""
    size = text.font.size * _POINT_MM
    found = [piece for line in text.lines for piece in pieces(line, text.rotation, size)]
    line = text.lines[0]
    return found or [(line.text, line.x, line.y, line.width, text.rotation)]
