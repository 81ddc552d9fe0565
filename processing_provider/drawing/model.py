"""The drawing: a page in millimetres with named layers, groups by class, paths, texts and pictures.

Every artwork format is a small writer over it. Coordinates are mm from the page's upper left corner, y downwards;
painting order is the order of the lists, the bottom first. Nothing in here knows QGIS or Qt.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterator, Union

import numpy as np

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

# (n, 2), mm. A text: numpy before 1.22 takes no brackets.
Points: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Kinds: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"
# Left, top, right, bottom in mm.
Box = tuple[float, float, float, float]
# What each point of a path is, as in QPainterPath: a curve is a first control point and two more (control, end).
MOVE, LINE, CURVE, CURVE_DATA = 0, 1, 2, 3
RECTANGLE = np.array([MOVE, LINE, LINE, LINE, LINE], np.uint8)
CAPS = ("butt", "round", "square")
JOINS = ("miter", "round", "bevel")


@dataclass(frozen=True)
class Color:
    """An RGB colour, 0 to 255, with its alpha from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """#RRGGBB."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"


@dataclass(frozen=True)
class Stroke:
    """A line: width in mm, cap and join by CAPS and JOINS, dashes (on, off, ...) in mm.

    `miter` is how many widths a sharp corner may be long, from its inner to its outer point, as SVG and PDF count.
    """

    color: Color
    width: float
    cap: str = "round"
    join: str = "round"
    dash: tuple[float, ...] = ()
    miter: float = 4.0


@dataclass
class Path:
    """Subpaths of lines and Bezier curves; several closed ones are rings, filled by the even-odd rule.

    `points` are (n, 2) mm, `kinds` (n,) one of MOVE, LINE, CURVE, CURVE_DATA. `thing`: see drawing.things.
    """

    points: Points
    kinds: Kinds
    fill: Color | None = None
    stroke: Stroke | None = None
    name: str = ""
    key: str = ""
    thing: int = 0
    # The box of these points; the points may be exchanged for others.
    _boxed: tuple[Points, Box] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of all points, control points included."""
        if self._boxed is None or self._boxed[0] is not self.points:
            (left, top), (right, bottom) = self.points.min(axis=0).tolist(), self.points.max(axis=0).tolist()
            self.know_box((left, top, right, bottom))
        return self._boxed[1]  # type: ignore[index]

    def know_box(self, box: Box) -> None:
        """Keep the box of the points, which somebody knows."""
        self._boxed = self.points, box

    def subpaths(self) -> Iterator[tuple[Points, Kinds, bool]]:
        """Points, kinds and whether it is closed, for each subpath; a closed one repeats its first point."""
        starts = np.flatnonzero(self.kinds == MOVE)
        for start, end in zip(starts, [*starts[1:], len(self.kinds)]):
            points = self.points[start:end]
            yield points, self.kinds[start:end], len(points) > 2 and bool((points[0] == points[-1]).all())

    @property
    def parts(self) -> int:
        """How many subpaths it has."""
        return self.kinds.tobytes().count(MOVE)

    @property
    def closed(self) -> bool:
        """Whether every subpath ends where it began."""
        if self.parts == 1:
            first, last = self.points[0], self.points[-1]
            return bool(first[0] == last[0] and first[1] == last[1])
        starts = np.flatnonzero(self.kinds == MOVE)
        ends = np.append(starts[1:], len(self.kinds)) - 1
        return bool((self.points[starts] == self.points[ends]).all())


