"""A drawing as the elements of a WebCGM: layers, objects with names, polygons, lines and texts in micrometres."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Callable

import numpy as np
from qgis.PyQt.QtGui import QFontMetricsF

from ....drawing.clean.split import split
from ....drawing.model import CAPS, JOINS, MOVE, Drawing, Font, Group, Image, Item, Layer, Path, Text
from ....drawing.shaping import EM, qt_font
from ....drawing.things import things
from ..chords import chords, near
from ..upright import box as box_of
from ..upright import rgb
from . import records as cgm
from .descriptor import SCALE, Dash, metafile, picture

if TYPE_CHECKING:
    import numpy.typing as npt

_MM = 25.4 / 72
_MOST_POINTS = 16_000
_FARTHEST = 2**27
_SOLID, _EMPTY = 1, 4


@lru_cache(maxsize=100)
def capitals(family: str, bold: bool, italic: bool) -> float:
    """How high a font's capitals are, in sizes of it."""
    return float(QFontMetricsF(qt_font(Font(family, 1.0, bold, italic))).capHeight()) / EM


class Document:
    """Writes layers as application structures; what lines, areas and texts look like is said where it changes."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._height = round(drawing.height * SCALE)
        self._out: list[bytes] = []
        self._state: dict[cgm.Kind, bytes] = {}
        # Structures that have begun, and elements that were drawn.
        self._numbers = self._drawn = 0
        self._fonts = {font: at for at, font in enumerate(drawing.fonts, 1)}
        strokes = [item.stroke for item in drawing.items if isinstance(item, Path) and item.stroke and item.stroke.dash]
        self._dashes: dict[Dash, int] = {dash: -at for at, dash in enumerate(dict.fromkeys(s.dash for s in strokes), 1)}

    def written(self, title: str, told: list[str], check: Callable[[], None]) -> bytes:
        """The whole file; `check` is called now and then, `told` are the keywords of its description."""
        drawing = self._drawing
        names = [" ".join((family, *(("Bold",) if bold else ()), *(("Italic",) if italic else ())))
                 for family, bold, italic in self._fonts]  # fmt: skip
        self._out = metafile(title, told, names or ["Helvetica"])
        self._out += picture(title, round(drawing.width * SCALE), self._height, drawing.background, self._dashes)
        for layer in drawing.layers:
            check()
            self._layer(layer)
        self._out += [cgm.element(cgm.END_PICTURE), cgm.element(cgm.END_METAFILE)]
        return b"".join(self._out)

    def _begin(self, kind: str, name: str = "", called: str = "name") -> None:
        """Begin an application structure; whoever shows it alone finds all that it needs inside."""
        self._numbers += 1
        data = cgm.string(f"{kind}-{self._numbers}") + cgm.string(kind) + cgm.i16(0)
        self._out.append(cgm.element(cgm.BEGIN_APS, data))
        if name:
            self._out.append(cgm.attribute(called, name))
        self._out.append(cgm.element(cgm.BEGIN_APS_BODY))
        self._state = {}

    def _end(self) -> None:
        self._out.append(cgm.element(cgm.END_APS))
        self._state = {}

    def _layer(self, layer: Layer) -> None:
        drawing = self._drawing
        self._begin(cgm.LAYER, layer.title, "layername")
        left, top, right, bottom = drawing.frame if layer.clipped else (0.0, 0.0, drawing.width, drawing.height)
        corners = (round(side * SCALE) for side in (left, drawing.height - bottom, right, drawing.height - top))
        self._out.append(cgm.element(cgm.CLIP_RECTANGLE, cgm.vdc(*corners)))
        for group in layer.groups:
            self._group(group)
        self._end()

    def _group(self, group: Group) -> None:
        self._begin(cgm.OBJECT, group.name)
        for name, items in things(group):
            if len(items) > 1:
                self._begin(cgm.OBJECT, name)
            for item in items:
                self._item(item)
            if len(items) > 1:
                self._end()
        self._end()

    def _item(self, item: Item) -> None:
        """An object under its name; what it needs several elements for, or none, is held together."""
        name = item.name or (item.string if isinstance(item, Text) else "")
        if name:
            self._begin(cgm.OBJECT, name)
        start, drawn = len(self._out), self._drawn
        if isinstance(item, Path):
            for part in near(self._drawing, chords(item)):
                self._path(part)
        elif isinstance(item, Text):
            self._text(item)
        elif isinstance(item, Image):
            left, top, right, bottom = box_of(item)
            corners = (self._point(left, top), self._point(right, bottom), self._point(right, top))
            self._draw(cgm.CELL_ARRAY, cgm.cells(rgb(item), b"".join(corners)))
        else:
            raise TypeError("stamps come as paths (see drawing.clean.stamps)")
        if self._drawn - drawn != 1:
            made = self._out[start:]
            del self._out[start:]
            self._begin(cgm.NODE)
            self._out += made
            self._end()
        if name:
            self._end()

    def _path(self, path: Path) -> None:
        """An area with its edge, or an area and lines, of so many points as a program takes."""
        stroke, fill = path.stroke, path.fill
        if fill is not None and stroke is not None and (not path.closed or len(path.points) > _MOST_POINTS):
            self._path(replace(path, stroke=None))
            path, fill = replace(path, fill=None), None
        if stroke is not None:
            self._pen(path, fill is not None)
        if fill is not None:
            self._set(cgm.INTERIOR, cgm.i16(_SOLID))
            self._set(cgm.FILL_COLOUR, cgm.rgb(fill))
            self._set(cgm.EDGE_VISIBILITY, cgm.i16(stroke is not None))
        for part in split(path, _MOST_POINTS):
            units = self._units(part)
            counts = np.diff(np.append(np.flatnonzero(part.kinds == MOVE), len(part.kinds)))
            if fill is None:
                lines = np.split(units, np.cumsum(counts)[:-1])
                for line in lines:
                    self._draw(cgm.POLYLINE, cgm.points(line))
            else:
                self._area(units, counts)

    def _area(self, units: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]) -> None:
        """Rings without their last points, which close them as they are."""
        ends = np.cumsum(counts) - 1
        repeats = ends[(counts > 3) & (units[ends] == units[ends - counts + 1]).all(axis=1)]
        counts = counts - np.isin(ends, repeats)
        units = np.delete(units, repeats, axis=0)
        if len(counts) == 1:
            self._draw(cgm.POLYGON, cgm.points(units))
        else:
            self._draw(cgm.POLYGON_SET, cgm.rings(units, counts))

    def _pen(self, path: Path, is_edge: bool) -> None:
        stroke = path.stroke
        if stroke is None:
            return
        kind, width, colour, cap, join = (
            (cgm.EDGE_TYPE, cgm.EDGE_WIDTH, cgm.EDGE_COLOUR, cgm.EDGE_CAP, cgm.EDGE_JOIN) if is_edge
            else (cgm.LINE_TYPE, cgm.LINE_WIDTH, cgm.LINE_COLOUR, cgm.LINE_CAP, cgm.LINE_JOIN)
        )  # fmt: skip
        self._set(kind, cgm.i16(self._dashes[stroke.dash] if stroke.dash else 1))
        self._set(width, cgm.vdc(max(1, round(min(stroke.width * SCALE, _FARTHEST)))))
        self._set(colour, cgm.rgb(stroke.color))
        # Dashes end as lines do.
        self._set(cap, cgm.i16(2 + CAPS.index(stroke.cap), 3))
        self._set(join, cgm.i16(2 + JOINS.index(stroke.join)))
        if stroke.join == "miter":
            self._set(cgm.MITRE_LIMIT, cgm.real(max(1.0, stroke.miter)))

    def _text(self, text: Text) -> None:
        font = text.font
        height = max(1, round(capitals(font.family, font.bold, font.italic) * font.size * _MM * SCALE))
        self._set(cgm.FONT, cgm.i16(self._fonts[font.family, font.bold, font.italic]))
        self._set(cgm.HEIGHT, cgm.vdc(height))
        self._set(cgm.TEXT_COLOUR, cgm.rgb(text.color))
        for line in text.lines:
            middle = self._point(line.x + line.width / 2, line.y - height / SCALE)
            self._draw(cgm.TEXT, middle + cgm.i16(1) + cgm.string(line.text))

    def _units(self, path: Path) -> npt.NDArray[np.int32]:
        """Points in units, y going up."""
        units: npt.NDArray[np.int32] = np.rint(path.points * SCALE).clip(-_FARTHEST, _FARTHEST).astype(np.int32)
        units[:, 1] = self._height - units[:, 1]
        return units

    def _point(self, x: float, y: float) -> bytes:
        at, down = (round(min(max(value * SCALE, -_FARTHEST), _FARTHEST)) for value in (x, y))
        return cgm.vdc(at, self._height - down)

    def _draw(self, kind: cgm.Kind, data: bytes) -> None:
        self._drawn += 1
        self._out.append(cgm.element(kind, data))

    def _set(self, kind: cgm.Kind, data: bytes) -> None:
        """Say what changes, and only that."""
        if self._state.get(kind) != data:
            self._state[kind] = data
            self._out.append(cgm.element(kind, data))
