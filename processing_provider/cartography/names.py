"""Every name on the map: places, water, parks, squares, streets and house numbers, each in a place of its own."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable

import numpy as np
from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes

from . import alongline, housenumbers, inbox
from .alongline import Manner, Strokes
from .builder import Builder
from .features import Thing
from .inbox import Area
from .labels import BESIDE, TextStyle
from .paper import HIDDEN, Paper, Sums
from .placing import Placing
from .pointnames import PointNames
from .pois import draw
from .scripts import is_straight
from .strokes import coordinates, joined, resampled
from .symbols import dot
from .textsize import MM_PER_POINT, TextSize, abbreviated, wrapped
from .wishes import Label, Places, Wish

Array = Any
# What a place's name should not hide: table, kinds (all where empty), width in mm (0: as drawn), cost from 0 to 1.
_HIDDEN: tuple[tuple[str, tuple[str, ...], float, float], ...] = (
    ("paths", (), 0.3, 0.2),
    ("roads", ("service",), 0.0, 0.3),
    ("roads", ("minor", "living", "pedestrian"), 0.0, 0.7),
    ("railways", (), 0.5, 0.8),
    ("roads", ("motorway", "trunk", "primary", "secondary", "tertiary"), 0.0, 1.0),
)
_TRACKS = ("rail", "siding", "tram", "light_rail", "funicular", "subway")
# How far a place's name may move from its point, in mm, and on the ground.
_REACH = {"city": 15.0, "town": 14.0, "suburb": 12.0, "village": 10.0, "quarter": 10.0}
_REACH_METRES = 400.0
_PLACE_RANK = ("city", "town", "suburb", "village", "quarter", "neighbourhood", "hamlet", "locality")
# Street styles by rank among all names; main streets come before parks, the others after.
_STREET_RANK = {
    "motorway": 2.0, "trunk": 2.0, "primary": 2.0, "secondary": 3.0, "tertiary": 4.0, "minor": 4.2, "small": 5.4,
}  # fmt: skip
# Kinds of roads that are named, from which detail level on.
_NAMED = {
    "motorway": 3, "trunk": 3, "primary": 3, "secondary": 3, "tertiary": 3, "minor": 3, "living": 4, "pedestrian": 4,
    "service": 4, "path": 5, "cycleway": 5, "steps": 5, "track": 5,
}  # fmt: skip
# No name is smaller than this on account of its length, in points.
_LEAST = 4.0
# An area of so many cm2 on paper is named even where its name reaches out of it.
MUST_NAME = 1.0
_KINDS = {QgsWkbTypes.GeometryType.PointGeometry: "point", QgsWkbTypes.GeometryType.LineGeometry: "line"}
_REACHES_OUT = 0.3


def names(builder: Builder) -> None:
    """Every name, and the icons of points of interest that have theirs or need none."""
    Names(builder).build()


class Names:
    """The names of one picture: all of them are placed on one paper, so that none stands on another."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.wanted = builder.theme.flags["labels"]
        self.detail = builder.detail
        self.paper = Paper(builder.page)
        self.roads = builder.things("roads")
        self.paths = builder.things("paths")
        self._look()
        self.sums = Sums(self.paper.cost, HIDDEN)
        self._sizes: dict[str, TextSize] = {}

    def build(self) -> None:
        """Place all names and add their layers."""
        groups: list[tuple[str, str, list[TextStyle], list[Wish]]] = []
        if "water" in self.wanted:
            groups.append(self._water_areas())
            groups.append(self._rivers())
        if "parks" in self.wanted and self.detail >= 3:
            groups.append(self._parks())
        if "streets" in self.wanted and self.detail >= 3:
            groups.append(self._streets())
        if "places" in self.wanted:
            groups.append(self._places())
        points = PointNames(self.builder, self.paper, self.sums)
        groups.append(("Names of points of interest", "point", points.styles, list(points.wishes.values())))
        placing = Placing(self.paper)
        placing.reserve(self._plates())
        self._reserve_icons()
        # A style whose text has no colour writes nothing.
        mute = {style.name for _, _, styles, _ in groups for style in styles if not style.text.color().isValid()}
        wishes = [wish for *_, group in groups for wish in group if wish.style not in mute]
        unplaced = placing.place(wishes)
        self.builder.unnamed = {(wish.style, wish.name): placing.reason(wish) for wish in unplaced}
        placing.repeat([wish for wish in wishes if wish.apart])
        draw(self.builder, points.shown(placing.labels.values()))
        for title, geometry, styles, group in groups:
            mine = {id(wish) for wish in group}
            things = [self._thing(label) for label in placing.labels.values() if id(label.wish) in mine]
            for kind, suffix in (("point", ""), ("line", "" if geometry == "line" else " along their areas")):
                of_kind = [thing for thing in things if _KINDS[thing.geometry.type()] == kind]
                rules = self.builder.labels.placed(styles, kind == "line")
                self.builder.add(title + suffix, kind, of_kind, names=rules)
            if title == "Street names":
                self._housenumbers()

    def _look(self) -> None:
        """Where the things are that names should not hide."""
        paper, widths = self.paper, self.builder.widths
        tables = {"roads": self.roads, "paths": self.paths}
        paper.houses = paper.mask(thing.geometry for thing in self.builder.things("buildings"))
        paper.water = paper.mask(thing.geometry for thing in self.builder.things("water") + self.builder.sea)
        paper.obstruct(paper.houses, 0.25)
        paper.obstruct(paper.water, 0.8)
        for table, kinds, width, cost in _HIDDEN:
            things = tables.setdefault(table, self.builder.things(table))
            things = [t for t in things if not t["tunnel"] and (not kinds or t["kind"] in kinds)]
            for kind in kinds if not width and table == "roads" else ("",):
                shown = [t.geometry for t in things if not kind or t["kind"] == kind]
                mask = paper.mask(shown, width or (widths.line(kind) if kind else 0))
                paper.obstruct(mask, cost)
                if table == "roads":
                    paper.roads |= mask
        tracks = [t for t in tables["railways"] if not t["tunnel"] and t["kind"] in _TRACKS]
        paper.rails = paper.mask([t.geometry for t in tracks], 0.45)

    def _reserve_icons(self) -> None:
        """Keep names off what other layers keep all labels away from, and rather off what they would keep free."""
        for layer in self.builder.layers:
            rules = layer.labeling().rootRule().children() if layer.labelsEnabled() else []
            kept = [rule.settings().obstacleSettings().factor() for rule in rules if _is_obstacle(rule.settings())]
            if kept:
                margin = 0.3 / self.paper.per_metre
                mask = self.paper.mask(feature.geometry().buffer(margin, 2) for feature in layer.getFeatures())
                if max(kept) > 1:
                    self.paper.taken[mask] = -1
                else:
                    self.paper.marks |= mask

    def _plates(self) -> Array:
        """Points over what stands on the map: the notice, the scale."""
        low = self.paper.height
        grids = [
            np.meshgrid(np.arange(box.left(), box.right(), 0.2), np.arange(low - box.bottom(), low - box.top(), 0.2))
            for box in self.builder.plates()
        ]
        return np.concatenate([np.empty((0, 2)), *(np.stack(grid, -1).reshape(-1, 2) for grid in grids)])

    def _size(self, style: TextStyle) -> TextSize:
        return self._sizes.setdefault(style.name, TextSize(style.text, self.builder.letterer.format))

    def _thing(self, label: Label) -> Thing:
        points = self.paper.to_map(label.line)
        corners = [QgsPointXY(x, y) for x, y in points.tolist()]
        geometry = QgsGeometry.fromPolylineXY(corners) if len(corners) > 1 else QgsGeometry.fromPointXY(corners[0])
        style = label.wish.style
        if len(corners) > 1 and (style == "river" or style in _STREET_RANK):
            ground, least = (self.paper.water, 0.7) if style == "river" else (self.paper.roads, 0.5)
            if ground[self.paper.cells(resampled(label.line, 0.5))].mean() < least:
                style += BESIDE
        values = {"name": label.places.text, "kind": style, "size": label.places.points_size}
        return Thing(geometry, values)

    def _line_wish(
        self, name: str, style: TextStyle, lines: list[Array], rank: float, manner: Manner, spellings: list[str]
    ) -> Wish:
        size = self._size(style)
        manner = replace(manner, straight=is_straight(name))
        strokes: dict[bool, Strokes | None] = {}

        def variant(text: str, factor: float, how: Manner) -> Callable[[], Places | None]:
            points = size.points * factor

            def make() -> Places | None:
                if how.is_loose not in strokes:
                    em = size.points * MM_PER_POINT * (1.8 if how.is_loose else 1.0)
                    strokes[how.is_loose] = Strokes.of(lines, em, least)
                soft = strokes[how.is_loose]
                if soft is None:
                    return None
                measures = (size.width(text, points), size.height(text, points), points * MM_PER_POINT)
                return alongline.along(self.paper, soft, text, measures, points, how)

            return make

        smaller, smallest = (max(factor, min(1.0, _LEAST / size.points)) for factor in (0.88, 0.78))
        loose = replace(manner, is_loose=True)
        # No variant is narrower.
        least = min(size.width(text, size.points * smallest) for text in spellings)
        tries = [(text, factor, manner) for text in spellings for factor in (1.0, smaller)]
        tries += [(spellings[-1], *how) for how in ((smallest, manner), (smaller, loose), (smallest, loose))]
        variants = [variant(*entry) for entry in dict.fromkeys(tries)]
        return Wish(name, style.name, rank, variants, manner.repeat * 0.6)

    def _streets(self) -> tuple[str, str, list[TextStyle], list[Wish]]:
        styles = self.builder.labels.street_styles()
        of_kind = {kind: style for style in styles for kind in style.kinds}
        beside = self.builder.labels.street_styles(is_beside=True)
        groups: dict[str, list[Thing]] = {}
        for thing in self.roads + self.paths:
            if thing["name"] and not thing["tunnel"] and _NAMED.get(thing["kind"], 9) <= self.detail:
                groups.setdefault(thing["name"], []).append(thing)
        wishes = []
        for name, group in groups.items():
            lengths: dict[str, float] = {}
            for thing in group:
                lengths[thing["kind"]] = lengths.get(thing["kind"], 0) + thing.geometry.length()
            kind = max(lengths, key=lambda kind: lengths[kind])
            style = of_kind.get(kind)
            if style is None:
                continue
            width = self.builder.widths.line(kind)
            line_height = self._size(style).height(name)
            far = width / 2 + line_height * 0.5
            shifts = tuple(sign * far * part for part in (0.4, 0.6, 0.8, 1.0, 1.2) for sign in (1, -1))
            lines = joined([self.paper.to_paper(part) for thing in group for part in coordinates(thing.geometry)])
            short = abbreviated(name)
            spellings = [name] if short == name else [name, short]
            rank = _STREET_RANK[style.name]
            wishes.append(self._line_wish(name, style, lines, rank, Manner(80.0, shifts), spellings))
        return "Street names", "line", styles + beside, wishes

    def _rivers(self) -> tuple[str, str, list[TextStyle], list[Wish]]:
        style = self.builder.labels.area_style("river", "text_water", self.builder.theme.font["water"], 6.2)
        narrow = self.builder.labels.area_style(
            "river" + BESIDE, "text_water", self.builder.theme.font["water"], 6.2, False
        )
        groups: dict[str, list[Thing]] = {}
        for thing in self.builder.things("waterways"):
            if thing["name"] and not thing["tunnel"]:
                groups.setdefault(thing["name"], []).append(thing)
        wishes = []
        for name, group in groups.items():
            lines = joined([self.paper.to_paper(part) for thing in group for part in coordinates(thing.geometry)])
            rank = 3.5 if any(thing["kind"] in ("river", "canal") for thing in group) else 7.5
            wishes.append(self._line_wish(name, style, lines, rank, Manner(110.0), [name]))
        self.rivers = set(groups)
        return "River names", "line", [style, narrow], wishes

    def _water_areas(self) -> tuple[str, str, list[TextStyle], list[Wish]]:
        style = self.builder.labels.area_style("water", "text_water", self.builder.theme.font["water"], 6.0)
        running = {thing["name"] for thing in self.builder.things("waterways")}
        things = [t for t in self.builder.things("water") if t["kind"] == "lake" and t["name"] not in running]
        return "Water names", "point", [style], self._area_wishes(things, style, 0.96, 3.2)

    def _parks(self) -> tuple[str, str, list[TextStyle], list[Wish]]:
        style = self.builder.labels.area_style("park", "text_park")
        kinds = ("park", "cemetery", "forest", "sport") if self.detail >= 4 else ("park", "forest")
        things = [t for t in self.builder.things("green") if t["kind"] in kinds]
        return "Park names", "point", [style], self._area_wishes(things, style, 0.93, 5.0)

    def _area_wishes(self, things: list[Thing], style: TextStyle, share: float, rank: float) -> list[Wish]:
        """Names within areas; the larger the area on paper, the larger."""
        groups: dict[str, list[QgsGeometry]] = {}
        for thing in things:
            if thing["name"]:
                groups.setdefault(thing["name"], []).append(thing.geometry)
        wishes = []
        for name, parts in groups.items():
            largest = max(parts, key=lambda shape: shape.area())
            area = largest.area() * self.paper.per_metre**2 / 100
            if area < 0.12:
                continue
            wishes.append(self._area_wish(name, largest, area, style, share, rank if area >= MUST_NAME else rank + 2))
        return wishes

    def _area_wish(
        self, name: str, shape: QgsGeometry, area: float, style: TextStyle, share: float, rank: float
    ) -> Wish:
        size = self._size(style)
        best = size.points * min(1.5, 0.88 + 0.12 * area**0.5)
        least = max(_LEAST, size.points * 0.82)
        areas: list[Area] = []

        def cells() -> Area:
            if not areas:
                areas.append(Area(self.paper, shape))
            return areas[0]

        def level(text: str, points: float, inside: float) -> Callable[[], Places | None]:
            measures = (size.width(text, points), size.height(text, points))
            return lambda: cells().inside(text, points, measures, inside)

        def slanted(points: float, inside: float) -> Callable[[], Places | None]:
            measures = (size.width(name, points), size.height(name, points), points * MM_PER_POINT)

            def make() -> Places | None:
                axis = cells().axis()
                if axis is None:
                    return None
                strokes = Strokes.of([axis], measures[2], measures[0])
                manner = Manner(straight=is_straight(name))
                found = alongline.along(self.paper, strokes, name, measures, points, manner) if strokes else None
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

    def _places(self) -> tuple[str, str, list[TextStyle], list[Wish]]:
        builder = self.builder
        styles = builder.labels.place_styles()
        of_kind = {kind: style for style in styles for kind in style.kinds}
        places = [t for t in builder.things("places") if t["name"] and t["kind"] in of_kind]
        with_dots = self.detail <= 2 and bool(builder.color["text_place"])
        if with_dots:
            symbol = dot(builder.color["halo"] or "#FFFFFF", builder.color["text_place"] or "#000000", 1.1)
            builder.add("Places", "point", places, [("TRUE", symbol, "Places")])
        wishes = []
        for thing in places:
            point = thing.geometry.asPoint()
            at = self.paper.to_paper(np.array([[point.x(), point.y()]]))[0]
            if with_dots:
                square = np.stack(np.meshgrid(np.linspace(-0.7, 0.7, 7), np.linspace(-0.7, 0.7, 7)), -1)
                rows, columns = self.paper.cells(at + square.reshape(-1, 2))
                self.paper.taken[rows, columns] = -1
            wishes.append(self._place_wish(thing, at, of_kind[thing["kind"]], with_dots))
        return "Place names", "point", styles, wishes

    def _place_wish(self, thing: Thing, at: Array, style: TextStyle, with_dot: bool) -> Wish:
        size = self._size(style)
        kind, name = thing["kind"], thing["name"]

        def variant(text: str, factor: float) -> Callable[[], Places | None]:
            points = size.points * factor

            def make() -> Places | None:
                measures = (size.width(text, points), size.height(text, points))
                if with_dot:
                    return inbox.around(self.paper, self.sums, text, points, measures, at, 1.0)
                reach = min(_REACH.get(kind, 7.0), max(4.0, _REACH_METRES * self.paper.per_metre))
                return inbox.near(self.paper, self.sums, text, points, measures, at, reach)

            return make

        texts = list(dict.fromkeys((wrapped(name, 2) if len(name) > 14 else name, name, wrapped(name, 3))))
        variants = [variant(text, factor) for factor in (1.0, 0.85, 0.7) for text in texts]
        return Wish(name, style.name, _PLACE_RANK.index(kind) / 10, variants)

    def _housenumbers(self) -> None:
        builder = self.builder
        if self.detail >= 5 and builder.color.get("hn"):
            rules = builder.labels.housenumbers()
            size = TextSize(rules[0][0].format(), self.builder.letterer.format)
            numbers = housenumbers.placed(self.paper, builder.things("housenumbers"), size)
            builder.add("House numbers", "point", numbers, names=rules)


def _is_obstacle(settings: Any) -> bool:
    """Whether a layer keeps names away: more than any label does, or without writing anything itself."""
    obstacle = settings.obstacleSettings()
    return bool(obstacle.isObstacle() and (obstacle.factor() > 1 or not settings.drawLabels))
