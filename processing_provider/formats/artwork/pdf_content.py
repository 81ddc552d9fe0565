"""A drawing's layers as the content of a PDF page, in points from the lower left corner (ISO 32000-1, 8 and 9)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Callable, Iterator

from ...drawing.model import Color, Drawing, Font, Image, Layer, Line, Path, Stroke, Text
from ...drawing.pieces import pieces
from ...drawing.shaping import EM, Run, runs_of
from ..inks import DARK, Formula, Inks, Press
from . import pdf_objects as pdf
from .bleed import bleed
from .faces import Faces
from .marking import UNIT, Marking
from .pdf_press import Sheet

_FILL, _STROKE = 0, 1
# Keys of the state by these two.
_COLORS = "fill", "line"
_LATEST = "filled", "lined"
# Fills and lines that are printed over the inks below, not instead of them; by OPM 1 what a colour lacks stays (8.6.7).
OVERPRINTS = {
    f"P{int(fill)}{int(line)}": f"<< /op {str(fill).lower()} /OP {str(line).lower()} /OPM 1 >>"
    for fill in (False, True)
    for line in (False, True)
}


class Content(Marking):
    """Builds the page's content; what it needs besides (fonts, pictures, opacities) is collected on the way."""

    def __init__(
        self,
        drawing: Drawing,
        faces: Faces,
        press: Press | Formula | None,
        image: Callable[[Image], str],
        spaces: dict[str, str] | None = None,
        strict: bool = False,
    ) -> None:
        super().__init__(drawing)
        self._drawing = drawing
        self._faces = faces
        self._press = press
        self._image = image
        # Colours that are swatches: the label of their colour space by #RRGGBB.
        self._spaces = spaces or {}
        self._known_colors: dict[tuple[str, int, Inks | None], str] = {}
        self.opacities: dict[float, str] = {}
        # Whether standards forbid the glyph for what a font lacks, and how many letters are left out for that.
        self._strict = strict
        self._over = False, False
        self.blanks = 0

    def begin_family(self, label: str) -> None:
        """What follows, up to `end_family`, lies in optional content called `label`."""
        self._out.append(f"/OC /{label} BDC\n")

    def end_family(self) -> None:
        """End what was begun."""
        self._out.append("EMC\n")

    def beyond(self, sheet: Sheet) -> Iterator[tuple[str, str]]:
        """Begin a page on a larger sheet: its bleed and its marks, each a layer; their labels and names."""
        room = sheet.room * UNIT
        self._out.append(f"q\n1 0 0 1 {room:.3f} {room:.3f} cm\n")
        around = bleed(self._drawing, sheet.bleed) if sheet.bleed else None
        if around is not None:
            base, *groups = around.groups
            self._out.append("/OC /X1 BDC\nq\n")
            self._state = {}
            self._items(Layer(base.name, [base]))
            self._out.append(sheet.ring)
            self._items(Layer(around.name, groups))
            self._out.append("Q\nEMC\n")
            yield "X1", around.name
        if sheet.has_marks:
            self._out.append(f"/OC /X2 BDC\nq\n{sheet.marks}Q\nEMC\n")
            yield "X2", "Crop marks"
        self._out.append(f"0 0 {sheet.width * UNIT:.3f} {sheet.height * UNIT:.3f} re W n\n")

    def layer(self, layer: Layer, label: str) -> None:
        """One layer as optional content called `label`."""
        self._out.append(f"/OC /{label} BDC\nq\n")
        self._state = {}
        if layer.clipped:
            self._out.append(f"{self._frame_box()} re W n\n")
        self._items(layer)
        self._out.append("Q\nEMC\n")

    def _color(self, color: Color, kind: int, inks: Inks | None = None) -> None:
        """A colour as an area has it, or as `inks` that it has otherwise."""
        latest = color, inks
        if self._state.get(_LATEST[kind]) == latest:
            return
        self._state[_LATEST[kind]] = latest
        key = color.hex, kind, inks
        operators = self._known_colors.get(key)
        if operators is None:
            operators = self._known_colors[key] = self._operators(color, kind, inks)
        self._set(_COLORS[kind], operators, operators)
        if self._press is not None and self._strict:
            over = inks is not None and color.alpha >= 1 and inks[3] >= DARK and not any(inks[:3])
            fill, line = (over, self._over[1]) if kind == _FILL else (self._over[0], over)
            self._over = fill, line
            self._set("over", self._over, f"/P{int(fill)}{int(line)} gs\n")

    def _operators(self, color: Color, kind: int, inks: Inks | None) -> str:
        label = self._spaces.get(color.hex)
        if label is not None and (inks is None or self._press is None or inks == self._press.area(color)):
            return f"/{label} {('cs', 'CS')[kind]} 1 {('scn', 'SCN')[kind]}\n"
        if self._press is not None:
            values = " ".join(f"{part / 100:g}" for part in inks or self._press.area(color))
            return f"{values} {'kK'[kind]}\n"
        values = " ".join(f"{part / 255:.4g}" for part in (color.red, color.green, color.blue))
        return f"{values} {('rg', 'RG')[kind]}\n"

    def _stroke_color(self, stroke: Stroke) -> None:
        inks = self._press.line(stroke.color, stroke.width) if self._press else None
        self._color(stroke.color, _STROKE, inks)

    def _opacity(self, fill: float, stroke: float) -> None:
        for kind, alpha in (("ca", fill), ("CA", stroke)):
            if alpha < 1 or kind in self._state:
                label = self.opacities.setdefault(alpha, f"O{len(self.opacities)}")
                self._set(kind, alpha, f"/{label} gs\n")

    def _path(self, path: Path) -> None:
        self._opacity(path.fill.alpha if path.fill else 1.0, path.stroke.color.alpha if path.stroke else 1.0)
        if path.fill is not None:
            self._color(path.fill, _FILL)
        if path.stroke is not None:
            self._stroke(path.stroke)
        self._out.append(self._shape(path))
        self._out.append("B*\n" if path.fill and path.stroke else "f*\n" if path.fill else "S\n")

    def _halo(self, text: Text) -> None:
        if text.halo is not None:
            self._opacity(text.halo.color.alpha, text.halo.color.alpha)
            self._color(text.halo.color, _FILL)
            self._stroke(Stroke(text.halo.color, text.halo.width * 2, "round", "round"))
            self._lines(text, True)

    def _text(self, text: Text) -> None:
        self._opacity(text.color.alpha, text.color.alpha)
        self._color(text.color, _FILL, self._press.text(text.color, text.font.size) if self._press else None)
        self._lines(text, False)

    def _lines(self, text: Text, halo: bool) -> None:
        self._set("mode", halo, f"{2 if halo else 0} Tr\n")
        for line in text.lines:
            # What the glyphs spell, whole, for search and copy; what is behind letters spells nothing.
            spelled = "" if halo else line.text
            self._out.append(f"/Span << /ActualText {pdf.text(spelled)} >> BDC\nBT\n")
            if line.path is None:
                self._straight(line, text.font, text.rotation)
            else:
                self._bent(line, text.font)
            self._out.append("ET\nEMC\n")

    def _straight(self, line: Line, font: Font, rotation: float) -> None:
        """One string per font, with the steps between glyphs where they differ from the fonts' own."""
        cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
        size, spacing = font.size, font.spacing * UNIT
        counted = 0
        for run in map(self._known, runs_of(line.text, font)):
            face = self._faces.face(run, line.text)
            start = run.places[0][0] * size / EM + counted * spacing if run.places else 0.0
            x, y = line.x * UNIT + cos * start, self._height - line.y * UNIT + sin * start
            self._out.append(f"/{face.label} {size:.3f} Tf\n{spacing:.3f} Tc\n")
            self._out.append(f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.3f} {y:.3f} Tm\n")
            self._out.append(f"[{_steps(run.glyphs, [x for x, _ in run.places], run.advances)}] TJ\n")
            counted += len(run.glyphs)

    def _known(self, run: Run) -> Run:
        """The run without the glyph for what its font lacks, where a standard has none of these."""
        if not self._strict or all(run.glyphs):
            return run
        kept = [number for number, glyph in enumerate(run.glyphs) if glyph]
        self.blanks += len(run.glyphs) - len(kept)
        glyphs, places = tuple(run.glyphs[number] for number in kept), tuple(run.places[number] for number in kept)
        return Run(run.font, glyphs, places, tuple(run.advances[number] for number in kept))

    def _bent(self, line: Line, font: Font) -> None:
        """Piece after piece along the baseline."""
        last = ""
        for piece in pieces(line, font):
            places = tuple((place, 0.0) for place in piece.places)
            run = self._known(Run(piece.run.font, piece.glyphs, places, piece.advances))
            face = self._faces.face(run, line.text)
            if face.label != last:
                last = face.label
                self._out.append(f"/{face.label} {font.size:.3f} Tf\n0 Tc\n")
            angle = math.radians(-piece.turn)
            cos, sin = math.cos(angle), math.sin(angle)
            x, y = piece.x * UNIT, self._height - piece.y * UNIT
            self._out.append(f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.3f} {y:.3f} Tm\n")
            self._out.append(f"[{_steps(run.glyphs, [x for x, _ in run.places], run.advances)}] TJ\n")

    def _picture(self, image: Image) -> None:
        a, b, c, d, e, f = (value * UNIT for value in image.matrix)
        # PDF's unit square has its first row at the top, at v = 1.
        matrix = f"{a:.4f} {-b:.4f} {-c:.4f} {d:.4f} {e + c:.4f} {self._height - f - d:.4f}"
        self._out.append(f"q {matrix} cm /{self._image(image)} Do Q\n")


def _steps(glyphs: tuple[int, ...], places: list[float], advances: tuple[float, ...]) -> str:
    """The operand of TJ: glyphs, and thousandths of the em to step back where the next one stands elsewhere."""
    out, pending = [], ""
    for index, glyph in enumerate(glyphs):
        pending += f"{glyph:04X}"
        if index + 1 < len(glyphs):
            back = round(advances[index]) - (places[index + 1] - places[index])
            if abs(back) > 0.5:
                out.append(f"<{pending}> {back:.0f}")
                pending = ""
    return " ".join([*out, f"<{pending}>"] if pending else out)
