"""What a CorelDRAW 12 document numbers once and names often: fills, outlines, fonts and styles of text."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ....drawing.clean.colors import over
from ....drawing.model import Color, Font, Stroke
from ...inks import Formula, Inks, Press
from .line_texts import space_of
from .records import FACES, fill, font, outline
from .records import color as color_record
from .riff import Stream
from .styles import Roots, TextStyle, table


class Looks:
    """Numbers what is used; colours that shine through are mixed with the ground's."""

    def __init__(self, ground: Color, press: Press | Formula | None) -> None:
        self._ground = ground
        self._press = press
        self._next = 100
        self.roots = Roots.made(self._next)
        self._next += len(self.roots)
        self._fills: dict[Color | None, int] = {}
        self._outlines: dict[Stroke | None, int] = {}
        self._fonts: dict[str, int] = {}
        self._faces: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[Font, Color], TextStyle] = {}
        self._lettered: set[Color] = set()
        self.none, self._black = self.fill(None), self.fill(Color(0, 0, 0))
        self.no_line = self.outline(None)
        self._hairline = self.outline(Stroke(Color(0, 0, 0), 0.0762, "butt", "miter"))

    def number(self) -> int:
        """A number that nothing has yet."""
        self._next += 1
        return self._next

    def fill(self, value: Color | None) -> int:
        """The number of a fill; what shines through is mixed with the page."""
        flat = None if value is None else over(value, self._ground)
        if flat not in self._fills:
            self._fills[flat] = self.number()
        return self._fills[flat]

    def outline(self, stroke: Stroke | None) -> int:
        """The number of an outline."""
        if stroke not in self._outlines:
            self._outlines[stroke] = self.number()
        return self._outlines[stroke]

    def lettered(self, value: Color) -> None:
        """Let letters have this colour, whose inks are those of small things then."""
        self._lettered.add(over(value, self._ground))

    def style(self, used: Font, color: Color) -> TextStyle:
        """The style of texts in this font and colour."""
        key = (used, color)
        if key not in self._styles:
            number = self._fonts.setdefault(used.family, len(self._fonts) + 1)
            ids = self.number(), self.number(), self.number(), self.number()
            face, spacing = FACES[used.bold, used.italic], round(1_000_000 * used.spacing / space_of(used))
            self._faces[number, face] = used.family
            self.lettered(color)
            self._styles[key] = TextStyle(*ids, number, used.size, face, self.fill(color), spacing)
        return self._styles[key]

    def fonts(self, stream: Stream) -> None:
        """The table of fonts."""
        with stream.list(b"fntt"):
            # The roots of all styles have the first font in its plain face.
            plain = {(number, FACES[False, False]): family for family, number in (self._fonts or {"Arial": 1}).items()}
            for (number, face), family in sorted({**plain, **self._faces}.items()):
                stream.chunk(b"font", font(number, family, face))

    def tables(self, stream: Stream) -> None:
        """The tables of fills, outlines and styles."""
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
                    flat = over(stroke.color, self._ground)
                    stream.chunk(b"outl", outline(number, stroke, color_record(flat, self._inks(flat, stroke.width))))
        styles = list(self._styles.values())
        begun = stream.begin(b"stlt")
        stream.raw(table(self.roots, styles, self._black, self.none, self.no_line, self._hairline))
        stream.end(begun)

    def _inks(self, value: Color, width: float | None = None) -> Inks | None:
        """The inks of a fill, of a line where it has a width; a fill that letters have too is as they need it."""
        if self._press is None:
            return None
        if width is not None:
            return self._press.line(value, width)
        return self._press.text(value, 0.0) if value in self._lettered else self._press.area(value)
