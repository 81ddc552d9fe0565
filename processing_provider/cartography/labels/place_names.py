"""The names of places, as wishes: near their points, where they hide least."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Iterable

import numpy as np

from ..features.reading import Thing
from ..features.strokes import Array
from ..occupancy.boxes import box_round
from ..occupancy.kinds import Kind
from ..stages.builder import Builder
from ..symbology import importance
from ..symbology.label_styles import TextStyle
from ..symbology.place_dots import Dot, dot_cases, dot_of
from ..symbology.place_labels import (
    BAY,
    LANDFORMS,
    LARGE,
    OPEN_LAND,
    PLACES,
    RANK,
    SQUARE,
    Place,
    has_dot,
    landform_styles,
    place_styles,
)
from ..themes.colors import contrast
from . import point_candidates
from .candidates import Group, Label, Places, Wish
from .text_size import Sizes, wrapped

# How far a place's name may move from its point, in mm, and on the ground.
_REACH = {"city": 15.0, "town": 14.0, "suburb": 12.0, "village": 10.0, "quarter": 10.0}
_REACH_METRES = 400.0
# The room in mm that a place wants round itself by how many levels before its own it is shown; two of one name.
_ROOM, _SAME = (0.0, 7.0, 18.0, 30.0, 42.0, 54.0), 40.0
# Islands, bays and the like come with these places; what squares have their names from.
_LIKE_LANDFORMS, _WITH_SQUARES = "neighbourhood", ("roads", "paths", "plazas", "green")
_KINDS = {place.kind: place for place in PLACES}
# The room in mm between a dot and what is round it, and its own name.
_DOT_ROOM, _DOT_GAP = 0.15, 0.45


class PlaceNames:
    """The wishes of all places."""

    def __init__(self, builder: Builder, sizes: Sizes) -> None:
        self._builder, self._paper, self._sizes = builder, builder.paper, sizes
        # By how much letters are smaller before they go into water, where they are hard to read in some styles.
        ink, water = builder.color["text_place"], builder.color["water"]
        self._on_land = (1.0, 0.85, 0.75) if ink and water and contrast(ink, water) < LARGE else (1.0, 0.85)
        # The places that stand beside a dot, by the wish for the name.
        self._dots: dict[int, tuple[Thing, Dot]] = {}

    def places(self) -> Group:
        """The names of the places that there is room for."""
        styles = [*place_styles(self._builder.labels), *landform_styles(self._builder.labels)]
        of_kind = {kind: style for style in styles for kind in style.kinds}
        wishes = [self._wish(thing, at, of_kind[_place(thing).kind]) for thing, at in self._roomy()]
        return Group("Place names", "point", styles, wishes)

    def dots(self, labels: Iterable[Label]) -> None:
        """Draw the dots of the settlements that have their names."""
        shown = [
            Thing(thing.geometry, {**thing.values, "kind": dot.label})
            for thing, dot in (self._dots[id(label.wish)] for label in labels if id(label.wish) in self._dots)
        ]
        if self._builder.color["text_place"]:
            self._builder.add("Places", "point", shown, dot_cases(self._builder.theme))

    def _roomy(self) -> list[tuple[Thing, Array]]:
        """The places, the more important first; those shown before their level as far as there is room round them."""
        found = [thing for thing in self._builder.things("places") if thing["name"] and thing["kind"] in _KINDS]
        # A square that is an area as well, or the end of streets, has its name from these.
        there = {thing["name"] for table in _WITH_SQUARES for thing in self._builder.things(table)}
        found = [thing for thing in found if _place(thing) is not SQUARE or thing["name"] not in there]
        found.sort(key=_order)
        points = [thing.geometry.asPoint() for thing in found]
        spots = self._paper.to_paper(np.array([(point.x(), point.y()) for point in points]).reshape(-1, 2))
        kept: Array = np.empty(spots.shape)
        names: list[str] = []
        result: list[tuple[Thing, Array]] = []
        for thing, at in zip(found, spots):
            away = np.hypot(*(kept[: len(result)] - at).T)
            name = str(thing["name"]).casefold()
            room = 0.0 if _seat(thing) else _ROOM[self._early(_place(thing))]
            if (away < room).any() or any(far < _SAME and name == other for far, other in zip(away, names)):
                continue
            kept[len(result)] = at
            names.append(name)
            result.append((thing, at))
        return result

    def _early(self, place: Place) -> int:
        """How many levels before its own a place is shown."""
        return max(0, place.level - self._builder.detail)

    def _wish(self, thing: Thing, at: Array, style: TextStyle) -> Wish:
        size = self._sizes.of(style)
        name, place, paper = str(thing["name"]), _place(thing), self._paper
        # A bay is on water, and its name hides nothing there.
        on = Kind.WATER if place is BAY else None
        seat = _seat(thing)
        full = size.points * importance.letters(place.kind, thing["population"], self._builder.detail, seat)
        dotted = has_dot(self._builder.labels, place) and bool(self._builder.color["text_place"])
        dot = dot_of(place.kind, seat) if dotted else None
        if dot:
            paper.put_box(Kind.DOT, box_round(at[0], at[1], dot.mm + 2 * _DOT_ROOM, dot.mm + 2 * _DOT_ROOM))

        def variant(text: str, factor: float, free: Kind | None) -> Callable[[], Places | None]:
            points = max(full * factor, self._builder.widths.least)

            def make() -> Places | None:
                measures = (size.width(text, points), size.height(text, points))
                if dot:
                    gap = dot.mm / 2 + _DOT_GAP
                    return point_candidates.around(paper, text, points, measures, at, gap, free=free)
                reach = min(_REACH.get(place.kind, 7.0), max(4.0, _REACH_METRES * paper.per_metre))
                return point_candidates.near(paper, text, points, measures, at, reach, free, on)

            return make

        texts = list(dict.fromkeys((wrapped(name, 2) if len(name) > 14 else name, name, wrapped(name, 3))))
        # Off main roads and on land first, if need be in smaller letters: a place may hide such roads least of all.
        dry = () if on else self._on_land
        tries = (
            *((factor, Kind.MAIN_ROAD | Kind.WATER) for factor in dry),
            *((factor, Kind.MAIN_ROAD) for factor in (1.0, 0.85)),
            *((factor, None) for factor in (1.0, 0.85, 0.7)),
        )
        variants = [variant(text, factor, free) for factor, free in tries for text in texts]
        rank = importance.of_place(_rank(thing), self._early(place), place.kind == OPEN_LAND, seat)
        wish = Wish(name, style.name, rank, variants)
        if dot:
            self._dots[id(wish)] = thing, dot
        return wish


def _place(thing: Thing) -> Place:
    """How a place is named: by its kind, of open land by its class."""
    kind = thing["kind"]
    return LANDFORMS.get(str(thing["class"]), _KINDS[kind]) if kind == OPEN_LAND else _KINDS[kind]


def _rank(thing: Thing) -> int:
    place = _place(thing)
    return RANK.get(place.kind, RANK[_LIKE_LANDFORMS])


def _seat(thing: Thing) -> int:
    return importance.seat(thing["capital"]) if _KINDS[thing["kind"]].settlement else importance.NO_SEAT


def _order(thing: Thing) -> tuple[int, int, int, int, int]:
    """Capitals of countries first, then by kind, by what a place is the seat of, by people."""
    seat = _seat(thing)
    return -(seat == importance.COUNTRY), _rank(thing), -seat, -(thing["population"] or 0), thing["osm_id"] or 0
