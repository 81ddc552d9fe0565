"""The product's own queries, and what a real Overpass server answered to them.

`REQUESTS` are every level, a box and a polygon, a box inside a forest, some groups alone. Run as a program with the
address of a server that holds the data of `monaco.osm.pbf` and `liechtenstein.osm.pbf`, it asks them anew:

    /usr/bin/python3 tests/support/overpass/overpass_recordings.py http://127.0.0.1:12345/api/interpreter

Without an address it puts the queries of today into the index, and leaves the answers as they are: for a query that
asks for one value more, of which nothing is in these boxes, so that a server would answer the same. The test that
compares with the extract tells where that does not hold.

The recordings were made with Overpass API 0.7.62, built from source, with areas. © OpenStreetMap contributors, ODbL.
"""

import gzip
import json
import sys
import urllib.parse
import urllib.request

from areas import ROOT, TESTS

FOLDER = TESTS / "sources" / "overpass"
INDEX = FOLDER / "queries.json"
BOX = (7.4196, 43.7352, 7.4228, 43.7374)
TRIANGLE = {
    "type": "Polygon",
    "coordinates": [[[7.4196, 43.7352], [7.4228, 43.7352], [7.4212, 43.7374], [7.4196, 43.7352]]],
}
# Nothing but trees as far as it reaches.
FOREST = (9.580, 47.2065, 9.5832, 47.2096)
REQUESTS = {
    **{f"box-{level}": ("monaco", {"bbox": BOX, "detail": level}) for level in range(1, 7)},
    **{f"polygon-{level}": ("monaco", {"geometry": TRIANGLE, "detail": level}) for level in (1, 3, 6)},
    "groups-5": ("monaco", {"bbox": BOX, "detail": 5, "layers": "roads,water"}),
    "asked-5": ("monaco", {"bbox": BOX, "detail": 5, "layers": "routes,admin_areas,protected_areas"}),
    "forest-4": ("liechtenstein", {"bbox": FOREST, "detail": 4}),
}  # fmt: skip


def recordings() -> dict[str, bytes]:
    """The answer to each recorded query, by its text."""
    index = json.loads(INDEX.read_text(encoding="utf-8"))
    return {text: gzip.decompress((FOLDER / name).read_bytes()) for name, text in index.items()}


def queries(fields: dict) -> list[str]:
    """What the product asks for a request, in order."""
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.plan import margin
    from osm2cdr.processing_provider.sources.overpass.query import build

    request = make_request({**fields, "formats": "gpkg"})
    return [build(margin(request.area), request.layers, request.detail, request.timeout).text]


def record(server: str) -> None:
    """Ask `server` for every request; write the answers and their index."""
    FOLDER.mkdir(exist_ok=True)
    index: dict[str, str] = {}
    for name, (_, fields) in REQUESTS.items():
        for text in queries(fields):
            if text in index.values():
                continue
            body = urllib.parse.urlencode({"data": text}).encode()
            with urllib.request.urlopen(server, body) as answer:
                (FOLDER / f"{name}.osm.gz").write_bytes(gzip.compress(answer.read(), mtime=0))
            index[f"{name}.osm.gz"] = text
    INDEX.write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def rename() -> None:
    """Let the answers that there are be those to the queries of today."""
    index = json.loads(INDEX.read_text(encoding="utf-8"))
    for name, (_, fields) in REQUESTS.items():
        if f"{name}.osm.gz" in index:
            (index[f"{name}.osm.gz"],) = queries(fields)
    INDEX.write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    record(sys.argv[1]) if sys.argv[1:] else rename()
