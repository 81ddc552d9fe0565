"""MicroStation DGN V7: one design file with levels, metres with millimetres beneath, texts in a code page.

A level is a number from 1 to 63 and has no name: each CAD layer of the table has its own, and a list beneath the map
says which. Coordinates are whole millimetres round the map's middle in 32 bits. What is no element of the map comes
from the seed file that GDAL brings along, but for its views: they show all of the drawing.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Iterator, Mapping

from osgeo import gdal

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..gis.code_pages import best, in_code_page
from ..proof_helpers import prove_size
from .dgn_elements import END, Look, Point, control
from .dgn_elements import path as path_of
from .dgn_elements import text as text_of
from .extents import LETTER, Extents, area_of
from .layers import LAYERS, heights
from .naming import NAMES, SCHEMES, named
from .plain import Item, items

LEGEND = 63
_LEVELS = {name: level for level, name in enumerate(NAMES, 1)}
# Layers that the table does not have share the last level before the list.
_OTHERS = 62
# MicroStation's own colours by AutoCAD's: white, blue, green, red, yellow, violet, orange, cyan; 9 and 14 are greys.
COLORS = {
    1: 3, 2: 4, 3: 2, 4: 7, 5: 1, 6: 5, 7: 0, 8: 14, 9: 9, 10: 3, 11: 3, 30: 6, 32: 6, 33: 6, 41: 4, 42: 4, 50: 4,
    94: 2, 140: 7, 150: 1, 200: 5, 254: 9,
}  # fmt: skip
# The lines of the list of levels in a column.
_ROWS = 10
_STYLES = {"CONTINUOUS": 0, "DASHED": 2, "DASHED2": 3, "PHANTOM": 6}
_MILLIMETRE = 1000
_LONGEST = 255


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every line, outline and text on its level, and the list of levels."""
    written = Written()
    drawn = list(items(view, job))
    area, size, scheme = area_of(view), heights(view.area_wkt).street, str(job.options.get("cad_layers", SCHEMES[0]))
    middle = round(area.middle[0]), round(area.middle[1])
    codepage = best(Counter("".join(item.text for item in drawn)))
    used: dict[int, str] = {}
    shown = area_of(view)
    seed, origin = _seed(), (-middle[0] * _MILLIMETRE, -middle[1] * _MILLIMETRE)
    with path.open("wb") as file:
        file.write(control(seed, origin))
        for item in drawn:
            level = _LEVELS.get(item.cad.layer, _OTHERS)
            name = used.setdefault(level, named(item.cad.layer, scheme))
            if item.text:
                shown.add_text(item.text, item.points[0], item.points[1], item.height, item.angle)
            else:
                shown.add(zip(item.points[::2], item.points[1::2]))
            drawing = _elements(item, _look(level, LAYERS.get(item.cad.layer, item.cad)), middle, codepage)
            file.writelines(drawing)
            written.layers[name] = written.layers.get(name, 0) + len(drawing)
        for text, place in _levels(used, area, size):
            content = in_code_page(text, codepage).encode(codepage)[:_LONGEST]
            shown.add(((place[0], place[1] - size), (place[0] + len(text) * size, place[1])))
            file.write(text_of(content, _units(place, middle), round(size * _MILLIMETRE), 0.0, Look(LEGEND, 0, 0, 0)))
        file.write(END)
        file.seek(0)
        box = _units((shown.xmin, shown.ymin), middle), _units((shown.xmax, shown.ymax), middle)
        file.write(control(seed, origin, box))
    return written


def _levels(used: Mapping[int, str], area: Extents, size: float) -> Iterator[tuple[str, tuple[float, float]]]:
    """The list of levels beneath the map, in columns: each line and its lower left corner."""
    lines = [f"{level} = {name}" for level, name in sorted(used.items())]
    # A letter takes up as much as it is high, with the space behind it.
    wide = (max(map(len, lines), default=0) + 2) * size
    for number, line in enumerate(lines):
        column, row = divmod(number, _ROWS)
        yield line, (area.xmin + column * wide, area.ymin - (5 + 2 * row) * size)


def _seed() -> bytes:
    found = gdal.FindFile("gdal", "seed_2d.dgn")
    if not found:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", "DGN", "seed_2d.dgn"))
    return Path(found).read_bytes()


def _look(level: int, cad: Cad) -> Look:
    return Look(level, COLORS.get(cad.color, 0), min(round(cad.weight * 10), 15), _STYLES.get(cad.linetype, 0))


def _units(place: tuple[float, float], middle: Point) -> Point:
    return round((place[0] - middle[0]) * _MILLIMETRE), round((place[1] - middle[1]) * _MILLIMETRE)


def _elements(item: Item, look: Look, middle: Point, codepage: str) -> list[bytes]:
    places = list(zip(item.points[::2], item.points[1::2]))
    if not item.text:
        points = [_units(place, middle) for place in places]
        # A point is a line without length.
        return path_of(points if len(points) > 1 else points * 2, item.closed, look)
    (x, y), turn = places[0], math.radians(item.angle)
    # From the middle to the lower left corner.
    along, up = -len(item.text) * item.height * LETTER / 2, -item.height / 2
    corner = x + along * math.cos(turn) - up * math.sin(turn), y + along * math.sin(turn) + up * math.cos(turn)
    content = in_code_page(item.text, codepage).encode(codepage)[:_LONGEST]
    return [text_of(content, _units(corner, middle), max(round(item.height * _MILLIMETRE), 1), item.angle, look)]


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL and count what is on levels besides the list of them."""
    prove_size(path, "DGN")
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = dataset.GetLayer(0) if dataset is not None else None
        if layer is None:
            raise WriteError("not_proven", say("DGN does not open again: {0}.", errors.text))
        layer.SetAttributeFilter(f"Level <> {LEGEND}")
        count = layer.GetFeatureCount()
        layer = dataset = None
    if count != written.features:
        raise WriteError("not_proven", say("DGN holds {0} of {1} objects.", count, written.features))
