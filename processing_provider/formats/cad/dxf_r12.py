"""DXF R12 (AutoCAD Release 12, AC1009) by ezdxf: CAD layers, colours, closed polylines, text; metres."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ...geo.gdal_settings import quiet
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData, Table
from ..contract import Job, Written
from . import strings
from .extents import Extents
from .layers import LINETYPES, NOTICE, STREETS, heights, own_layers, with_layers
from .naming import SCHEMES, named, release_12
from .proof import prove_dxf
from .shapes import Points, polylines
from .streets import street_names


class _Drawing:
    def __init__(self, view: MapData, job: Job) -> None:
        import ezdxf

        self.document = ezdxf.new("R12", setup=False)
        self.document.appids.add(strings.APPLICATION)
        self.codepage = self.document.encoding
        self.space = self.document.modelspace()
        self.job = job
        self.own = own_layers(view.tables, True)
        self.scheme = str(job.options.get("cad_layers", SCHEMES[0]))
        self.extents = Extents()
        self.written = Written()
        for name, pattern in LINETYPES.items():
            self.document.linetypes.add(name, pattern)

    def layer(self, cad: Cad) -> dict[str, Any]:
        """The attributes of an entity on a layer, which is made where it is new."""
        name = release_12(named(cad.layer, self.scheme))
        if name not in self.document.layers:
            self.document.layers.add(name, color=cad.color, linetype=cad.linetype)
        return {"layer": name}

    def count(self, cad: Cad, entity: Any, feature: ogr.Feature | None) -> None:
        """Count an entity, and give it what is known of its object, as extended data."""
        known = strings.xdata(feature, self.codepage) if feature is not None else []
        if known:
            entity.set_xdata(strings.APPLICATION, known)
        self.written.layers[entity.dxf.layer] = self.written.layers.get(entity.dxf.layer, 0) + 1

    def polyline(self, points: Points, cad: Cad, closed: bool, feature: ogr.Feature) -> None:
        """One polyline."""
        entity = self.space.add_polyline2d(points, close=closed, dxfattribs=self.layer(cad))
        self.count(cad, entity, feature)
        self.extents.add(points)

    def point(self, x: float, y: float, cad: Cad, feature: ogr.Feature) -> None:
        """One point."""
        self.count(cad, self.space.add_point((x, y), dxfattribs=self.layer(cad)), feature)
        self.extents.add([(x, y)])

    def text(
        self, text: str, x: float, y: float, height: float, cad: Cad, angle: float = 0.0,
        feature: ogr.Feature | None = None,
    ) -> Any:  # fmt: skip
        """One line of text, its middle at x, y; None where nothing is left of it."""
        clean = strings.one_line(text)
        if not clean:
            return None
        attributes = {**self.layer(cad), "rotation": angle, "halign": 4, "insert": (x, y), "align_point": (x, y)}
        entity = self.space.add_text(strings.shown(clean, self.codepage), height=height, dxfattribs=attributes)
        self.count(cad, entity, feature)
        self.extents.add_text(clean, x, y, height, angle)
        return entity


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table on the CAD layers that the layer table names."""
    drawing = _Drawing(view, job)
    size = heights(view.area_wkt)
    with quiet():
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        sizes = {"places": size.place, "housenumbers": size.house, "pois": size.poi}
        for table in view.tables:
            _table(drawing, table, dataset.GetLayerByName(table.name), sizes)
        roads = view.table("roads")
        if roads is not None:
            for name in street_names(dataset.GetLayerByName("roads"), roads, size.street):
                entity = drawing.text(name.text, name.x, name.y, size.street, STREETS, name.angle)
                if entity is not None:
                    entity.set_xdata(strings.APPLICATION, list(strings.pairs("name", name.text, drawing.codepage)))
        dataset = None
        area = ogr.CreateGeometryFromWkt(view.area_wkt)
    xmin, xmax, ymin, _ = area.GetEnvelope()
    if job.credit:
        drawing.text(job.credit, (xmin + xmax) / 2, ymin - 2 * size.street, size.street, NOTICE)
    drawing.extents.set(drawing.document)
    drawing.document.saveas(path)
    return drawing.written


def _table(drawing: _Drawing, table: Table, layer: ogr.Layer, sizes: dict[str, float]) -> None:
    named = any(column == "name" for column, _ in table.columns)
    for feature, cad in with_layers(table, layer, drawing.own, drawing.job.feedback):
        geometry = feature.GetGeometryRef()
        if table.geometry == "point":
            label = feature["housenumber"] if table.name == "housenumbers" else feature["name"] if named else ""
            x, y = geometry.GetX(), geometry.GetY()
            if table.name in sizes and label:
                drawing.text(label, x, y, sizes[table.name], cad, feature=feature)
            elif table.name not in ("places", "housenumbers"):
                drawing.point(x, y, cad, feature)
            continue
        for points, closed in polylines(geometry, table.geometry):
            drawing.polyline(points, cad, closed, feature)


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the objects of each layer."""
    prove_dxf(path, written)
