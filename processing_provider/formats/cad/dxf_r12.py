"""DXF R12 (AutoCAD Release 12, AC1009) by ezdxf: CAD layers, colours, closed polylines, text; metres."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ...errors import WriteError
from ...gdal_env import quiet
from ...mapdata import MapData, Table
from ...osm.layers import BY_NAME, Cad
from ..proving import prove_size
from ..writing import Job, Written

# Patterns in metres on the ground: dash lengths positive, gaps negative.
_LINETYPES = {"DASHED": [6.0, 4.0, -2.0], "DASHED2": [3.0, 2.0, -1.0], "PHANTOM": [16.0, 10.0, -2.0, 1.0, -2.0, 1.0]}
_TUNNEL = Cad("V-ROAD-TUNL-E", 8, 0.18, "DASHED")
_BRIDGE = Cad("V-BRDG-DECK-E", 7, 0.35, "CONTINUOUS")
_STREETS = Cad("V-ANNO-STRT-E", 7, 0.13, "CONTINUOUS")
_NOTICE = Cad("V-ANNO-ATTR-E", 7, 0.13, "CONTINUOUS")
_TEXT_HEIGHT = {"places": 30.0, "housenumbers": 2.5, "pois": 5.0}
_STREET_HEIGHT = 5.0
# AutoCAD reads at most 255 characters of a TEXT.
_LONGEST = 255
_CONTROL = re.compile(r"[\x00-\x1f]")
_CHECK_EVERY = 500


class _Drawing:
    def __init__(self, job: Job) -> None:
        import ezdxf

        self.document = ezdxf.new("R12", setup=False)
        self.space = self.document.modelspace()
        self.job = job
        self.written = Written()
        for name, pattern in _LINETYPES.items():
            self.document.linetypes.add(name, pattern)

    def layer(self, cad: Cad) -> dict[str, Any]:
        """The attributes of an entity on a layer, which is made where it is new."""
        if cad.layer not in self.document.layers:
            self.document.layers.add(cad.layer, color=cad.color, linetype=cad.linetype)
        return {"layer": cad.layer}

    def count(self, cad: Cad) -> None:
        self.written.layers[cad.layer] = self.written.layers.get(cad.layer, 0) + 1

    def polyline(self, points: list[tuple[float, float]], cad: Cad, closed: bool) -> None:
        """One polyline to the millimetre, without repeated points."""
        rounded = [(round(x, 3), round(y, 3)) for x, y in points]
        kept = [p for n, p in enumerate(rounded) if n == 0 or p != rounded[n - 1]]
        if closed and len(kept) > 1 and kept[0] == kept[-1]:
            kept.pop()
        if len(kept) < (3 if closed else 2):
            return
        self.space.add_polyline2d(kept, close=closed, dxfattribs=self.layer(cad))
        self.count(cad)

    def text(self, text: str, x: float, y: float, height: float, cad: Cad, angle: float = 0.0) -> None:
        """One line of text, its middle at x, y."""
        clean = _CONTROL.sub(" ", text)[:_LONGEST].strip()
        if clean:
            attributes = {**self.layer(cad), "rotation": angle, "halign": 4, "insert": (x, y), "align_point": (x, y)}
            self.space.add_text(clean, height=height, dxfattribs=attributes)
            self.count(cad)


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table on the CAD layers that the layer table names."""
    drawing = _Drawing(job)
    with quiet():
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        for table in view.tables:
            _table(drawing, table, dataset.GetLayerByName(table.name))
        dataset = None
        area = ogr.CreateGeometryFromWkt(view.area_wkt)
    xmin, _, ymin, _ = area.GetEnvelope()
    if view.notice:
        drawing.text(view.notice, xmin, ymin, _STREET_HEIGHT, _NOTICE)
    drawing.document.saveas(path)
    return drawing.written


def _table(drawing: _Drawing, table: Table, layer: ogr.Layer) -> None:
    named = any(column == "name" for column, _ in table.columns)
    longest: dict[str, tuple[float, ogr.Geometry]] = {}
    for number, feature in enumerate(layer):
        if number % _CHECK_EVERY == 0:
            drawing.job.feedback.check()
        geometry = feature.GetGeometryRef()
        cad = _cad(table.name, feature)
        name = str(feature["name"] or "") if named else ""
        if table.geometry == "point":
            label = feature["housenumber"] if table.name == "housenumbers" else name
            if table.name in _TEXT_HEIGHT and label:
                drawing.text(label, geometry.GetX(), geometry.GetY(), _TEXT_HEIGHT[table.name], cad)
            elif table.name not in ("places", "housenumbers"):
                attributes = drawing.layer(cad)
                drawing.space.add_point((geometry.GetX(), geometry.GetY()), dxfattribs=attributes)
                drawing.count(cad)
            continue
        for index in range(geometry.GetGeometryCount()):
            part = geometry.GetGeometryRef(index)
            if table.geometry == "line":
                drawing.polyline(part.GetPoints(2), cad, False)
                if name and table.name == "roads" and part.Length() > longest.get(name, (0.0, None))[0]:
                    longest[name] = (part.Length(), part.Clone())
            else:
                for ring in range(part.GetGeometryCount()):
                    drawing.polyline(part.GetGeometryRef(ring).GetPoints(2), cad, True)
    for name, (length, line) in longest.items():
        middle, ahead = line.Value(length / 2), line.Value(min(length / 2 + 1, length))
        angle = math.degrees(math.atan2(ahead.GetY() - middle.GetY(), ahead.GetX() - middle.GetX()))
        # Text is read from below: never upside down.
        angle = (angle + 90) % 180 - 90
        drawing.text(name, middle.GetX(), middle.GetY(), _STREET_HEIGHT, _STREETS, angle)


def _cad(table: str, feature: ogr.Feature) -> Cad:
    if table in ("roads", "paths", "railways"):
        if feature["tunnel"]:
            return _TUNNEL
        if feature["bridge"]:
            return _BRIDGE
    if table not in BY_NAME:
        # R12 takes 31 characters: capitals, digits, $, - and _.
        return Cad(re.sub(r"[^A-Z0-9$_-]", "_", table.upper())[:31], 7, 0.18, "CONTINUOUS")
    return BY_NAME[table].kind(feature["kind"]).cad


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the objects of each layer."""
    prove_size(path, "DXF")
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName("entities") if dataset is not None else None
        if layer is None:
            raise WriteError("not_proven", f"DXF does not open again: {errors.text}.")
        counts: dict[str, int] = {}
        for feature in layer:
            counts[feature["Layer"]] = counts.get(feature["Layer"], 0) + 1
        layer = dataset = None
    for name, count in written.layers.items():
        if counts.get(name, 0) != count:
            raise WriteError("not_proven", f"DXF holds {counts.get(name, 0)} of {count} objects on the layer {name}.")
