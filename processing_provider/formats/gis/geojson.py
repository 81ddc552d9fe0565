"""GeoJSON (RFC 7946): one FeatureCollection, the layer a property of each feature."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path

from ...errors import WriteError
from ...geo.sql import sql
from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from ..proof_helpers import prove_size
from .translate import described, translate

_HEAD = b'"features": ['


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table; each is translated alone and its features are copied as text."""
    written = Written()
    wgs84 = view.crs == "EPSG:4326"
    settings = ["WRITE_NAME=NO", f"COORDINATE_PRECISION={7 if wgs84 else 3}"]
    if wgs84:
        settings += ["RFC7946=YES"]
    piece = path.with_suffix(".piece.geojson")
    members = {"type": "FeatureCollection", **described(job, view)}
    if not wgs84:
        code = view.crs.replace(":", "::")
        members["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{code}"}}  # type: ignore[assignment]
    with path.open("wb") as file:
        file.write(json.dumps(members, ensure_ascii=False).encode()[:-1] + b', "features": [\n')
        first = True
        for table in view.tables:
            translate(
                view, table, str(piece), "GeoJSON", job, "GeoJSON",
                SQLStatement=sql('SELECT {name!t} AS "table", * FROM {name!i}', name=table.name),
                layerCreationOptions=settings,
            )  # fmt: skip
            text = piece.read_bytes()
            body = text[text.index(_HEAD) + len(_HEAD) : text.rindex(b"]")].strip()
            piece.unlink()
            if body:
                file.write((b"" if first else b",\n") + body)
                first = False
            written.layers[table.name] = table.features
        file.write(b"\n]}\n")
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Parse the file again and count its features by table."""
    try:
        data = json.loads(prove_size(path, "GeoJSON"))
    except ValueError as error:
        raise WriteError("not_proven", "GeoJSON does not parse again.") from error
    counts: dict[str, int] = {}
    for feature in data["features"]:
        name = feature["properties"]["table"]
        counts[name] = counts.get(name, 0) + 1
    if counts != {name: count for name, count in written.layers.items() if count}:
        raise WriteError("not_proven", "GeoJSON does not hold what was written to it.")
