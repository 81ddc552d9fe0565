"""What a sheet is furnished with: texts, areas and outlines with known boxes, all in mm, drawn on any paint device."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Union

from qgis.PyQt.QtCore import QPointF, QRectF, Qt, QTextBoundaryFinder
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

# Fonts have whole pixels: texts are set at this size and scaled down, so that they measure alike on every device.
EM = 100
LINE = 1.2
_TYPOGRAPHIC_BREAK = QTextBoundaryFinder.BoundaryType

# What people call each kind of thing on a sheet.
TITLES = {
    "title": "Title", "subtitle": "Subtitle", "rule": "Frame",
    "frame": "Frame", "plate": "Plates", "bar": "Scale bar", "gap": "Scale bar",
    "bar label": "Scale bar", "scale": "Scale", "north": "North arrow", "north letter": "North arrow",
    "notice": "Notice", "grid": "Letters of the grid", "legend": "Legend", "index": "Index",
}  # fmt: skip


class Lettering:
    """A font at a size of one em, measured in em.

    `spacing` widens every letter by a share of itself: the only spacing that is the same on devices of every DPI.
    `others`: families for letters that the first has not.
    `figures`: without the font's substitutions, for some write a raised colon or hyphen between figures that no reader
    of a PDF takes for one.
    """

    def __init__(
        self, family: str, bold: bool = False, spacing: float = 0.0, figures: bool = False, others: tuple[str, ...] = ()
    ) -> None:
        self.font = QFont(family)
        if others:
            self.font.setFamilies([family, *others])
        self.font.setPixelSize(EM)
        self.font.setBold(bold)
        self.font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if figures:
            self.font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        self._plain = QFontMetricsF(self.font)
        self.spacing = spacing
        if spacing:
            self.font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * (1 + spacing))
        self._metrics = QFontMetricsF(self.font)
        self.cap = self._metrics.capHeight() / EM
        self.rise = self._metrics.ascent() / EM
        self.fall = self._metrics.descent() / EM

    def width(self, text: str) -> float:
        """How long a text is."""
        return self._metrics.horizontalAdvance(text) / EM

    def tracking(self, text: str) -> float:
        """The space between two letters of a text, on average."""
        return self.width(text) / len(text) - self._plain.horizontalAdvance(text) / EM / len(text)

    def wrapped(self, text: str, most: float, lines: int) -> list[str] | None:
        """The text in at most so many lines of at most that width, as even as they can be; None where it cannot."""
        broken = self._broken(text, most)
        if broken is None or len(broken) > lines:
            return None
        low, high = 0.0, most
        for _ in range(10 if len(broken) > 1 else 0):
            middle = (low + high) / 2
            narrower = self._broken(text, middle)
            if narrower is not None and len(narrower) == len(broken):
                broken, high = narrower, middle
            else:
                low = middle
        return broken

    def chopped(self, text: str, most: float, lines: int) -> list[str]:
        """A text without places to break at, broken at any letter; an ellipsis ends what has no room."""
        result: list[str] = []
        rest = text
        while rest and len(result) < lines:
            count = len(rest)
            while count > 1 and self.width(rest[:count]) > most:
                count -= 1
            result.append(rest[:count].strip())
            rest = rest[count:].strip()
        if rest:
            result[-1] = result[-1][:-1] + "…"
        return result

    def _broken(self, text: str, most: float) -> list[str] | None:
        """Lines broken where the script allows it; None where a piece without such a place is too long."""
        finder = QTextBoundaryFinder(_TYPOGRAPHIC_BREAK.Line, text)
        lines, start, last = [], 0, 0
        while (place := finder.toNextBoundary()) != -1:
            place = _python_index(text, place)
            if self.width(text[start:place].rstrip()) > most:
                if last == start:
                    return None
                lines.append(text[start:last].strip())
                start = last
                if self.width(text[start:place].rstrip()) > most:
                    return None
            last = place
        return [*lines, text[start:].strip()]


def _python_index(text: str, units: int) -> int:
    """Qt counts UTF-16 units, Python letters."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


@dataclass(frozen=True)
class Text:
    """A line of text at the point `x`, `y` on its base line: its start, middle or end there (`anchor` 0, 0.5, 1)."""

    name: str
    text: str
    lettering: Lettering
    size: float
    x: float
    y: float
    color: str
    anchor: float = 0.0

    @property
    def width(self) -> float:
        """Its length."""
        return self.lettering.width(self.text) * self.size

    @property
    def box(self) -> QRectF:
        """Where its ink can be."""
        face = self.lettering
        left, top = self.x - self.anchor * self.width, self.y - face.rise * self.size
        return QRectF(left, top, self.width, (face.rise + face.fall) * self.size)

    def draw(self, painter: QPainter) -> None:
        """Text as text."""
        painter.save()
        painter.translate(self.x - self.anchor * self.width, self.y)
        painter.scale(self.size / EM, self.size / EM)
        painter.setFont(self.lettering.font)
        painter.setPen(QColor(self.color))
        painter.drawText(QPointF(0, 0), self.text)
        painter.restore()


@dataclass(frozen=True)
class Area:
    """A filled rectangle."""

    name: str
    box: QRectF
    color: str

    def draw(self, painter: QPainter) -> None:
        """One fill."""
        painter.fillRect(self.box, QColor(self.color))


@dataclass(frozen=True)
class Shape:
    """A path, filled, or drawn as a line of a width in mm."""

    name: str
    path: QPainterPath
    color: str
    stroke: float = 0.0

    @property
    def box(self) -> QRectF:
        """The path with half its line."""
        half = self.stroke / 2
        return self.path.boundingRect().adjusted(-half, -half, half, half)

    def draw(self, painter: QPainter) -> None:
        """One path."""
        painter.save()
        if self.stroke:
            pen = QPen(QColor(self.color), self.stroke)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.color))
        painter.drawPath(self.path)
        painter.restore()


Piece = Union[Text, Area, Shape]


def draw(pieces: Iterable[Piece], painter: QPainter) -> None:
    """Draw in order, in the painter's own units, which are mm."""
    for piece in pieces:
        piece.draw(painter)
