"""The procedures of a file of Illustrator 8 for interpreters of PostScript, and its fonts.

Programs that read the format know its operators and pass over the prolog; Ghostscript and printers draw by it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from ....drawing.model import Font
from ....drawing.shaping import EM, postscript_name, runs_of
from ..faces import Face
from ..type1 import Codes

# What strings are coded in, and its name.
PAGE = "cp1252"
DICTIONARY = "osm2cdr_ai8"
# Colours are procedures that set them; a path of several parts is painted once, where it ends (*U).
_PROCEDURES = f"""/{DICTIONARY} 120 dict def {DICTIONARY} begin
/bd{{bind def}}bind def
/fp{{0 setgray}}def /sp{{0 setgray}}def /fr{{eofill}}def /cp false def /pend{{newpath}}def /cl false def
/m{{moveto}}bd /L{{lineto}}bd /C{{curveto}}bd /h{{closepath}}bd
/pf{{gsave fp fr grestore newpath}}def /ps{{gsave sp stroke grestore newpath}}def
/pb{{gsave fp fr grestore ps}}def
/paint{{cp{{load/pend exch def}}{{load exec}}ifelse}}def
/f{{closepath/pf paint}}def /F{{/pf paint}}def /s{{closepath/ps paint}}def /S{{/ps paint}}def
/b{{closepath/pb paint}}def /B{{/pb paint}}def
/n{{cl{{clip/cl false def}}if newpath}}def /N{{n}}def /W{{/cl true def}}bd
/*u{{/cp true def/pend{{newpath}}def newpath}}def /*U{{/cp false def pend}}def /u{{}}def /U{{}}def
/q{{gsave}}bd /Q{{grestore}}bd
/w{{setlinewidth}}bd /J{{setlinecap}}bd /j{{setlinejoin}}bd /M{{setmiterlimit}}bd /d{{setdash}}bd
/A{{pop}}bd /O{{pop}}bd /R{{pop}}bd /D{{pop}}bd /i{{pop}}bd /XR{{0 eq{{/fr{{fill}}def}}{{/fr{{eofill}}def}}ifelse}}def
/k{{/setcmykcolor load 5 array astore cvx/fp exch def}}def /K{{/setcmykcolor load 5 array astore cvx/sp exch def}}def
/Xa{{/setrgbcolor load 4 array astore cvx/fp exch def}}def /XA{{/setrgbcolor load 4 array astore cvx/sp exch def}}def
/x{{pop pop k}}def /X{{pop pop K}}def
/Xx{{1 eq{{pop pop Xa}}{{pop pop k}}ifelse}}def /XX{{1 eq{{pop pop XA}}{{pop pop K}}ifelse}}def
/Lb{{13{{pop}}repeat}}bd /Ln{{pop}}bd /LB{{}}def /TE{{cleartomark}}bd /TZ{{cleartomark}}bd
/Pb{{pop pop}}bd /Pc{{}}def /PB{{}}def
/To{{pop/ta 0 def/tt 0 def}}def /TO{{}}def /TP{{}}def /Tr{{pop}}bd /Tz{{pop pop}}bd
/Ta{{/ta exch def}}bd /Tt{{/tt exch def}}bd
/Tp{{pop Tm}}def /Tm{{6 array astore/tm exch def}}def /TX{{pop}}bd
/Tf{{pop pop/ts exch def dup currentdict exch known{{load}}{{pop/Helvetica findfont}}ifelse ts scalefont setfont}}def
/Tx{{gsave tm concat 0 0 moveto fp ta 0 ne{{
dup stringwidth pop 1 index length tt ts mul 1000 div mul add ta 2 div neg mul 0 rmoveto}}if
tt ts mul 1000 div 0 3 -1 roll ashow currentpoint grestore
matrix translate tm matrix concatmatrix/tm exch def}}def
/annotatepage{{}}def /terminate{{end}}def
end
"""
# Names of the letters that the code page has beyond those of Adobe's standard encoding (Adobe Glyph List).
_LETTERS = """39/quotesingle 96/grave 128/Euro 130/quotesinglbase/florin/quotedblbase/ellipsis/dagger/daggerdbl
/circumflex/perthousand/Scaron/guilsinglleft/OE 142/Zcaron 145/quoteleft/quoteright/quotedblleft/quotedblright/bullet
/endash/emdash/tilde/trademark/scaron/guilsinglright/oe 158/zcaron/Ydieresis/space/exclamdown/cent/sterling/currency
/yen/brokenbar/section/dieresis/copyright/ordfeminine/guillemotleft/logicalnot/.notdef/registered/macron/degree
/plusminus/twosuperior/threesuperior/acute/mu/paragraph/periodcentered/cedilla/onesuperior/ordmasculine
/guillemotright/onequarter/onehalf/threequarters/questiondown/Agrave/Aacute/Acircumflex/Atilde/Adieresis/Aring/AE
/Ccedilla/Egrave/Eacute/Ecircumflex/Edieresis/Igrave/Iacute/Icircumflex/Idieresis/Eth/Ntilde/Ograve/Oacute
/Ocircumflex/Otilde/Odieresis/multiply/Oslash/Ugrave/Uacute/Ucircumflex/Udieresis/Yacute/Thorn/germandbls/agrave
/aacute/acircumflex/atilde/adieresis/aring/ae/ccedilla/egrave/eacute/ecircumflex/edieresis/igrave/iacute/icircumflex
/idieresis/eth/ntilde/ograve/oacute/ocircumflex/otilde/odieresis/divide/oslash/ugrave/uacute/ucircumflex/udieresis
/yacute/thorn/ydieresis"""


class _Paged(Codes):
    """The codes of a font's glyphs, as the code page has them."""

    def add(self, letter: str, glyph: int, width: int) -> None:
        """A letter of the page."""
        if glyph not in self._codes:
            self.face.letters[glyph], self.face.widths[glyph] = letter, width
            self._codes[glyph] = 0, letter.encode(PAGE)[0]


class Fonts:
    """The fonts of a file, and the letters that are used of each."""

    def __init__(self) -> None:
        self._codes: dict[str, _Paged] = {}

    def name(self, font: Font, text: str) -> str:
        """What the font's file calls it; the text's letters will be there."""
        raw = runs_of("A", font)[0].font
        name = "".join(sign for sign in postscript_name(raw) if sign.isascii() and (sign.isalnum() or sign == "-"))
        codes = self._codes.setdefault(name, _Paged(Face(name, name, raw)))
        for letter in sorted(set(text)):
            glyphs = [int(glyph) for glyph in raw.glyphIndexesForString(letter)[:1]]
            for glyph, step in zip(glyphs, raw.advancesForGlyphIndexes(glyphs)):
                codes.add(letter, glyph, round(float(step.x()) / raw.pixelSize() * EM))
        return name

    @property
    def names(self) -> list[str]:
        """All that are used."""
        return sorted(self._codes)

    def programs(self) -> Iterator[str]:
        """Each font as a resource of the prolog."""
        for name in self.names:
            yield f"%%BeginResource: font {name}\n{DICTIONARY} begin\n"
            yield f"{self._codes[name].program(0)}/_{name} exch def end\n%%EndResource\n"

    def encodings(self) -> Iterator[str]:
        """The fonts as programs that read the format are told of them."""
        if self._codes:
            yield f"[\n{_LETTERS} TE\n"
        for name in self.names:
            yield f"%AI3_BeginEncoding: _{name} {name}\n[/_{name}/{name} 0 0 1 TZ\n%AI3_EndEncoding TrueType\n"


def prolog(fonts: Fonts, width: float, height: float) -> Iterator[str]:
    """The whole prolog, for a page of so many points."""
    yield f"%%BeginProlog\n%%BeginResource: procset {DICTIONARY} 1.0 0\n{_PROCEDURES}%%EndResource\n"
    yield from fonts.programs()
    yield f"<</PageSize[{width:.4f} {height:.4f}]>>setpagedevice {DICTIONARY} begin\n%%EndProlog\n"
