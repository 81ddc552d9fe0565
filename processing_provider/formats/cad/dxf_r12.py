"""DXF R12 (AutoCAD Release 12, AC1009): CAD layers, colours, closed polylines, texts, points.

Facts: Autodesk, DXF Reference of Release 12 (POLYLINE, VERTEX, SEQEND, POINT, TEXT). It has no LWPOLYLINE and no
HATCH. ezdxf writes the head and the tables; the entities, nearly all of a drawing, are written as they are read.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Sequence

from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData
from ..contract import Job, Written
from . import strings
from .entities import extended
from .extents import Extents
from .frame import FIRST, save
from .layers import LINETYPES
from .naming import SCHEMES, named, release_12
from .plain import Item, items
from .proof import prove_dxf

_VERTEX = "0\nVERTEX\n5\n%X\n8\n{}\n10\n%.3f\n20\n%.3f\n30\n0.0\n"
# So many entities are written at once.
_TOGETHER = 10_000


class _Drawing:
    """A document of ezdxf, whose layers are made as they are asked for, and the text of its entities."""

    def __init__(self, scheme: str) -> None:
        import ezdxf

        self.document = ezdxf.new("R12", setup=False)
        self.document.appids.add(strings.APPLICATION)
        for name, pattern in LINETYPES.items():
            self.document.linetypes.add(name, pattern)
        self.codepage = self.document.encoding
        self.extents = Extents()
        self.written = Written()
        self.handle = FIRST
        self._known = strings.Known(self.codepage)
        self._scheme = scheme
        self._names: dict[Cad, str] = {}

    def entity(self, item: Item) -> str:
        """An item as the text of an entity, counted on its layer."""
        layer = self._names.get(item.cad)
        if layer is None:
            layer = self._names[item.cad] = self._layer(item.cad)
        self.written.layers[layer] = self.written.layers.get(layer, 0) + 1
        known = extended(self._known.of(*item.known))
        self.handle += 1
        if item.text:
            return self._text(item, layer, known)
        xs, ys = item.points[::2], item.points[1::2]
        self.extents.add(((min(xs), min(ys)), (max(xs), max(ys))))
        if len(xs) == 1:
            return f"0\nPOINT\n5\n{self.handle:X}\n8\n{layer}\n10\n{xs[0]:.3f}\n20\n{ys[0]:.3f}\n30\n0.0\n{known}"
        return self._polyline(xs, ys, item.closed, layer, known)

    def _layer(self, cad: Cad) -> str:
        name = release_12(named(cad.layer, self._scheme))
        if name not in self.document.layers:
            self.document.layers.add(name, color=cad.color, linetype=cad.linetype)
        return name

    def _polyline(self, xs: Sequence[float], ys: Sequence[float], closed: bool, layer: str, known: str) -> str:
        own, count = self.handle, len(xs)
        self.handle += count + 1
        numbers: list[float] = [0] * (3 * count)
        numbers[::3], numbers[1::3], numbers[2::3] = range(own + 1, self.handle), xs, ys
        return (
            f"0\nPOLYLINE\n5\n{own:X}\n8\n{layer}\n66\n1\n10\n0.0\n20\n0.0\n30\n0.0\n70\n{int(closed)}\n{known}"
            f"{_VERTEX.format(layer) * count % tuple(numbers)}0\nSEQEND\n5\n{self.handle:X}\n8\n{layer}\n"
        )

    def _text(self, item: Item, layer: str, known: str) -> str:
        x, y = item.points
        if item.angle:
            self.extents.add_text(item.text, x, y, item.height, item.angle)
        else:
            self.extents.add_label(item.text, x, y, item.height, False)
        return (
            f"0\nTEXT\n5\n{self.handle:X}\n8\n{layer}\n10\n{x:.3f}\n20\n{y:.3f}\n30\n0.0\n40\n{item.height}\n"
            f"1\n{strings.shown(item.text, self.codepage)}\n50\n{item.angle:.6f}\n72\n4\n"
            f"11\n{x:.3f}\n21\n{y:.3f}\n31\n0.0\n{known}"
        )


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table on the CAD layers that the layer table names."""
    drawing = _Drawing(str(job.options.get("cad_layers", SCHEMES[0])))
    part = path.with_suffix(".entities")
    with part.open("wb") as file:
        pieces: list[str] = []
        for item in items(view, job):
            pieces.append(drawing.entity(item))
            if len(pieces) >= _TOGETHER:
                # What the code page has not is written as an escape already.
                file.write("".join(pieces).encode(drawing.codepage))
                pieces.clear()
        file.write("".join(pieces).encode(drawing.codepage))
    drawing.document.entitydb.handles.reset(f"{drawing.handle + 1:X}")
    drawing.extents.set(drawing.document)
    save(drawing.document, path, [part])
    part.unlink()
    return drawing.written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the objects of each layer."""
    prove_dxf(path, written)
