"""Layers that somebody else made, in place of OpenStreetMap: staged in lon/lat as every source is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable

from osgeo import ogr
from qgis.core import (
    Qgis,
    QgsAbstractVectorLayerLabeling,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QTime, QVariant

from ..errors import RequestError
from ..feedback import Feedback
from ..geo.gdal_settings import attempt, quiet
from ..geo.geometry import repaired
from ..osm.tables.map_data import NOTICE
from ..osm.tables.staged import Rows, Staged

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
_KINDS = {"Point": "point", "Line": "line", "Polygon": "polygon"}
_ORDER = ("polygon", "line", "point")
# Excel's limit for the name of a sheet, the narrowest of all.
_LONGEST_NAME = 31
# Degrees round a layer that is a single point or an upright line.
_PAD = 0.001


@dataclass(frozen=True)
class InputTable:
    """A table of the map data as one input makes it (see map_data.Tabular)."""

    name: str
    group: str
    geometry: str
    title: str
    columns: tuple[tuple[str, str], ...]


@dataclass
class Input:
    """A vector layer as another thread may read it: its features, and its style where it has one of its own."""

    title: str
    geometry: str
    features: QgsVectorLayerFeatureSource
    fields: tuple[tuple[str, str], ...]
    way: QgsCoordinateTransform
    rights: str
    renderer: QgsFeatureRenderer | None = None
    labeling: QgsAbstractVectorLayerLabeling | None = None

    @staticmethod
    def of(layer: QgsVectorLayer, context: QgsProcessingContext, styled: bool) -> Input:
        """What is needed of `layer`; to be called in the layer's own thread. `styled`: take its style along."""
        names: dict[str, str] = {}
        for field in layer.fields():
            # The GeoPackage's own columns.
            name = f"{field.name()}_" if field.name().lower() in ("fid", "geom") else field.name()
            names[name] = _sql_type(field)
        labeling = layer.labeling() if styled and layer.labelsEnabled() else None
        title = layer.name()
        if not styled:
            # A layer given by its file is called by the file; the tables of a GeoPackage would all be called alike.
            parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
            title = parts.get("layerName") or title
        return Input(
            title=title,
            geometry=_KINDS[QgsWkbTypes.geometryDisplayString(layer.geometryType())],
            features=QgsVectorLayerFeatureSource(layer),
            fields=tuple(names.items()),
            way=QgsCoordinateTransform(layer.crs(), WGS84, context.transformContext()),
            rights=rights(layer),
            renderer=layer.renderer().clone() if styled and layer.renderer() else None,
            labeling=labeling.clone() if labeling else None,
        )


def rights(layer: QgsMapLayer) -> str:
    """Whose data a layer holds, by its metadata, or by its column `osm_id`; empty where nothing tells."""
    told = "; ".join(layer.metadata().rights())
    has_osm = isinstance(layer, QgsVectorLayer) and layer.fields().indexFromName("osm_id") >= 0
    return told or (NOTICE if has_osm else "")


def can_be_input(layer: QgsMapLayer) -> bool:
    """Whether a layer has features with shapes of one kind."""
    return isinstance(layer, QgsVectorLayer) and QgsWkbTypes.geometryDisplayString(layer.geometryType()) in _KINDS


def _sql_type(field: Any) -> str:
    if field.isNumeric():
        return "REAL" if field.type() in (QMetaType.Type.Double, QMetaType.Type.Float) else "INTEGER"
    return "INTEGER" if field.type() == QMetaType.Type.Bool else "TEXT"


