"""CAD layers by the layer table, line types in metres, and the heights of texts; shared by every CAD format."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass

from osgeo import ogr

from ...osm.layers import BY_NAME, TABLES, Cad

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
_CONTROL = re.compile(r"[\x00-\x1f]")
# AutoCAD reads at most 255 characters of a TEXT.
_LONGEST = 255


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


def layer_of(table: str, feature: ogr.Feature) -> Cad:
    """The CAD layer of a feature; that of tables which somebody else made is called like the table."""
    if table in ("roads", "paths", "railways"):
        if feature["tunnel"]:
            return TUNNEL
        if feature["bridge"]:
            return BRIDGE
    if table not in BY_NAME:
        # R12 takes 31 characters: capitals, digits, $, - and _.
        return Cad(re.sub(r"[^A-Z0-9$_-]", "_", table.upper())[:31], 7, 0.18, "CONTINUOUS")
    return BY_NAME[table].kind(feature["kind"]).cad


def one_line(text: str) -> str:
    """A text as an entity takes it: one line, no control characters, no more than CAD programs read."""
    return _CONTROL.sub(" ", text)[:_LONGEST].strip()
