"""A drawing as the records of an Enhanced Metafile, in whole micrometres of the page."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Callable, Hashable

import numpy as np

from ....drawing.model import Color, Drawing, Font, Group, Image, Item, Layer, Path, Stroke, Text
from ..letters import advances
from ..upright import box as box_of
from ..upright import rgb
from . import records as emf

# Units to the millimetre.
SCALE = 1000
# Windows has room for 10,000 objects in a program; so many at most are kept at a time.
_MOST_OBJECTS = 1000
_FARTHEST = 2**27


class Document:
    """Writes layers as named groups of named groups; pens, brushes and fonts are made as they come to be used."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._out: list[bytes] = []
        self._made: dict[Hashable, int] = {}
        self._handles = 1
        self._state: dict[str, object] = {}

    def written(self, told: str, check: Callable[[], None]) -> bytes:
        """The whole file; `check` is called now and then, `told` is what stands in its header."""
        drawing = self._drawing
        size = drawing.width, drawing.height
        units, pixels = (tuple(max(1, round(side * by)) for side in size) for by in (SCALE, emf.PIXELS))
        self._out = emf.setup((units[0], units[1]), (pixels[0], pixels[1]))
        for layer in drawing.layers:
            check()
            self._layer(layer)
        self._forget()
        self._out.append(emf.end())
        body = b"".join(self._out)
        head = emf.header(len(body), len(self._out) + 1, self._handles + 1, size, told)
        return head + body

    def _layer(self, layer: Layer) -> None:
        drawing = self._drawing
        self._out.append(emf.begin_group(layer.title))
        clips = layer.clipped and drawing.frame != (0.0, 0.0, drawing.width, drawing.height)
        if clips:
            self._out.append(emf.record(emf.SAVEDC))
            frame = (round(side * SCALE) for side in drawing.frame)
            self._out.append(emf.record(emf.INTERSECTCLIPRECT, emf.i32(*frame)))
        for group in layer.groups:
            self._group(group)
        if clips:
            self._out.append(emf.record(emf.RESTOREDC, emf.i32(-1)))
            self._state = {}
        self._out.append(emf.end_group())

    def _group(self, group: Group) -> None:
        self._out.append(emf.begin_group(group.name))
        for item in group.items:
            self._item(item)
        self._out.append(emf.end_group())

    def _item(self, item: Item) -> None:
        """An object: one record, or a group with its name."""
        start = len(self._out)
        if isinstance(item, Path):
            self._path(item)
        elif isinstance(item, Text):
            self._text(item)
        elif isinstance(item, Image):
            edges = (round(side * SCALE) for side in box_of(item))
            self._out.append(emf.picture(rgb(item), *edges))
        else:
            raise TypeError("stamps come as paths (see drawing.clean.stamps)")
        several = isinstance(item, Text) and len(item.lines) > 1
        name = item.name or (item.string if isinstance(item, Text) and several else "")
        if name:
            self._out.insert(start, emf.begin_group(name))
            self._out.append(emf.end_group())

    def _path(self, path: Path) -> None:
        stroke = path.stroke
        if stroke is not None and stroke.join == "miter":
            self._set("miter", stroke.miter, emf.SETMITERLIMIT, emf.u32(max(1, round(stroke.miter))))
        self._select("pen", emf.NULL_PEN if stroke is None else self._object(stroke))
        self._select("brush", emf.NULL_BRUSH if path.fill is None else self._object(path.fill))
        units = np.rint(path.points * SCALE).clip(-_FARTHEST, _FARTHEST).astype("<i4")
        edges = np.rint(np.array(path.box) * SCALE).clip(-_FARTHEST, _FARTHEST).astype("<i4").tobytes()
        self._out += emf.shape(units, path.kinds, edges, path.closed, path.fill is not None, stroke is not None)

    def _text(self, text: Text) -> None:
        self._select("font", self._object((text.font, round(text.rotation, 1))))
        self._set("color", text.color, emf.SETTEXTCOLOR, emf.u32(emf.colorref(text.color)))
        cos, sin = math.cos(math.radians(text.rotation)), math.sin(math.radians(text.rotation))
        for line in text.lines:
            steps, shift = advances(line, text.font, text.anchor)
            # Rounded where each letter ends, so that nothing adds up.
            ends = np.rint(np.cumsum(steps) * SCALE).clip(-_FARTHEST, _FARTHEST).astype(int)
            widths = np.diff(ends, prepend=0).clip(0).tolist()
            x, y = round((line.x + cos * shift) * SCALE), round((line.y - sin * shift) * SCALE)
            self._out.append(emf.text(line.text, x, y, widths))

    def _set(self, key: str, value: object, kind: int, data: bytes) -> None:
        """Say what changes, and only that."""
        if self._state.get(key) != value:
            self._state[key] = value
            self._out.append(emf.record(kind, data))

    def _select(self, key: str, handle: int) -> None:
        self._set(key, handle, emf.SELECT, emf.u32(handle))

    def _object(self, wanted: Stroke | Color | tuple[Font, float]) -> int:
        """The handle of a pen, a brush or a turned font."""
        if wanted not in self._made:
            if len(self._made) >= _MOST_OBJECTS:
                self._forget()
            number = self._made[wanted] = len(self._made) + 1
            self._handles = max(self._handles, number)
            if isinstance(wanted, Stroke):
                self._out.append(emf.pen(number, wanted, SCALE))
            elif isinstance(wanted, Color):
                self._out.append(emf.brush(number, wanted))
            else:
                self._out.append(emf.font(number, *wanted, SCALE))
        return self._made[wanted]

    def _forget(self) -> None:
        """Delete all objects, after others than these are selected."""
        for key, handle in (("pen", emf.NULL_PEN), ("brush", emf.NULL_BRUSH), ("font", emf.SYSTEM_FONT)):
            self._select(key, handle)
        self._out += [emf.record(emf.DELETE, emf.u32(number)) for number in self._made.values()]
        self._made = {}
