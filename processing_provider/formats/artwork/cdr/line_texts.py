"""Texts as a CorelDRAW 12 document has them: each line straight, its halo an outline of its own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ....drawing.model import Color, Font, Line, Stroke, Text
from ....drawing.shaping import EM, shaped

MM = 25.4 / 72


@dataclass
class Words:
    """A text as this format has it: one straight line, or what shines round it."""

    text: str
    font: Font
    color: Color
    x: float
    y: float
    rotation: float
    width: float
    stroke: Stroke | None = None


@lru_cache(maxsize=1000)
def space_of(font: Font) -> float:
    """How wide a font's space is, in mm."""
    return sum(sum(run.advances) for run in shaped(" ", font.family, font.bold, font.italic)) / EM * font.size * MM


def straight(text: Text, line: Line) -> Words:
    """A line of a text; a bent one straight through its middle, since text on a path is not known of this format."""
    # Spacing stands between the letters of a word alone: what else there was moves both ends.
    inside = sum(len(word) - 1 for word in line.text.split(" ") if word)
    lost = (len(line.text) - 1 - inside) * text.font.spacing
    width = line.width - lost - text.font.spacing
    if line.path is None:
        angle = math.radians(-text.rotation)
        x, y = line.x + math.cos(angle) * lost / 2, line.y + math.sin(angle) * lost / 2
        return Words(line.text, text.font, text.color, x, y, text.rotation, width)
    steps = np.hypot(*np.diff(line.path, axis=0).T)
    reached = np.concatenate([[0.0], np.cumsum(steps)])
    points = [
        [np.interp(part * reached[-1], reached, axis) for axis in line.path.T] for part in (0.0, 0.25, 0.5, 0.75, 1)
    ]
    (x0, y0), (x1, y1) = points[0], points[-1]
    middle = np.mean(points, axis=0)
    angle = math.atan2(y1 - y0, x1 - x0)
    x, y = middle - np.array([math.cos(angle), math.sin(angle)]) * width / 2
    return Words(line.text, text.font, text.color, float(x), float(y), -math.degrees(angle), width)


def halos_of(text: Text) -> list[Words]:
    """The same lines as an outline in the colour of the halo."""
    if text.halo is None:
        return []
    stroke = Stroke(text.halo.color, text.halo.width * 2, "round", "round")
    words = [straight(text, line) for line in text.lines]
    return [
        Words(w.text, w.font, text.halo.color, w.x, w.y, w.rotation, w.width, stroke) for w in words
    ]  # fmt: skip