def lonlat_box(layers: Iterable[QgsVectorLayer], context: QgsCoordinateTransformContext) -> tuple[float, ...]:
    """West, south, east, north of all layers together; RequestError where they have no extent."""
    whole = QgsRectangle()
    whole.setMinimal()
    for layer in layers:
        extent = layer.extent()
        if not extent.isNull() and extent.isFinite():
            whole.combineExtentWith(QgsCoordinateTransform(layer.crs(), WGS84, context).transformBoundingBox(extent))
    if whole.xMinimum() > whole.xMaximum():
        raise RequestError("no_data", "The layers of INPUT hold nothing that could be exported.", "input")
    for low, high, widen in (
        (whole.xMinimum(), whole.xMaximum(), (whole.setXMinimum, whole.setXMaximum)),
        (whole.yMinimum(), whole.yMaximum(), (whole.setYMinimum, whole.setYMaximum)),
    ):
        # A hair wider, so that no edge is lost to rounding on the way through lon/lat.
        pad = _PAD if high - low < 1e-9 else (high - low) * 1e-6
        widen[0](low - pad)
        widen[1](high + pad)
    return whole.xMinimum(), whole.yMinimum(), whole.xMaximum(), whole.yMaximum()


def tables(inputs: Iterable[Input]) -> list[tuple[Input, InputTable]]:
    """A table for each input, named by it; areas first, then lines, then points, the first input on top."""
    result: list[tuple[Input, InputTable]] = []
    taken: set[str] = set()
    for item in inputs:
        name = base = re.sub(r"\W+", "_", item.title).strip("_")[:_LONGEST_NAME] or "layer"
        number = 2
        while name.lower() in taken:
            name = f"{base[: _LONGEST_NAME - 4]}_{number}"
            number += 1
        taken.add(name.lower())
        title = item.title if number == 2 else f"{item.title} ({number - 1})"
        result.append((item, InputTable(name, name, item.geometry, title, item.fields)))
    result.reverse()
    return sorted(result, key=lambda pair: _ORDER.index(pair[1].geometry))


def stage_inputs(
    inputs: Iterable[Input], feedback: Feedback, box: tuple[float, float, float, float] | None = None
) -> Staged:
    """Read all features, or those in a lon/lat box, into lon/lat.

    Z, M and curves are left behind, multipoints taken apart.
    """
    staged = Staged({}, [])
    pairs = tables(inputs)
    with quiet():
        for number, (item, table) in enumerate(pairs):
            feedback.progress(100 * number / len(pairs), table.title)
            staged.rows[table.name] = Rows(table)
            _read(item, staged.rows[table.name], feedback, box)
    return staged


def _read(item: Input, rows: Rows, feedback: Feedback, box: tuple[float, float, float, float] | None) -> None:
    request = QgsFeatureRequest().setDestinationCrs(item.way.destinationCrs(), item.way.context())
    if box is not None and _can_be_asked(item, QgsRectangle(*box)):
        request.setFilterRect(QgsRectangle(*box))
    for number, feature in enumerate(item.features.getFeatures(request)):
        if number % 500 == 0:
            feedback.check()
        if not feature.hasGeometry():
            continue
        values = tuple(_plain(value) for value in feature.attributes())
        shape = feature.geometry()
        flat = shape.get()
        flat.dropZValue()
        flat.dropMValue()
        shape.convertToStraightSegment()
        parts = shape.asGeometryCollection() if item.geometry == "point" else [shape]
        for part in parts:
            geometry = attempt(ogr.CreateGeometryFromWkb, bytes(part.asWkb()))
            geometry = repaired(geometry, item.geometry) if geometry is not None else None
            if geometry is not None and not geometry.IsEmpty():
                rows.add(geometry, values)


def _can_be_asked(item: Input, box: QgsRectangle) -> bool:
    """Whether the layer's CRS knows the box: QGIS would find nothing in one that it cannot carry over."""
    try:
        found = item.way.transformBoundingBox(box, Qgis.TransformDirection.Reverse)
    except QgsCsException:
        return False
    return bool(found.isFinite())


def _plain(value: Any) -> object:
    """The value as SQLite takes it."""
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return None
    if isinstance(value, (int, float, str)):
        return value
    if isinstance(value, (QDate, QTime, QDateTime)):
        return str(value.toString(Qt.DateFormat.ISODate))
    return str(value)
