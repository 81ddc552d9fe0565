"""A user's own data on the map: the tint of areas below houses and streets, all else above them and below names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

from qgis.core import QgsSymbol

from ...osm.tables.overlay import AREAS, LINES, POINTS, OverlayTable
from ...text.sentence import say
from ...text.translation import told_in
from ..features.reading import Thing
from ..occupancy.boxes import box_round
from ..occupancy.kinds import Kind
from ..rendering.entries import OWN_DATA
from ..symbology.own_data import Look, edge_symbol, line_symbol, look, marker_symbol, tint_symbol
from .builder import Builder

TINTS = f"{OWN_DATA} tints"
EDGES, TRACKS, MARKERS = (f"{OWN_DATA} – {word}" for word in ("areas", "lines", "points"))
# So many lines of a file are called by their own names in the legend, more by the file's.
_NAMED = 4


def tints(builder: Builder) -> None:
    """The tint of areas; of those that lie on each other both are seen."""
    things = _looks(builder, AREAS)
    tinted = [(thing, one) for thing, one in things if one.fill]
    _add(builder, TINTS, "polygon", tinted, AREAS, tint_symbol)


def own_data(builder: Builder) -> None:
    """Edges of areas, lines, and markers, which nothing else stands on."""
    paper, theme = builder.paper, builder.theme
    _add(builder, EDGES, "polygon", _looks(builder, AREAS), AREAS, edge_symbol)
    lines = _looks(builder, LINES)
    _add(builder, TRACKS, "line", lines, LINES, lambda one: line_symbol(theme, one))
    # Names hide them as little as main roads, and streets' names step aside as they do beside tracks.
    for width in {one.mm for _, one in lines}:
        paper.put(Kind.MAIN_ROAD | Kind.TRACK, (thing.geometry for thing, one in lines if one.mm == width), width)
    points = _looks(builder, POINTS)
    _add(builder, MARKERS, "point", points, POINTS, lambda one: marker_symbol(theme, one))
    for thing, one in points:
        paper.put_box(Kind.OWN, box_round(*paper.spot(thing.geometry.asPoint()), one.mm + 0.5, one.mm + 0.5))


def _looks(builder: Builder, table: OverlayTable) -> list[tuple[Thing, Look]]:
    return [(thing, look(builder.theme, thing, table.geometry)) for thing in builder.things(table.name)]


def _add(
    builder: Builder,
    title: str,
    geometry: str,
    things: list[tuple[Thing, Look]],
    table: OverlayTable,
    symbol: Callable[[Look], QgsSymbol],
) -> None:
    """One layer: a class for each look of each entry of the legend."""
    labels = _labels(builder, table)
    numbers: dict[tuple[str, Look], int] = {}
    made = []
    for thing, one in things:
        number = numbers.setdefault((labels(thing), one), len(numbers))
        # No text of a user's gets into an expression.
        made.append(Thing(thing.geometry, {"kind": f"look{number}", "class": thing["file"], "name": thing["name"]}))
    cases = [(f"\"kind\"='look{number}'", symbol(one), label) for (label, one), number in numbers.items()]
    builder.add(title, geometry, made, cases)


def _labels(builder: Builder, table: OverlayTable) -> Callable[[Thing], str]:
    """What the legend calls an object: a line of few by its name, all others by their file, and what they are there."""
    named: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for one in (AREAS, LINES, POINTS):
        for thing in builder.things(one.name):
            kinds.setdefault(str(thing["file"]), set()).add(one.name)
            if one is table and table is not POINTS:
                named.setdefault(str(thing["file"]), set()).add(str(thing["name"] or ""))

    def label(thing: Thing) -> str:
        file, name = str(thing["file"]), str(thing["name"] or "")
        shown = told_in(OWN_DATA, builder.language) if file == OWN_DATA else file
        if name and file in named and len(named[file]) <= _NAMED:
            return name
        if len(kinds[file]) == 1:
            return shown
        if table is POINTS:
            return told_in(say("{0}: points", shown), builder.language)
        return told_in(say("{0}: lines", shown) if table is LINES else say("{0}: areas", shown), builder.language)

    return label
