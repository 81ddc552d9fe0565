"""A drawing's layers by the operators of Illustrator's own format, in points from the page's lower left corner.

Facts: Adobe Illustrator File Format Specification (1998), for layers of version 8 what public readers take.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Iterable, Iterator

import numpy as np

from ....drawing.model import (
    CAPS,
    CURVE,
    JOINS,
    MOVE,
    Color,
    Drawing,
    Group,
    Item,
    Kinds,
    Layer,
    Line,
    Path,
    Points,
    Stroke,
    Text,
)
from ....drawing.shaping import along
from ....drawing.straight import rise_and_fall
from ....drawing.things import things
from ....text.phrases import one_line
from ...inks import Formula, Inks, Press
from ..marking import UNIT
from .prolog import PAGE, Fonts

# Farther from its middle no page of Illustrator reaches.
_FARTHEST = 16_000
# Colours by which Illustrator tells layers apart.
_TELLING = ((79, 128, 255), (255, 79, 79), (79, 255, 79), (79, 79, 255), (255, 255, 79), (255, 79, 255), (79, 255, 255))
_MOST_NOTED = 200
# Of a string; a longer one goes on in the next.
_MOST_LETTERS = 200
_POINT, _ON_PATH = 0, 2
_CYRILLIC = "cp1251"


def string(text: str, page: str = PAGE) -> str:
    """A PostScript string in a code page; ? for what it lacks."""
    codes = text.encode(page, "replace")
    return (
        "("
        + "".join(
            "\\" + chr(code) if chr(code) in "()\\" else chr(code) if 32 <= code < 127 else f"\\{code:03o}"
            for code in codes
        )
        + ")"
    )


def paged(text: str) -> tuple[str, str]:
    """A line as the file can have it, and the code page that it is in: the one that lacks the fewest of its letters."""
    line = one_line(text, _MOST_NOTED)
    held = [(line.encode(page, "replace").decode(page), page) for page in (PAGE, _CYRILLIC)]
    return min(held, key=lambda one: sum(was != now for was, now in zip(line, one[0])))


class Document:
    """Builds the layers of an opaque drawing without pictures; its fonts and named colours are collected on the way."""

    def __init__(self, drawing: Drawing, press: Press | Formula | None) -> None:
        self._drawing, self._press = drawing, press
        self._height = drawing.height * UNIT
        self._swatches = {color.hex: one_line(name, _MOST_NOTED) for name, color in reversed(drawing.swatches.items())}
        self._out: list[str] = []
        self._state: dict[str, str] = {}
        self.fonts = Fonts()
        # The colours that the file has names for: name and components.
        self.named: dict[str, tuple[float, ...]] = {}

    def layer(self, layer: Layer, number: int, name: str) -> list[str]:
        """A layer; `name` is a PostScript string. Cut at the map's frame where something reaches beyond."""
        self._out, self._state = [], {}
        red, green, blue = _TELLING[number % len(_TELLING)]
        # Visible, previewed, open, printed; not dimmed, without masks of layers; its colour.
        self._say(f"%AI5_BeginLayer\n1 1 1 1 0 0 0 {number % len(_TELLING)} {red} {green} {blue} 0 50 Lb\n{name} Ln")
        self._say("0 A\n0 O\n0 R\n1 XR")
        cuts = layer.clipped and any(map(self._is_beyond, layer.items))
        if cuts:
            left, top, right, bottom = self._drawing.frame
            corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
            self._say("q")
            self._points(corners, np.array([MOVE, 1, 1, 1, 1], np.uint8))
            self._say("h\nW\nn")
        for group in layer.groups:
            self._group(group)
        self._say("Q" if cuts else "", "LB\n%AI5_EndLayer--")
        return self._out

    def _say(self, *lines: str) -> None:
        self._out += [line + "\n" for line in lines if line]

    def _set(self, key: str, operators: str) -> None:
        """Say what changes, and only that."""
        if self._state.get(key) != operators:
            self._state[key] = operators
            self._say(operators)

    def _is_beyond(self, item: Item) -> bool:
        if not isinstance(item, Path):
            return False
        left, top, right, bottom = item.box
        half = item.stroke.width / 2 if item.stroke else 0.0
        x0, y0, x1, y1 = self._drawing.frame
        return half - min(left - x0, top - y0, x1 - right, y1 - bottom) > 1e-3

    def _group(self, group: Group) -> None:
        self._say(_comment(group.name), "u")
        for name, members in things(group):
            parts = [part for item in members for part in _parts(item)]
            if len(parts) == 1:
                self._item(parts[0])
                continue
            self._say(_comment(name), "u")
            for part in parts:
                self._item(part)
            self._say("U")
        self._say("U")

    def _item(self, item: Item) -> None:
        if isinstance(item, Path):
            self._path(item)
        elif isinstance(item, Text):
            self._text(item)
        else:
            raise TypeError("stamps come as paths, pictures are left out (see reduced)")

    def _paint(self, color: Color, inks: Inks | None, lines: bool) -> str:
        """The operators of a colour: by its name where the style has one, else by its components."""
        name = self._swatches.get(color.hex)
        parts = tuple(value / 255 for value in (color.red, color.green, color.blue))
        own: tuple[float, ...] = parts
        if self._press is not None:
            own = tuple(part / 100 for part in self._press.area(color))
            parts = tuple(part / 100 for part in inks or self._press.area(color))
        numbers = " ".join(f"{part:.4g}" for part in parts)
        if name is not None and parts == own:
            self.named[name] = own
            return f"{numbers} {string(name)} 0 {int(len(own) == 3)} {'XX' if lines else 'Xx'}"
        return f"{numbers} {('XA' if lines else 'Xa') if len(parts) == 3 else 'K' if lines else 'k'}"

    def _stroke(self, stroke: Stroke) -> None:
        inks = self._press.line(stroke.color, stroke.width) if self._press else None
        self._set("stroke", self._paint(stroke.color, inks, True))
        self._set("width", f"{stroke.width * UNIT:.3f} w")
        self._set("cap", f"{CAPS.index(stroke.cap)} J")
        self._set("join", f"{JOINS.index(stroke.join)} j")
        if stroke.join == "miter":
            self._set("miter", f"{max(stroke.miter, 1):g} M")
        self._set("dash", f"[{' '.join(f'{part * UNIT:.3f}' for part in stroke.dash)}]0 d")

    def _path(self, path: Path) -> None:
        if path.fill is not None:
            self._set("fill", self._paint(path.fill, None, False))
        if path.stroke is not None:
            self._stroke(path.stroke)
        if path.name:
            self._say(f"%AI3_Note:{string(*paged(path.name))[1:-1]}")
        several = path.parts > 1
        self._say("*u" if several else "")
        letter = "b" if path.fill and path.stroke else "f" if path.fill else "s"
        for points, kinds, closed in path.subpaths():
            self._points(points, kinds)
            self._say(letter if closed else letter.upper())
        self._say("*U" if several else "")

    def _points(self, points: Points, kinds: Kinds) -> None:
        """The operators of a subpath: corners, since a map's lines have no smooth points."""
        moved = (points * (UNIT, -UNIT) + (0, self._height)).clip(-_FARTHEST, _FARTHEST)
        if not (kinds == CURVE).any():
            pattern = "%.2f %.2f m\n" + "%.2f %.2f L\n" * (len(points) - 1)
        else:
            pattern, index = "%.2f %.2f m\n", 1
            while index < len(kinds):
                curve = kinds[index] == CURVE
                pattern += "%.2f %.2f %.2f %.2f %.2f %.2f C\n" if curve else "%.2f %.2f L\n"
                index += 3 if curve else 1
        self._out.append(pattern % tuple(moved.ravel().tolist()))

    def _text(self, text: Text) -> None:
        """A text of one line, upright, turned or on its path."""
        line, font = text.lines[0], text.font
        bent = line.path is not None
        name = self.fonts.name(font, line.text)
        align = 0 if bent or len(line.text) > _MOST_LETTERS else round(text.anchor * 2)
        self._say(f"{_ON_PATH if bent else _POINT} To")
        if line.path is not None:
            self._say("1 0 0 1 0 0 0 Tp")
            kinds = np.full(len(line.path), 1, np.uint8)
            kinds[0] = MOVE
            self._points(line.path, kinds)
            self._say("N")
        else:
            held = line.width * align / 2
            self._say(f"{self._place(line.x, line.y, -text.rotation, held)} 0 Tp")
        inks = self._press.text(text.color, font.size) if self._press else None
        rise, fall = rise_and_fall(font)
        self._say("TP\n0 Tr")
        self._set("fill", self._paint(text.color, inks, False))
        self._say(f"/_{name} {font.size:.3f} {rise * font.size:.3f} {-fall * font.size:.3f} Tf\n{align} Ta")
        self._say("100 100 Tz", f"{font.spacing * UNIT / font.size * 1000:.0f} Tt")
        self._say(*(self._along(line, text) if bent else (f"{piece} Tx" for piece in _pieces(line.text))), "TO")

    def _along(self, line: Line, text: Text) -> Iterator[str]:
        """Each letter in its place, for who draws; the whole text, which who edits takes."""
        for letter, placed in zip(line.text, along(line, text.font)):
            yield f"{self._place(placed.x, placed.y, placed.turn)} Tm\n{string(letter)} Tx"
        yield from (f"{piece} TX" for piece in _pieces(line.text))

    def _place(self, x: float, y: float, turn: float, held: float = 0.0) -> str:
        """The matrix of a baseline that begins at (x, y) mm, turned clockwise by degrees, or so far along it."""
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        left, top = ((x + cos * held) * UNIT, self._height - (y + sin * held) * UNIT)
        left, top = (min(max(value, -_FARTHEST), _FARTHEST) for value in (left, top))
        return f"{cos:.6g} {-sin:.6g} {sin:.6g} {cos:.6g} {left:.3f} {top:.3f}"


def _parts(item: Item) -> Iterable[Item]:
    """A text as one for each line."""
    if not isinstance(item, Text) or len(item.lines) < 2:
        return [item]
    return [Text([line], item.font, item.color, None, item.rotation, item.name, item.key, item.anchor)
            for line in item.lines]  # fmt: skip


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _MOST_LETTERS):
        yield string(text[start : start + _MOST_LETTERS])


def _comment(name: str) -> str:
    """What a group is called: the format has no names of groups."""
    return f"% {string(*paged(name))}" if name else ""
