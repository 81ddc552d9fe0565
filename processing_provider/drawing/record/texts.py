"""Texts as the renderer paints them, line by line or letter by letter, put together into whole names.

QGIS tells of every label that it placed: the whole text, its layer and feature, and a box for each part (see
QgsLabelingResults.allLabels), so that nothing has to be guessed from letters.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Iterable, Sequence

import numpy as np

from ..model import Halo, Item, Line, Path, Stroke, Text
from .device import Letters, Mark

# Whose label it is, how wide and how high.
Size = tuple[str, float, float]
# How far (mm) a letter may begin outside the box that QGIS tells of it, and two boxes of one name may be apart.
_SLACK, _APART = 0.6, 0.4


@dataclass
class Position:
    """A label, or one letter of a curved one: the whole text, whose it is, its box's corners in mm.

    The corners are lower left, lower right, upper right, upper left, as one reads it. `full` is the whole name where
    `text` is a shorter one.
    """

    text: str
    layer: str
    feature: int
    corners: list[tuple[float, float]]
    full: str = ""


def put_together(marks: Iterable[Mark], positions: Sequence[Position]) -> list[tuple[str, list[Item]]]:
    """For each label in painting order: its layer's id, and its objects (what lies behind it, and the text)."""
    places = _Places(positions)
    result: list[tuple[str, list[Item]]] = []
    sizes: list[Size] = []
    behind: list[Item] = []
    halos: list[Stroke] = []
    letters: list[tuple[int, Letters]] = []
    current = -1

    def finish() -> None:
        if letters:
            result.append(_finished(places, letters, behind, halos))
            sizes.append((result[-1][0], *places.size(letters[0][0])))
        for used in (letters, behind, halos):
            used.clear()

    for mark in marks:
        if isinstance(mark, Letters):
            place = places.find(mark)
            label = places.label[place] if place >= 0 else -1
            if letters and (label != current or label < 0):
                finish()
            current = label
            letters.append((place, mark))
            continue
        if letters:
            finish()
        if isinstance(mark, Path) and mark.fill is None and mark.stroke is not None:
            halos.append(mark.stroke)
        else:
            behind.append(mark)
    finish()
    return _in_order(result, sizes)


def _in_order(labels: list[tuple[str, list[Item]]], sizes: list[Size]) -> list[tuple[str, list[Item]]]:
    """The labels, of those of one size, which QGIS paints in an order by chance, first the upper and left ones."""
    # To QGIS one text has one size, however its letters are bent: their boxes together are a little more or less wide.
    texts = [_said(layer, items) for layer, items in labels]
    least: dict[object, Size] = {}
    for text, size in zip(texts, sizes):
        least[text] = min(size, least.get(text, size))
    result: list[tuple[str, list[Item]]] = []
    for _, alike in groupby(zip((least[text] for text in texts), labels), key=itemgetter(0)):
        result += sorted((label for _, label in alike), key=lambda label: _start(label[1]))
    return result


def _said(layer: str, items: list[Item]) -> tuple[object, ...]:
    """Whose a label is, what it says, and how large."""
    text = items[-1]
    return (layer, text.name, text.font) if isinstance(text, Text) else (layer, id(items))


def _start(items: list[Item]) -> tuple[float, float]:
    """Where the text of a label begins, which is the last of its objects."""
    line = items[-1].lines[0] if isinstance(items[-1], Text) else Line("", 0.0, 0.0, 0.0)
    return line.y, line.x


