"""A drawing as the records of a Windows Metafile, in units of the page as fine as 16 bits can count."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace
from typing import Callable, Hashable

import numpy as np

from ....drawing.clean.split import split
from ....drawing.model import MOVE, Drawing, Font, Group, Image, Item, Layer, Path, Text
from ..chords import straight_items
from ..letters import advances
from ..upright import box as box_of
from ..upright import rgb
from . import records as wmf

_INCH = 25.4
# Units that the longer side of a page has at most, and an inch: finer than a thousandth of a mm is of no use.
_PAGE, _FINEST = 32_000, 25_400
_MOST_POINTS = 16_000
# Objects that are kept at a time; the first three are what draws nothing.
_MOST_OBJECTS = 250
_NO_PEN, _NO_BRUSH, _PLAIN, _KEPT = 0, 1, 2, 3


def charset(text: str) -> int | None:
    """The first character set that has all letters of a text; None where there is none."""
    for number, page in wmf.CHARSETS.items():
        try:
            data = text.encode(page)
        except UnicodeEncodeError:
            continue
        # Some control characters are no letters of any page.
        return number if len(data) == len(text) and text.isprintable() else None
    return None


class Document:
    """Writes layers one after the other; pens, brushes and fonts are made as they come to be used."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        longest = max(drawing.width, drawing.height)
        self.per_inch = max(1, min(_FINEST, math.floor(_PAGE * _INCH / longest)))
        self._scale = self.per_inch / _INCH
        self._out: list[bytes] = []
        self._made: dict[Hashable, int] = {}
        self._most = _KEPT
        self._state: dict[str, object] = {}

    def written(self, told: str, check: Callable[[], None]) -> bytes:
        """The whole file; `check` is called now and then, `told` is what it is about."""
        width, height = (max(1, round(side * self._scale)) for side in (self._drawing.width, self._drawing.height))
        plain = wmf.font(Font("Arial", 10), 0.0, 0, self._scale)
        self._out = [wmf.comment(wmf.ABOUT, told), *wmf.setup(width, height), wmf.no_pen(), wmf.no_brush(), plain]
        for layer in self._drawing.layers:
            check()
            self._layer(layer)
        self._forget()
        self._out.append(wmf.record(wmf.EOF))
        body = b"".join(self._out)
        return wmf.header(body, self._out, self._most, (width, height), self.per_inch) + body

    def _layer(self, layer: Layer) -> None:
        drawing = self._drawing
        self._out.append(wmf.comment(wmf.LAYER, layer.title))
        clips = layer.clipped and drawing.frame != (0.0, 0.0, drawing.width, drawing.height)
        if clips:
            left, top, right, bottom = (round(side * self._scale) for side in drawing.frame)
            self._out += [wmf.record(wmf.SAVEDC), wmf.record(wmf.INTERSECTCLIPRECT, wmf.i16(bottom, right, top, left))]
        for group in layer.groups:
            self._group(group)
        if clips:
            self._out.append(wmf.record(wmf.RESTOREDC, wmf.i16(-1)))
            self._state = {}
        self._out.append(wmf.comment(wmf.END))

    def _group(self, group: Group) -> None:
        self._out.append(wmf.comment(wmf.GROUP, group.name))
        for item in group.items:
            self._item(item)
        self._out.append(wmf.comment(wmf.END))

    def _item(self, item: Item) -> None:
        """An object: between comments that tell its name, so that what became several records is one."""
        self._out.append(wmf.comment(wmf.OBJECT, item.name or (item.string if isinstance(item, Text) else "")))
        for part in straight_items(self._drawing, item):
            if isinstance(part, Path):
                self._path(part)
            elif isinstance(part, Text):
                self._text(part)
            elif isinstance(part, Image):
                self._out.append(wmf.picture(rgb(part), *(round(side * self._scale) for side in box_of(part))))
            else:
                raise TypeError("stamps come as paths (see drawing.clean.stamps)")
        self._out.append(wmf.comment(wmf.END))

    def _path(self, path: Path) -> None:
        """An area with its edge, or an area and lines, of so many points as a record has room for."""
        if path.fill is not None and path.stroke is not None and (not path.closed or len(path.points) > _MOST_POINTS):
            self._path(replace(path, stroke=None))
            path = replace(path, fill=None)
        stroke, fill = path.stroke, path.fill
        self._select("pen", _NO_PEN if stroke is None else self._object(stroke, wmf.pen, stroke, self._scale))
        self._select("brush", _NO_BRUSH if fill is None else self._object(fill, wmf.brush, fill))
        for part in split(path, _MOST_POINTS):
            units = np.rint(part.points * self._scale).clip(wmf.LEAST, wmf.MOST).astype("<i2")
            counts = np.diff(np.append(np.flatnonzero(part.kinds == MOVE), len(part.kinds)))
            self._out += [wmf.area(units, counts.tolist())] if fill is not None else wmf.lines(units, counts)

    def _text(self, text: Text) -> None:
        cos, sin = math.cos(math.radians(text.rotation)), math.sin(math.radians(text.rotation))
        self._set("color", text.color, wmf.SETTEXTCOLOR, wmf.colorref(text.color))
        for line in text.lines:
            number = charset(line.text) or 0
            key = text.font, round(text.rotation, 1), number
            self._select("font", self._object(key, wmf.font, *key, self._scale))
            steps, shift = advances(line, text.font, text.anchor)
            # Rounded where each letter ends, so that nothing adds up.
            ends = np.rint(np.cumsum(steps) * self._scale).clip(-1e6, 1e6).astype(int)
            widths = np.diff(ends, prepend=0).clip(0).tolist()
            x, y = round((line.x + cos * shift) * self._scale), round((line.y - sin * shift) * self._scale)
            self._out.append(wmf.text(line.text.encode(wmf.CHARSETS[number], "replace"), x, y, widths))

    def _set(self, key: str, value: object, kind: int, data: bytes) -> None:
        """Say what changes, and only that."""
        if self._state.get(key) != value:
            self._state[key] = value
            self._out.append(wmf.record(kind, data))

    def _select(self, key: str, handle: int) -> None:
        self._set(key, handle, wmf.SELECT, wmf.u16(handle))

    def _object(self, key: Hashable, make: Callable[..., bytes], *values: object) -> int:
        """The place of a pen, a brush or a turned font in the table, whose lowest free one the next takes."""
        if key not in self._made:
            if len(self._made) >= _MOST_OBJECTS:
                self._forget()
            self._made[key] = _KEPT + len(self._made)
            self._most = max(self._most, _KEPT + len(self._made))
            self._out.append(make(*values))
        return self._made[key]

    def _forget(self) -> None:
        """Delete all objects, after others than these are selected."""
        for key, handle in (("pen", _NO_PEN), ("brush", _NO_BRUSH), ("font", _PLAIN)):
            self._select(key, handle)
        self._out += [wmf.record(wmf.DELETE, wmf.u16(number)) for number in self._made.values()]
        self._made = {}
