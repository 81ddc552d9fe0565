"""An area from Overpass: large boxes in tiles, one after another, each from the cache where it is there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import time
from pathlib import Path
from urllib.parse import urlsplit

from ...errors import SourceError
from ...feedback import Feedback
from ...geo.geodesy import box_km2
from ...text.sentence import say
from . import cache
from .answers import EXTRACT
from .client import DEFAULT_ENDPOINTS, RULES, Client, endpoints
from .merge import merge
from .query import Box, build

# The largest box in km2 that one query takes, by detail level.
TILE_KM2 = {1: 20_000.0, 2: 4_000.0, 3: 400.0, 4: 50.0, 5: 50.0, 6: 50.0}
MAX_TILES = 36
# Seconds between two tiles.
PAUSE = 1.0


def tiles(box: Box, level: int) -> list[Box]:
    """The box in equal tiles, row by row from the south-west; itself where it is small enough.

    Raises SourceError where it takes more than the public servers should be asked for.
    """
    west, south, east, north = box
    size = box_km2(*box)
    count = size / TILE_KM2[level]
    if count <= 1:
        return [box]
    # As near to squares on the ground as whole numbers allow.
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    columns = max(1, round(math.sqrt(count * wide / (north - south))))
    rows = math.ceil(count / columns)
    if columns * rows > MAX_TILES:
        raise SourceError(
            "overpass_too_large",
            say(
                f"{{0}} km2 at detail level {{1}} are too much for Overpass, which gives {{2}} km2 at most; "
                f"choose a smaller area or a lower detail level, or {EXTRACT}.",
                f"{size:,.0f}",
                level,
                f"{MAX_TILES * TILE_KM2[level]:,.0f}",
            ),
            "source",
        )
    xs = [west + (east - west) * n / columns for n in range(columns)] + [east]
    ys = [south + (north - south) * n / rows for n in range(rows)] + [north]
    return [(xs[x], ys[y], xs[x + 1], ys[y + 1]) for y in range(rows) for x in range(columns)]


def fetch(
    source: str, box: Box, groups: tuple[str, ...], level: int, timeout: int, folder: Path, feedback: Feedback
) -> tuple[Path, str, str]:
    """The OSM XML file of `box`, the name of where it came from, and the date of its data.

    `timeout` in seconds rules the query, the network and all tiles together. Raises SourceError and Cancelled.
    """
    servers = endpoints(source)
    parts = tiles(box, level)
    if set(servers) & set(DEFAULT_ENDPOINTS) and cache.first_time("overpass-rules"):
        feedback.warning("overpass_rules", RULES)
    client = Client(servers, time.monotonic() + timeout, folder)
    answers = []
    for number, tile in enumerate(parts):
        part = feedback.part(95 * number / len(parts), 95 * (number + 1) / len(parts))
        part.progress(0, say("asking {0}", urlsplit(servers[0]).netloc))
        queries = tuple(build(tile, groups, level, timeout, around) for around in (True, False))
        before = client.asked
        answers.append(client.fetch(queries if queries[0] != queries[1] else queries[:1], part))
        if client.asked > before and number + 1 < len(parts):
            _pause(part)
    path, good = answers[0]
    if len(answers) > 1:
        path = folder / "overpass.osm"
        good = merge(answers, path, feedback.part(95, 100))
    feedback.progress(100)
    return path, "Overpass API, " + ", ".join(client.hosts), good.date


def _pause(feedback: Feedback) -> None:
    end = time.monotonic() + PAUSE
    while time.monotonic() < end:
        feedback.check()
        time.sleep(0.1)
