"""Stores of extracts beside the direct way: built, asked, and compared row by row."""

import json
import math

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.store.build import build
from osm2cdr.processing_provider.osm.store.layout import Blocks, read_header
from osm2cdr.processing_provider.osm.store.query import Store
from osm2cdr.processing_provider.osm.tables.language import NO_NAMES
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.plan import margin
from osm2cdr.processing_provider.sources import extract, opening


class Area:
    """The sides of a box, as a request's area has them."""

    def __init__(self, box):
        self.west, self.south, self.east, self.north = box


def built(source, folder):
    """The folder of a store of a file."""
    folder.mkdir(parents=True)
    build(str(source), folder, "key", Feedback())
    return folder


def opened(folder):
    """The store of a folder."""
    header = read_header(folder)
    return Store(header, Blocks(folder, header))


def read(source, box, work, keys=()):
    """What the direct way reads of a box and its margin."""
    work.mkdir(parents=True)
    found = opening.open_source(str(source), margin(Area(box)), (), 6, 60, work, Feedback())
    return extract.read(found.path, margin(Area(box)), work, Feedback(), True, keys)


def both(raw, folder, box, level, tags="table", names=NO_NAMES, least=0.0, groups=(), rest=False):
    """The staged rows of the direct way, and those of the store."""
    direct = staging.stage(raw, groups, level, Feedback(), box, tags, names, least, rest)
    store = opened(folder)
    try:
        return direct, store.stage(margin(Area(box)), groups, level, Feedback(), box, tags, names, least, rest)
    finally:
        store.close()


def differences(direct, stored):
    """What is not the same in two staged maps: columns, rows, their order, names, coast."""
    wrong = [] if list(direct.rows) == list(stored.rows) else ["tables"]
    for name, rows in direct.rows.items():
        other = stored.rows[name]
        if rows.table.columns != other.table.columns:
            wrong.append(f"{name}: columns")
        for what in ("blobs", "values", "names"):
            if getattr(rows, what) != getattr(other, what):
                wrong.append(f"{name}: {what}")
    coasts = [[bytes(line.ExportToWkb()) for line in staged.coastline] for staged in (direct, stored)]
    return wrong + (["coast"] if coasts[0] != coasts[1] else [])


def quarter(box):
    """The north-east quarter of a box, and a bit: much crosses its edge."""
    west, south, east, north = box
    x, y = (east - west) / math.e, (north - south) / math.e
    return west + x, south + y, east, north


def exported(source, folder, progress=None):
    """The features of an export, and what was said."""
    told = []
    request = make_request({"bbox": AREAS["sample"][1], "formats": "geojson", "source": str(source), "detail": 4})
    (result,) = pipeline.run(request, folder, Feedback(progress, lambda code, text: told.append((code, text))))
    assert result.error is None, result.error
    return json.loads(result.path.read_text(encoding="utf-8")), told


def kept(folder):
    """What lies in the folder of stores."""
    return [path.name for path in folder.iterdir()]
