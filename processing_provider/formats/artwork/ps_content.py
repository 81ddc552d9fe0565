"""A drawing's layers as a PostScript program, in points from the lower left corner (Language Reference, edition 3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Sequence

from ...drawing.model import Color, Drawing, Font, Image, Layer, Line, Path, Stroke, Text
from ...drawing.pieces import pieces
from ...drawing.shaping import EM, Run, runs_of
from ..inks import Formula, Inks, Press
from . import dsc
from .faces import Faces
from .marking import UNIT, Marking
from .ps_image import image
from .type1 import Codes

# Letters of PDF's operators, and what texts need: a place (cosine, sine, x, y) before showing (t), all letters of a
# text in one place (T), the outlines of letters added to the path (G), a swatch (s).
PROLOG = """/m{moveto}bind def /l{lineto}bind def /c{curveto}bind def /h{closepath}bind def
/f*{eofill}bind def /S{stroke}bind def /B{gsave fill grestore stroke}bind def
/w{setlinewidth}bind def /J{setlinecap}bind def /j{setlinejoin}bind def /d{setdash}bind def /M{setmiterlimit}bind def
/rg{setrgbcolor}bind def /k{setcmykcolor}bind def /s{setcolorspace 1 setcolor}bind def
/q{gsave}bind def /Q{grestore}bind def /F{scalefont setfont}bind def
/t{translate 2 copy neg exch 0 0 6 array astore concat 0 0 moveto}bind def
/T{gsave t xyshow grestore}bind def
/G{matrix currentmatrix 6 1 roll t false charpath setmatrix}bind def
"""


@dataclass(frozen=True)
class _Piece:
    """Letters of one font that follow each other: the font's label, its codes, and for each its place and advance."""

    label: str
    codes: bytes
    places: list[tuple[float, float]]
    advances: list[float]


class Program(Marking):
    """Builds the page; the fonts that it needs are collected on the way. The drawing must be opaque."""

    def __init__(self, drawing: Drawing, press: Press | Formula | None, spaces: dict[str, str]) -> None:
        super().__init__(drawing)
        self.press = press
        # Colours that are swatches: the name of their colour space by #RRGGBB.
        self._spaces = spaces
        self._faces = Faces()
        self._codes: dict[str, Codes] = {}

    @property
    def fonts(self) -> Iterator[tuple[str, str, str]]:
        """Label, name and program of every font that is used."""
        for label, codes in self._codes.items():
            for number in range(codes.count):
                yield _label(label, number), codes.name(number), codes.program(number)

    def layer(self, layer: Layer) -> None:
        """One layer, between comments that name it."""
        self._out.append(f"%%BeginObject: {dsc.text(layer.name)}\nq\n")
        self._state = {}
        if layer.clipped:
            self._out.append(f"{self._frame_box()} rectclip\n")
        self._items(layer)
        self._out.append("Q\n%%EndObject\n")

    def _paint(self, color: Color, inks: Inks | None = None) -> str:
        """The operators of an area's colour, or of `inks` that it has otherwise."""
        label = self._spaces.get(color.hex)
        if label is not None and (inks is None or self.press is None or inks == self.press.area(color)):
            return f"{label} s\n"
        if self.press is not None:
            return " ".join(f"{part / 100:g}" for part in inks or self.press.area(color)) + " k\n"
        return " ".join(f"{part / 255:.4g}" for part in (color.red, color.green, color.blue)) + " rg\n"

    def _color(self, color: Color, inks: Inks | None = None) -> None:
        self._set("color", (color.hex, inks), self._paint(color, inks))

    def _stroke_color(self, stroke: Stroke) -> None:
        self._color(stroke.color, self.press.line(stroke.color, stroke.width) if self.press else None)

    def _path(self, path: Path) -> None:
        if path.stroke is not None:
            self._stroke(path.stroke)
        elif path.fill is not None:
            self._color(path.fill)
        self._out.append(self._shape(path))
        if path.fill is not None and path.stroke is not None:
            # The line's colour comes back with the state.
            self._out.append(f"q {self._paint(path.fill)}f* Q S\n")
        else:
            self._out.append("f*\n" if path.fill is not None else "S\n")

    def _halo(self, text: Text) -> None:
        """Outlines of letters, so that no reader takes them for a second text."""
        if text.halo is None:
            return
        self._stroke(Stroke(text.halo.color, text.halo.width * 2, "round", "round"))
        for line in text.lines:
            for straight, rotation, runs in _straight(line, text):
                for piece in self._pieces(straight, runs, text.font):
                    self._select(piece.label, text.font.size)
                    for first, last in _even(piece):
                        place = self._place(straight, rotation, *piece.places[first])
                        self._out.append(f"{_string(piece.codes[first:last])} {place} G\n")
            self._out.append("B\n")

    def _text(self, text: Text) -> None:
        self._color(text.color, self.press.text(text.color, text.font.size) if self.press else None)
        for line in text.lines:
            # Programs that make a PDF keep the spelling of a bent name beside its letters.
            spelled = line.text.encode("utf-16-be", "replace").hex().upper()
            self._out.append(f"[/Span<</ActualText<FEFF{spelled}>>>/BDC pdfmark\n")
            for straight, rotation, runs in _straight(line, text):
                for piece in self._pieces(straight, runs, text.font):
                    self._select(piece.label, text.font.size)
                    place = self._place(straight, rotation, *piece.places[0])
                    self._out.append(f"{_string(piece.codes)} {_steps(piece)} {place} T\n")
            self._out.append("[/EMC pdfmark\n")

    def _select(self, label: str, size: float) -> None:
        self._set("font", (label, size), f"{label} {size:.3f} F\n")

    def _place(self, line: Line, rotation: float, x: float, y: float) -> str:
        """Turn and place of what stands `x`, `y` (points, y upwards) from the start of a line."""
        cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
        left = line.x * UNIT + cos * x - sin * y
        bottom = self._height - line.y * UNIT + sin * x + cos * y
        return f"{cos:.5g} {sin:.5g} {left:.3f} {bottom:.3f}"

    def _codes_of(self, run: object, text: str) -> Codes:
        face = self._faces.face(run, text)  # type: ignore[arg-type]
        return self._codes.setdefault(face.label, Codes(face))

    def _pieces(self, line: Line, runs: Sequence[Run], font: Font) -> Iterator[_Piece]:
        """The runs of a straight line by its fonts."""
        size, counted = font.size / EM, 0
        # Letters of a bent line have their places.
        spacing = font.spacing * UNIT if line.path is None else 0.0
        for run in runs:
            codes = self._codes_of(run, line.text)
            found: dict[int, list[tuple[int, float, float, float]]] = {}
            last = -1
            for glyph, (x, y), advance in zip(run.glyphs, run.places, run.advances):
                number, code = codes.code(glyph)
                if number != last and found:
                    yield _piece(codes.face.label, found)
                    found = {}
                last = number
                here = (code, x * size + counted * spacing, -y * size, advance * size)
                found.setdefault(number, []).append(here)
                counted += 1
            if found:
                yield _piece(codes.face.label, found)

    def _picture(self, picture: Image) -> None:
        self._state = {}
        self._out.append(image(picture, self._height, self.press))


