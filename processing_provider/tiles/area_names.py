"""Names of areas as points, each once: an area is cut at every edge of a tile, and each piece would have its name."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator, Mapping

from osgeo import gdal, ogr
from qgis.core import QgsGeometry

from ..osm.tables.map_data import MapData, Table

LAYER = "area_names"
# Of which tables, and what is kept beside the names: all that a style asks for.
TABLES = ("green", "water", "plazas")
_KEPT = ("class", "kind", "area")
OF = "of"
# How exact the innermost point is found, as a part of the area's longer side.
_EXACT = 0.02


def columns(view: MapData) -> dict[str, str]:
    """The columns of the points of some map data, as name and SQL type; none where no area may have a name."""
    found = {name: kind for table in _tables(view) for name, kind in table.columns if _is_kept(name)}
    return {OF: "TEXT", **found} if found else {}


def points(view: MapData) -> gdal.Dataset | None:
    """A dataset in memory whose one layer has the innermost point of each area with a name; None without any."""
    source = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
    made = (ogr.GetDriverByName("Memory") or ogr.GetDriverByName("MEM")).CreateDataSource("")
    layer = made.CreateLayer(LAYER, source.GetLayer(0).GetSpatialRef(), ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn(OF, ogr.OFTString))
    for table in _tables(view):
        areas = source.GetLayerByName(table.name)
        definition = areas.GetLayerDefn()
        fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
        kept = [field for field in fields if _is_kept(field.GetName())]
        for field in kept:
            if layer.FindFieldIndex(field.GetName(), True) < 0:
                layer.CreateField(field)
        areas.SetAttributeFilter("name IS NOT NULL")
        for values, place in _innermost(areas, [field.GetName() for field in kept]):
            feature = ogr.Feature(layer.GetLayerDefn())
            for name, value in {OF: table.name, **values}.items():
                feature[name] = value
            feature.SetGeometry(place)
            layer.CreateFeature(feature)
    return made if layer.GetFeatureCount() else None


def _tables(view: MapData) -> list[Table]:
    """Those whose areas may have names."""
    return [table for table in view.tables
            if table.name in TABLES and table.features and "name" in dict(table.columns)]  # fmt: skip


def _is_kept(column: str) -> bool:
    return column in _KEPT or column == "name" or column.startswith("name_")


def _innermost(areas: ogr.Layer, names: list[str]) -> Iterator[tuple[Mapping[str, object], ogr.Geometry]]:
    """The attributes of each area, and the point in it that lies farthest from its edge."""
    for area in areas:
        shape = QgsGeometry()
        shape.fromWkb(bytes(area.GetGeometryRef().ExportToWkb()))
        box = shape.boundingBox()
        found = shape.poleOfInaccessibility(max(box.width(), box.height()) * _EXACT)[0]
        if not found.isNull():
            values = {name: area[name] for name in names if area[name] is not None}
            yield values, ogr.CreateGeometryFromWkb(bytes(found.asWkb()))
