"""The names beside the icons of points of interest, as wishes among all other names; and which icons remain."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from functools import partial
from typing import Iterable

import numpy as np

from ..features.strokes import Array
from ..stages.builder import Builder
from ..stages.pois import Point
from ..symbology.label_styles import TextStyle
from ..symbology.poi_labels import point_styles, style_of
from ..symbology.poi_table import GROUPS
from . import point_candidates
from .candidates import Label, Places, Wish
from .occupancy import HIDDEN, Paper, Sums
from .text_size import TextSize, wrapped

# Where such a name comes among all others (see names.py), by the point's own rank.
_RANK = (0.0, 4.5, 5.3, 5.5, 6.4, 6.8, 7.2, 7.6, 8.4, 8.6)
# Letters of a line; mm between icon and name; how much of roads and the like a name may hide, but for landmarks.
_LINE, _GAP, _MOST_HIDDEN, _LANDMARK = 16, 0.35, 0.5, 2


class PointNames:
    """The wishes of the points that have a name, by the point's identity.

    The places of the most important icons and of those without names are taken; the others' are part of their names'
    places.
    """

    def __init__(self, builder: Builder, points: list[Point], paper: Paper, sums: Sums) -> None:
        self.points = points
        self.styles: list[TextStyle] = point_styles(builder.labels, GROUPS)
        self.wishes: dict[int, Wish] = {}
        self._paper, self._sums = paper, sums
        # Main roads are what a name may hide least of all.
        self._mains = Sums(paper.cost == HIDDEN)
        sizes = {style.name: TextSize(style.text, builder.letterer.format) for style in self.styles}
        for point in self.points:
            at = paper.to_paper(np.array([[point.place.x(), point.place.y()]]))[0]
            icon = paper.cells(self._icon(point, at))
            paper.marks[icon] = True
            if not self._is_free(point):
                paper.taken[icon] = -1
            style = style_of(point.look.group, point.rank)
            if point.name and style in sizes:
                self.wishes[id(point)] = self._wish(point, at, style, sizes[style])

    def shown(self, labels: Iterable[Label]) -> list[Point]:
        """The points whose icon is shown: it has its name, or says enough alone."""
        named = {id(label.wish) for label in labels}
        found = []
        for point in self.points:
            if id(self.wishes.get(id(point))) not in named and self._is_free(point):
                at = self._paper.to_paper(np.array([[point.place.x(), point.place.y()]]))[0]
                cells = self._paper.cells(self._icon(point, at))
                # An icon alone stands where no name came.
                if point.needs_name or (self._paper.taken[cells] > 0).any():
                    continue
                self._paper.taken[cells] = -1
            found.append(point)
        return found

    @staticmethod
    def _is_free(point: Point) -> bool:
        """Whether the icon gives way to other names where its own finds no place."""
        return bool(point.name) and point.rank > 0

    def _wish(self, point: Point, at: Array, style: str, size: TextSize) -> Wish:
        name, *more = point.name.split("\n")
        lines = min(3, math.ceil(len(name) / _LINE))
        texts = ["\n".join([wrapped(name, count), *more]) for count in (lines, lines + 1, lines - 1) if count > 0]
        # Off main roads first, in whatever lines; on one only where no side is free.
        variants = [
            partial(self._places, point, text, at, size, mains)
            for mains in (self._mains, None)
            for text in dict.fromkeys(texts)
        ]
        return Wish(point.name, style, _RANK[point.rank], list(variants))

    def _places(self, point: Point, text: str, at: Array, size: TextSize, mains: Sums | None) -> Places | None:
        measures = (size.width(text), size.height(text))
        most = 1.0 if point.rank <= _LANDMARK else _MOST_HIDDEN
        gap = point.look.mm / 2 + _GAP
        icon = self._paper.covered(self._icon(point, at)) if self._is_free(point) else None
        return point_candidates.around(self._paper, self._sums, text, size.points, measures, at, gap, most, icon, mains)

    @staticmethod
    def _icon(point: Point, at: Array) -> Array:
        """Points over an icon and a margin."""
        half = point.look.mm / 2
        return at + np.stack(np.meshgrid(*[np.arange(-half, half + 0.1, 0.2)] * 2), -1).reshape(-1, 2)
