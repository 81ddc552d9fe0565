"""Leaflet: one HTML page that opens anywhere, with the objects by table, what is known of each, and a legend.

It holds no more than a browser moves smoothly: of larger areas whole tables are left out, the least important first.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Iterator

from osgeo import ogr

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.layers import BY_NAME
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ...webmap import leaflet_page
from ..contract import Job, Written
from ..gis.translate import translate

# Objects of a page.
MOST = 50_000
# Members that say nothing. A quote within a text has a backslash before it, so none of them is part of one.
_NOTHING = re.compile(r', "[^"\\]+": null')
_ELEMENT = re.compile(rf'<script type="application/json" id="{leaflet_page.TABLE}([^"]+)">(.*?)</script>', re.DOTALL)


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the page, table by table."""
    kept = _kept(view, job)
    written = Written({table.name: table.features for table in kept})
    west, east, south, north = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    bounds = tuple(round(value, 7) for value in (west, south, east, north))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        shown = tuple(table for table in kept if table.features)
        data = _data(view, shown, path, job)
        asked = job.language, job.layers
        for piece in leaflet_page.pieces(job.title, job.credit, bounds, job.theme, shown, data, *asked):
            file.write(piece)
    return written


def _kept(view: MapData, job: Job) -> tuple[Table, ...]:
    """The tables that the page has room for; what is left out is told."""
    kept, gone = list(view.tables), []
    for table in sorted(view.tables, key=lambda table: (-_rank(table), -table.features)):
        if sum(one.features for one in kept) <= MOST or not table.features:
            continue
        if len(kept) > 1:
            kept.remove(table)
            gone.append(table)
    if gone:
        job.feedback.warning(
            "page_too_large",
            say(
                "A page of more than {0} objects would be slow: it is without {1}; choose fewer layers, or PMTiles "
                "with the option web_map.",
                f"{MOST:,}",
                ", ".join(f"{table.name} {table.features:,}" for table in gone),
            ),
        )
    return tuple(kept)


def _rank(table: Table) -> int:
    """The first detail level that has it: what comes late goes first."""
    known = BY_NAME.get(table.name)
    return min(kind.detail for kind in known.kinds) if known else 0


def _data(view: MapData, tables: tuple[Table, ...], path: Path, job: Job) -> Iterator[str]:
    piece = path.with_suffix(".geojsonl")
    for number, table in enumerate(tables):
        job.feedback.progress(100 * number / len(tables), "writing the page")
        translate(
            view, table, str(piece), "GeoJSONSeq", job, "Leaflet",
            SQLStatement=sql("SELECT * FROM {name!i}", name=table.name),
            layerCreationOptions=["COORDINATE_PRECISION=7"],
        )  # fmt: skip
        yield from leaflet_page.element(table.name, _features(piece))
        piece.unlink()


def _features(piece: Path) -> Iterator[str]:
    with piece.open(encoding="utf-8") as file:
        for line in file:
            yield _NOTHING.sub("", line.strip())


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the page again: every table's objects are in it."""
    found = {}
    for name, text in _ELEMENT.findall(path.read_text(encoding="utf-8")):
        try:
            found[html.unescape(name)] = len(json.loads(text)["features"])
        except ValueError as error:
            raise WriteError("not_proven", say("{0} does not open again.", "Leaflet")) from error
    if found != {name: count for name, count in written.layers.items() if count}:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "Leaflet"))
