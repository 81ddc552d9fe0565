"""The groups of a drawing as a CorelDRAW 12 document has them: curves, texts, pictures, what is one thing together."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Callable, List, Union

import numpy as np

from ....drawing.clean.split import split
from ....drawing.model import Group, Image, Item, Layer, Path, Text
from ....drawing.things import is_lettered, things
from ....text.phrases import readable
from ..upright import box as corners
from ..upright import rgb
from .curves import Curves
from .line_texts import MM, Words, halos_of, straight
from .looks import Looks
from .records import UNITS
from .riff import utf16
from .styles import TextStyle

if TYPE_CHECKING:
    import numpy.typing as npt

Box = tuple[int, int, int, int]  # left, top, right, bottom in units, y upwards
# Readers count the points of a curve in 16 bits.
MOST_POINTS = 65_535
# How far letters reach over and under their baseline, in sizes of the font.
_ASCENT, _DESCENT = 0.75, 0.22


@dataclass
class Lettering:
    """A text: where its baseline begins in units, its turn in degrees, counterclockwise, and what it looks like."""

    number: int
    text: str
    place: tuple[int, int]
    rotation: float
    box: Box
    style: TextStyle
    outline: int
    name: bytes = b""


@dataclass
class Placed:
    """A picture: the number and size in pixels of what it shows, and where that lies, as a matrix of units."""

    number: int
    image: int
    width: int
    height: int
    matrix: tuple[float, ...]
    box: Box
    name: bytes = b""


@dataclass
class Bundle:
    """A group and what is in it, the bottom one first; a number is the place of a curve among `curves`."""

    number: int
    name: bytes
    curves: Curves
    members: list[Member]
    box: Box


Member = Union[int, Lettering, Placed, Bundle]


class Blocks:
    """Makes groups of those of a drawing; `looks` numbers what they look like, `check` is called now and then."""

    def __init__(self, looks: Looks, width: float, height: float, check: Callable[[], None]) -> None:
        self._looks = looks
        self._middle = width / 2, height / 2
        self._check = check
        self._objects = 1
        # Numbers and names of all objects that have one; the pictures' pixels, each once, and how fine they lie.
        self.named: list[tuple[int, bytes]] = []
        self.pictures: dict[bytes, tuple[int, npt.NDArray[np.uint8], tuple[float, float]]] = {}

    def of(self, layer: Layer) -> list[Bundle]:
        """The groups of a layer that hold anything."""
        self._check()
        has_letters = is_lettered(layer)
        return [block for block in (self._group(group, layer, has_letters) for group in layer.groups) if block.members]

    def _group(self, group: Group, layer: Layer, is_lettered: bool) -> Bundle:
        """A group; `is_lettered`: outlines of letters are among its paths."""
        paths, names, things_of = _paths(group)
        curves = Curves(paths, np.array(self._middle))
        curves.first = self._objects + 1
        self._objects += len(paths)
        self._dress(curves, paths, is_lettered)
        members: list[Member] = []
        for name, places in zip(names, things_of):
            if isinstance(places, int):
                members.append(places)
                if name:
                    self._called(places, name, curves)
                continue
            if len(places) == 1:
                made: Member = self._object(places[0])
            elif places:
                made = self._bundle(name, curves, [self._object(place) for place in places])
                name = ""
            else:
                continue
            members.append(self._called(made, name, curves) if name else made)
        return self._bundle(group.name or layer.name, curves, members)

    def _dress(self, curves: Curves, paths: list[Path], is_lettered: bool) -> None:
        """Give curves their looks: many paths share one, which is the same object where it was recorded."""
        known: dict[tuple[int, int], tuple[int, int, int]] = {}
        rows = []
        for path in paths:
            key = id(path.fill), id(path.stroke)
            row = known.get(key)
            if row is None:
                half = round(path.stroke.width / 2 * UNITS) if path.stroke else 0
                if is_lettered and path.fill is not None:
                    self._looks.lettered(path.fill)
                row = known[key] = half, self._looks.fill(path.fill), self._looks.outline(path.stroke)
            rows.append(row)
        if rows:
            curves.halves, curves.fills, curves.outlines = np.array(rows).T

    def _next(self) -> int:
        self._objects += 1
        return self._objects

    def _bundle(self, name: str, curves: Curves, members: list[Member]) -> Bundle:
        places = [member for member in members if isinstance(member, int)]
        boxes = np.array([member.box for member in members if not isinstance(member, int)], np.int32).reshape(-1, 4)
        made = Bundle(self._next(), _name(name), curves, members, union(np.concatenate((curves.boxes[places], boxes))))
        if members:
            self._note(made.number, made.name)
        return made

    def _called(self, member: Member, name: str, curves: Curves) -> Member:
        """An object by its name."""
        called = _name(name)
        if called and isinstance(member, int):
            curves.names[member] = called
            self._note(curves.first + member, called)
        elif called and not isinstance(member, int):
            member.name = called
            self._note(member.number, called)
        return member

    def _note(self, number: int, name: bytes) -> None:
        if name:
            self.named.append((number, name))

    def _object(self, item: int | Words | Image) -> Member:
        if isinstance(item, int):
            return item
        return self._picture(item) if isinstance(item, Image) else self._lettering(item)

    def _units(self, x: float, y: float) -> tuple[int, int]:
        across, down = self._middle
        return round((float(x) - across) * UNITS), round((down - float(y)) * UNITS)

    def _lettering(self, words: Words) -> Lettering:
        """A text, with the box of its letters."""
        style, outline = self._looks.style(words.font, words.color), self._looks.outline(words.stroke)
        size, angle = words.font.size * MM, math.radians(-words.rotation)
        cos, sin = math.cos(angle), math.sin(angle)
        reach = (-_DESCENT * size, _ASCENT * size)
        ends = [
            self._units(words.x + cos * right + sin * up, words.y + sin * right - cos * up)
            for right in (0.0, words.width) for up in reach
        ]  # fmt: skip
        xs, ys = zip(*ends)
        box = min(xs), max(ys), max(xs), min(ys)
        return Lettering(
            self._next(), words.text, self._units(words.x, words.y), words.rotation, box, style, outline
        )  # fmt: skip

    def _picture(self, item: Image) -> Placed:
        """A picture's place: its matrix takes pixels, counted from the lower left, to units."""
        a, b, c, d, e, f = item.matrix
        if item.png not in self.pictures:
            found = rgb(item)
            height, width = found.shape[:2]
            fine = width / (math.hypot(a, b) or 1), height / (math.hypot(c, d) or 1)
            self.pictures[item.png] = self._looks.number(), found, fine
        number, found, _ = self.pictures[item.png]
        height, width = found.shape[:2]
        x, y = self._units(e + c, f + d)
        matrix = (a * UNITS / width, -c * UNITS / height, float(x), -b * UNITS / width, d * UNITS / height, float(y))
        left, top, right, bottom = corners(item)
        box = (*self._units(left, top), *self._units(right, bottom))
        return Placed(self._next(), number, width, height, matrix, box)


