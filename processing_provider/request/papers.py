"""Sheets: paper sizes by name (ISO 216, ANSI/ASME Y14.1), and where the map lies on them. All in mm, y downwards."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

# Upright. The squares are the sides of common papers and picture frames.
PAPERS: dict[str, tuple[float, float]] = {
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
    "square": (210.0, 210.0),
    "square-30": (300.0, 300.0),
    "square-50": (500.0, 500.0),
}
# How much larger a map can be made as a whole, for the distance that it is looked at from.
MAGNIFICATIONS = ("1", "1.2", "1.4", "1.7", "2", "2.5", "3", "4")
# The page that is cut to the map; it is no larger than A4 unless a scale is asked for.
FIT = "fit"
PAGES = (FIT, *PAPERS)
ORIENTATIONS = ("auto", "portrait", "landscape")
# Margin by the paper's shorter side: up to so many mm, such a margin.
_MARGINS = ((150.0, 8.0), (300.0, 12.0), (430.0, 15.0), (600.0, 19.0), (float("inf"), 25.0))
POINT = 25.4 / 72
# The smallest text of a sheet.
LEAST = 6 * POINT
_A4 = 210.0
# Texts grow slower than paper: a large sheet is looked at from farther away, but not that far.
_GROWTH = 0.6
_TEXT, _HEAD, _TITLE = 6.5 * POINT, 15.0, 10.5
# A subtitle, with the space below it, and how much nearer it is to a title than the map would be.
_SUBTITLE, _SUBHEAD, _NEARER = 4.6, 7.6, 3.5
# What a paper can have beside the map: letters and figures round it with their lines on it, the classes that are drawn,
# names with the cells of the grid where they are; and a bar in miles or feet beside that in metres.
PARTS = ("grid", "legend", "index", "miles")
# The share of the paper that legend and index take, beside the map or below it, by how many of them there are.
_PANEL = {1: (0.2, 0.2), 2: (0.3, 0.32)}
# The band of the grid's letters and the gap before the panel, in heights of small texts.
_BAND, _PANEL_GAP = 2.0, 2.2


@dataclass(frozen=True)
class Sheet:
    """A sheet and the frame of the map on it.

    `text` is the height of its small texts, `head` the box of the title (left, top, width, height), None where there
    is none; `named` tells a paper from a page that is cut to the map. On a `bare` one the map is alone.
    """

    width: float
    height: float
    left: float
    top: float
    map_width: float
    map_height: float
    margin: float
    text: float
    head: tuple[float, float, float, float] | None
    named: bool
    bare: bool = False
    # What is asked for beside title, scale and notice (of PARTS); the box of legend and index, None where neither is;
    # how wide the band is in which the letters of the grid stand round the map.
    parts: tuple[str, ...] = ()
    panel: tuple[float, float, float, float] | None = None
    band: float = 0.0
    # The box of the subtitle, None where there is none.
    subhead: tuple[float, float, float, float] | None = None


def paper(name: str, landscape: bool) -> tuple[float, float]:
    """Width and height of a paper as it is turned."""
    short, long = sorted(PAPERS[name])
    return (long, short) if landscape else (short, long)


def named_sheet(
    width: float, height: float, titled: bool, parts: tuple[str, ...] = (), subtitled: bool = False
) -> Sheet:
    """A paper with its margins: the titles above the map, a foot of two lines below, the map takes all the rest.

    Legend and index stand at the right of a map on a paper that is wider than high, else below it.
    """
    short = min(width, height)
    margin = next(value for limit, value in _MARGINS if short <= limit)
    size = (short / _A4) ** _GROWTH
    text = max(_TEXT * size, LEAST)
    head = (margin, margin, width - 2 * margin, _TITLE * size) if titled else None
    top = margin + (_HEAD * size if titled else 0.0)
    subhead = None
    if subtitled:
        # Below a title it uses the space above the map; by itself it brings its own.
        subhead = (margin, top - (_NEARER * size if titled else 0.0), width - 2 * margin, _SUBTITLE * size)
        top += (_SUBHEAD - (_NEARER if titled else 0.0)) * size
    foot = 3.6 * text
    across, down = width - 2 * margin, height - top - foot - margin
    band = _BAND * text if {"grid", "index"} & set(parts) else 0.0
    panels = len({"legend", "index"} & set(parts))
    panel, gap = None, _PANEL_GAP * text
    # Its edges are those of the map's frame.
    if panels and width > height:
        side = width * _PANEL[panels][0]
        panel = (width - margin - side, top + band, side, down - 2 * band)
        across -= side + gap
    elif panels:
        side = height * _PANEL[panels][1]
        panel = (margin + band, top + down - side, across - 2 * band, side)
        down -= side + gap
    return Sheet(
        width, height, margin + band, top + band, across - 2 * band, down - 2 * band, margin, text, head, True,
        parts=parts, panel=panel, band=band, subhead=subhead,
    )  # fmt: skip


def fitted_sheet(width: float, height: float, titled: bool, subtitled: bool = False) -> Sheet:
    """A page cut to a map of this size; title and subtitle get a band above it."""
    size = max((min(width, height) / _A4) ** _GROWTH, 0.6)
    band = _HEAD * size + 4 * size if titled else 0.0
    side = min(6 * size, width * 0.05)
    head = (side, 4 * size, width - 2 * side, band - 8 * size) if titled else None
    subhead = None
    if subtitled:
        top = band - 4 * size if titled else 3 * size
        subhead = (side, top, width - 2 * side, _SUBTITLE * size)
        band = top + _SUBHEAD * size
    return Sheet(
        width, height + band, 0.0, band, width, height, 0.0, max(_TEXT * size, LEAST), head, False, subhead=subhead
    )


def bare_sheet(width: float, height: float) -> Sheet:
    """A sheet that is the map and nothing else; what must go with the map stands somewhere else."""
    return Sheet(width, height, 0.0, 0.0, width, height, 0.0, LEAST, None, False, True)
