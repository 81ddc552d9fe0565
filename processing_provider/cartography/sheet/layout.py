"""The sheet round a map: title, frame, scale, north, and whose data it is, arranged in mm so that nothing meets.

On a paper they stand in the head and the foot; on a page that is cut to the map, in its lower corners, on plates of the
paper's colour. The notice is always there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QPainterPath

from ...request.papers import LEAST, Sheet
from ..fonts.scripts import Faces, han_region
from .decorations import LINE, Area, Lettering, Piece, Shape, Text
from .index_grid import letters
from .ink import Ink
from .notice import is_whole, notice_lines, notice_pieces
from .panel import panel
from .scale_and_north import scale_and_north
from .texts import shown

if TYPE_CHECKING:
    from ..rendering.picture import Picture

# So much wider are the letters of a title in capitals.
_SPACING = 0.1
# A title is no larger than this part of the height of its band.
_TITLE_LINE = 0.8
_FRAME_MM = 0.25


def paper_color(picture: Picture) -> str:
    """The colour of the sheet beneath the map."""
    return Ink(picture).paper


def furniture(picture: Picture, alone: bool = False) -> list[Piece]:
    """Everything that is drawn over and round the map, in mm from the sheet's upper left corner.

    `alone`: only what stands inside the map, from the map's own corner, where it comes without its sheet.
    """
    page, ink = picture.page, Ink(picture)
    sheet = page.sheet
    if sheet.bare:
        return []
    if alone:
        return _inside(picture, ink, QRectF(0, 0, sheet.map_width, sheet.map_height), False)
    place = QRectF(sheet.left, sheet.top, sheet.map_width, sheet.map_height)
    pieces: list[Piece] = []
    if sheet.head is not None and page.title:
        pieces += _title(page.title, QRectF(*sheet.head), ink)
    if sheet.subhead is not None:
        pieces += _subtitle(page.subtitle, QRectF(*sheet.subhead), ink)
    if not sheet.named:
        if sheet.head is not None or sheet.subhead is not None:
            pieces.append(Area("rule", QRectF(0, sheet.top - _FRAME_MM, sheet.width, _FRAME_MM), ink.frame))
        return pieces + _inside(picture, ink, place, True)
    outline = QPainterPath()
    outline.addRect(place)
    pieces.append(Shape("frame", outline, ink.frame, _FRAME_MM * max(sheet.text / LEAST, 1.0)))
    if sheet.band:
        pieces += letters(sheet, ink)
    return pieces + panel(picture, ink) + _foot(picture, ink, sheet)


def _title(text: str, band: QRectF, ink: Ink) -> list[Piece]:
    """The title in the middle of its band, as large as the band allows, in as many lines as that takes."""
    text = shown(ink.place, text)
    if not text:
        return []
    capitals = ink.caps and _has_capitals(text)
    text = " ".join((text.upper() if capitals else text).split())
    others = Faces().chain(ink.place, text, lambda: han_region([text], "")) or ()
    lettering = Lettering(ink.place, True, _SPACING if capitals else 0.0, others=others)
    size = band.height() * _TITLE_LINE
    while size > ink.least:
        room = int(band.height() / (LINE * size)) or 1
        lines = lettering.wrapped(text, band.width() / size, room)
        if lines:
            break
        size *= 0.96
    else:
        # No place to break at, as in a word of two hundred letters.
        size = ink.least
        lines = lettering.chopped(text, band.width() / size, max(int(band.height() / (LINE * size)), 1))
    first = band.center().y() - (len(lines) - 1) * LINE * size / 2 + lettering.cap * size / 2
    return [
        Text("title", line, lettering, size, band.center().x(), first + number * LINE * size, ink.frame, 0.5)
        for number, line in enumerate(lines)
    ]


def _subtitle(text: str, band: QRectF, ink: Ink) -> list[Piece]:
    """The subtitle in the middle of its band, as large as there is room for; an ellipsis ends what has none."""
    text = shown(ink.place, text)
    if not text:
        return []
    others = Faces().chain(ink.place, text, lambda: han_region([text], "")) or ()
    lettering = Lettering(ink.place, others=others)
    size = max(min(band.height() * _TITLE_LINE, band.width() / lettering.width(text)), ink.least)
    (line,) = (
        lettering.chopped(text, band.width() / size, 1)
        if lettering.width(text) * size > band.width() + 1e-6
        else [text]
    )
    base = band.center().y() + lettering.cap * size / 2
    return [Text("subtitle", line, lettering, size, band.center().x(), base, ink.text, 0.5)]


def _has_capitals(text: str) -> bool:
    """Whether every letter is of a script with capitals: others are not spaced, least of all where letters join."""
    return all(letter.upper() != letter.lower() or letter == "ß" for letter in text if letter.isalpha())


def _foot(picture: Picture, ink: Ink, sheet: Sheet) -> list[Piece]:
    """Scale and north at the left, the notice at the right, on one base line under the map."""
    base = sheet.height - sheet.margin - ink.small.fall * ink.size
    pieces = scale_and_north(picture.page, ink, sheet.left, base, ink.size, sheet.map_width)
    right = sheet.left + sheet.map_width
    start = max(piece.box.right() for piece in pieces) + 3 * ink.size
    lines, size = notice_lines(picture, ink, right - start, ink.size, 2)
    return pieces + notice_pieces(lines, size, ink, right, base)


def _inside(picture: Picture, ink: Ink, place: QRectF, scaled: bool) -> list[Piece]:
    """Plates in the lower corners: the notice at the right; at the left as much of the scale as there is room for."""
    text = ink.size
    pad = 0.6 * text
    base = place.bottom() - 0.9 * pad
    left: list[Piece] = []
    for parts in ("line figures north", "figures north", "figures", "north", "") if scaled else ("",):
        left = scale_and_north(picture.page, ink, place.left() + pad, base, text, place.width(), parts)
        start = max((piece.box.right() + 3 * pad for piece in left), default=place.left() + pad)
        lines, size = notice_lines(picture, ink, place.right() - pad - start, text, 2, place.height())
        if size >= LEAST * 0.999 and is_whole(picture, lines):
            break
    notice = notice_pieces(lines, size, ink, place.right() - pad, base)
    return [*_plate(left, place, pad, ink), *left, *_plate(notice, place, pad, ink), *notice]


def _plate(pieces: list[Piece], place: QRectF, pad: float, ink: Ink) -> list[Piece]:
    """Paper under what stands on the map, out to the corner that it stands in."""
    if not pieces:
        return []
    box = QRectF()
    for piece in pieces:
        box = box.united(piece.box)
    box.adjust(-pad, -pad * 0.5, pad, 0)
    box.setBottom(place.bottom())
    return [Area("plate", box.intersected(place), ink.paper)]
