"""The names of water, parks, squares and grounds, as wishes: inside their areas, the larger the area the larger."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

import numpy as np
from qgis.core import QgsGeometry

from ..features.reading import Thing
from ..features.strokes import Strokes
from ..fonts.scripts import is_straight
from ..stages.builder import Builder
from ..symbology import importance
from ..symbology.label_styles import TextStyle
from . import line_candidates
from .candidates import Group, Places, Wish
from .line_candidates import Manner
from .point_candidates import Area
from .text_size import MM_PER_POINT, Sizes, wrapped

# An area of so many cm2 on paper is named even where its name reaches out of it.
MUST_NAME = 1.0
_REACHES_OUT = 0.3
# What is smaller in cm2 has no name; of grounds that only fill the space between streets, what is smaller than this.
_NAMED, _GROUND = 0.12, 1.2
_GROUNDS = ("institution", "industrial")
# Not of these, whose names are those of blocks, houses and projects.
_BLOCKS = ("commercial", "retail", "construction", "garages", "brownfield", "railway")
# Paved areas that have names of squares, by their class.
_SQUARES = ("square", "pedestrian")


class AreaNames:
    """The wishes of all areas that have a name."""

    def __init__(self, builder: Builder, sizes: Sizes) -> None:
        self._builder, self._paper, self._sizes = builder, builder.paper, sizes

    def water(self) -> Group:
        """The names of lakes, bays and harbours."""
        style = self._builder.labels.area_style("water", "text_water", self._builder.theme.font["water"], 6.0)
        running = {thing["name"] for thing in self._builder.things("waterways")}
        things = [t for t in self._builder.things("water") if t["kind"] == "lake" and t["name"] not in running]
        things += [thing for thing in self._builder.things("landuse") if thing["kind"] == "marina"]
        return Group("Water names", "point", [style], self._wishes(things, style, 0.96, importance.WATER))

    def parks(self) -> Group:
        """The names of parks, woods and cemeteries."""
        style = self._builder.labels.area_style("park", "text_park")
        kinds = ("park", "cemetery", "forest", "sport") if self._builder.detail >= 4 else ("park", "forest")
        things = [t for t in self._builder.things("green") if t["kind"] in kinds]
        return Group("Park names", "point", [style], self._wishes(things, style, 0.93, importance.GREEN))

    def squares(self) -> Group:
        """The names of squares that neither a street nor a green has as well."""
        style = self._builder.labels.square_style()
        others = {thing["name"] for table in ("roads", "paths", "green") for thing in self._builder.things(table)}
        things = [
            thing for thing in self._builder.things("plazas")
            if thing["kind"] == "plaza" and thing["class"] in _SQUARES and thing["name"] not in others
        ]  # fmt: skip
        return Group("Square names", "point", [style], self._wishes(things, style, 0.9, importance.SQUARE))

    def grounds(self) -> Group:
        """The names of campuses, works and the like that nothing else on the map has: a point of interest, a square."""
        style = self._builder.labels.ground_style()
        tables = ("pois", "places", "green", "plazas")
        others = {thing["name"] for table in tables for thing in self._builder.things(table)}
        things = [
            thing for thing in self._builder.things("landuse")
            if thing["kind"] in _GROUNDS and thing["class"] not in _BLOCKS and thing["name"] not in others
        ]  # fmt: skip
        wishes = self._wishes(things, style, 0.95, importance.GROUND, _GROUND)
        return Group("Names of grounds", "point", [style], wishes)

    def _wishes(
        self, things: list[Thing], style: TextStyle, share: float, rank: float, least: float = _NAMED
    ) -> list[Wish]:
        """Names within areas; the larger the area on paper, the larger."""
        groups: dict[str, list[QgsGeometry]] = {}
        for thing in things:
            if thing["name"]:
                groups.setdefault(thing["name"], []).append(thing.geometry)
        wishes = []
        for name, parts in groups.items():
            largest = max(parts, key=lambda shape: shape.area())
            area = largest.area() * self._paper.per_metre**2 / 100
            if area < least:
                continue
            later = 0.0 if area >= MUST_NAME else importance.SMALL
            wishes.append(self._wish(name, largest, area, style, share, rank + later))
        return wishes

    def _wish(self, name: str, shape: QgsGeometry, area: float, style: TextStyle, share: float, rank: float) -> Wish:
        size = self._sizes.of(style)
        best = size.points * min(1.5, 0.88 + 0.12 * area**0.5)
        least = max(self._builder.widths.least, size.points * 0.82)
        areas: list[Area] = []

        def cells() -> Area:
            if not areas:
                areas.append(Area(self._paper, shape))
            return areas[0]

        def level(text: str, points: float, inside: float) -> Callable[[], Places | None]:
            measures = (size.width(text, points), size.height(text, points))
            return lambda: cells().inside(text, points, measures, inside)

        def slanted(points: float, inside: float) -> Callable[[], Places | None]:
            measures = (size.width(name, points), size.height(name, points), points * MM_PER_POINT)

            def make() -> Places | None:
                axis = cells().axis
                if axis is None:
                    return None
                strokes = Strokes.of([axis], measures[2], measures[0])
                manner = Manner(straight=is_straight(name))
                found = line_candidates.along(self._paper, strokes, name, measures, points, manner) if strokes else None
                return found and found.only(cells().shares(found.cells(np.arange(len(found.cost)))) >= inside)

            return make

        texts = list(dict.fromkeys(wrapped(name, lines) for lines in (1, 2, 3, 4)))
        box = shape.boundingBox()
        if box.height() > 0.7 * box.width() and len(texts) > 1:
            texts = texts[1:3] + texts[:1] + texts[3:]
        variants = []
        for points in (best, best * 0.85, best * 0.72):
            if points > least:
                variants += [level(text, points, share) for text in texts] + [slanted(points, share)]
        variants += [level(text, least, share) for text in texts] + [slanted(least, share)]
        # A name that does not fit reaches out of its area, of large ones as far as it must.
        rest = (0.8, 0.55, 0.3) if area >= MUST_NAME else (0.8, 0.6) if area >= _REACHES_OUT else ()
        for inside in rest:
            variants += [level(text, least, inside) for text in texts] + [slanted(least, inside)]
        return Wish(name, style.name, rank, variants)
