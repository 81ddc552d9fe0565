"""From the staged GeoPackage to a GDAL vector format, a whole table at a time."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from osgeo import gdal

from ...errors import Cancelled, WriteError
from ...geo.gdal_settings import options, quiet
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ..contract import Job


def translate(
    view: MapData,
    tables: Table | tuple[Table, ...],
    target: str | gdal.Dataset,
    driver: str,
    job: Job,
    label: str,
    **more: Any,
) -> None:
    """Append a table or several to `target`, a path or a dataset that is open.

    Raises WriteError with GDAL's reason, Cancelled where asked to stop.
    """

    names = [table.name for table in (tables if isinstance(tables, tuple) else (tables,))]

    def report(_fraction: float, _text: str, _data: object) -> int:
        return 0 if job.feedback.cancelled else 1

    with quiet() as errors, options(OGR_SQLITE_SYNCHRONOUS="OFF"):
        try:
            result = gdal.VectorTranslate(target, str(view.path), format=driver, layers=names, callback=report, **more)
        except RuntimeError as error:
            errors.failures.append(str(error))
            result = None
        failed = result is None
        result = None
    if job.feedback.cancelled:
        raise Cancelled
    if failed or errors.failures:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", label, errors.text))


def described(job: Job, view: MapData) -> dict[str, str]:
    """What every GIS file says of itself, by the names of the Dublin Core."""
    items = {"title": job.title, "rights": job.notice, "source": view.source or "OpenStreetMap", "date": view.date}
    return {key: value for key, value in items.items() if value}
