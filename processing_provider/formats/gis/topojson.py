"""TopoJSON (github.com/topojson/topojson-specification): an object per layer, borders that several share kept once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator

import numpy as np

from ...errors import WriteError
from ...geo.geometry import bounds
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ...osm.topology import Topology
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_size
from .topology_grid import Grid, arcs, grid, parts
from .translate import described

# What OpenStreetMap has, or a millimetre.
_DEGREES, _METRES = 1e-7, 1e-3
_CHECK_EVERY = 5000
_POINT_START = 13
_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TYPES = {"line": ("LineString", "MultiLineString"), "polygon": ("Polygon", "MultiPolygon")}


def write(view: MapData, path: Path, job: Job) -> Written:
    """Find the arcs of all layers together, then write the objects, each row as it is read, and the arcs."""
    asked = str(job.options.get("quantization") or "data")
    with closing(sqlite3.connect(view.path)) as database:
        shapes = {table.name: _shapes(database, table) for table in view.tables}
        job.feedback.check()
        step = _DEGREES if view.crs == "EPSG:4326" else _METRES
        on = grid(_box(shapes), step, 0 if asked == "data" else int(float(asked)))
        extended = [table.name for table in view.tables if table.geometry != "point"]
        found, first = arcs([shape for name in extended for shape in shapes[name]], on)
        job.feedback.check()
        # An arc that runs the other way is the ones' complement of its number.
        runs = np.where(found.turned, ~found.used, found.used).tolist()
        use = found.use.tolist()
        written, done = Written(), 0
        with path.open("w", encoding="utf-8") as file:
            file.write(_text(_head(view, job, on))[:-1] + ',\n"objects":{')
            for number, table in enumerate(view.tables):
                mine = shapes[table.name]
                if table.geometry == "point":
                    geometries = _points(mine, on)
                else:
                    geometries = _extended(table.geometry, mine, first[done : done + len(mine)].tolist(), use, runs)
                    done += len(mine)
                start = ",\n" if number else "\n"
                file.write(f'{start}{_text(table.name)}:{{"type":"GeometryCollection","geometries":[')
                for row, (geometry, values) in enumerate(zip(geometries, _rows(database, table))):
                    if row % _CHECK_EVERY == 0:
                        job.feedback.check()
                    file.write((",\n" if row else "\n") + _text({**geometry, "properties": values}))
                file.write("]}")
                written.layers[table.name] = len(mine)
            file.write('},\n"arcs":[')
            for number, arc in enumerate(_arcs(found) if done else ()):
                file.write((",\n" if number else "\n") + _text(arc))
            file.write("]}\n")
    return written


def _head(view: MapData, job: Job, on: Grid) -> dict[str, Any]:
    head: dict[str, Any] = {"type": "Topology", **described(job, view), "bbox": on.box}
    head["transform"] = {"scale": on.step.tolist(), "translate": on.origin.tolist()}
    if view.crs != "EPSG:4326":
        # As GeoJSON had it before RFC 7946.
        head["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{view.crs.replace(':', '::')}"}}
    return head


def _shapes(database: sqlite3.Connection, table: Table) -> list[bytes]:
    return [blob for (blob,) in database.execute(sql("SELECT geom FROM {table!i} ORDER BY fid", table=table.name))]


def _rows(database: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The attributes that each object has, in the order of its shapes."""
    names = [name for name, _ in table.columns]
    listed = sql("{names!i}", names=names) if names else "NULL"
    for row in database.execute(sql("SELECT {listed!s} FROM {table!i} ORDER BY fid", listed=listed, table=table.name)):
        yield {name: value for name, value in zip(names, row) if value is not None}


def _box(shapes: dict[str, list[bytes]]) -> tuple[float, float, float, float]:
    boxes = np.array([bounds(shape) for some in shapes.values() for shape in some]).reshape(-1, 4)
    if not len(boxes):
        return 0.0, 0.0, 0.0, 0.0
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return float(low[0]), float(low[2]), float(high[1]), float(high[3])


def _points(shapes: list[bytes], on: Grid) -> Iterator[dict[str, Any]]:
    data = b"".join(shape[_POINT_START:] for shape in shapes)
    for place in on.places(np.frombuffer(data, "<f8").reshape(-1, 2)).tolist():
        yield {"type": "Point", "coordinates": place}


def _extended(
    kind: str, shapes: list[bytes], first: list[int], use: list[int], runs: list[int]
) -> Iterator[dict[str, Any]]:
    """Lines or polygons, each the numbers of its arcs."""
    single, several = _TYPES[kind]
    for shape, chain in zip(shapes, first):
        made: list[Any] = []
        for count in parts(shape):
            rings = [runs[use[one] : use[one + 1]] for one in range(chain, chain + count)]
            made.append(rings if kind == "polygon" else rings[0])
            chain += count
        if len(made) == 1:
            yield {"type": single, "arcs": made[0]}
        else:
            yield {"type": several, "arcs": made}


def _arcs(found: Topology) -> Iterator[list[list[int]]]:
    """Each arc: its first place, then how far each other one is from the one before."""
    places = np.rint(found.points * 1e7).astype(np.int64)
    steps = np.diff(places, axis=0, prepend=0)
    steps[found.first] = places[found.first]
    listed = steps.tolist()
    for low, high in zip(found.first.tolist(), found.end.tolist()):
        yield listed[low:high]


def prove(path: Path, view: MapData, written: Written) -> None:
    """Parse the file again, count its objects, and find every arc that they name."""
    try:
        data = json.loads(prove_size(path, "TopoJSON"))
    except ValueError as error:
        raise WriteError("not_proven", say("{0} does not open again.", "TopoJSON")) from error
    objects = {name: one["geometries"] for name, one in data["objects"].items()}
    named = np.array(_numbers([one["arcs"] for some in objects.values() for one in some if "arcs" in one]), np.int64)
    sound = not len(named) or (np.unique(np.where(named < 0, ~named, named)) == np.arange(len(data["arcs"]))).all()
    if {name: len(some) for name, some in objects.items()} != written.layers or not sound:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "TopoJSON"))


def _numbers(nested: list[Any]) -> list[int]:
    """All numbers of nested lists."""
    while nested and any(isinstance(one, list) for one in nested):
        nested = [value for one in nested for value in (one if isinstance(one, list) else (one,))]
    return nested