class _Places:
    """The positions, and which of them are letters of one name: those whose boxes follow one another."""

    def __init__(self, positions: Sequence[Position]) -> None:
        self.positions = positions
        self._plain = [_plain(position.text) for position in positions]
        corners = np.array([position.corners for position in positions]).reshape(-1, 4, 2)
        self._start, self._end = corners[:, 0], corners[:, 1]
        along, up = self._end - self._start, corners[:, 3] - self._start
        self._length, self._height = np.maximum(np.hypot(*along.T), 1e-9), np.maximum(np.hypot(*up.T), 1e-9)
        self._along, self._up = along / self._length[:, None], up / self._height[:, None]
        self.label: list[int] = []
        for number, position in enumerate(positions):
            known = positions[number - 1] if number else None
            same = known is not None and (known.text, known.layer, known.feature) == (
                position.text, position.layer, position.feature,
            )  # fmt: skip
            joins = same and self._follow(number - 1, number)
            self.label.append(self.label[-1] if joins else number)

    def _follow(self, one: int, other: int) -> bool:
        limit = _APART * self._height[one] + 0.05
        gaps = self._end[one] - self._start[other], self._start[one] - self._end[other]
        return any(float(np.hypot(*gap)) < limit for gap in gaps)

    def size(self, place: int) -> tuple[float, float]:
        """How wide and high the whole label of a position is, in mm; 0 where there is none."""
        if place < 0:
            return 0.0, 0.0
        first = end = self.label[place]
        while end < len(self.label) and self.label[end] == first:
            end += 1
        return round(float(self._length[first:end].sum()), 2), round(float(self._height[first:end].max()), 2)

    def find(self, letters: Letters) -> int:
        """The position in whose box the letters begin; -1 where there is none."""
        offset = np.array([letters.x, letters.y]) - self._start
        along, up = (offset * self._along).sum(axis=1), (offset * self._up).sum(axis=1)
        inside = (along > -_SLACK) & (along < self._length + _SLACK) & (up > -_SLACK) & (up < self._height + _SLACK)
        text = _plain(letters.text)
        found = [index for index in np.flatnonzero(inside) if text in self._plain[index]]
        # Of several the one at whose very start the letters stand.
        return int(min(found, key=lambda index: abs(float(along[index])))) if found else -1


def _plain(text: str) -> str:
    """Without white space and case: a renderer may drop the one and change the other."""
    return "".join(text.split()).casefold()


def _finished(
    places: _Places, letters: list[tuple[int, Letters]], behind: list[Item], halos: list[Stroke]
) -> tuple[str, list[Item]]:
    """The layer's id and the objects of a label; letters may have come from the last to the first."""
    place = letters[0][0]
    position = places.positions[place] if place >= 0 else None
    whole = " ".join(position.text.split()) if position else ""
    pieces = [piece for _, piece in letters]
    if whole and _plain("".join(piece.text for piece in pieces)) != _plain(whole):
        pieces.reverse()
    first = pieces[0]
    # A pen of twice the width, of which the inner half lies under the letters.
    halo = Halo(halos[0].color, halos[0].width / 2) if halos else None
    # What is spaced ends with a space, of which programs think differently.
    anchor = 0.0 if first.font.spacing else 0.5
    text = Text(_lines(pieces, whole), first.font, first.color, halo, first.rotation, whole, anchor=anchor)
    text.full = position.full if position else ""
    return position.layer if position else "", [*behind, text]


def _lines(pieces: list[Letters], whole: str) -> list[Line]:
    """Pieces along a line are one line, on a path where it bends; others are a line each."""
    if len(pieces) == 1 or _stacked(pieces):
        return [Line(piece.text, piece.x, piece.y, piece.width) for piece in pieces]
    last = pieces[-1]
    angle = math.radians(-last.rotation)
    end = (last.x + math.cos(angle) * last.width, last.y + math.sin(angle) * last.width)
    path = np.array([*((piece.x, piece.y) for piece in pieces), end])
    length = float(np.hypot(*np.diff(path, axis=0).T).sum())
    straight = len({round(piece.rotation, 1) for piece in pieces}) == 1
    text = "".join(piece.text for piece in pieces)
    shown = whole if _plain(text) == _plain(whole) and text == text.strip() and len(text) == len(whole) else text
    return [Line(shown, pieces[0].x, pieces[0].y, length, None if straight else path)]


def _stacked(pieces: list[Letters]) -> bool:
    """Whether the pieces are lines below one another: the second does not begin on the first one's baseline."""
    one, other = pieces[0], pieces[1]
    angle = math.radians(-one.rotation)
    along = (other.x - one.x) * math.cos(angle) + (other.y - one.y) * math.sin(angle)
    across = (other.y - one.y) * math.cos(angle) - (other.x - one.x) * math.sin(angle)
    return abs(across) > 0.5 * one.font.size * 25.4 / 72 and along < one.width
