"""Excel workbook (ECMA-376): a sheet of attributes per layer, with the bounds of each object."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal, ogr

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...geo.sql import sql
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_size, prove_vector
from .translate import described, translate

_MOST_ROWS = 1_048_575
_ROWS = (
    "SELECT {names!s}ST_MinX(geom) AS xmin, ST_MinY(geom) AS ymin, ST_MaxX(geom) AS xmax, ST_MaxY(geom) AS ymax "
    "FROM {table!i} LIMIT {most!n}"
)


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a sheet, Excel's limit of rows kept; the last sheet says what the file is."""
    written = Written()
    with quiet() as errors:
        # Open all the time: the driver writes the whole workbook anew whenever it is closed.
        book = gdal.GetDriverByName("XLSX").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        for table in view.tables:
            job.feedback.check()
            names = sql("{names!i}, ", names=[name for name, _ in table.columns]) if table.columns else ""
            statement = sql(_ROWS, names=names, table=table.name, most=_MOST_ROWS)
            translate(
                view, table, book, "XLSX", job, "Excel workbook", accessMode="append", layerName=table.name,
                SQLStatement=statement,
            )  # fmt: skip
            if table.features > _MOST_ROWS:
                written.warnings.append(
                    say("Excel holds {0} rows: the rest of {1} is left out.", _MOST_ROWS, say(table.title))
                )
            written.layers[table.name] = min(table.features, _MOST_ROWS)
        _about(book, {**described(job, view), "crs": view.crs})
        book = None
    if errors.failures:
        raise WriteError("write_failed", say("Excel workbook could not be written: {0}.", errors.text))
    return written


def _about(book: gdal.Dataset, items: dict[str, str]) -> None:
    """A last sheet with what every dataset says of itself."""
    layer = book.CreateLayer("About", None, ogr.wkbNone)
    for name in ("item", "text"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for item, text in items.items():
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["item"], feature["text"] = item, text
        layer.CreateFeature(feature)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_size(path, "Excel workbook")
    prove_vector(str(path), written, "Excel workbook")
