"""Bent names in few straight pieces, for formats that know no text on a path.

A piece is as many words as lie nearly straight, turned as one; where a single word bends more than that, it is parted
where it bends, into single letters only where there is no other way. Programs that open the file then show words, and
not letter by letter.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from operator import itemgetter
from typing import Iterator, Sequence

from .model import Font, Line
from .shaping import EM, Placed, Run, along

# How far letters may stand from where they belong (sizes of the font), and be turned otherwise (degrees).
_ASIDE, _TURNED = 0.08, 7.0
# How many times as much inside a word that has to be parted.
_LOOSE = 1.7
_MM = 25.4 / 72


@dataclass(frozen=True)
class Piece:
    """Glyphs of one run on a straight line that begins at (x, y) mm, turned by `turn` degrees, clockwise.

    `places` are where they begin on it, `advances` how wide they are, in thousandths of the em.
    """

    run: Run
    glyphs: tuple[int, ...]
    places: tuple[float, ...]
    advances: tuple[float, ...]
    x: float
    y: float
    turn: float


def pieces(line: Line, font: Font) -> Iterator[Piece]:
    """The pieces of a bent line in their order."""
    placed = along(line, font)
    size = font.size * _MM
    start = 0
    while start < len(placed):
        ends = _word_ends(placed, start)
        for end in reversed(ends):
            piece = _straight(placed[start:end], size)
            if piece is not None:
                yield piece
                break
        else:
            end = ends[0]
            yield from _parted(placed[start:end], size)
        start = end


def _word_ends(placed: Sequence[Placed], start: int) -> list[int]:
    """Where words end, their space included, that begin at `start` or later and are of its font."""
    run = placed[start].run
    spaces = {int(glyph) for glyph in run.font.glyphIndexesForString(" ")}
    ends: list[int] = []
    for number in range(start, len(placed)):
        if placed[number].run is not run:
            return [*ends, number]
        if placed[number].glyph in spaces:
            ends.append(number + 1)
    return ends if ends and ends[-1] == len(placed) else [*ends, len(placed)]


def _parted(word: Sequence[Placed], size: float) -> list[Piece]:
    """A word in as few parts as lie about straight; a letter alone costs as much as two parts more."""
    best: list[tuple[float, list[Piece]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        found = []
        for start in range(end):
            piece = _straight(word[start:end], size, _LOOSE)
            if piece is not None:
                cost, before = best[start]
                found.append((cost + (3.0 if end - start == 1 else 1.0), [*before, piece]))
        best.append(min(found, key=itemgetter(0)))
    return best[-1][1]


def _straight(letters: Sequence[Placed], size: float, loose: float = 1.0) -> Piece | None:
    """Letters as one piece on the line between their ends; None where they lie too far from it."""
    first = letters[0]
    half = size / EM / 2
    middles = [
        (one.x + math.cos(math.radians(one.turn)) * one.advance * half,
         one.y + math.sin(math.radians(one.turn)) * one.advance * half)
        for one in letters
    ]  # fmt: skip
    turn = math.radians(first.turn)
    if len(letters) > 1:
        turn = math.atan2(middles[-1][1] - middles[0][1], middles[-1][0] - middles[0][0])
    cos, sin = math.cos(turn), math.sin(turn)
    shown = letters[:-1] if len(letters) > 2 else letters
    turns = [(one.turn - math.degrees(turn) + 180) % 360 - 180 for one in shown]
    asides = [(y - first.y) * cos - (x - first.x) * sin for x, y in middles]
    middle = (max(asides) + min(asides)) / 2
    is_far = max(map(abs, turns)) > _TURNED * loose or max(asides) - middle > _ASIDE * loose * size
    if len(letters) > 1 and is_far:
        return None
    places = tuple(
        ((x - first.x) * cos + (y - first.y) * sin) / size * EM - one.advance / 2
        for one, (x, y) in zip(letters, middles)
    )
    start = places[0] * size / EM
    return Piece(
        first.run, tuple(one.glyph for one in letters), tuple(place - places[0] for place in places),
        tuple(one.advance for one in letters), first.x + cos * start - sin * middle,
        first.y + sin * start + cos * middle, math.degrees(turn),
    )  # fmt: skip
