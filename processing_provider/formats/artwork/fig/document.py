"""A drawing as the objects of a Fig file, whole steps of the page's size times ten (Fig format 3.2).

A line's width is whole eightieths of an inch, so that the file is ten times as large, and its magnification 10 %.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Callable, Iterable, Iterator

import numpy as np

from ....drawing.model import CAPS, JOINS, Box, Color, Drawing, Group, Item, Layer, Path, Points, Stroke, Text
from ....drawing.shapes import without_curves
from ....drawing.things import things
from ....text.phrases import one_line
from ..rings import one_ring

if TYPE_CHECKING:
    import numpy.typing as npt

# Times the page's size; steps to the millimetre, also of a line's width.
_LARGER = 10
_STEPS, _WIDTHS = 1200 * _LARGER / 25.4, 80 * _LARGER / 25.4
_FARTHEST = 2**24
# How far (mm) lines may lie from the curves that they stand for.
_FINE = 0.01
# Colours of the file's own: so many, from 32 on.
MOST_COLORS, _FIRST = 512, 32
# The upper ones first; the page lies below them all.
_DEPTHS = 998
_PAGE = 999
_ROW = 8
_SERIFS, _EVEN = ("Noto Serif", "EB Garamond", "Times New Roman"), ("JetBrains Mono", "Courier New")
# Numbers of PostScript fonts, plain.
_TIMES, _COURIER, _HELVETICA = 0, 12, 16
_MOST_TOLD = 500
_HEAD = """#FIG 3.2  Produced by osm2cdr
Portrait
Center
Inches
A4
{larger:.2f}
Single
-2
{told}1200 2
"""


class Document:
    """Writes layers as compounds of compounds, each class at a depth of its own. The drawing has no pictures."""

    def __init__(self, drawing: Drawing, layers: list[Layer]) -> None:
        self._drawing, self._layers = drawing, layers
        self._colors, self.merged = _palette([drawing.background, *_colors(layers)])
        self.uneven: set[tuple[float, ...]] = set()
        self._depth = _DEPTHS

    def written(self, title: str, notice: str, check: Callable[[], None]) -> Iterator[str]:
        """The whole file; `check` is called now and then."""
        told = "".join(f"{_comment(text)}\n" for text in (title, notice) if text)
        yield _HEAD.format(larger=100 / _LARGER, told=told)
        for color, number in self._colors.items():
            if number >= _FIRST and color not in self.merged:
                yield f"0 {number} {color.lower()}\n"
        width, height = _steps(np.array([(self._drawing.width, self._drawing.height)]))[0].tolist()
        corners = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
        yield f"# Page\n2 2 {self._area(self._drawing.background, _PAGE)} 0 0 -1 0 0 5\n{_points(np.array(corners))}"
        count = sum(len(layer.groups) for layer in self._layers)
        number = 0
        for layer in self._layers:
            check()
            groups: list[str] = []
            for group in layer.groups:
                self._depth = _DEPTHS - number * _DEPTHS // max(count, _DEPTHS)
                number += 1
                groups += self._compound(group.name, group.items, self._group(group))
            yield from self._compound(layer.title, layer.items, groups)

    def _compound(self, name: str, items: Iterable[Item], objects: Iterable[str]) -> Iterator[str]:
        left, top, right, bottom = _union(items)
        yield f"{_comment(name)}\n6 {left} {top} {right} {bottom}\n"
        yield from objects
        yield "-6\n"

    def _group(self, group: Group) -> Iterator[str]:
        for name, members in things(group):
            objects = [piece for item in members for piece in self._objects(item)]
            if len(objects) == 1:
                yield f"{_comment(name)}\n{objects[0]}" if name else objects[0]
            else:
                yield from self._compound(name, members, objects)

    def _objects(self, item: Item) -> Iterator[str]:
        """What becomes of an object: several where it has several lines, or holes and an edge."""
        if isinstance(item, Text):
            yield from self._lines(item)
        elif isinstance(item, Path):
            yield from self._shapes(item)
        else:
            raise TypeError("stamps come as paths, pictures are left out (see reduced)")

    def _shapes(self, path: Path) -> Iterator[str]:
        depth, path = self._depth, without_curves(path, _FINE)
        if path.fill is not None:
            ring = _steps(one_ring(path))
            look = self._area(path.fill, depth)
            edged = path.stroke is not None and path.closed and path.parts == 1
            if edged and path.stroke is not None:
                look = self._line(path.stroke, depth, f"{self._colors[path.fill.hex]} {depth} -1 20")
            join = JOINS.index(path.stroke.join) if edged and path.stroke else 0
            # What covers nothing is no polygon to programs.
            kind = 3 if len(ring) > 5 or len(np.unique(ring, axis=0)) > 2 else 1
            yield f"2 {kind} {look} {join} 0 -1 0 0 {len(ring)}\n{_points(ring)}"
            if edged:
                return
        if path.stroke is not None:
            look = self._line(path.stroke, depth, f"7 {depth} -1 -1")
            ends = f"{JOINS.index(path.stroke.join)} {CAPS.index(path.stroke.cap)} -1 0 0"
            for points, _, closed in path.subpaths():
                line = _steps(points)
                yield f"2 {3 if closed else 1} {look} {ends} {len(line)}\n{_points(line)}"

    def _area(self, fill: Color, depth: int) -> str:
        """Line style, thickness, pen, fill, depth, pen style, area fill and dash of an area without a line."""
        color = self._colors[fill.hex]
        return f"0 0 {color} {color} {depth} -1 20 0.000"

    def _line(self, stroke: Stroke, depth: int, fill: str) -> str:
        """The same of a line; `fill` is what stands between pen and dash."""
        style, length = 0, 0.0
        if stroke.dash:
            drawn, gaps = stroke.dash[::2], stroke.dash[1::2] or stroke.dash
            dotted = max(drawn) < stroke.width / 2
            style, length = (2, sum(gaps) / len(gaps)) if dotted else (1, sum(stroke.dash) / len(stroke.dash))
            if not dotted and max(stroke.dash) - min(stroke.dash) > 0.1 * length:
                self.uneven.add(stroke.dash)
        # Programs that print a Fig file draw all but the thinnest lines by a step thinner.
        thickness = min(round(stroke.width * _WIDTHS) + 1, _FARTHEST)
        return f"{style} {thickness} {self._colors[stroke.color.hex]} {fill} {length * _WIDTHS:.3f}"

    def _lines(self, text: Text) -> Iterator[str]:
        """A text for each line, held where the name is anchored."""
        font = text.font
        number = _TIMES if font.family in _SERIFS else _COURIER if font.family in _EVEN else _HELVETICA
        number += 2 * font.bold + font.italic
        kind = round(text.anchor * 2)
        angle = math.radians(text.rotation)
        look = f"{self._colors[text.color.hex]} {self._depth} -1 {number} {font.size * _LARGER:.2f} {angle:.4f} 4"
        height = round(font.size * _LARGER * 1200 / 72)
        for line in text.lines:
            held = line.width * kind / 2
            place = np.array([(line.x + math.cos(angle) * held, line.y - math.sin(angle) * held)])
            x, y = _steps(place)[0].tolist()
            yield f"4 {kind} {look} {height} {round(line.width * _STEPS)} {x} {y} {_string(line.text)}\n"


def _colors(layers: Iterable[Layer]) -> Iterator[Color]:
    for layer in layers:
        for item in layer.items:
            if isinstance(item, Text):
                yield item.color
            elif isinstance(item, Path):
                yield from (item.fill,) if item.fill else ()
                yield from (item.stroke.color,) if item.stroke else ()


def _palette(colors: Iterable[Color]) -> tuple[dict[str, int], set[str]]:
    """The number of each colour, and those that share one with the most like it because there are too many."""
    counted = Counter(color.hex for color in colors)
    kept = [color for color, _ in counted.most_common(MOST_COLORS)]
    numbers = {color: _FIRST + place for place, color in enumerate(kept)}
    values = np.array([_rgb(color) for color in kept])
    merged = set(counted) - set(kept)
    for color in merged:
        nearest = int(((values - _rgb(color)) ** 2).sum(axis=1).argmin())
        numbers[color] = _FIRST + nearest
    return numbers, merged


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[start : start + 2], 16) for start in (1, 3, 5))


def _steps(points: Points) -> npt.NDArray[np.int_]:
    return np.asarray(np.rint((points * _STEPS).clip(-_FARTHEST, _FARTHEST)), dtype=np.int_)


def _points(steps: npt.NDArray[np.int_]) -> str:
    """Rows of points, each row behind a tab."""
    flat = steps.ravel().tolist()
    rows = (flat[start : start + 2 * _ROW] for start in range(0, len(flat), 2 * _ROW))
    return "".join("\t " + " ".join(map(str, row)) + "\n" for row in rows)


def _union(items: Iterable[Item]) -> list[int]:
    """The box round objects, in steps; of a text about."""
    boxes = [_box(item) for item in items]
    if not boxes:
        return [0, 0, 0, 0]
    array = np.array(boxes)
    corners = _steps(np.array([array[:, :2].min(axis=0), array[:, 2:].max(axis=0)]))
    return list(corners.ravel().tolist())


def _box(item: Item) -> Box:
    if isinstance(item, Text):
        first = item.lines[0]
        wide = max(line.width for line in item.lines)
        return first.x, first.y - item.font.size * 25.4 / 72, first.x + wide, item.lines[-1].y
    return item.box if isinstance(item, Path) else (0.0, 0.0, 0.0, 0.0)


def called(text: str) -> str:
    """A name as a comment has it; programs put it into comments of XML, which know no two hyphens."""
    return one_line(text, _MOST_TOLD).replace("--", "- -").replace("--", "- -")


def _comment(text: str) -> str:
    return f"# {called(text)}"


def spells(text: str) -> bool:
    """Whether Fig's fonts have the letters: Latin-1."""
    return all(" " <= letter <= "~" or ("\xa0" <= letter <= "\xff" and letter != "\xad") for letter in text)


def _string(text: str) -> str:
    """A text, and its end; programs pass over blanks before it."""
    inner = text.lstrip(" ")
    codes = "".join(
        "\\\\" if code == 0x5C else chr(code) if code < 0x7F else f"\\{code:03o}" for code in inner.encode("latin-1")
    )
    return "\\040" * (len(text) - len(inner)) + codes + "\\001"
