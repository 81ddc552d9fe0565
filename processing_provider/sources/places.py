"""Places of an extract by their name: places first, then streets, areas and all else that has one.

What is asked of GDAL's OSM driver are named objects alone, with their own filter: one reading of the file, whose rows
that match come out. A street is many ways: those of one name that lie near each other are one place.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from osgeo import gdal

from ..errors import SourceError
from ..geo.gdal_settings import options, quiet
from ..text.sentence import say
from . import opening

Box = tuple[float, float, float, float]

_SETTINGS = """closed_ways_are_polygons=building,landuse,leisure,natural,amenity,tourism,place
attribute_name_laundering=no
[points]
osm_id=no
attributes=name,name:en,name:ru,int_name,place,railway,amenity,tourism
[lines]
osm_id=no
attributes=name,name:en,name:ru,int_name,highway,waterway
[multipolygons]
osm_id=no
attributes=name,name:en,name:ru,int_name,place,boundary,natural,leisure
[multilinestrings]
osm_id=no
[other_relations]
osm_id=no
"""
_NAMES = ("name", "name:en", "name:ru", "int_name")
_LAYERS = ("points", "lines", "multipolygons")
# Greatest first; what is none of these comes after.
_KINDS = (
    "country", "state", "region", "county", "city", "town", "island", "borough", "municipality", "village", "suburb",
    "quarter", "neighbourhood", "hamlet", "islet", "square", "locality", "isolated_dwelling",
)  # fmt: skip
# Half the side of the area that suits a place, in degrees of latitude.
_REACH = {
    "country": 0.05, "state": 0.05, "region": 0.05, "county": 0.05, "city": 0.03, "town": 0.018, "island": 0.02,
    "borough": 0.015, "municipality": 0.02, "village": 0.01, "suburb": 0.01,
}  # fmt: skip
_NEAR, _LEAST = 0.006, 0.004
# Rows that are looked at: a word like "street" is in thousands of names.
_MOST_ROWS = 2000


@dataclass(frozen=True)
class Place:
    """A name with what it is, and a lon/lat box that shows it: west, south, east, north."""

    title: str
    box: Box


def places_called(text: str, source: str, most: int, stopped: Callable[[], bool] = lambda: False) -> list[Place]:
    """The places whose name, in any of some languages, holds `text`: at most so many, the best first.

    `source` is an extract's path or `sample`. Raises SourceError where it cannot be read.
    """
    path = opening.path_of(source)
    if path is None or not path.is_file():
        raise SourceError("no_source", say("The source {0} is not a file.", source), "source")
    wanted = text.replace("\\", "").replace("%", "").strip()
    if not wanted:
        return []
    found = _found(path, wanted, stopped)
    found.sort(key=lambda entry: entry.order)
    return [Place(entry.title, entry.shown()) for entry in found[:most]]


@dataclass
class _Entry:
    name: str
    kind: str
    order: tuple[int, int, int, str]
    box: Box

    @property
    def title(self) -> str:
        return f"{self.name}, {self.kind.replace('_', ' ')}" if self.kind else self.name

    def shown(self) -> Box:
        """The box, made wide enough to be a map."""
        west, south, east, north = self.box
        x, y = (west + east) / 2, (south + north) / 2
        least = _REACH.get(self.kind, _LEAST)
        high = max((north - south) * 0.6, least)
        wide = max((east - west) * 0.6, least * 1.6)
        return x - wide, y - high, x + wide, y + high


def _found(path: Path, text: str, stopped: Callable[[], bool]) -> list[_Entry]:
    prefix = {".gz": "/vsigzip/", ".bz2": "/vsibzip2/"}.get(path.suffix.lower(), "")
    entries: list[_Entry] = []
    with tempfile.TemporaryDirectory(prefix="osm2cdr-places-") as folder, quiet():
        settings = Path(folder) / "osmconf.ini"
        settings.write_text(_SETTINGS, encoding="utf-8")
        with options(OSM_USE_CUSTOM_INDEXING="NO", CPL_TMPDIR=folder, OGR_INTERLEAVED_READING="YES"):
            data = gdal.OpenEx(
                f"{prefix}{path}", gdal.OF_VECTOR, allowed_drivers=["OSM"], open_options=[f"CONFIG_FILE={settings}"]
            )
            if data is None:
                raise SourceError("bad_source", say("The source {0} could not be read.", path.name), "source")
            wanted = text.replace("'", "''")
            for number in range(data.GetLayerCount()):
                layer = data.GetLayer(number)
                if layer.GetName() in _LAYERS:
                    layer.SetAttributeFilter(" OR ".join(f"\"{name}\" ILIKE '%{wanted}%'" for name in _NAMES))
                else:
                    layer.SetAttributeFilter("0 = 1")
            for _ in range(_MOST_ROWS):
                feature, layer = data.GetNextFeature()
                if feature is None or stopped():
                    break
                _take(entries, feature, layer.GetName(), text)
            # The driver holds the temporary folder's index open.
            feature = layer = data = None
    return entries


def _take(entries: list[_Entry], feature: object, layer: str, text: str) -> None:
    values = feature.items()  # type: ignore[attr-defined]
    shape = feature.GetGeometryRef()  # type: ignore[attr-defined]
    name = values.get("name") or next((values[key] for key in _NAMES if values.get(key)), "")
    if shape is None or not name:
        return
    west, east, south, north = shape.GetEnvelope()
    box = west, south, east, north
    keys = ("place", "railway", "tourism", "amenity", "highway", "waterway", "boundary", "natural", "leisure")
    key = next((key for key in keys if values.get(key)), "")
    kind = "street" if key == "highway" else values.get(key) or ""
    rank = _KINDS.index(kind) if kind in _KINDS and key == "place" else len(_KINDS) + (0 if kind == "street" else 1)
    names = [str(values[one]).casefold() for one in _NAMES if values.get(one)]
    wanted = text.casefold()
    match = 0 if wanted in names else 1 if any(one.startswith(wanted) for one in names) else 2
    if layer == "lines" and not key:
        # A border's line, or a part of something that has a name as a whole.
        return
    for entry in entries:
        # A street's ways, the stops of one station.
        if (entry.name, entry.kind) == (name, kind) and _near(entry.box, box):
            entry.box = _joined(entry.box, box)
            return
    entries.append(_Entry(name, kind, (match, rank, -len(names), name), box))


def _near(one: Box, other: Box) -> bool:
    return (
        one[0] - _NEAR <= other[2] and other[0] - _NEAR <= one[2]
        and one[1] - _NEAR <= other[3] and other[1] - _NEAR <= one[3]
    )  # fmt: skip


def _joined(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
