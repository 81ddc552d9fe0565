"""What our reader of CorelDRAW files finds in one; coordinates are units of 0.1 micrometres, y up from the centre."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Iterator, Union

import numpy as np
from cdrstyles import Style

UNITS = 10_000
RECTANGLE, ELLIPSE, CURVE, TEXT, BITMAP, PARAGRAPH, POLYGON, ON_PATH = 1, 2, 3, 4, 5, 6, 0x14, 0x25
SHAPE, FILL, OUTLINE, STYLE, COLOR, NAME, LIKE, SIZE = 0x1E, 0x14, 0x0A, 0xC8, 0x7D0, 0x3E8, 0x9C72, 0x4ABA
NO_LINE, SOLID, DASHED, SCALED = 1, 2, 4, 0x20
LAYERS = {0x0C: "Guides", 0x11: "Desktop", 0x0B: "Grid", 0x00: "plain"}
MODELS = {5: "rgb", 2: "cmyk", 3: "cmyk255", 17: "cmyk255", 9: "gray", 20: "registration"}
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True)
class Colour:
    """Its model and numbers: red, green, blue, or cyan, magenta, yellow, black."""

    model: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Outline:
    """A line: type (1 none), width in units, cap, join, dashes in widths."""

    kind: int
    width: int
    cap: int
    join: int
    dash: tuple[int, ...]
    colour: Colour


@dataclass
class Thing:
    """What a group and an object have: its number, its box (left, top, right, bottom), the same with its line, its
    name, empty where it has none.
    """

    number: int
    box: tuple[int, ...]
    outer: tuple[int, ...]
    matrix: tuple[float, ...]
    arguments: tuple[int, ...]
    name: str


@dataclass
class Shape(Thing):
    """An object; `points` are on the page in units, `nodes` a byte for each. `text` where it is one, `image` where it
    is a picture: (height, width, 3) of red, green and blue.
    """

    kind: int = 0
    points: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    nodes: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint8))
    # Bytes after the nodes: real files keep room for more points.
    spare: int = 0
    fill: Union[Colour, str, None] = None
    outline: Outline | None = None
    style: Style | None = None
    text: str = ""
    image: np.ndarray | None = None

    @property
    def width(self) -> float:
        """How wide its line is, in units; 0 where it has none."""
        if self.outline is None or not self.outline.kind & (SOLID | DASHED):
            return 0.0
        a, b, _, c, d, _ = self.matrix
        return self.outline.width * (max(np.hypot(a, c), np.hypot(b, d)) if self.outline.kind & SCALED else 1)


@dataclass
class Group(Thing):
    """A group and what is in it, the top one first."""

    children: list[Union["Group", Shape]] = field(default_factory=list)


@dataclass
class Layer:
    """A layer: its name, kind (of LAYERS), flags, and what is in it, the top one first."""

    name: str
    kind: str
    flags: int
    colour: Colour
    children: list[Union[Group, Shape]]

    def shapes(self) -> Iterator[Shape]:
        """All objects, the top one first."""
        yield from _shapes(self.children)


@dataclass
class Page:
    """A page's layers, the top one first."""

    master: bool
    box: tuple[int, ...]
    layers: list[Layer]


@dataclass
class Document:
    """What is in a file; sizes in mm; `sizes` counts records by (kind, bytes)."""

    version: int
    width: float
    height: float
    box: tuple[int, ...]
    title: str
    notice: str
    fonts: dict[int, str]  # by number and character set: number + 65536 * set
    fills: dict[int, Union[Colour, str, None]]
    outlines: dict[int, Outline]
    styles: dict[int, Style]
    pages: list[Page]
    sizes: Counter
    names: dict[int, str]  # by the number of the object, from the table of them

    @property
    def layers(self) -> list[Layer]:
        """The plain layers of the pages that are drawn."""
        return [layer for page in self.pages if not page.master for layer in page.layers if layer.kind == "plain"]

    @property
    def shapes(self) -> list[Shape]:
        """All objects on all layers of the pages that are drawn, the top one first."""
        return [shape for page in self.pages if not page.master for layer in page.layers for shape in layer.shapes()]


def things(children: list[Union[Group, Shape]]) -> Iterator[Thing]:
    """Groups and objects, each before what is in it."""
    for child in children:
        yield child
        if isinstance(child, Group):
            yield from things(child.children)


def _shapes(children: list) -> Iterator[Shape]:
    for child in children:
        if isinstance(child, Group):
            yield from _shapes(child.children)
        else:
            yield child
