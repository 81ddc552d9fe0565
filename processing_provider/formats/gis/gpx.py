"""GPX 1.1 (topografix.com/GPX/1/1): points as waypoints, lines as tracks, always in lon/lat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

from osgeo import gdal, ogr

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import joined, say
from ...text.xml_text import escape
from ..contract import Job, Written
from ..proof_helpers import prove_size

_CHECK_EVERY = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write waypoints first, then tracks, as the schema wants them; the layer is the `type` of each."""
    written = Written()
    points = [table for table in view.tables if table.geometry == "point"]
    lines = [table for table in view.tables if table.geometry == "line"]
    if not points and not lines:
        raise WriteError("nothing_fits", "GPX holds points and lines, and the chosen layers have neither.")
    left = [say(table.title) for table in view.tables if table.geometry == "polygon"]
    if left:
        written.warnings.append(say("GPX holds no areas: {0} are left out.", joined(left, ", ")))
    with quiet(), path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(view, job))
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        for table in points + lines:
            for text in _objects(dataset.GetLayerByName(table.name), table, job):
                file.write(text)
            written.layers[table.name] = table.features
        dataset = None
        file.write("</gpx>\n")
    return written


def _head(view: MapData, job: Job) -> str:
    about = f"<desc>{_text(job.credit)}</desc>" if job.credit else ""
    time = f"<time>{_text(view.date)}</time>" if re.match(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$", view.date) else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="osm2cdr" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<metadata><name>{_text(job.title)}</name>{about}{time}</metadata>\n"
    )


def _objects(layer: ogr.Layer, table: Table, job: Job) -> Iterator[str]:
    """The elements of a table, one text each."""
    columns = {name for name, _ in table.columns}
    named, kinds = "name" in columns, "kind" in columns
    for number, feature in enumerate(layer):
        if number % _CHECK_EVERY == 0:
            job.feedback.check()
        name = feature["name"] if named else None
        name = name or (feature["ref"] if "ref" in columns and table.name == "routes" else None)
        about = f"<name>{_text(str(name))}</name>" if name else ""
        if kinds and feature["kind"]:
            about += f"<desc>{_text(str(feature['kind']))}</desc>"
        about += f"<type>{_text(table.name)}</type>"
        geometry = feature.GetGeometryRef()
        if table.geometry == "point":
            yield f'<wpt lat="{geometry.GetY():.7f}" lon="{geometry.GetX():.7f}">{about}</wpt>\n'
            continue
        parts = []
        for index in range(geometry.GetGeometryCount()):
            pairs = geometry.GetGeometryRef(index).GetPoints(2)
            parts.append(
                "<trkseg>" + "".join([f'<trkpt lat="{y:.7f}" lon="{x:.7f}"/>' for x, y in pairs]) + "</trkseg>"
            )
        yield f"<trk>{about}{''.join(parts)}</trk>\n"


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text))


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again with GDAL and count waypoints and tracks."""
    prove_size(path, "GPX")
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        if dataset is None:
            raise WriteError("not_proven", say("GPX does not open again: {0}.", errors.text))
        found = [dataset.GetLayerByName(name).GetFeatureCount() for name in ("waypoints", "tracks")]
        dataset = None
    kinds = {table.name: table.geometry for table in view.tables}
    wanted = [sum(n for name, n in written.layers.items() if kinds[name] == kind) for kind in ("point", "line")]
    if found != wanted:
        raise WriteError("not_proven", say("GPX holds {0} of {1} objects.", sum(found), sum(wanted)))