def rectangle(left: float, top: float, right: float, bottom: float, fill: Color) -> Path:
    """A filled rectangle."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return Path(np.array(corners, float), RECTANGLE.copy(), fill)


@dataclass(frozen=True)
class Font:
    """A typeface: family and style as its file names them, size in points, letter spacing in mm."""

    family: str
    size: float
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0


@dataclass(frozen=True)
class Halo:
    """The outline behind a text; `width` in mm is what shows on each side."""

    color: Color
    width: float


@dataclass
class Line:
    """One line of a text: its baseline's left end in mm, its width in mm; along `path` where it is bent.

    `path` is the baseline as (n, 2) mm, from the first letter's left to the last one's right end.
    """

    text: str
    x: float
    y: float
    width: float
    path: Points | None = None


@dataclass
class Text:
    """A name as one object: its lines, all in one font.

    `rotation` is in degrees, counterclockwise, about each line's start. `anchor` is what stays in its place where
    another font is wider: the start (0), the middle (0.5) or the end (1) of each line. `full` is the whole name where
    a shorter one is shown.
    """

    lines: list[Line]
    font: Font
    color: Color
    halo: Halo | None = None
    rotation: float = 0.0
    name: str = ""
    key: str = ""
    anchor: float = 0.0
    thing: int = 0
    full: str = ""

    @property
    def string(self) -> str:
        """The whole text; lines are separated by a space."""
        return " ".join(line.text for line in self.lines)


@dataclass
class Image:
    """Pixels that the renderer gave: PNG bytes, and the parallelogram they fill as a matrix (a, b, c, d, e, f).

    A point (u, v) of the unit square, v downwards, lies at (a u + c v + e, b u + d v + f) mm.
    """

    png: bytes
    matrix: tuple[float, float, float, float, float, float]
    name: str = ""
    key: str = ""
    thing: int = 0


@dataclass(frozen=True, eq=False)
class Symbol:
    """What a marker looks like: paths round its place, which is the origin."""

    paths: tuple[Path, ...]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom round all of it, lines with their width."""
        boxes = np.array([path.box for path in self.paths])
        halves = np.array([path.stroke.width / 2 if path.stroke else 0.0 for path in self.paths])
        left, top = (float((boxes[:, side] - halves).min()) for side in (0, 1))
        right, bottom = (float((boxes[:, side] + halves).max()) for side in (2, 3))
        return left, top, right, bottom


@dataclass
class Stamp:
    """A marker: a symbol that is drawn in many places, in one of them."""

    symbol: Symbol
    x: float
    y: float
    name: str = ""
    key: str = ""
    thing: int = 0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom round all of it, lines with their width."""
        left, top, right, bottom = self.symbol.box
        return left + self.x, top + self.y, right + self.x, bottom + self.y

    @property
    def paths(self) -> list[Path]:
        """Its paths in their place."""
        place = np.array([self.x, self.y])
        return [
            replace(path, points=path.points + place, name=self.name, key=self.key, thing=self.thing)
            for path in self.symbol.paths
        ]


Item = Union[Path, Text, Image, Stamp]


@dataclass
class Group:
    """Objects of one class. `token` names the swatch of its colour in the theme, where it has one."""

    name: str
    items: list[Item] = field(default_factory=list)
    token: str = ""


@dataclass
class Layer:
    """A named layer of groups; `clipped` where it belongs to the map and ends at its frame.

    Layers of one `parent`, which follow one another, lie in a layer of that name where a format has such.
    """

    name: str
    groups: list[Group] = field(default_factory=list)
    clipped: bool = True
    parent: str = ""

    @property
    def title(self) -> str:
        """What it is called where layers do not lie in layers."""
        return f"{self.parent} – {self.name}" if self.parent else self.name

    @property
    def items(self) -> Iterator[Item]:
        """All objects in painting order."""
        for group in self.groups:
            yield from group.items


@dataclass
class Drawing:
    """A page of layers, the bottom one first. `frame` is the map's rectangle on the page (left, top, right, bottom).

    `crs` and `extent` (xmin, ymin, xmax, ymax) say where the frame lies in the world.
    """

    width: float
    height: float
    background: Color
    frame: tuple[float, float, float, float]
    layers: list[Layer] = field(default_factory=list)
    notice: str = ""
    crs: str = ""
    extent: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    # By the name that the style has for them.
    swatches: dict[str, Color] = field(default_factory=dict)
    preview: Kinds | None = None  # (height, width, 3) bytes of red, green and blue

    @property
    def items(self) -> Iterator[Item]:
        """All objects in painting order."""
        for layer in self.layers:
            yield from layer.items

    @property
    def fonts(self) -> list[tuple[str, bool, bool]]:
        """Family, bold, italic of every font in it."""
        used = {(item.font.family, item.font.bold, item.font.italic) for item in self.items if isinstance(item, Text)}
        return sorted(used)
