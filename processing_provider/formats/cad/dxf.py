"""DXF of AutoCAD 2004 and later: true metres, CAD layers, hatches, blocks with attributes, street names.

Facts: Autodesk, DXF Reference 2010; what differs from version to version stands in `versions.py`. Lines and outlines
are LWPOLYLINEs on the layers of the layer table with its colours, line weights and line types; fills are HATCHes on
layers of their own (`...-PATT-E`), so that they can be frozen; points are inserted blocks; what belongs to a point are
its attributes. ezdxf writes all but these three, which `entities.py` does.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Sequence

from osgeo import gdal

from ...cartography.symbology.areas import AREAS
from ...geo.gdal_settings import quiet
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData, Table
from ..contract import Job, Written
from ..gis.translate import described
from . import blocks, strings
from .entities import Entities, extended, vertices
from .extents import area_of
from .frame import FIRST, STYLE, Frame, save
from .geodata import locate
from .layers import NOTICE, heights, layer_of, own_layers
from .naming import fill_of
from .proof import prove_dxf
from .rows import Rows, batches
from .sheet import add_sheet
from .streets import street_names

# Tables that are the ground: a fill would only hide the drawing's background.
_NOT_FILLED = ("land",)
# Harbours and shoals reach into the sea.
_COVER = ("landuse", "green", "power_areas", "sand")
_NO_WEIGHT = 0.0


class _Drawing:
    """A drawing to be: its frame, and the files that take fills and all else, in this order."""

    def __init__(self, view: MapData, job: Job, fills: BinaryIO, rest: BinaryIO) -> None:
        self.size = heights(view.area_wkt)
        self.frame = Frame(view, job, self.size)
        self.entities = Entities(FIRST, self.frame.owner, STYLE)
        self.attributes = blocks.attributes(self.size)
        self.own = own_layers(view.tables, False)
        self.job = job
        self._fills, self._rest = fills, rest
        self._cads: dict[tuple[object, ...], Cad] = {}

    def table(self, view: MapData, table: Table) -> None:
        """Write a table of lines, areas or points."""
        names = ["kind", "tunnel", "bridge", *strings.FIELDS]
        if table.geometry == "point":
            names += [column for _, column in blocks.tags(blocks.block_of(table.name), table.columns)]
            names.append(blocks.SIZE)
        tints = _tints(table, self.job.theme.color)
        for rows in batches(view, table, names, self.job.feedback):
            known = self._known(rows)
            if table.geometry == "point":
                self._points(table, rows, known)
            else:
                self._chains(table, rows, known, tints)

    def _cad(self, table: str, kind: object, tunnel: object, bridge: object) -> Cad:
        key = (table, kind, bool(tunnel), bool(bridge))
        cad = self._cads.get(key)
        if cad is None:
            row = {"kind": kind, "tunnel": tunnel, "bridge": bridge}
            cad = self._cads[key] = layer_of(table, row, self.own)
        return cad

    def _known(self, rows: Rows) -> list[str]:
        """What is known of each object, as extended data."""
        known = strings.Known(self.frame.codepage)
        return [extended(known.of(*values)) for values in zip(*(rows.column(name) for name in strings.FIELDS))]

    def _chains(self, table: Table, rows: Rows, known: list[str], tints: dict[object, int]) -> None:
        chains = rows.chains
        if not len(chains.points):
            return
        self.frame.extents.add_box(chains.points)
        numbers, bounds = chains.points.ravel().tolist(), (chains.starts * 2).tolist()
        texts = [vertices(numbers[low:high]) for low, high in zip(bounds, bounds[1:])]
        counts = [(high - low) // 2 for low, high in zip(bounds, bounds[1:])]
        first = chains.first.tolist()
        fills, lines = [], []
        for number, (kind, tunnel, bridge) in enumerate(zip(*map(rows.column, ("kind", "tunnel", "bridge")))):
            cad = self._cad(table.name, kind, tunnel, bridge)
            name, look = self.frame.look(cad)
            data = known[number]
            some = range(first[number], first[number + 1])
            for chain in some:
                lines.append(self.entities.polyline(texts[chain], counts[chain], rows.is_area, look, data))
            self.frame.count(name, len(some))
            tint = tints.get(kind)
            if tint is not None:
                filled, look = self.frame.look(Cad(fill_of(cad.layer), cad.color, _NO_WEIGHT, "CONTINUOUS"), tint)
                for part in rows.parts(number):
                    rings = [(texts[chain], counts[chain]) for chain in part]
                    fills.append(self.entities.hatch(rings, look, data))
                    self.frame.count(filled)
        self._write(self._fills, fills)
        self._write(self._rest, lines)

    def _points(self, table: Table, rows: Rows, known: list[str]) -> None:
        block = blocks.block_of(table.name)
        there = dict(blocks.tags(block, table.columns))
        wanted = [one for one in self.attributes[block] if one.tag in there]
        values = [rows.column(there[one.tag]) for one in wanted]
        sizes = rows.column(blocks.SIZE)
        self.frame.extents.add(rows.places)
        pieces = []
        for number, (x, y) in enumerate(rows.places):
            cad = self._cad(table.name, *(rows.column(name)[number] for name in ("kind", "tunnel", "bridge")))
            name, look = self.frame.look(cad)
            filled = []
            for one, column in zip(wanted, values):
                text = strings.one_line(str(column[number] or ""))
                filled.append((one, strings.shown(text, self.frame.codepage)))
                if text and not one.invisible:
                    self.frame.extents.add_label(text, x + one.dx, y, one.height, one.halign == 0)
            scale = blocks.tree_scale(sizes[number]) if block == "TREE" else 1.0
            pieces.append(self.entities.insert(block, x, y, scale, filled, look, known[number]))
            self.frame.count(name)
        self._write(self._rest, pieces)

    def _write(self, file: BinaryIO, pieces: list[str]) -> None:
        # What the code page has not is written as an escape already.
        file.write("".join(pieces).encode(self.frame.codepage or "utf-8"))


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write fills, then lines and outlines, then points and texts, each in the drawing order of the tables."""
    parts = [path.with_suffix(".fills"), path.with_suffix(".rest")]
    with ExitStack() as stack:
        drawing = _Drawing(view, job, *(stack.enter_context(part.open("wb")) for part in parts))
        for table in in_order(view.tables):
            drawing.table(view, table)
    frame, size = drawing.frame, drawing.size
    frame.take(drawing.entities.handle)
    roads = view.table("roads")
    with quiet():
        if roads is not None:
            dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
            for placed in street_names(dataset.GetLayerByName("roads"), roads, size.street):
                frame.street(placed, size.street)
            dataset = None
        area = area_of(view)
    (x, y), below = area.middle, area.ymin - 2 * size.street
    if job.credit:
        frame.text(job.credit, x, below, size.street, NOTICE)
    add_sheet(frame, area)
    if frame.version.located:
        locate(frame.document, view.crs, (x, y))
    for item, text in properties(view, job).items():
        frame.document.header.custom_vars.append(item, strings.string(text, frame.codepage))
    frame.extents.set(frame.document)
    job.feedback.check()
    save(frame.document, path, parts)
    for part in parts:
        part.unlink()
    return frame.written


