"""The names of streets and rivers, as wishes: along their lines, and how they are spelt and set where room is short."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from typing import Callable

from ..features.reading import Thing
from ..features.strokes import Array, Strokes, coordinates, joined
from ..fonts.scripts import is_straight
from ..stages.builder import Builder
from ..symbology import importance
from ..symbology.label_styles import BESIDE, TextStyle
from . import line_candidates
from .candidates import Group, Places, Wish
from .line_candidates import Manner
from .text_size import MM_PER_POINT, Sizes, abbreviated

# Kinds of roads that are named, from which detail level on.
_NAMED = {
    "motorway": 3, "trunk": 3, "primary": 3, "secondary": 3, "tertiary": 3, "minor": 3, "living": 4, "pedestrian": 4,
    "service": 4, "path": 5, "cycleway": 5, "steps": 5, "track": 5,
}  # fmt: skip


class LineNames:
    """The wishes of all lines that have a name."""

    def __init__(self, builder: Builder, sizes: Sizes) -> None:
        self._builder, self._paper, self._sizes = builder, builder.paper, sizes

    def streets(self) -> Group:
        """The names of streets and paths."""
        styles = self._builder.labels.street_styles()
        of_kind = {kind: style for style in styles for kind in style.kinds}
        beside = self._builder.labels.street_styles(is_beside=True)
        groups: dict[str, list[Thing]] = {}
        for thing in self._builder.things("roads") + self._builder.things("paths"):
            if thing["name"] and not thing["tunnel"] and _NAMED.get(thing["kind"], 9) <= self._builder.detail:
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
            width = self._builder.widths.line(kind)
            line_height = self._sizes.of(style).height(name)
            far = width / 2 + line_height * 0.5
            shifts = tuple(sign * far * part for part in (0.4, 0.6, 0.8, 1.0, 1.2) for sign in (1, -1))
            lines = joined([self._paper.to_paper(part) for thing in group for part in coordinates(thing.geometry)])
            short = abbreviated(name)
            spellings = [name] if short == name else [name, short]
            rank = importance.STREETS[style.name]
            wishes.append(self._wish(name, style, lines, rank, Manner(80.0, shifts), spellings))
        return Group("Street names", "line", styles + beside, wishes)

    def rivers(self) -> Group:
        """The names of rivers and streams."""
        style = self._builder.labels.area_style("river", "text_water", self._builder.theme.font["water"], 6.2)
        narrow = self._builder.labels.area_style(
            "river" + BESIDE, "text_water", self._builder.theme.font["water"], 6.2, False
        )
        groups: dict[str, list[Thing]] = {}
        for thing in self._builder.things("waterways"):
            if thing["name"] and not thing["tunnel"]:
                groups.setdefault(thing["name"], []).append(thing)
        wishes = []
        for name, group in groups.items():
            lines = joined([self._paper.to_paper(part) for thing in group for part in coordinates(thing.geometry)])
            wide = any(thing["kind"] in ("river", "canal") for thing in group)
            rank = importance.RIVER if wide else importance.STREAM
            wishes.append(self._wish(name, style, lines, rank, Manner(110.0), [name]))
        return Group("River names", "line", [style, narrow], wishes)

    def ferries(self) -> Group:
        """The names of ferry lines, of which a long one has its own no more than twice."""
        style = self._builder.labels.area_style("ferry", "text_water", self._builder.theme.font["water"], 5.2)
        groups: dict[str, list[Thing]] = {}
        for thing in self._builder.things("ferries"):
            if thing["name"]:
                groups.setdefault(thing["name"], []).append(thing)
        wishes = []
        for name, group in groups.items():
            lines = joined([self._paper.to_paper(part) for thing in group for part in coordinates(thing.geometry)])
            wishes.append(self._wish(name, style, lines, importance.FERRY, Manner(160.0), [name]))
        return Group("Ferry names", "line", [style], wishes)

    def _wish(
        self, name: str, style: TextStyle, lines: list[Array], rank: float, manner: Manner, spellings: list[str]
    ) -> Wish:
        size = self._sizes.of(style)
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
                return line_candidates.along(self._paper, soft, text, measures, points, how)

            return make

        smaller, smallest = (max(factor, min(1.0, self._builder.widths.least / size.points)) for factor in (0.88, 0.78))
        loose = replace(manner, is_loose=True)
        # No variant is narrower.
        least = min(size.width(text, size.points * smallest) for text in spellings)
        tries = [(text, factor, manner) for text in spellings for factor in (1.0, smaller)]
        tries += [(spellings[-1], *how) for how in ((smallest, manner), (smaller, loose), (smallest, loose))]
        variants = [variant(*entry) for entry in dict.fromkeys(tries)]
        return Wish(name, style.name, rank, variants, manner.repeat * 0.6)
