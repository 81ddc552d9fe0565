"""Overpass JSON (wiki.openstreetmap.org, Overpass API/Output formats): the source's own objects, as it answers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from osgeo import ogr

from ...errors import WriteError
from ...osm.tables.map_data import SourceData
from ...text.sentence import say
from ..contract import Job, Written
from .osmdata import CHECK_EVERY, KINDS, collected

_LABEL = "Overpass JSON"
_TYPES = {"n": "node", "w": "way", "r": "relation"}
_text = json.JSONEncoder(ensure_ascii=False).encode
_END = "]}\n"
# What Overpass writes of whose data it is.
_COPYRIGHT = "The data included in this document is from www.openstreetmap.org. The data is made available under ODbL."


def write(view: SourceData, path: Path, job: Job) -> Written:
    """Write each object as `out meta` does, one a line, in the order of the source: nodes, ways, relations."""
    return collected(view, path, job, _copy)


def _copy(source: Any, tracker: Any, path: Path, view: SourceData, job: Job) -> Written:
    import osmium

    counts = dict.fromkeys(KINDS, 0)
    with path.open("w", encoding="utf-8") as file:
        file.write(_text(_head(view, job))[:-1] + ',\n"elements": [')
        for number, item in enumerate(osmium.FileProcessor(source).with_filter(tracker.id_filter())):
            if number % CHECK_EVERY == 0:
                job.feedback.check()
            counts[KINDS["nwr".index(item.type_str())]] += 1
            file.write((",\n" if number else "\n") + _text(_element(item)))
        file.write("\n" + _END)
    return Written(counts)


def _head(view: SourceData, job: Job) -> dict[str, Any]:
    xmin, xmax, ymin, ymax = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    date = {"timestamp_osm_base": view.date} if view.date else {}
    return {
        "version": 0.6,
        "generator": f"osm2cdr ({job.credit})",
        "osm3s": {**date, "copyright": _COPYRIGHT},
        "bounds": {"minlat": ymin, "minlon": xmin, "maxlat": ymax, "maxlon": xmax},
    }


def _element(item: Any) -> dict[str, Any]:
    """An object as Overpass has it: what it is, where, of which version, its parts, its tags."""
    kind = item.type_str()
    element: dict[str, Any] = {"type": _TYPES[kind], "id": item.id}
    if kind == "n" and item.location.valid():
        element["lat"], element["lon"] = item.location.lat, item.location.lon
    if item.version:
        element["timestamp"] = item.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        element["version"], element["changeset"] = item.version, item.changeset
    if item.user:
        element["user"], element["uid"] = item.user, item.uid
    if kind == "w":
        element["nodes"] = [node.ref for node in item.nodes]
    if kind == "r":
        element["members"] = [{"type": _TYPES[one.type], "ref": one.ref, "role": one.role} for one in item.members]
    if len(item.tags):
        element["tags"] = {tag.k: tag.v for tag in item.tags}
    return element


def prove(path: Path, view: SourceData, written: Written) -> None:
    """Parse the file again, an object a line, and count those of each kind."""
    counts = dict.fromkeys(KINDS, 0)
    try:
        with path.open(encoding="utf-8") as file:
            json.loads(file.readline() + file.readline().rstrip() + "]}")
            end = ""
            for line in file:
                if end:
                    raise ValueError("something follows the end")
                if line == _END:
                    end = line
                else:
                    counts[f"{json.loads(line.rstrip().rstrip(','))['type']}s"] += 1
    except (ValueError, KeyError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    if not end or counts != written.layers or not counts["nodes"]:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
