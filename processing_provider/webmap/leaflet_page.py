"""The page of a map's objects: Leaflet, the objects of each table as GeoJSON, and the style that they are drawn in."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
from typing import Any, Collection, Dict, Iterator, List

from ..cartography.themes.loading import Theme
from ..osm.tables.layers import BY_NAME
from ..osm.tables.map_data import Table
from ..osm.tables.rules import column
from ..text.sentence import say
from ..text.translation import told_in
from .libraries import LEAFLET
from .page import data_element, filled
from .screen import MM, Layer
from .style import layers_of

_MARK = "<!-- tables -->"
TABLE = "table-"
# Of what no style draws, the looks on a page.
_PLAIN = 0.12
_KEPT = ("type", "filter", "minzoom", "maxzoom", "layout", "paint")
# Parts of a look that a legend does without, by what stands behind the comma in the names of layers.
_DETAILS = ("edges", "ground", "dashes", "bands", "bridges")


def styles(
    theme: Theme, tables: tuple[Table, ...], language: str = "", groups: Collection[str] = ()
) -> List[Dict[str, Any]]:
    """How the objects of each table are drawn, the lowest first: layers of the web style that have shapes, icons or
    the names of places, in the language asked for. What it does not draw has a plain layer.
    """
    layers = layers_of(theme, {table.name for table in tables}, language, groups)
    found = [_part(layer) for layer in layers if _is_drawn(layer)]
    drawn = {part["table"] for part in found}
    color = theme.color["text"] or "#000000"
    for table in tables:
        if table.name == "land":
            shown = {"fill-color": theme.color["land"] or "#FFFFFF"}
            ground: Dict[str, Any] = {"type": "fill", "table": "land", "layout": {}, "paint": shown}
            found.insert(0, ground)
        elif table.name not in drawn:
            found.append(_plain(table, color))
    return found


def _is_drawn(layer: Layer) -> bool:
    if layer["type"] == "symbol":
        return layer["source-layer"] in ("pois", "places")
    return "source-layer" in layer and layer.get("layout", {}).get("visibility") != "none"


def _part(layer: Layer) -> Dict[str, Any]:
    made: Dict[str, Any] = {"table": layer["source-layer"], "layout": {}}
    made.update((key, layer[key]) for key in _KEPT if key in layer)
    if layer["type"] == "symbol" and layer["source-layer"] == "places":
        made["named"] = True
    elif not layer["id"].partition(", ")[2].startswith(_DETAILS):
        made["legend"] = True
    return made


def _plain(table: Table, color: str) -> Dict[str, Any]:
    if table.geometry == "point":
        paint: Dict[str, Any] = {"circle-color": color, "circle-radius": 2}
    else:
        paint = {"line-color": color, "line-width": _PLAIN * MM}
    kind = "circle" if table.geometry == "point" else "line"
    return {"type": kind, "table": table.name, "layout": {}, "paint": paint}


def _titles(table: str, language: str) -> Dict[str, str]:
    known = BY_NAME.get(table)
    return {kind.id: told_in(kind.title, language) for kind in known.kinds} if known else {}


def pieces(
    title: str, credit: str, bounds: tuple[float, ...], theme: Theme, tables: tuple[Table, ...], data: Iterator[str],
    language: str = "", groups: Collection[str] = (),
) -> Iterator[str]:  # fmt: skip
    """The page piece by piece, its own words and the names in `language` where there are such.

    `data` are the elements of the tables, see `element`.
    """
    looks = styles(theme, tables, language, groups)
    drawn = {look["table"] for look in looks if look.keys() & {"legend", "named"} or look["table"] == "land"}
    told = [
        {
            "name": table.name,
            "title": told_in(table.title or table.name, language),
            "kinds": _titles(table.name, language),
            "hidden": table.name not in drawn,
        }
        for table in reversed(tables)
    ]
    about = {
        "bounds": bounds, "title": title, "credit": credit, "ground": theme.color["land"] or "#FFFFFF",
        "name": column(f"name:{language}") if language else "name", "legend": told_in(say("Legend"), language),
        "layers": told_in(say("Layers"), language),
    }  # fmt: skip
    elements = [data_element("about", about), data_element("styles", looks), data_element("tables", told)]
    texts = {"TITLE": html.escape(title), "CREDIT": html.escape(credit), "DATA": "\n".join([*elements, _MARK])}
    before, after = filled("leaflet", LEAFLET, texts, more=("expressions",), language=language).split(_MARK)
    yield before
    yield from data
    yield after


def element(table: str, features: Iterator[str]) -> Iterator[str]:
    """The features of a table, each as GeoJSON, as an element of the page; nothing in them ends it."""
    yield f'<script type="application/json" id="{html.escape(TABLE + table)}">{{"type":"FeatureCollection","features":['
    for number, text in enumerate(features):
        yield ("," if number else "") + text.replace("<", "\\u003c")
    yield "]}</script>\n"
