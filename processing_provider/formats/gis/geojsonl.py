"""Newline-delimited GeoJSON: an RFC 7946 feature a line, always in lon/lat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from .translate import translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table, its name a property of each feature; and whose data it is another."""
    written = Written()
    piece = path.with_suffix(".piece.geojsonl")
    statement = 'SELECT {name!t} AS "table", {rights!t} AS rights, * FROM {name!i}'
    with path.open("wb") as file:
        for table in view.tables:
            translate(
                view, table, str(piece), "GeoJSONSeq", job, "GeoJSON Lines",
                SQLStatement=sql(statement, name=table.name, rights=job.credit),
                layerCreationOptions=["COORDINATE_PRECISION=7"],
            )  # fmt: skip
            file.write(piece.read_bytes())
            piece.unlink()
            written.layers[table.name] = table.features
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Parse every line again and count by table."""
    counts: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                name = json.loads(line)["properties"]["table"]
                counts[name] = counts.get(name, 0) + 1
    except ValueError as error:
        raise WriteError("not_proven", "GeoJSON Lines do not parse again.") from error
    if counts != {name: count for name, count in written.layers.items() if count}:
        raise WriteError("not_proven", "GeoJSON Lines do not hold what was written to them.")
