"""The streets among what was read of the source: whole, as exact as they came, whatever the detail level simplifies."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Mapping

from ..feedback import Creeping, Feedback
from ..geo.geometry import EMPTY
from ..geo.sql import quoted
from ..osm.tables.language import Names
from ..osm.tables.layer_sql import select
from ..osm.tables.layers import chosen
from ..osm.tables.numbers import number
from ..osm.tables.rules import column
from ..sources.extract import connect
from .model import Way
from .rules import direction, speed

TABLES = ("paths", "roads")
# Keys that are read beside those of the layer table (see extract.read).
KEYS = (
    "junction", "access", "vehicle", "motor_vehicle", "bicycle", "foot", "maxspeed:forward", "maxspeed:backward",
    "lanes:forward", "lanes:backward",
)  # fmt: skip
_NO_STREETS = (None, "construction", "proposed", "planned", "disused", "abandoned", "razed")
_BATCH = 2000


def read_streets(
    raw: Path, groups: tuple[str, ...], level: int, names: Names, feedback: Feedback
) -> tuple[list[bytes], list[Way]]:
    """The ways of `groups` that detail `level` shows, each with its line in lon/lat (a GeoPackage blob).

    Without what is called a sidewalk and is out of use (`disused:highway=footway`), or not built.
    """
    blobs: list[bytes] = []
    ways: list[Way] = []
    spoken = names.sql[:1] if names.language else ()
    more = tuple(quoted(column(key)) for key in ("highway", *KEYS)) + spoken
    with closing(connect(raw)) as database:
        for table in chosen(groups):
            sql = select(table, "lines", level, more=more) if table.name in TABLES else ""
            if not sql:
                continue
            columns = [name for name, _ in table.columns] + ["highway", *KEYS, *(["spoken"] if spoken else [])]
            go_on = Creeping(feedback, 0, 100, table.title)
            cursor = database.execute(sql)
            while batch := cursor.fetchmany(_BATCH):
                go_on()
                for blob, *values in batch:
                    tags = dict(zip(columns, values))
                    if blob and not blob[3] & EMPTY and tags["highway"] not in _NO_STREETS:
                        blobs.append(blob)
                        ways.append(_way(tags))
    return blobs, ways


def _way(tags: Mapping[str, object]) -> Way:
    def text(key: str) -> str:
        value = tags.get(key)
        return "" if value is None else str(value)

    highway, both = text("highway"), text("maxspeed")

    def count(key: str) -> int | None:
        value = number(text(key) or None, "integer")
        return None if value is None else int(value)

    return Way(
        id=int(text("osm_id")), highway=highway, kind=text("kind"), name=text("name"), spoken=text("spoken"),
        ref=text("ref"), direction=direction(text("oneway"), highway, text("junction")),
        speeds=(speed(text("maxspeed:forward") or both), speed(text("maxspeed:backward") or both)),
        lanes=count("lanes"), bridge=text("bridge") == "1", tunnel=text("tunnel") == "1",
        layer=int(text("layer") or 0), junction=text("junction"), service=text("service"), surface=text("surface"),
        access=text("access"), motor_vehicle=text("motor_vehicle"),
        vehicle=text("vehicle"), bicycle=text("bicycle"), foot=text("foot"), limit=both,
        lanes_each=(count("lanes:forward"), count("lanes:backward")),
    )  # fmt: skip
