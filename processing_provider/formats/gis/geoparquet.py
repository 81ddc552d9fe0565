"""GeoParquet 1.1 (geoparquet.org): a file per layer, its rows along a Hilbert curve, with the box of each; zipped."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import WriteError
from ...geo.geometry import bounds, wkb_of
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..archive import pack, prove_archive
from ..contract import Job, Written
from ..database.projjson import projjson
from ..database.table_rows import KINDS
from . import hilbert
from .shp import short_names
from .translate import described

_LABEL = "GeoParquet"
_GEOMETRY, _BOX = "geometry", "bbox"
_SIDES = ("xmin", "ymin", "xmax", "ymax")
# So many rows together, each of which groups knows its box: readers of a part of the map leave the others.
_GROUP = 20_000
_LONGEST_NAME = 255
_CHECK_EVERY = 5000


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own file, then zip them."""
    written = Written()
    folder = path.parent / "parquet"
    folder.mkdir()
    crs = json.loads(projjson(view.crs))
    for table in view.tables:
        job.feedback.check()
        _table(view, table, folder / f"{table.name}.parquet", job, crs)
        written.layers[table.name] = table.features
    told = say("One GeoParquet 1.1 file per layer, rows along a Hilbert curve, packed by zstd.")
    pack(folder, path, view, job, told)
    return written


def _table(view: MapData, table: Table, path: Path, job: Job, crs: dict[str, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    shapes, boxes, values = _read(view, table, job)
    order = hilbert.order(boxes)
    boxes = boxes[order]
    short = short_names([_GEOMETRY, _BOX, *(name for name, _ in table.columns)], _LONGEST_NAME)
    made = {
        short[name]: pa.array(column, kinds[kind]).take(pa.array(order))
        for (name, kind), column in zip(table.columns, values)
    }
    made[_BOX] = pa.StructArray.from_arrays([pa.array(boxes[:, side]) for side in range(4)], list(_SIDES))
    made[_GEOMETRY] = pa.array(shapes, pa.binary()).take(pa.array(order))
    data = pa.table(made)
    told = {**described(job, view), "geo": json.dumps(_metadata(table, boxes, crs))}
    data = data.replace_schema_metadata(told)
    texts = [short[name] for name, kind in table.columns if kind == "TEXT"]
    try:
        pq.write_table(data, path, compression="zstd", row_group_size=_GROUP, use_dictionary=texts)
    except (OSError, pa.ArrowException) as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, error)) from error


def _read(view: MapData, table: Table, job: Job) -> tuple[list[bytes], Any, list[tuple[Any, ...]]]:
    """The WKB of each row, the boxes (n, 4) and the columns."""
    names = [name for name, _ in table.columns]
    listed = sql("{names!i}", names=["geom", *names])
    query = sql("SELECT {listed!s} FROM {table!i} ORDER BY fid", listed=listed, table=table.name)
    shapes, boxes, found = [], [], []
    with closing(sqlite3.connect(view.path)) as database:
        for number, (blob, *values) in enumerate(database.execute(query)):
            if number % _CHECK_EVERY == 0:
                job.feedback.check()
            shapes.append(wkb_of(blob))
            boxes.append(bounds(blob))
            found.append(values)
    # OGR has the sides the other way.
    sides = np.array(boxes, float).reshape(-1, 4)[:, [0, 2, 1, 3]]
    return shapes, sides, list(zip(*found)) if found else [()] * len(names)


def _metadata(table: Table, boxes: Any, crs: dict[str, Any]) -> dict[str, Any]:
    """What GeoParquet says of a file."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [KINDS[table.geometry]],
        "crs": crs,
        "covering": {_BOX: {side: [_BOX, side] for side in _SIDES}},
    }
    if len(boxes):
        column["bbox"] = [*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()]
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}


def prove(path: Path, view: MapData, written: Written) -> None:
    """Every layer is in the zip, in full."""
    import pyarrow.parquet as pq

    prove_archive(path, written, ".parquet", _LABEL)
    with zipfile.ZipFile(path) as archive:
        for name, count in written.layers.items():
            with archive.open(f"{name}.parquet") as file:
                data = pq.ParquetFile(file).metadata
            if data.num_rows != count or b"geo" not in data.metadata:
                raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
