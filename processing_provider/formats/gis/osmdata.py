"""OpenStreetMap's own formats by libosmium: XML 0.6 and PBF, with whole ways and relations, every tag kept.

What touches the area is taken from the source itself, not from the layer tables: all tagged nodes, ways and
multipolygons, what they are made of, and other relations that refer to them (routes, restrictions), these without
their members elsewhere. Where layers were chosen, only their objects.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Callable, Iterator

from osgeo import gdal, ogr

from ...errors import Cancelled, WriteError
from ...geo.gdal_settings import quiet
from ...geo.geometry import bounds, is_closed, ring_from_blob, staged_geometry
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, SourceData
from ...sources.extract import connect
from ...text.sentence import say
from ..contract import Job, Written

KINDS = ("nodes", "ways", "relations")
# How deep relations of relations are followed to what they are made of.
_DEPTH = 3
CHECK_EVERY = 2000
# Numbers above are nobody's; libosmium keeps a table that grows with the highest.
_MOST = 1 << 45
_HEAD = 4096
# What the API of OpenStreetMap writes of whose data it is.
_ROOT = (
    b' copyright="OpenStreetMap and contributors" attribution="https://www.openstreetmap.org/copyright"'
    b' license="https://opendatacommons.org/licenses/odbl/1-0/"'
)


# What is copied: the source, the numbers of the objects, where to, the view and the job.
Copy = Callable[[Any, Any, Path, SourceData, Job], Written]


def write(view: SourceData, path: Path, job: Job) -> Written:
    """Copy the objects by libosmium's own writer."""
    written = collected(view, path, job, _copy)
    if path.suffix == ".osm":
        _notice(path)
    return written


def collected(view: SourceData, path: Path, job: Job, copy: Copy) -> Written:
    """Collect the numbers of what touches the area, complete them, and copy the objects from the source."""
    import osmium

    # By name libosmium would know small letters alone.
    source = osmium.io.File(str(view.path), "pbf" if view.path.suffix.lower() == ".pbf" else "osm")
    inside, whole = osmium.IdTracker(), osmium.IdTracker()
    strange = WriteError(
        "negative_ids",
        "The source has objects that OpenStreetMap has not numbered, or that came without their shape, which OSM "
        "files are not made of; upload them first, ask for them with 'out geom', or take another format, such as gpkg.",
    )
    for kind, number in _chosen(view.chosen) if view.chosen else _touching(view, job):
        if not 0 < number < _MOST:
            raise strange
        for tracker in (inside, whole):
            getattr(tracker, f"add_{kind}")(number)
    try:
        whole.complete_backward_references(source, relation_depth=_DEPTH)
        job.feedback.check()
        if not view.chosen:
            relations = osmium.FileProcessor(source, osmium.osm.RELATION).with_filter(inside.contains_filter())
            for relation in relations:
                whole.add_relation(relation.id)
        return copy(source, whole, path, view, job)
    except MemoryError as error:
        # Nodes of ways that have such numbers.
        raise strange from error
    except ValueError as error:
        # libosmium reads no text of more than 1,024 bytes; OpenStreetMap takes 255 characters.
        raise WriteError(
            "bad_source", say("The source cannot be copied as it is: {0}; mend it, or take another format.", error)
        ) from error
    except RuntimeError as error:
        raise WriteError("write_failed", say("The OSM file could not be written: {0}.", error)) from error


def _chosen(chosen: MapData) -> Iterator[tuple[str, int]]:
    """The objects of the tables that were asked for."""
    with closing(sqlite3.connect(chosen.path)) as database:
        for table in chosen.tables:
            query = "SELECT DISTINCT osm_type, osm_id FROM {table!i} WHERE osm_id IS NOT NULL"
            yield from database.execute(sql(query, table=table.name))


def _touching(view: SourceData, job: Job) -> Iterator[tuple[str, int]]:
    """Every tagged object that was read and touches the area; a closed way does also where it only holds it."""
    area = ogr.CreateGeometryFromWkt(view.area_wkt)
    xmin, xmax, ymin, ymax = area.GetEnvelope()
    rectangle = abs(area.GetArea() - (xmax - xmin) * (ymax - ymin)) <= 1e-9 * area.GetArea()
    with quiet(), closing(connect(view.raw)) as database:
        for table, kind in (("points", "node"), ("lines", "way"), ("multipolygons", "relation")):
            way_id = "osm_way_id" if table == "multipolygons" else "NULL"
            query = sql("SELECT osm_id, {way_id!s}, geom FROM {table!s}", way_id=way_id, table=table)
            for count, (number, way, blob) in enumerate(database.execute(query)):
                if count % CHECK_EVERY == 0:
                    job.feedback.check()
                west, east, south, north = bounds(blob)
                if east < xmin or west > xmax or north < ymin or south > ymax:
                    continue
                if not (rectangle and west >= xmin and east <= xmax and south >= ymin and north <= ymax):
                    ring = ring_from_blob(blob) if kind == "way" and is_closed(blob) else None
                    if not area.Intersects(ring or staged_geometry(blob)):
                        continue
                yield (kind, int(number)) if number is not None else ("way", int(way))


def _copy(source: Any, tracker: Any, path: Path, view: SourceData, job: Job) -> Written:
    import osmium

    header = osmium.io.Header()
    header.set("generator", f"osm2cdr ({job.credit})")
    for key in ("osmosis_replication_timestamp", "timestamp") if view.date else ():
        header.set(key, view.date)
    xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    header.add_box(osmium.osm.Box(osmium.osm.Location(xmin, ymin), osmium.osm.Location(xmax, ymax)))
    counts = dict.fromkeys(KINDS, 0)
    writer = osmium.SimpleWriter(str(path), header=header, overwrite=True)
    try:
        for number, item in enumerate(osmium.FileProcessor(source).with_filter(tracker.id_filter())):
            if number % CHECK_EVERY == 0:
                job.feedback.check()
            counts[KINDS["nwr".index(item.type_str())]] += 1
            writer.add(item)
        writer.close()
    except RuntimeError:
        # Destroying a writer that failed writes once more, fails once more, and ends the whole process
        # (pyosmium 4.3): it is never destroyed.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(writer))
        raise
    except Cancelled:
        writer.close()
        raise
    return Written(counts)


def _notice(path: Path) -> None:
    """Say whose data it is where the API of OpenStreetMap says it: in the root element, which libosmium leaves bare."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        end = head.index(b">", head.index(b"<osm "))
        draft = path.with_name("noticed.osm")
        with draft.open("wb") as target:
            target.write(head[:end] + _ROOT + head[end:])
            shutil.copyfileobj(file, target)
    os.replace(draft, path)


def prove(path: Path, view: SourceData, written: Written) -> None:
    """Read the file again by GDAL's OSM driver, which is not libosmium: objects there, and nothing broken."""
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=["OSM"])
        if dataset is None:
            raise WriteError("not_proven", say("The OSM file does not open again: {0}.", errors.text))
        seen = 0
        while (found := dataset.GetNextFeature()) and found[0] is not None:
            seen += 1
        dataset = None
    if not written.layers["nodes"] or (written.layers["ways"] and not seen):
        raise WriteError("not_proven", "The OSM file came out empty.")
