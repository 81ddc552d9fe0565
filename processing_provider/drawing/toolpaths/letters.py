"""Letters of one stroke: what a pen or a laser draws of a text, along a line that may bend."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..model import Points

_FILE = Path(__file__).with_name("strokes.txt")
_COMMENT, _SAME, _SMOOTH = "//", "= ", "~ "
# In the units of the file: the height of capitals and of small letters, the room beside each letter, a blank.
_CAPITAL, _SMALL, _BESIDE, _BLANK = 10.0, 7.0, 1.1, 3.6
# A smooth piece becomes so many lines.
_STEPS = np.linspace(0, 1, 7)[1:, None]
# Letters whose dot makes room for a mark.
_DOTLESS = {"i": "ı", "і": "ı", "j": "ȷ", "ј": "ȷ"}
# Marks below the letter stay where they are however high it is.
_BELOW = 3.0
# A text may be drawn so much narrower or wider than its letters are.
_NARROWEST, _WIDEST = 0.55, 1.5
# Capitals of the fonts of maps are so much of their size high.
CAPITALS = 0.714


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Points, ...]]:
    """The strokes of each letter of the file."""
    found: dict[str, tuple[Points, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(_COMMENT):
            continue
        letter, rest = line[0], line[2:]
        strokes: tuple[Points, ...] = ()
        if rest.startswith(_SAME):
            other, _, rest = rest[len(_SAME) :].partition(" / ")
            strokes = found[other]
        more = tuple(_stroke(part.strip()) for part in rest.split("/") if part.strip())
        found[letter] = strokes + more
    return found


def _stroke(text: str) -> Points:
    """The points of one stroke of the file, (n, 2)."""
    points = np.array([[float(value) for value in pair.split(",")] for pair in text.lstrip("~ ").split()])
    return _smooth(points) if text.startswith(_SMOOTH) else points


def _smooth(points: Points) -> Points:
    """A Catmull-Rom curve through points; round where it ends where it began."""
    if (points[0] == points[-1]).all():
        around = np.concatenate([points[-2:-1], points, points[1:2]])
    else:
        around = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    before, start, end, after = around[:-3], around[1:-2], around[2:-1], around[3:]
    t = _STEPS[None]
    parts = (
        2 * start[:, None]
        + (end - before)[:, None] * t
        + (2 * before - 5 * start + 4 * end - after)[:, None] * t**2
        + (3 * start - before - 3 * end + after)[:, None] * t**3
    ) / 2
    return np.concatenate([points[:1], parts.reshape(-1, 2)])


@lru_cache(maxsize=4096)
def _letter(letter: str) -> tuple[Points, ...] | None:
    """The strokes of a letter, with its marks; None where it has none."""
    table = _table()
    if letter in table:
        return table[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if base not in table or not marks or any(mark not in table for mark in marks):
        return None
    if any(table[mark][0][0, 1] > 0 for mark in marks):
        base = _DOTLESS.get(base, base)
    strokes = list(table[base])
    points = np.concatenate(strokes)
    middle, raised = (points[:, 0].min() + points[:, 0].max()) / 2, max(points[:, 1].max() - _SMALL, 0.0)
    for mark in marks:
        above = table[mark][0][:, 1].max() > _BELOW
        strokes += [stroke + np.array([middle, raised if above else 0.0]) for stroke in table[mark]]
    return tuple(strokes)


def is_drawn(text: str) -> bool:
    """Whether there are strokes for every letter of a text."""
    return all(letter.isspace() or _letter(letter) is not None for letter in unicodedata.normalize("NFC", text))


def written(text: str, size: float, along: Points, width: float, anchor: float) -> list[Points]:
    """The strokes of a text whose capitals and line are those of a font of `size` mm.

    `along` (n, 2) is the baseline in mm, y downwards, from the left; the text fills `width` of it where its letters
    can be drawn so wide or narrow, else as much as they can, `anchor` (0 start, 0.5 middle, 1 end) staying in place.
    """
    strokes: list[Points] = []
    reach = -_BESIDE
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace():
            reach += _BLANK + _BESIDE
            continue
        found = _letter(letter)
        if not found:
            continue
        points = np.concatenate(found)
        left, right = min(float(points[:, 0].min()), 0.0), float(points[:, 0].max())
        strokes += [stroke + np.array([reach + _BESIDE - left, 0.0]) for stroke in found]
        reach += 2 * _BESIDE + right - left
    if not strokes:
        return []
    unit = size * CAPITALS / _CAPITAL
    natural = (reach - _BESIDE) * unit
    wide = min(max(width / natural, _NARROWEST), _WIDEST) if natural > 0 and width > 0 else 1.0
    first = anchor * (width - natural * wide)
    counts = [len(stroke) for stroke in strokes]
    flat = np.concatenate(strokes)
    placed = _along(along, first + flat[:, 0] * unit * wide, flat[:, 1] * unit)
    return np.split(placed, np.cumsum(counts)[:-1])


def _along(line: Points, distances: np.ndarray, heights: np.ndarray) -> Points:
    """Points at distances along a line and heights above it; its ends go on straight."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    keep = lengths > 0
    steps, lengths, starts = steps[keep], lengths[keep], line[:-1][keep]
    ends = np.cumsum(lengths)
    at = np.clip(np.searchsorted(ends, distances, "right"), 0, len(lengths) - 1)
    way = steps[at] / lengths[at, None]
    place = starts[at] + way * (distances - (ends[at] - lengths[at]))[:, None]
    # Above a line, where y grows downwards, is to the left of who goes along it.
    result: Points = place + np.column_stack([way[:, 1], -way[:, 0]]) * heights[:, None]
    return result
