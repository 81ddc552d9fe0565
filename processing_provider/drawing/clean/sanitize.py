"""A drawing that every format can hold: readable names, nothing where no page reaches, no object of nothing."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ...feedback import Feedback
from ...text.phrases import readable
from ...text.sentence import say
from ..model import Drawing, Image, Item, Layer, Line, Path, Stamp, Stroke, Symbol, Text
from .tidy import cut

# What lies farther from the page (mm) is left out: CorelDRAW counts to 214 m, PostScript in single precision.
_REACH = 50_000.0
# Lines are no wider (mm), letters no larger (points) than this.
_WIDEST, _LARGEST = 10_000.0, 10_000.0
# Dashes that a step of 0.1 micrometres cannot hold are none.
_SHORTEST = 1e-4
_MOST_LETTERS = 10_000


def sound(drawing: Drawing, feedback: Feedback) -> Drawing:
    """The drawing with what can be drawn of it; a warning names the layers that lose objects."""
    reach = (-_REACH, -_REACH, drawing.width + _REACH, drawing.height + _REACH)
    layers = []
    symbols: dict[int, Symbol] = {}
    known = _Known()
    for layer in drawing.layers:
        groups, lost = [], 0
        for group in layer.groups:
            items: list[Item] = []
            for item in group.items:
                made = _stamped(item, reach, symbols, known) if isinstance(item, Stamp) else _sound(item, reach, known)
                items += made
                lost += not made
            groups.append(replace(group, name=readable(group.name)[:_MOST_LETTERS], items=items))
        name = " ".join(readable(layer.name).split())[:_MOST_LETTERS] or "Layer"
        if lost:
            feedback.warning(
                "not_drawn",
                say(
                    "Objects of the layer {0} that have no size, or lie where no page reaches, cannot be drawn: {1}.",
                    name,
                    lost,
                ),
            )
        layers.append(Layer(name, groups, layer.clipped, layer.parent))
    return replace(drawing, layers=layers, notice=readable(drawing.notice))


def _stamped(
    stamp: Stamp, reach: tuple[float, float, float, float], symbols: dict[int, Symbol], known: _Known
) -> list[Item]:
    """A stamp of a sound symbol, each of which is made once."""
    which = id(stamp.symbol)
    if which not in symbols:
        paths = [made for path in stamp.symbol.paths for made in _sound(path, reach, known) if isinstance(made, Path)]
        symbols[which] = Symbol(tuple(paths))
    symbol = symbols[which]
    if not symbol.paths or not (reach[0] <= stamp.x <= reach[2] and reach[1] <= stamp.y <= reach[3]):
        return []
    return [Stamp(symbol, stamp.x, stamp.y, known.name(stamp.name), known.name(stamp.key), stamp.thing)]


def _sound(item: Path | Text | Image, reach: tuple[float, float, float, float], known: _Known) -> list[Item]:
    name, key = known.name(item.name), known.name(item.key)
    if name != item.name or key != item.key:
        item = replace(item, name=name, key=key)
    if isinstance(item, Path):
        # What is no number or infinite is a side of the box.
        if len(item.points) < 2 or not all(map(math.isfinite, item.box)):
            return []
        stroke = known.stroke(item.stroke)
        if item.fill is None and stroke is None:
            return []
        kept = item if stroke is item.stroke else replace(item, stroke=stroke)
        left, top, right, bottom = item.box
        if left >= reach[0] and top >= reach[1] and right <= reach[2] and bottom <= reach[3]:
            return [kept]
        return list(cut(kept, reach))
    if isinstance(item, Text):
        lines = [_line(line) for line in item.lines if _is_reached(line, reach)]
        if not lines or not 0 < item.font.size < math.inf:
            return []
        size = min(item.font.size, _LARGEST)
        font = replace(item.font, family=readable(item.font.family), size=size)
        return [replace(item, lines=lines, font=font, full=known.name(item.full))]
    return [item] if np.isfinite(item.matrix).all() else []


class _Known:
    """Names and strokes that were made sound: many objects share them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {"": ""}
        # By identity, with the stroke itself, so that no other comes to lie in its place.
        self._strokes: dict[int, tuple[Stroke, Stroke | None]] = {}

    def name(self, text: str) -> str:
        """A name of readable letters, not too many."""
        if text not in self._names:
            self._names[text] = readable(text)[:_MOST_LETTERS]
        return self._names[text]

    def stroke(self, stroke: Stroke | None) -> Stroke | None:
        """A stroke that can be drawn: the same where it can; None where it cannot."""
        if stroke is None:
            return None
        if id(stroke) not in self._strokes:
            made = _stroke(stroke)
            self._strokes[id(stroke)] = stroke, stroke if made == stroke else made
        return self._strokes[id(stroke)][1]


def _line(line: Line) -> Line:
    """A line of readable letters; one that is bent to a point is straight."""
    path = line.path
    bent = path is not None and len(path) > 1 and bool(np.isfinite(path).all()) and bool(np.ptp(path, axis=0).any())
    return replace(line, text=readable(line.text)[:_MOST_LETTERS], path=path if bent else None)


def _is_reached(line: Line, reach: tuple[float, float, float, float]) -> bool:
    return reach[0] <= line.x <= reach[2] and reach[1] <= line.y <= reach[3] and bool(line.text)


def _stroke(stroke: Stroke) -> Stroke | None:
    if not stroke.width >= 0:
        return None
    dash = stroke.dash if all(0 <= part < math.inf for part in stroke.dash) else ()
    # Readers give up on dashes of nothing, and some count them in widths of the line.
    longest = max(dash, default=0.0)
    dash = dash if longest > _SHORTEST and 0.001 < longest / max(stroke.width, _SHORTEST) < 10_000 else ()
    return replace(stroke, width=min(stroke.width, _WIDEST), dash=dash)
