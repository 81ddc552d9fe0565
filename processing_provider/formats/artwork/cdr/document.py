"""A drawing as a CorelDRAW 12 document."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Union

import numpy as np

from ....drawing.clean.colors import over
from ....drawing.clean.split import split
from ....drawing.model import Color, Drawing, Font, Image, Layer, Path, Stroke, Text
from ....text.phrases import readable
from ...inks import Formula, Inks, Press
from .line_texts import MM, Words, halos_of, space_of, straight
from .objects import MOST_POINTS, Box, Objects, box_of, union
from .records import FACES, UNITS, fill, font, outline, settings
from .records import color as color_record
from .riff import Stream, chunk, i32, listed, u16, u32, utf16
from .styles import Roots, TextStyle, table

VERSION = 1200
_BUILD, _ENGLISH = 458, 0x409
# How far letters reach over and under their baseline, in sizes of the font.
_ASCENT, _DESCENT = 0.75, 0.22
_THUMBNAIL = 96


@dataclass
class _Curve:
    """A path as this format has it: its points and nodes, half the width of its outline in units."""

    shape: bytes
    half: int
    fill: int
    outline: int


_Thing = Union[_Curve, Words]


@dataclass
class _Block:
    """A layer or group and what is in it, the bottom one first."""

    name: str
    things: list[tuple[_Thing, Box]]
    box: Box


class Document:
    """Numbers everything that is used, then writes it in one go."""

    def __init__(self, drawing: Drawing, press: Press | Formula | None) -> None:
        self._drawing = drawing
        self._press = press
        self._next = 100
        self._roots = Roots.made(self._next)
        self._next += len(self._roots)
        self._fills: dict[Color | None, int] = {}
        self._outlines: dict[Stroke | None, int] = {}
        self._fonts: dict[str, int] = {}
        self._faces: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[Font, Color], TextStyle] = {}
        self._lettered: set[Color] = set()
        self._none, self._black = self._fill(None), self._fill(Color(0, 0, 0))
        self._no_line = self._outline(None)
        self._hairline = self._outline(Stroke(Color(0, 0, 0), 0.0762, "butt", "miter"))
        self.pictures = 0

    def written(self, title: str, notice: str, check: Callable[[], None]) -> bytes:
        """The whole file; `check` is called now and then."""
        stream = Stream()
        objects = Objects(stream, self._drawing.width, self._drawing.height, self._roots["graphic"])
        layers = [(layer.title, self._blocks(layer, objects)) for layer in self._layers()]
        box = union([block.box for _, blocks in layers for block in blocks])
        with stream.list(b"doc "):
            stream.chunk(b"pfrd", b"\0\0")
            stream.chunk(b"mcfg", settings(self._drawing.width, self._drawing.height))
            stream.chunk(b"ptrt", i32(*box))
            self._tables(stream)
        with stream.list(b"page"):
            stream.chunk(b"flgs", u32(0x90010000))
            stream.chunk(b"bbox", bytes(16))
            with stream.list(b"gobj"):
                objects.empty_layers(("Guides", "Desktop", "Layer 1", "Grid"))
        with stream.list(b"page"):
            stream.chunk(b"flgs", u32(0x90000000))
            stream.chunk(b"bbox", i32(*box))
            stream.chunk(b"obbx", i32(*box, *box))
            with stream.list(b"gobj"):
                objects.empty_layers(("Guides", "Desktop"))
                for name, blocks in reversed(layers):
                    check()
                    self._layer(name, blocks, stream, objects)
                objects.empty_layers(("Grid",))
            objects.page_body()
        body = b"".join(
            (
                chunk(b"vrsn", u16(VERSION)), chunk(b"DISP", self._thumbnail()),
                listed(b"INFO", chunk(b"IKEY", utf16(readable(title))) + chunk(b"ICMT", utf16(notice))),
                Stream().packed(), stream.packed(), chunk(b"sumi", _summary(box)),
            )
        )  # fmt: skip
        return b"RIFF" + u32(len(body) + 4) + b"CDRC" + body

    def _layers(self) -> list[Layer]:
        return self._drawing.layers

    def _blocks(self, layer: Layer, objects: Objects) -> list[_Block]:
        """The layer's groups; halos are texts of their own below all names of a group."""
        blocks = []
        for group in layer.groups:
            paths: list[Path] = []
            words: list[Words] = []
            for item in group.items:
                if isinstance(item, Path):
                    paths += split(item, MOST_POINTS)
                elif isinstance(item, Text):
                    words += [straight(item, line) for line in item.lines]
                elif isinstance(item, Image):
                    self.pictures += 1
            things = self._curves(paths, objects)
            halos = [word for text in group.items if isinstance(text, Text) for word in halos_of(text)]
            for name, some in (("halos", halos), ("", words)):
                made = [(word, self._box(word, objects)) for word in some]
                if made and name:
                    blocks.append(_Block(f"{group.name} – {name}", list(made), union([box for _, box in made])))
                else:
                    things += made
            if things:
                blocks.append(_Block(group.name, things, union([box for _, box in things])))
        return blocks

    def _curves(self, paths: list[Path], objects: Objects) -> list[tuple[_Thing, Box]]:
        things: list[tuple[_Thing, Box]] = []
        # Many paths share a look, which is the same object where it was recorded.
        looks: dict[tuple[int, int], tuple[int, int, int]] = {}
        for path, (shape, box) in zip(paths, objects.shapes(paths)):
            key = id(path.fill), id(path.stroke)
            if key not in looks:
                half = round(path.stroke.width / 2 * UNITS) if path.stroke else 0
                looks[key] = half, self._fill(path.fill), self._outline(path.stroke)
            things.append((_Curve(shape, *looks[key]), box))
        return things

    def _box(self, words: Words, objects: Objects) -> Box:
        """The box of the letters; the style and outline of the text are numbered on the way."""
        self._style(words.font, words.color)
        self._outline(words.stroke)
        size, angle = words.font.size * MM, math.radians(-words.rotation)
        along, up = np.array([math.cos(angle), math.sin(angle)]), np.array([math.sin(angle), -math.cos(angle)])
        start = np.array([words.x, words.y])
        reach = (-_DESCENT * size, _ASCENT * size)
        corners = [start + along * right + up * height for right in (0, words.width) for height in reach]
        return box_of(objects.units(np.array(corners)))

    def _layer(self, name: str, blocks: list[_Block], stream: Stream, objects: Objects) -> None:
        begun = objects.begin_layer(name)
        for block in reversed(blocks):
            group = objects.begin_group(block.box)
            for thing, box in reversed(block.things):
                if isinstance(thing, _Curve):
                    objects.curve(thing.shape, box, thing.half, thing.fill, thing.outline)
                    continue
                style = self._style(thing.font, thing.color)
                objects.text(
                    thing.text, thing.x, thing.y, thing.rotation, box, self._number(), style.style, style.fill,
                    self._outline(thing.stroke),
                )  # fmt: skip
            stream.end(group)
        stream.end(begun)

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _fill(self, value: Color | None) -> int:
        """The id of a fill; what shines through is mixed with the page."""
        flat = None if value is None else over(value, self._drawing.background)
        if flat not in self._fills:
            self._fills[flat] = self._number()
        return self._fills[flat]

    def _outline(self, stroke: Stroke | None) -> int:
        if stroke not in self._outlines:
            self._outlines[stroke] = self._number()
        return self._outlines[stroke]

    def _style(self, used: Font, color: Color) -> TextStyle:
        key = (used, color)
        if key not in self._styles:
            number = self._fonts.setdefault(used.family, len(self._fonts) + 1)
            ids = self._number(), self._number(), self._number(), self._number()
            face, spacing = FACES[used.bold, used.italic], round(1_000_000 * used.spacing / space_of(used))
            self._faces[number, face] = used.family
            self._lettered.add(over(color, self._drawing.background))
            self._styles[key] = TextStyle(*ids, number, used.size, face, self._fill(color), spacing)
        return self._styles[key]

    def _tables(self, stream: Stream) -> None:
        """Fonts, fills, outlines and styles."""
        with stream.list(b"fntt"):
            # The roots of all styles have the first font in its plain face.
            plain = {(number, FACES[False, False]): family for family, number in (self._fonts or {"Arial": 1}).items()}
            for (number, face), family in sorted({**plain, **self._faces}.items()):
                stream.chunk(b"font", font(number, family, face))
        with stream.list(b"filt"):
            for value, number in self._fills.items():
                with stream.list(b"filc"):
                    stream.chunk(
                        b"fild", fill(number, None if value is None else color_record(value, self._inks(value)))
                    )
        with stream.list(b"otlt"):
            for stroke, number in self._outlines.items():
                if stroke is None:
                    stream.chunk(b"outl", outline(number, None))
                else:
                    flat = over(stroke.color, self._drawing.background)
                    stream.chunk(b"outl", outline(number, stroke, color_record(flat, self._inks(flat, stroke.width))))
        styles = list(self._styles.values())
        begun = stream.begin(b"stlt")
        stream.raw(table(self._roots, styles, self._black, self._none, self._no_line, self._hairline))
        stream.end(begun)
        with stream.list(b"uil "):
            pass

    def _inks(self, value: Color, width: float | None = None) -> Inks | None:
        """The inks of a fill, of a line where it has a width; a fill that letters have too is as they need it."""
        if self._press is None:
            return None
        if width is not None:
            return self._press.line(value, width)
        return self._press.text(value, 0.0) if value in self._lettered else self._press.area(value)

    def _thumbnail(self) -> bytes:
        """The preview: a device-independent bitmap of 256 colours, the lowest row first."""
        side = _THUMBNAIL
        levels = np.arange(256)
        # Six steps of red and green, seven of blue; what is left of the palette stays black.
        red, green, blue = levels // 42 * 51, levels // 7 % 6 * 51, levels % 7 * 42
        palette = np.stack([blue, green, red, np.zeros_like(levels)], axis=1).clip(0, 255).astype(np.uint8)
        pixels = np.full((side, side), 5 * 42 + 5 * 7 + 6, np.uint8)
        preview = self._drawing.preview
        if preview is not None:
            height, width = preview.shape[:2]
            factor = side / max(height, width)
            tall, wide = max(1, round(height * factor)), max(1, round(width * factor))
            rows, columns = np.arange(tall) * height // tall, np.arange(wide) * width // wide
            small = preview[rows][:, columns].astype(int)
            numbers = (small[..., 0] + 25) // 51 * 42 + (small[..., 1] + 25) // 51 * 7 + (small[..., 2] + 21) // 42
            top, left = (side - tall) // 2, (side - wide) // 2
            pixels[top : top + tall, left : left + wide] = numbers.clip(0, 255)
        head = u32(40) + i32(side, side) + u16(1, 8) + u32(0, side * side, 3780, 3780, 256, 0)
        upwards: bytes = pixels[::-1].tobytes()
        return u32(8) + head + bytes(palette.tobytes()) + upwards


def _summary(box: Box) -> bytes:
    return i32(*box) + u16(1, 1) + u32(0, 0, 0, 0, VERSION, _BUILD, 0, _ENGLISH, 0, VERSION)