Places = Union[int, List[Union[int, Words, Image]]]


def _paths(group: Group) -> tuple[list[Path], list[str], list[Places]]:
    """The paths of a group, none too long; names of its things, and each thing: a path by its place, texts by lines."""
    # Of most groups each object is a thing by itself.
    paths = [item for item in group.items if isinstance(item, Path) and not item.thing]
    if len(paths) == len(group.items) and all(len(path.points) <= MOST_POINTS for path in paths):
        return paths, [path.name for path in paths], list(range(len(paths)))
    paths = []
    names: list[str] = []
    found: list[Places] = []
    for name, items in things(group):
        names.append(name)
        only = items[0]
        if len(items) == 1 and isinstance(only, Path) and len(only.points) <= MOST_POINTS:
            found.append(len(paths))
            paths.append(only)
            continue
        places: list[int | Words | Image] = []
        for item in items:
            pieces = list(split(item, MOST_POINTS)) if isinstance(item, Path) else []
            places += [*range(len(paths), len(paths) + len(pieces)), *_others(item)]
            paths += pieces
        found.append(places)
    return paths, names, found


def _others(item: Item) -> list[Words | Image]:
    """A picture, or the lines of a text above what shines round them."""
    if isinstance(item, Image):
        return [item]
    return [*halos_of(item), *(straight(item, line) for line in item.lines)] if isinstance(item, Text) else []


@lru_cache(maxsize=10_000)
def _name(text: str) -> bytes:
    """A name as it stands in the file, empty where there is none."""
    text = " ".join(readable(text).split())
    return utf16(text) if text else b""


def union(boxes: npt.NDArray[np.int32]) -> Box:
    """The box round all boxes (n, 4)."""
    if not len(boxes):
        return 0, 0, 0, 0
    left, bottom = boxes[:, 0].min(), boxes[:, 3].min()
    top, right = boxes[:, 1].max(), boxes[:, 2].max()
    return int(left), int(top), int(right), int(bottom)
