"""Tagged objects that land in no layer, counted by what they are.

Run as a program, it prints every kind with more than ten of them in the extracts of the tests.
"""

import collections
import sys
from pathlib import Path

from areas import ROOT

# The keys that say what a thing is; an object with none of them is called by its first key.
KEYS = (
    "highway", "railway", "amenity", "shop", "tourism", "leisure", "landuse", "natural", "man_made", "barrier", "power",
    "public_transport", "waterway", "emergency", "office", "craft", "historic", "boundary", "aeroway", "traffic_sign",
    "entrance", "place", "building:part", "indoor", "healthcare", "advertising", "playground", "golf", "military",
    "geological", "aerialway", "route", "club", "noexit", "crossing", "traffic_calming", "piste:type", "door",
)  # fmt: skip
MOST = 10


def what(tags: dict[str, str]) -> str:
    """What an object is, as key=value."""
    key = next((key for key in KEYS if key in tags), None)
    return f"{key}={tags[key]}" if key else f"{min(tags)}=*"


def count(path: Path, box: tuple[float, float, float, float]) -> collections.Counter:
    """Objects of an extract that touch the box, are tagged, and that no table of the layer table takes."""
    import osmium

    from osm2cdr.processing_provider.osm.tables.layers import TABLES

    west, south, east, north = box
    tables = [table for table in TABLES if table.name not in ("land", "sea")]
    counts: collections.Counter = collections.Counter()
    for item in osmium.FileProcessor(str(path)).with_locations():
        if not len(item.tags) or item.is_relation():
            continue
        places = (
            [(item.lon, item.lat)] if item.is_node() else [(n.lon, n.lat) for n in item.nodes if n.location.valid()]
        )
        if not any(west <= x <= east and south <= y <= north for x, y in places):
            continue
        tags = {tag.k: tag.v for tag in item.tags}
        sources = {"points"} if item.is_node() else {"lines", "rings", "multipolygons"}
        taken = any(
            sources & set(table.source) and all(term.holds(tags) for term in alternative)
            for table in tables for kind in table.kinds for alternative in kind.rule
        )  # fmt: skip
        if not taken and tags.get("natural") != "coastline":
            counts[what(tags)] += 1
    return counts


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    from areas import WINDOWS

    total: collections.Counter = collections.Counter()
    for source, window in WINDOWS.values():
        total += count(source, window)
    for kind, number in total.most_common():
        if number > MOST:
            sys.stdout.write(f"{number:6} {kind}\n")
