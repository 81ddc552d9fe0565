"""Areas between the canvas's CRS and degrees, their size, and polygons kept in files as algorithms take them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)

from ...processing_provider.errors import ExportError
from ...processing_provider.geo.area import EARTH_KM2, read_area
from ...processing_provider.text.translation import tr

WGS84 = "EPSG:4326"
# Points on each side of what is drawn, which is bent in another CRS.
_BETWEEN = 16
# Decimals of degrees: a centimetre.
_DECIMALS = 7
# Of an area, what two transformations may change.
_ROUNDED = 1e-6
# Polygons of a layer that the window waits for.
MOST = 5000


def in_degrees(shape: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry | None:
    """An area in a CRS, in degrees and valid; None where it is none, or has no place there."""
    return _moved(shape, crs, QgsCoordinateReferenceSystem(WGS84))


def from_degrees(shape: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry | None:
    """An area in degrees as it lies in a CRS; None where it has no place there."""
    return _moved(shape, QgsCoordinateReferenceSystem(WGS84), crs)


def crs_of(canvas: Any) -> QgsCoordinateReferenceSystem:
    """What the canvas shows the world in."""
    return canvas.mapSettings().destinationCrs()


def of_layer(layer: Any) -> QgsGeometry | None:
    """The polygons of a layer as one, in degrees: those that are selected, else all; None where they are too many."""
    features = layer.getSelectedFeatures() if layer.selectedFeatureCount() else layer.getFeatures()
    if (layer.selectedFeatureCount() or layer.featureCount()) > MOST:
        return None
    shapes = [feature.geometry().makeValid() for feature in features if feature.hasGeometry()]
    return _moved(QgsGeometry.unaryUnion(shapes), layer.crs(), QgsCoordinateReferenceSystem(WGS84), 0)


def _moved(
    shape: QgsGeometry, one: QgsCoordinateReferenceSystem, other: QgsCoordinateReferenceSystem, between: int = _BETWEEN
) -> QgsGeometry | None:
    if shape.isEmpty() or not (one.isValid() and other.isValid()):
        return None
    moved = QgsGeometry(shape)
    if one != other and between:
        moved = moved.densifyByCount(between)
    try:
        moved.transform(QgsCoordinateTransform(one, other, QgsProject.instance()))
    except QgsCsException:
        return None
    moved = moved.makeValid()
    moved.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.PolygonGeometry)
    if moved.constGet() is not None and moved.constGet().partCount() == 1:
        moved.convertToSingleType()
    return None if moved.isEmpty() else moved


def km2_of(shape: QgsGeometry) -> float:
    """The size of an area in degrees on the ellipsoid; 0 where it is none."""
    try:
        return read_area({"geometry": json.loads(shape.asJson(_DECIMALS))}, EARTH_KM2).km2
    except ExportError:
        return 0.0


def sized_area(km2: float) -> str:
    """The size as people read it."""
    return str(tr("{0} km²").format(f"{km2:,.{2 if km2 < 10 else 0}f}"))


def is_box(shape: QgsGeometry) -> bool:
    """Whether an area in degrees is a box between parallels and meridians, but for what transformations round."""
    box = shape.boundingBox()
    return bool(abs(shape.area() - box.width() * box.height()) <= _ROUNDED * shape.area())


def kept(shape: QgsGeometry) -> Path:
    """A file of the profile that holds an area in degrees: the same file for the same area."""
    text = json.dumps({"type": "Feature", "properties": {}, "geometry": json.loads(shape.asJson(_DECIMALS))})
    name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    path = Path(QgsApplication.qgisSettingsDirPath()) / "osm2cdr" / "areas" / f"{name}.geojson"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def box_text(box: QgsRectangle) -> str:
    """A box in degrees as EXTENT takes it."""
    return f"{box.xMinimum():.7f},{box.xMaximum():.7f},{box.yMinimum():.7f},{box.yMaximum():.7f} [{WGS84}]"
