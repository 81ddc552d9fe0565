"""Names and icons as layers of a MapLibre style: what comes later has its place first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Dict, Iterator

from qgis.core import QgsTextFormat

from ..cartography.symbology.label_styles import Labels
from ..cartography.symbology.place_labels import PLACES, place_styles
from ..tiles import area_names
from .lettering import OVERVIEW, Lettering
from .screen import MM, Layer, Value, circle, one_of, symbol, unset

# The first zoom of street names by their style; that of tiles brings the streets.
_STREETS = {
    "motorway": 11,
    "trunk": 11,
    "primary": 12,
    "secondary": 12,
    "tertiary": 13,
    "minor": 14,
    "small": 15,
}
# Names of places: the first zoom by kind, and the zoom from which on they are no dots.
_PLACES = {
    "city": 4, "town": 7, "village": 9, "suburb": 11, "quarter": 12.5, "hamlet": 12.5, "neighbourhood": 13.5,
    "locality": 15,
}  # fmt: skip
_NO_DOTS = 12
# Areas whose names are shown are so many m2 at a zoom.
_NAMED_AREAS = ((12, 400_000), (13, 100_000), (14, 25_000), (15, 6_000), (16, 0))
_PARKS = ("park", "cemetery", "forest", "sport")
_SQUARES = ("square", "pedestrian")
_OVERVIEW_ZOOMS, _TOWN_ZOOMS = (5, 8, 10, 11, 12), (12, 14, 16, 18, 20)
Format = Callable[[Labels], QgsTextFormat]


def numbers(lettering: Lettering) -> Iterator[Layer]:
    """House numbers, which give way to all else."""
    color = lettering.screen.color
    if not color.get("hn"):
        return

    def text(labels: Labels) -> QgsTextFormat:
        return labels.housenumbers()[0][0].format()

    layout = {**lettering.layout(text), "text-field": ["coalesce", ["get", "housenumber"], ["get", "name"], ""],
              "text-padding": 1}  # fmt: skip
    yield symbol("house numbers", "housenumbers", layout, lettering.paint(text), None, 15.5)


def streets(lettering: Lettering) -> Iterator[Layer]:
    """Names along streets and paths, the lesser first."""
    for number, style in reversed(list(enumerate(lettering.labels(15).street_styles()))):

        def text(labels: Labels, number: int = number) -> QgsTextFormat:
            return labels.street_styles()[number].text

        if not lettering.is_shown(text):
            continue
        layout = {
            **lettering.layout(text), "symbol-placement": "line", "text-max-angle": 25, "symbol-spacing": 250,
            "text-padding": 2, "text-rotation-alignment": "map", "text-pitch-alignment": "viewport",
        }  # fmt: skip
        rule: Value = ["all", one_of("kind", style.kinds), unset("tunnel"), ["has", "name"]]
        for table in ("paths", "roads") if style.name == "small" else ("roads",):
            yield symbol(f"{style.name} {table}, names", table, layout, lettering.paint(text), rule,
                         _STREETS[style.name])  # fmt: skip


def squares(lettering: Lettering) -> Iterator[Layer]:
    """Names of squares."""
    rule: Value = ["all", one_of("kind", ("plaza",)), one_of("class", _SQUARES), ["has", "name"]]
    yield from _inside(lettering, "squares", "plazas", lambda labels: labels.square_style().text, rule, ((15, 1500),))


def parks(lettering: Lettering) -> Iterator[Layer]:
    """Names of parks, woods and cemeteries."""
    if lettering.screen.color.get("text_park"):
        rule: Value = ["all", one_of("kind", _PARKS), ["has", "name"]]
        text: Format = lambda labels: labels.area_style("park", "text_park").text  # noqa: E731
        yield from _inside(lettering, "parks", "green", text, rule, _NAMED_AREAS)


def waters(lettering: Lettering) -> Iterator[Layer]:
    """Names of lakes, and along rivers."""
    screen = lettering.screen
    if not screen.color.get("text_water"):
        return
    family = screen.theme.font["water"]

    def river(labels: Labels) -> QgsTextFormat:
        return labels.area_style("river", "text_water", family).text

    def lake(labels: Labels) -> QgsTextFormat:
        return labels.area_style("water", "text_water", family, 6.0).text

    layout = {**lettering.layout(river), "symbol-placement": "line", "symbol-spacing": 400, "text-max-angle": 25}
    for kinds, zoom in ((("stream", "ditch"), 14), (("river", "canal", "tidal_channel"), 11)):
        rule: Value = ["all", one_of("kind", kinds), unset("tunnel"), ["has", "name"]]
        yield symbol(f"{kinds[0]}s, names", "waterways", layout, lettering.paint(river), rule, zoom)
    rule = ["all", one_of("kind", ("lake",)), ["has", "name"]]
    yield from _inside(lettering, "lakes", "water", lake, rule, _NAMED_AREAS)


def _inside(
    lettering: Lettering, title: str, table: str, text: Format, rule: Value, sizes: tuple[tuple[int, int], ...]
) -> Iterator[Layer]:
    """Names in the areas of a table, the small ones from a later zoom on."""
    if not lettering.is_shown(text):
        return
    area: Value = ["coalesce", ["get", "area"], 0]
    layout = {**lettering.layout(text), "text-max-width": 7, "symbol-sort-key": ["-", area]}
    above = None
    made = []
    for zoom, size in sizes:
        bounds: list[Value] = [[">=", area, size], *([["<", area, above]] if above else [])]
        named: Value = ["all", one_of(area_names.OF, (table,)), rule, *bounds]
        made.append(symbol(f"{title}, names from zoom {zoom}", area_names.LAYER, layout, lettering.paint(text), named,
                           zoom))  # fmt: skip
        above = size
    yield from reversed(made)


def places(lettering: Lettering) -> Iterator[Layer]:
    """Names of places: beside dots on overviews, over the middle elsewhere."""
    screen = lettering.screen
    if not screen.color.get("text_place"):
        return
    settled = {place.kind for place in PLACES if place.settlement}
    sort: Dict[str, Value] = {"symbol-sort-key": ["-", ["coalesce", ["get", "population"], 0]]}
    for number, place in reversed(list(enumerate(PLACES))):

        def text(labels: Labels, number: int = number) -> QgsTextFormat:
            return place_styles(labels)[number].text

        rule, first = one_of("kind", (place.kind,)), _PLACES[place.kind]
        if place.kind in settled and first < _NO_DOTS:
            shown: Dict[str, Value] = {
                "color": screen.color["halo"] or "#FFFFFF", "radius": 0.45 * MM, "stroke-width": 0.1 * MM,
                "stroke-color": screen.color["text_place"] or "",
            }  # fmt: skip
            yield {**circle(f"{place.kind}, dots", "places", shown, rule, first), "maxzoom": _NO_DOTS}
            layout = {
                **lettering.layout(text, _OVERVIEW_ZOOMS, OVERVIEW), **sort, "text-max-width": 8,
                "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.5,
                "text-justify": "auto",
            }  # fmt: skip
            yield symbol(f"{place.kind}, names on overviews", "places", layout, lettering.paint(text, OVERVIEW), rule,
                         first, _NO_DOTS)  # fmt: skip
            first = _NO_DOTS
        layout = {**lettering.layout(text, _TOWN_ZOOMS), **sort, "text-max-width": 8}
        yield symbol(f"{place.kind}, names", "places", layout, lettering.paint(text), rule, first)
