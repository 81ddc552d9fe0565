"""The names of places, as wishes: near their points, where they hide least."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable

import numpy as np

from . import inbox
from .builder import Builder
from .features import Thing
from .labels import TextStyle
from .paper import Paper, Sums
from .symbols import dot
from .textsize import Sizes, wrapped
from .wishes import Group, Places, Wish

Array = Any
# How far a place's name may move from its point, in mm, and on the ground.
_REACH = {"city": 15.0, "town": 14.0, "suburb": 12.0, "village": 10.0, "quarter": 10.0}
_REACH_METRES = 400.0
_PLACE_RANK = ("city", "town", "suburb", "village", "quarter", "neighbourhood", "hamlet", "locality")


class PlaceNames:
    """The wishes of all places."""

    def __init__(self, builder: Builder, paper: Paper, sizes: Sizes, sums: Sums) -> None:
        self._builder, self._paper, self._sizes = builder, paper, sizes
        self._sums = sums

    def places(self) -> Group:
        """The names of all places; on overviews beside a dot, which is drawn here."""
        builder, paper = self._builder, self._paper
        styles = builder.labels.place_styles()
        of_kind = {kind: style for style in styles for kind in style.kinds}
        places = [t for t in builder.things("places") if t["name"] and t["kind"] in of_kind]
        with_dots = builder.detail <= 2 and bool(builder.color["text_place"])
        if with_dots:
            symbol = dot(builder.color["halo"] or "#FFFFFF", builder.color["text_place"] or "#000000", 1.1)
            builder.add("Places", "point", places, [("TRUE", symbol, "Places")])
        wishes = []
        for thing in places:
            point = thing.geometry.asPoint()
            at = paper.to_paper(np.array([[point.x(), point.y()]]))[0]
            if with_dots:
                square = np.stack(np.meshgrid(np.linspace(-0.7, 0.7, 7), np.linspace(-0.7, 0.7, 7)), -1)
                rows, columns = paper.cells(at + square.reshape(-1, 2))
                paper.taken[rows, columns] = -1
            wishes.append(self._wish(thing, at, of_kind[thing["kind"]], with_dots))
        return Group("Place names", "point", styles, wishes)

    def _wish(self, thing: Thing, at: Array, style: TextStyle, with_dot: bool) -> Wish:
        size = self._sizes.of(style)
        kind, name = thing["kind"], thing["name"]

        def variant(text: str, factor: float) -> Callable[[], Places | None]:
            points = size.points * factor

            def make() -> Places | None:
                measures = (size.width(text, points), size.height(text, points))
                if with_dot:
                    return inbox.around(self._paper, self._sums, text, points, measures, at, 1.0)
                reach = min(_REACH.get(kind, 7.0), max(4.0, _REACH_METRES * self._paper.per_metre))
                return inbox.near(self._paper, self._sums, text, points, measures, at, reach)

            return make

        texts = list(dict.fromkeys((wrapped(name, 2) if len(name) > 14 else name, name, wrapped(name, 3))))
        variants = [variant(text, factor) for factor in (1.0, 0.85, 0.7) for text in texts]
        return Wish(name, style.name, _PLACE_RANK.index(kind) / 10, variants)
