"""The names beside the icons of points of interest, as wishes among all other names; and which icons remain."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from functools import partial
from typing import Iterable

import numpy as np

from ..features.strokes import Array
from ..occupancy.boxes import box_round
from ..occupancy.kinds import Kind
from ..stages.builder import Builder
from ..stages.pois import Point
from ..symbology import importance
from ..symbology.label_styles import TextStyle
from ..symbology.poi_labels import point_styles, style_of
from ..symbology.poi_table import GROUPS
from . import point_candidates
from .candidates import Label, Places, Wish
from .text_size import TextSize, wrapped

# Letters of a line; mm between icon and name; how much of roads and the like a name may hide, but for landmarks.
_LINE, _GAP, _MOST_HIDDEN, _LANDMARK = 16, 0.35, 0.5, 2
_HIDES_FOREMOST = 2.0


class PointNames:
    """The wishes of the points that have a name, by the point's identity.

    The places of icons that people come from afar for, and of those without names, are taken; the others' are part of
    their names' places.
    """

    def __init__(self, builder: Builder, points: list[Point]) -> None:
        self.points = points
        self.styles: list[TextStyle] = point_styles(builder.labels, GROUPS)
        self.wishes: dict[int, Wish] = {}
        self._paper = builder.paper
        sizes = {style.name: TextSize(style.text, builder.letterer.format) for style in self.styles}
        for point in self.points:
            if not self._is_free(point):
                self._paper.hold(self._icon(point))
            style = style_of(point.look.group, point.rank)
            if point.name and style in sizes:
                self.wishes[id(point)] = self._wish(point, style, sizes[style])

    def shown(self, labels: Iterable[Label]) -> list[Point]:
        """The points whose icon is shown: it has its name, or says enough alone."""
        named = {id(label.wish) for label in labels}
        found = []
        for point in self.points:
            if id(self.wishes.get(id(point))) not in named and self._is_free(point):
                cells = self._icon(point)
                # An icon alone stands where no name came.
                if point.needs_name or (self._paper.holders(cells) > 0).any():
                    continue
                self._paper.hold(cells)
            found.append(point)
        return found

    @staticmethod
    def _is_free(point: Point) -> bool:
        """Whether the icon gives way to other names where its own finds no place."""
        return bool(point.name) and not point.is_foremost

    def _wish(self, point: Point, style: str, size: TextSize) -> Wish:
        name, *more = point.name.split("\n")
        lines = min(3, math.ceil(len(name) / _LINE))
        texts = ["\n".join([wrapped(name, count), *more]) for count in (lines, lines + 1, lines - 1) if count > 0]
        # Off main roads first, in whatever lines: a name may hide them least of all.
        variants = [
            partial(self._places, point, text, size, free)
            for free in (Kind.MAIN_ROAD, None)
            for text in dict.fromkeys(texts)
        ]
        return Wish(point.name, style, importance.of_point(point.stands, point.is_sight), list(variants))

    def _places(self, point: Point, text: str, size: TextSize, free: Kind | None) -> Places | None:
        measures = (size.width(text), size.height(text))
        most = 1.0 if point.rank <= _LANDMARK else _MOST_HIDDEN
        gap = point.look.mm / 2 + _GAP
        # What comes before the names of streets leaves them the most.
        hides = _HIDES_FOREMOST if point.is_foremost else 1.0
        icon = self._icon(point) if self._is_free(point) else None
        at = np.array(self._paper.spot(point.place))
        return point_candidates.around(self._paper, text, size.points, measures, at, gap, most, icon, free, hides)

    def _icon(self, point: Point) -> Array:
        """The cells of an icon."""
        return self._paper.box_cells(box_round(*self._paper.spot(point.place), point.look.mm, point.look.mm))
