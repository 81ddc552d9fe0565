"""The sheet round a map: title, frame, scale, north, and whose data it is, arranged in mm so that nothing meets.

On a paper they stand in the head and the foot; on a page that is cut to the map, in its lower corners, on plates of the
paper's colour. The notice is always there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QPainterPath, QTransform

from ...osm.tables.map_data import NOTICE
from ...request.papers import LEAST, POINT, Sheet
from ..fonts.scripts import Faces, han_region, is_straight
from .decorations import LINE, Area, Lettering, Piece, Shape, Text
from .scale_bar import Bar, in_figures, longest_bar
from .texts import shown, warn

if TYPE_CHECKING:
    from ...feedback import Feedback
    from ...request.pages import Page
    from ..rendering.picture import Picture

# So much wider are the letters of a title in capitals.
_SPACING = 0.1
# A bar is at most such a part of the map's width.
_BAR_SHARE = 0.25
# Below so many degrees nobody sees that north is not up.
_UPRIGHT = 0.5
# A title is no larger than this part of the height of its band.
_TITLE_LINE = 0.8
_FRAME_MM = 0.25
# What a page says that has no room for more: https://osmfoundation.org/wiki/Licence/Attribution_Guidelines.
_SHORTEST = "© OpenStreetMap"


class _Ink:
    """Colours and letters of one theme."""

    def __init__(self, picture: Picture) -> None:
        color, font = picture.theme.color, picture.theme.font
        self.paper = color.get("paper") or picture.background
        self.text = color.get("text") or "#000000"
        self.frame = color.get("frame") or self.text
        self.caps = bool(font.get("place_caps"))
        self.place = str(font["place"])
        # The height of small texts: faces of small build are set larger, as on the map.
        self.size = max(picture.page.sheet.text * float(font.get("size", 1.0)), LEAST)
        # No text of the style is smaller.
        self.least = float(font["least"]) * POINT
        self.size = max(self.size, self.least)
        self.family = str(font["family"])
        notice = credit(picture)
        others = () if notice.isascii() else Faces().chain(self.family, notice, lambda: han_region([notice], "")) or ()
        # Letters that join need the font's substitutions.
        self.small = Lettering(self.family, figures=not is_straight(notice), others=others)
        self.strong = Lettering(self.family, bold=True, figures=True)


def paper_color(picture: Picture) -> str:
    """The colour of the sheet beneath the map."""
    return _Ink(picture).paper


def furniture(picture: Picture, alone: bool = False) -> list[Piece]:
    """Everything that is drawn over and round the map, in mm from the sheet's upper left corner.

    `alone`: only what stands inside the map, from the map's own corner, where it comes without its sheet.
    """
    page, ink = picture.page, _Ink(picture)
    sheet = page.sheet
    if sheet.bare:
        return []
    if alone:
        return _inside(picture, ink, QRectF(0, 0, sheet.map_width, sheet.map_height), False)
    place = QRectF(sheet.left, sheet.top, sheet.map_width, sheet.map_height)
    pieces: list[Piece] = []
    if sheet.head is not None and page.title:
        pieces += _title(page.title, QRectF(*sheet.head), ink)
    if not sheet.named:
        if sheet.head is not None:
            pieces.append(Area("rule", QRectF(0, sheet.top - _FRAME_MM, sheet.width, _FRAME_MM), ink.frame))
        return pieces + _inside(picture, ink, place, True)
    outline = QPainterPath()
    outline.addRect(place)
    pieces.append(Shape("frame", outline, ink.frame, _FRAME_MM * max(sheet.text / LEAST, 1.0)))
    return pieces + _foot(picture, ink, sheet)


def _title(text: str, band: QRectF, ink: _Ink) -> list[Piece]:
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


def _has_capitals(text: str) -> bool:
    """Whether every letter is of a script with capitals: others are not spaced, least of all where letters join."""
    return all(letter.upper() != letter.lower() or letter == "ß" for letter in text if letter.isalpha())


def _foot(picture: Picture, ink: _Ink, sheet: Sheet) -> list[Piece]:
    """Scale and north at the left, the notice at the right, on one base line under the map."""
    base = sheet.height - sheet.margin - ink.small.fall * ink.size
    pieces = _scale(picture.page, ink, sheet.left, base, ink.size, sheet.map_width)
    right = sheet.left + sheet.map_width
    start = max(piece.box.right() for piece in pieces) + 3 * ink.size
    lines, size = _notice_lines(picture, ink, right - start, ink.size, 2)
    return pieces + _notice(lines, size, ink, right, base)


def _inside(picture: Picture, ink: _Ink, place: QRectF, scaled: bool) -> list[Piece]:
    """Plates in the lower corners: the notice at the right; at the left as much of the scale as there is room for."""
    text = ink.size
    pad = 0.6 * text
    base = place.bottom() - 0.9 * pad
    left: list[Piece] = []
    for parts in ("line figures north", "figures north", "figures", "north", "") if scaled else ("",):
        left = _scale(picture.page, ink, place.left() + pad, base, text, place.width(), parts)
        start = max((piece.box.right() + 3 * pad for piece in left), default=place.left() + pad)
        lines, size = _notice_lines(picture, ink, place.right() - pad - start, text, 2, place.height())
        if size >= LEAST * 0.999 and is_whole(picture, lines):
            break
    notice = _notice(lines, size, ink, place.right() - pad, base)
    return [*_plate(left, place, pad, ink), *left, *_plate(notice, place, pad, ink), *notice]


def _plate(pieces: list[Piece], place: QRectF, pad: float, ink: _Ink) -> list[Piece]:
    """Paper under what stands on the map, out to the corner that it stands in."""
    if not pieces:
        return []
    box = QRectF()
    for piece in pieces:
        box = box.united(piece.box)
    box.adjust(-pad, -pad * 0.5, pad, 0)
    box.setBottom(place.bottom())
    return [Area("plate", box.intersected(place), ink.paper)]


def _scale(
    page: Page, ink: _Ink, left: float, base: float, text: float, width: float, parts: str = "bar figures north"
) -> list[Piece]:
    """The bar, the scale in figures, and an arrow where north is not up; from `left` on, on the base line."""
    pieces: list[Piece] = []
    x = left
    bar = longest_bar(page.scale, width * _BAR_SHARE) if parts.startswith(("bar", "line")) else None
    if bar is not None:
        pieces += _bar(bar, page.scale, ink, left, base, text, parts.startswith("line"))
        x = max(piece.box.right() for piece in pieces) + 1.6 * text
    if "figures" in parts:
        figures = in_figures(page.scale)
        pieces.append(Text("scale", figures, ink.strong, text, x, base, ink.text))
        x += ink.strong.width(figures) * text + 1.8 * text
    if "north" in parts and abs(page.north) >= _UPRIGHT:
        pieces += _north(page.north, x, base, text, ink)
    return pieces


def _bar(bar: Bar, scale: int, ink: _Ink, left: float, base: float, text: float, in_line: bool) -> list[Piece]:
    """The bar on the base line, its lengths over it; `in_line`: its whole length behind it."""
    length, thick, thin = bar.length(scale), 0.42 * text, 0.1 * text
    top, step = base - thick - (0.15 * text if in_line else 0), length / bar.parts
    pieces: list[Piece] = [Area("bar", QRectF(left, top, length, thick), ink.text)]
    for part in range(1, bar.parts, 2):
        wide = step - (thin if part == bar.parts - 1 else 0)
        pieces.append(Area("gap", QRectF(left + part * step, top + thin, wide, thick - 2 * thin), ink.paper))
    if in_line:
        start = left + length + 0.6 * text
        return [*pieces, Text("bar label", bar.labels[bar.parts], ink.small, text, start, base, ink.text)]
    size, between = max(0.92 * text, ink.least), 0.5 * text
    first, *middle, last = (
        Text("bar label", label, ink.small, size, 0, top - 0.38 * text, ink.text) for label in bar.labels.values()
    )
    # A number's middle stands over its mark, but nothing stands out at the left.
    first = replace(first, x=left)
    half = ink.small.width(last.text.split()[0]) * size / 2
    last = replace(last, x=max(left + length - half, first.box.right() + between))
    for label in middle:
        placed = replace(label, x=left + length / 2, anchor=0.5)
        if placed.box.left() > first.box.right() + between and placed.box.right() < last.box.left() - between:
            pieces.append(placed)
    return [*pieces, first, last]


def _north(angle: float, left: float, base: float, text: float, ink: _Ink) -> list[Piece]:
    """An arrow turned `angle` degrees clockwise, with its letter beside it."""
    half, wide = 1.2 * text, 0.42 * text
    turned = QTransform().rotate(angle)
    corners = [QPointF(0, -half), QPointF(wide, half), QPointF(0, 0.55 * half), QPointF(-wide, half)]
    reach = max(abs(turned.map(corner).x()) for corner in corners)
    centre = QPointF(left + reach, base - half + 0.1 * text)
    arrow = QPainterPath(turned.map(corners[0]) + centre)
    for corner in corners[1:]:
        arrow.lineTo(turned.map(corner) + centre)
    arrow.closeSubpath()
    return [
        Shape("north", arrow, ink.text),
        Text("north letter", "N", ink.strong, text, left + 2 * reach + 0.5 * text, base, ink.text),
    ]


def warn_of_lost(picture: Picture, feedback: Feedback) -> None:
    """Tell which letters of title and notice no font here has: they are left out."""
    sheet, font = picture.page.sheet, picture.theme.font
    if not sheet.bare and sheet.head is not None:
        warn(True, str(font["place"]), picture.page.title, feedback)
    if not sheet.bare:
        warn(False, str(font["family"]), _whole_credit(picture), feedback)


def credit(picture: Picture) -> str:
    """Whose data it is, and of which day, in letters that fonts here have."""
    return shown(str(picture.theme.font["family"]), _whole_credit(picture))


def _whole_credit(picture: Picture) -> str:
    parts = picture.notice.split(", ") if picture.notice == NOTICE else [picture.notice] if picture.notice else []
    if parts and picture.date:
        parts.append(f"data of {picture.date[:10]}")
    return " · ".join(parts)


def is_whole(picture: Picture, lines: list[str]) -> bool:
    """Whether these lines are all of the notice."""
    return "".join("".join(lines).split()).replace("·", "") == "".join(credit(picture).split()).replace("·", "")


def _notice_lines(
    picture: Picture, ink: _Ink, width: float, text: float, lines: int, height: float = math.inf
) -> tuple[list[str], float]:
    """The notice broken between its parts where they fit, else between words; what it says first where all does not.

    Never below the style's least, nor over more than half of `height`; nothing where not even its first word fits.
    """
    whole = credit(picture)
    if not whole or width <= 0:
        return [], text
    size = text
    while size > ink.least * 0.999:
        room = lines + (size < LEAST * 0.999)
        if found := _broken(whole, ink, width / size, room):
            return found, size
        size = max(size * 0.97, LEAST if size > LEAST * 1.001 else ink.least) if size > ink.least * 1.001 else 0.0
    size = ink.least
    room = int(min(height / 2 / (LINE * size), 2 * lines))
    parts = whole.split(" · ")
    shorter = [" · ".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if parts[0] == NOTICE.split(", ")[0]:
        shorter.append(_SHORTEST)
    for form in shorter:
        if found := _broken(form, ink, width / size, room):
            return found, size
    return [], size


def _broken(text: str, ink: _Ink, width: float, most: int) -> list[str] | None:
    """A text in at most so many lines of `width` em, as few as can be; None where it does not fit."""
    # Between parts a line may break; inside a part, and inside an address, it should not.
    loose = text.replace("/", "/\u2060")
    bound = loose.replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
    for form in (bound, loose):
        for count in range(1, most + 1):
            if broken := ink.small.wrapped(form, width, count):
                return [line.replace("\u00a0", " ").replace("\u2060", "").strip("· ") for line in broken]
    return None


def _notice(lines: list[str], size: float, ink: _Ink, right: float, base: float) -> list[Piece]:
    """The lines, the last one on the base line, all up to the right edge."""
    return [
        Text("notice", line, ink.small, size, right, base - (len(lines) - 1 - number) * LINE * size, ink.text, 1.0)
        for number, line in enumerate(lines)
    ]
