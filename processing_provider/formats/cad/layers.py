"""CAD layers by the layer table, line types in metres, and the heights of texts; shared by every CAD format."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from osgeo import ogr

from ...osm.tables.layers import BY_NAME, TABLES, Cad
from ...osm.tables.map_data import Table
from .naming import release_12 as short
from .strings import layer_name

# Patterns in metres on the ground: dash lengths positive, gaps negative; the first number is the whole.
LINETYPES = {"DASHED": [6.0, 4.0, -2.0], "DASHED2": [3.0, 2.0, -1.0], "PHANTOM": [16.0, 10.0, -2.0, 1.0, -2.0, 1.0]}
TUNNEL = Cad("V-ROAD-TUNL-E", 8, 0.18, "DASHED")
BRIDGE = Cad("V-BRDG-DECK-E", 7, 0.35, "CONTINUOUS")
STREETS = Cad("V-ANNO-STRT-E", 7, 0.13, "CONTINUOUS")
NOTICE = Cad("V-ANNO-ATTR-E", 7, 0.13, "CONTINUOUS")
# Every CAD layer as the first kind on it has it.
LAYERS: dict[str, Cad] = {}
for _table in TABLES:
    for _one in _table.kinds:
        LAYERS.setdefault(_one.cad.layer, _one.cad)
# The sheet that text is made for: the longer side of A1, in metres.
_SHEET = 0.8


@dataclass(frozen=True)
class Heights:
    """Heights of texts in metres on the ground, for a drawing that is plotted to fill an A1 sheet."""

    street: float
    place: float
    house: float
    poi: float


def heights(area_wkt: str) -> Heights:
    """Heights that read well on A1, whatever the size of the area (in metres)."""
    xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(area_wkt).GetEnvelope()
    millimetre = max(xmax - xmin, ymax - ymin) / _SHEET / 1000
    street, place, house, poi = (round(size * millimetre, 2) or 0.01 for size in (2.0, 5.0, 1.2, 1.4))
    return Heights(street, place, house, poi)


def layer_of(table: str, feature: ogr.Feature | Mapping[str, Any], own: Mapping[str, Cad]) -> Cad:
    """The CAD layer of a feature; `own` are those of tables which somebody else made."""
    if table in own:
        return own[table]
    if table in ("roads", "paths", "railways"):
        if feature["tunnel"]:
            return TUNNEL
        if feature["bridge"]:
            return BRIDGE
    return BY_NAME[table].kind(feature["kind"]).cad


def own_layers(tables: Iterable[Table], release_12: bool) -> dict[str, Cad]:
    """A layer for each table that is not of the layer table, called like it, no two alike.

    Release 12 takes 31 characters: capitals, digits, $, - and _.
    """
    result: dict[str, Cad] = {}
    taken: set[str] = set()
    for table in tables:
        if table.name in BY_NAME:
            continue
        name = base = short(table.name) if release_12 else layer_name(table.name.upper())
        number = 2
        while name.lower() in taken:
            name = f"{base[: 30 - len(str(number))]}_{number}"
            number += 1
        taken.add(name.lower())
        result[table.name] = Cad(name, 7, 0.18, "CONTINUOUS")
    return result