def _straight(line: Line, text: Text) -> Iterator[tuple[Line, float, Sequence[Run]]]:
    """A line as straight ones: where each begins, its turn in degrees, counterclockwise, and its glyphs."""
    if line.path is None:
        yield line, text.rotation, runs_of(line.text, text.font)
        return
    for piece in pieces(line, text.font):
        places = tuple((place, 0.0) for place in piece.places)
        run = Run(piece.run.font, piece.glyphs, places, piece.advances)
        yield Line(line.text, piece.x, piece.y, 0.0, line.path), -piece.turn, (run,)


def _label(label: str, number: int) -> str:
    return label if number == 0 else f"{label}_{number}"


def _piece(label: str, found: dict[int, list[tuple[int, float, float, float]]]) -> _Piece:
    [(number, rows)] = found.items()
    return _Piece(
        _label(label, number), bytes(row[0] for row in rows), [row[1:3] for row in rows], [row[3] for row in rows]
    )


def _string(codes: bytes) -> str:
    """A string, readable where it is ASCII."""
    if all(32 <= code < 127 for code in codes):
        return "(" + codes.decode("ascii").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<{codes.hex().upper()}>"


def _steps(piece: _Piece) -> str:
    """The way from each letter's place to the next one's, along the line and across it; the last one's is its width."""
    ends = [*piece.places[1:], (piece.places[-1][0] + piece.advances[-1], piece.places[-1][1])]
    steps = (f"{x1 - x0:.3g} {y1 - y0:.3g}" for (x0, y0), (x1, y1) in zip(piece.places, ends))
    return f"[{' '.join(steps)}]"


def _even(piece: _Piece) -> Iterator[tuple[int, int]]:
    """Stretches of letters that follow each other as the font has it."""
    first = 0
    for index in range(1, len(piece.codes) + 1):
        if index < len(piece.codes):
            (x0, y0), (x1, y1) = piece.places[index - 1 : index + 1]
            if abs(x1 - x0 - piece.advances[index - 1]) < 0.005 and abs(y1 - y0) < 0.005:
                continue
        yield first, index
        first = index
