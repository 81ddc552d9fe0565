"""Legend and index of a sheet: lines that flow through the columns of a box beside the map or below it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from qgis.PyQt.QtCore import QRectF

from ...text.sentence import say
from ...text.translation import told_in
from ..fonts.scripts import Faces, han_region, is_straight
from ..rendering.entries import IndexEntry, Key
from .decorations import Lettering, Piece, Text
from .ink import Ink
from .swatches import swatch
from .texts import shown

if TYPE_CHECKING:
    from ..rendering.picture import Picture

# In heights of the text: a line, the least width of a column and the gap between two, a swatch and the gap behind it.
_LINE, _COLUMN, _GUTTER = 1.36, 16.0, 1.4
_SWATCH, _SWATCH_HIGH, _SWATCH_GAP = 3.2, 1.0, 0.7
_SMALLER = 0.95


@dataclass(frozen=True)
class _Heading:
    text: str


_Item = Union[_Heading, Key, IndexEntry]


@dataclass(frozen=True)
class Layout:
    """How a panel is set: the height of its text, its columns and lines, what stands in it."""

    size: float
    columns: int
    lines: int
    items: tuple[_Item, ...]
    left_out: int = 0


def panel(picture: Picture, ink: Ink) -> list[Piece]:
    """The pieces of legend and index; nothing where the sheet has no room for them, or nothing is in them."""
    box = picture.page.sheet.panel
    if box is None or not (picture.keys or picture.index):
        return []
    return _set(picture, ink, arranged(picture, ink), QRectF(*box))


def arranged(picture: Picture, ink: Ink) -> Layout:
    """The largest text at which all has room; at the style's least, the names of least weight are left out."""
    width, height = (picture.page.sheet.panel or (0.0,) * 4)[2:]
    size, entries = ink.size, list(picture.index)
    while True:
        columns = max(1, int((width + _GUTTER * size) / ((_COLUMN + _GUTTER) * size)))
        lines = max(1, int(height / (_LINE * size)))
        items = _items(picture, entries)
        needed = len(_placed(items, columns, lines))
        if needed == len(items):
            # As even as they can be.
            while lines > 2 and len(_placed(items, columns, lines - 1)) == len(items):
                lines -= 1
            return Layout(size, columns, lines, tuple(items), len(picture.index) - len(entries))
        if size > ink.least * 1.001:
            size = max(size * _SMALLER, ink.least)
        elif entries:
            lost = max(len(items) - needed, 1)
            dropped = {id(entry) for entry in sorted(entries, key=lambda entry: entry.weight)[:lost]}
            entries = [entry for entry in entries if id(entry) not in dropped]
        else:
            kept = tuple(item for item, _, _ in _placed(items, columns, lines))
            return Layout(size, columns, lines, kept, len(picture.index) + len(items) - len(kept))


def _items(picture: Picture, entries: list[IndexEntry]) -> list[_Item]:
    items: list[_Item] = []
    if picture.keys:
        items += [_Heading(told_in(say("Legend"), picture.language)), *picture.keys]
    for group in dict.fromkeys(entry.group for entry in entries):
        items.append(_Heading(told_in(group, picture.language)))
        items += [entry for entry in entries if entry.group == group]
    return items


def _placed(items: list[_Item] | tuple[_Item, ...], columns: int, lines: int) -> list[tuple[_Item, int, int]]:
    """Column and line of each item as far as there is room: a line is free above a heading, none ends a column."""
    result = []
    column = line = 0
    for item in items:
        is_heading = isinstance(item, _Heading)
        if is_heading and line:
            line += 1
        if line + is_heading >= lines and line:
            column, line = column + 1, 0
        if column >= columns:
            break
        result.append((item, column, line))
        line += 1
    return result


def _set(picture: Picture, ink: Ink, layout: Layout, box: QRectF) -> list[Piece]:
    size = layout.size
    step = (box.width() + _GUTTER * size) / layout.columns
    width = step - _GUTTER * size
    names = "".join(sorted({letter for entry in picture.index for letter in entry.name} | {
        letter for key in picture.keys for letter in key.label}))  # fmt: skip
    others = () if names.isascii() else Faces().chain(ink.family, names, lambda: han_region([names], "")) or ()
    plain = Lettering(ink.family, figures=not is_straight(names), others=others)
    strong = Lettering(ink.family, bold=True, others=others)
    pieces: list[Piece] = []
    for item, column, line in _placed(layout.items, layout.columns, layout.lines):
        x, base = box.left() + column * step, box.top() + (line * _LINE + 1.0) * size
        if isinstance(item, _Heading):
            name = "legend" if picture.keys and item is layout.items[0] else "index"
            pieces.append(Text(name, item.text, strong, size * 1.08, x, base, ink.frame))
        elif isinstance(item, Key):
            high = _SWATCH_HIGH * size
            middle = base - plain.cap * size / 2
            pieces += swatch(item, QRectF(x, middle - high / 2, _SWATCH * size, high), picture.background)
            start = x + (_SWATCH + _SWATCH_GAP) * size
            label = _cut(shown(ink.family, item.label), plain, (x + width - start) / size)
            pieces.append(Text("legend", label, plain, size, start, base, ink.text))
        else:
            cells = " ".join(item.cells)
            room = width / size - plain.width(cells) - 1.2
            name = _cut(shown(ink.family, item.name), plain, room)
            pieces.append(Text("index", name, plain, size, x, base, ink.text))
            pieces.append(Text("index", cells, plain, size, x + width, base, ink.text, 1.0))
    return [piece for piece in pieces if not isinstance(piece, Text) or piece.text]


def _cut(text: str, lettering: Lettering, room: float) -> str:
    """A text with an ellipsis where it has no room."""
    if lettering.width(text) <= room or not text:
        return text
    return lettering.chopped(text, max(room, 1.0), 1)[0]
