"""A drawing for formats that have lines, points and texts alone: what is drawn, one thing after the other."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator, NamedTuple, Sequence

from osgeo import gdal

from ...geo.gdal_settings import quiet
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData, Table
from ..contract import Job
from . import strings
from .extents import area_of
from .layers import NOTICE, STREETS, Heights, heights, layer_of, own_layers
from .rows import Rows, batches
from .streets import street_names

_COLUMNS = ("kind", "tunnel", "bridge", "housenumber", *strings.FIELDS)
_NOTHING = (None, None, None, None)


class Item(NamedTuple):
    """A line, outline or point, or a text whose middle is at its place.

    `points` are x, y, x, y, ... in metres, rounded to the millimetre; `height` in metres and `angle` in degrees are
    those of a text. `known` is what strings.FIELDS name of its object.
    """

    cad: Cad
    points: Sequence[float]
    closed: bool = False
    text: str = ""
    height: float = 0.0
    angle: float = 0.0
    known: Sequence[object] = _NOTHING


def items(view: MapData, job: Job) -> Iterator[Item]:
    """All that is drawn, each table in the order of drawing, then the names of streets and whose data it is.

    Layers are called as Release 12 takes them. Raises Cancelled on the way.
    """
    size = heights(view.area_wkt)
    own = own_layers(view.tables, True)
    cads: dict[tuple[object, ...], Cad] = {}

    def cad(table: str, kind: object, tunnel: object, bridge: object) -> Cad:
        key = table, kind, bool(tunnel), bool(bridge)
        if key not in cads:
            cads[key] = layer_of(table, {"kind": kind, "tunnel": tunnel, "bridge": bridge}, own)
        return cads[key]

    for table in view.tables:
        for rows in batches(view, table, _COLUMNS, job.feedback):
            drawn = [
                cad(table.name, *row) for row in zip(*(rows.column(name) for name in ("kind", "tunnel", "bridge")))
            ]
            known = list(zip(*(rows.column(name) for name in strings.FIELDS)))
            yield from (_points if table.geometry == "point" else _chains)(table, rows, drawn, known, size)
    yield from _names(view, size)
    if job.credit:
        area = area_of(view)
        x, y = area.middle[0], area.ymin - 2 * size.street
        yield Item(NOTICE, (round(x, 3), round(y, 3)), text=strings.one_line(job.credit), height=size.street)


def _chains(
    table: Table, rows: Rows, drawn: Sequence[Cad], known: Sequence[Sequence[object]], size: Heights
) -> Iterator[Item]:
    chains = rows.chains
    numbers, bounds, first = chains.points.ravel().tolist(), (chains.starts * 2).tolist(), chains.first.tolist()
    for row, cad in enumerate(drawn):
        for chain in range(first[row], first[row + 1]):
            yield Item(cad, numbers[bounds[chain] : bounds[chain + 1]], rows.is_area, known=known[row])


def _points(
    table: Table, rows: Rows, drawn: Sequence[Cad], known: Sequence[Sequence[object]], size: Heights
) -> Iterator[Item]:
    height = {"places": size.place, "housenumbers": size.house, "pois": size.poi}.get(table.name)
    labels = rows.column("housenumber" if table.name == "housenumbers" else "name")
    for (x, y), cad, label, told in zip(rows.places, drawn, labels, known):
        place = round(x, 3), round(y, 3)
        text = strings.one_line(str(label)) if height and label else ""
        if text:
            yield Item(cad, place, text=text, height=height or 0.0, known=told)
        elif table.name not in ("places", "housenumbers"):
            yield Item(cad, place, known=told)


def _names(view: MapData, size: Heights) -> Iterator[Item]:
    roads = view.table("roads")
    if roads is None:
        return
    with quiet():
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        placed = list(street_names(dataset.GetLayerByName("roads"), roads, size.street))
        dataset = None
    for one in placed:
        text = strings.one_line(one.text)
        if text:
            place = round(one.x, 3), round(one.y, 3)
            yield Item(STREETS, place, text=text, height=size.street, angle=one.angle, known=(None, None, None, text))