def properties(view: MapData, job: Job) -> dict[str, str]:
    """What the drawing says of itself, and in which CRS it is."""
    return {**described(job, view), "crs": view.crs}


def in_order(tables: Sequence[Table]) -> list[Table]:
    """Tables in the order of drawing, those of points last, and the sea above what covers land, as in pictures."""
    order = [table.name for table in tables]
    cover = max((order.index(name) for name in _COVER if name in order), default=-1)

    def key(table: Table) -> tuple[bool, float]:
        place = order.index(table.name)
        return table.geometry == "point", max(place, cover + 0.5) if table.name == "sea" else place

    return sorted(tables, key=key)


def _tints(table: Table, color: dict[str, str | None]) -> dict[object, int]:
    """The colour that areas of each kind of a table are filled with, as red, green and blue in one number."""
    if table.geometry != "polygon" or table.name in _NOT_FILLED:
        return {}
    if table.name == "buildings":
        tokens = {"building": "building", "landmark": "building_major"}
    else:
        kinds = AREAS[table.name][0] if table.name in AREAS else ()
        tokens = {kind: token or kind for kind, _, token in (entry.partition(":") for entry in kinds)}
    tints = {kind: color.get(token) for kind, token in tokens.items()}
    return {kind: int(tint[1:7], 16) for kind, tint in tints.items() if tint}


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the objects of each layer."""
    prove_dxf(path, written)
