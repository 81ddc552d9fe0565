"""The tables of a GeoPackage of ours as styled layers, and their styles inside the file, for whoever opens it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, Iterable

from osgeo import ogr
from qgis.core import QgsCoordinateTransformContext, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

from ...errors import WriteError
from ...geo.area import EARTH_KM2
from ...geo.gdal_settings import quiet
from ...osm.tables.layers import BY_NAME, TABLES
from ...request.checks import make_request
from ...request.export_request import ExportRequest
from ...sources.project_layers import lonlat_box
from ...text.sentence import say
from ...text.translation import tr


def place(layer: QgsVectorLayer) -> tuple[Path, str]:
    """The file that a layer shows, and the name of its table there; `.` and nothing where it is of no file."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(str(parts.get("path") or ""))
    return path, str(parts.get("layerName") or (_tables(path) or [""])[0])


def in_package(layer: QgsVectorLayer) -> bool:
    """Whether a layer is a table of a GeoPackage; the file is left alone, since SQLite has it open."""
    return bool(layer.dataProvider() and layer.dataProvider().storageType() == "GPKG")


def opened(path: Path) -> list[QgsVectorLayer]:
    """A layer for every table of ours that holds something, in the order of drawing, the topmost first."""
    have = set(_tables(path))
    layers = []
    for table in reversed(TABLES):
        if table.name in have:
            layer = QgsVectorLayer(f"{path}|layername={table.name}", tr(table.title), "ogr")
            if layer.isValid() and layer.featureCount() != 0:
                layers.append(layer)
    return layers


def known(layers: Iterable[QgsVectorLayer]) -> dict[str, tuple[QgsVectorLayer, Path, str]]:
    """Those of `layers` whose table a style knows, by id: the layer, its file, the table."""
    found = {}
    for layer in layers:
        path, table = place(layer)
        if table in BY_NAME:
            found[layer.id()] = (layer, path, table)
    return found


def request_for(
    layers: Iterable[QgsVectorLayer], context: QgsCoordinateTransformContext, /, **fields: Any
) -> ExportRequest:
    """A request for the area of `layers`, whatever its size: its detail level and scale suit them."""
    box = list(lonlat_box(layers, context))
    return make_request({**fields, "formats": "gpkg", "bbox": box}, 1, EARTH_KM2)


def save(path: Path, styled: Iterable[tuple[QgsVectorLayer, str]], name: str) -> None:
    """Write the styles of `styled` (layers, each with its table) into the GeoPackage under `name`, to open with it.

    By SQLite, not by QGIS: QGIS asks in a window whether to replace a style, and leaves the file in a journal mode that
    layers which are open cannot read. Raises WriteError.
    """
    rows = []
    for layer, table in styled:
        qml, sld = QDomDocument(), QDomDocument()
        layer.exportNamedStyle(qml)
        layer.exportSldStyle(sld, "")
        rows.append((name, qml.toString(), sld.toString(), f"osm2cdr {name}", table))
    try:
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            _make_table(database)
            tables = [(table,) for *_, table in rows]
            database.executemany(
                "DELETE FROM layer_styles WHERE f_table_name = ? AND styleName = ?", [(*key, name) for key in tables]
            )
            database.executemany("UPDATE layer_styles SET useAsDefault = 0 WHERE f_table_name = ?", tables)
            # QGIS finds a style by table and geometry column.
            database.executemany(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, styleName, styleQML, styleSLD, "
                "description, owner, useAsDefault, f_table_name, f_geometry_column) SELECT '', '', ?, ?, ?, ?, '', 1, "
                "table_name, column_name FROM gpkg_geometry_columns WHERE table_name = ?",
                rows,
            )
    except sqlite3.Error as error:
        raise WriteError("style_not_saved", say("The styles could not be saved in {0}: {1}.", path, error)) from error


def _make_table(database: sqlite3.Connection) -> None:
    """The table of styles, as QGIS makes and registers it."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'layer_styles'").fetchone():
        return
    database.execute(
        'CREATE TABLE "layer_styles" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "f_table_catalog" TEXT(256), '
        '"f_table_schema" TEXT(256), "f_table_name" TEXT(256), "f_geometry_column" TEXT(256), "styleName" TEXT(30), '
        '"styleQML" TEXT, "styleSLD" TEXT, "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), '
        "\"ui\" TEXT(30), \"update_time\" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', '')"
    )


def _tables(path: Path) -> list[str]:
    with quiet():
        try:
            dataset = ogr.Open(str(path)) if path.is_file() else None
        except RuntimeError:
            dataset = None
        return [dataset.GetLayer(number).GetName() for number in range(dataset.GetLayerCount())] if dataset else []
