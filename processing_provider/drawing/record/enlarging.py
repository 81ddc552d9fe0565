"""A drawing as a whole made larger, its letters and lines too: for a map that is looked at from afar."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

from ..model import Drawing, Group, Image, Item, Layer, Line, Path, Stroke, Symbol, Text


def enlarged(drawing: Drawing, factor: float) -> Drawing:
    """The drawing `factor` times as large in every way; itself where that is 1.

    What objects share (lines' looks, symbols) they share in it too. Its place in the world is the same.
    """
    if factor == 1:
        return drawing
    larger = _Larger(factor)
    layers = [
        Layer(layer.name, [Group(group.name, [larger.item(item) for item in group.items], group.token)
                           for group in layer.groups], layer.clipped, layer.parent)
        for layer in drawing.layers
    ]  # fmt: skip
    left, top, right, bottom = (value * factor for value in drawing.frame)
    width, height = drawing.width * factor, drawing.height * factor
    return replace(drawing, width=width, height=height, frame=(left, top, right, bottom), layers=layers)


class _Larger:
    """Makes objects larger; what two of them share is made once."""

    def __init__(self, factor: float) -> None:
        self._factor = factor
        self._strokes: dict[int, tuple[Stroke, Stroke]] = {}
        self._symbols: dict[Symbol, Symbol] = {}

    def item(self, item: Item) -> Item:
        factor = self._factor
        if isinstance(item, Path):
            return self._path(item)
        if isinstance(item, Text):
            font = replace(item.font, size=item.font.size * factor, spacing=item.font.spacing * factor)
            halo = item.halo and replace(item.halo, width=item.halo.width * factor)
            return replace(item, lines=[self._line(line) for line in item.lines], font=font, halo=halo)
        if isinstance(item, Image):
            a, b, c, d, e, f = (value * factor for value in item.matrix)
            return replace(item, matrix=(a, b, c, d, e, f))
        return replace(item, symbol=self._symbol(item.symbol), x=item.x * factor, y=item.y * factor)

    def _path(self, path: Path) -> Path:
        stroke = self._stroke(path.stroke) if path.stroke else None
        return replace(path, points=path.points * self._factor, stroke=stroke)

    def _line(self, line: Line) -> Line:
        factor, path = self._factor, line.path
        return Line(line.text, line.x * factor, line.y * factor, line.width * factor,
                    None if path is None else path * factor)  # fmt: skip

    def _stroke(self, stroke: Stroke) -> Stroke:
        known = self._strokes.get(id(stroke))
        if known is None:
            dash = tuple(part * self._factor for part in stroke.dash)
            # The old one stays, so that nothing else gets its place in memory.
            known = self._strokes[id(stroke)] = replace(stroke, width=stroke.width * self._factor, dash=dash), stroke
        return known[0]

    def _symbol(self, symbol: Symbol) -> Symbol:
        if symbol not in self._symbols:
            self._symbols[symbol] = Symbol(tuple(self._path(path) for path in symbol.paths))
        return self._symbols[symbol]
