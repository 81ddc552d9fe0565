"""What a metafile and its picture say of themselves before anything is drawn, by WebCGM 2.0."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ....drawing.model import Color
from . import records as cgm

# Units to the millimetre.
SCALE = 1000
Dash = tuple[float, ...]
_METRIC, _DIRECT, _ABSOLUTE = 1, 1, 0
_MOST_DASH = 30_000


def metafile(title: str, told: list[str], fonts: list[str]) -> list[bytes]:
    """The metafile's descriptor; `told` are its keywords, with what they say."""
    e = cgm.element
    described = ",".join(f'"{one}"' for one in told)
    # ISO 8859-1 in two halves.
    sets = cgm.i16(0) + cgm.counted(b"B") + cgm.i16(1) + cgm.counted(b"A")
    return [
        e(cgm.BEGIN_METAFILE, cgm.string(title)),
        e(cgm.VERSION, cgm.i16(4)),
        e(cgm.DESCRIPTION, cgm.string(described)),
        e(cgm.VDC_TYPE, cgm.i16(0)),
        e(cgm.INTEGER_PRECISION, cgm.i16(16)),
        e(cgm.REAL_PRECISION, cgm.i16(0, 9, 23)),
        e(cgm.INDEX_PRECISION, cgm.i16(16)),
        e(cgm.COLOUR_PRECISION, cgm.i16(8)),
        e(cgm.INDEX_COLOUR_PRECISION, cgm.i16(8)),
        e(cgm.COLOUR_EXTENT, bytes((0, 0, 0, 255, 255, 255))),
        e(cgm.ELEMENTS, cgm.i16(1, -1, 6)),
        e(cgm.COLOUR_MODEL, cgm.i16(1)),
        e(cgm.DEFAULTS, e(cgm.VDC_PRECISION, cgm.i16(32))),
        e(cgm.FONTS, b"".join(map(cgm.string, fonts))),
        e(cgm.CHARACTER_SETS, sets),
        e(cgm.CODING, cgm.i16(1)),
    ]


def picture(title: str, width: int, height: int, background: Color, dashes: dict[Dash, int]) -> list[bytes]:
    """The picture's descriptor: a page of so many units, a thousand to the millimetre; y goes up."""
    e = cgm.element
    return [
        e(cgm.BEGIN_PICTURE, cgm.string(title)),
        e(cgm.SCALING, cgm.i16(_METRIC) + cgm.real(1 / SCALE)),
        e(cgm.COLOUR_SELECTION, cgm.i16(_DIRECT)),
        e(cgm.LINE_WIDTH_MODE, cgm.i16(_ABSOLUTE)),
        e(cgm.EDGE_WIDTH_MODE, cgm.i16(_ABSOLUTE)),
        e(cgm.EXTENT, cgm.vdc(0, 0, width, height)),
        e(cgm.BACKGROUND, cgm.rgb(background)),
        *(line_type(number, dash) for dash, number in dashes.items()),
        e(cgm.BEGIN_BODY),
        e(cgm.CHARACTER_SET, cgm.i16(1)),
        e(cgm.UPPER_CHARACTER_SET, cgm.i16(2)),
        e(cgm.TEXT_PRECISION, cgm.i16(2)),
        # A text's place is its middle, where its capitals end: LibreOffice takes others for that one.
        e(cgm.ALIGNMENT, cgm.i16(2, 2) + cgm.real(0.0, 0.0)),
    ]


def line_type(number: int, dash: Dash) -> bytes:
    """A line type of our own: how long its pattern is, and of how many parts each dash and gap."""
    # A pattern of an odd number of parts goes on with its gaps and dashes exchanged.
    parts = dash * (1 + len(dash) % 2)
    whole = sum(parts)
    shares = [round(part / whole * _MOST_DASH) for part in parts]
    length = max(1, round(whole * SCALE))
    return cgm.element(cgm.LINE_TYPE_DEFINITION, cgm.i16(number) + cgm.vdc(length) + cgm.i16(*shares))
