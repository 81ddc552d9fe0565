"""Exported files as layers of the project: in a group of their own, data in the style of the map."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any, ContextManager

from osgeo import gdal
from qgis.core import Qgis, QgsProject, QgsProviderRegistry, QgsProviderSublayerDetails, QgsVectorLayer, QgsWkbTypes

from ..processing_provider.cartography.styles import package_styles
from ..processing_provider.cartography.styles.layer_styles import apply_style
from ..processing_provider.cartography.themes.loading import load_theme
from ..processing_provider.formats.catalogue import FORMATS
from ..processing_provider.geo.gdal_settings import options as gdal_options
from ..processing_provider.geo.gdal_settings import quiet
from ..processing_provider.osm.tables.layers import BY_NAME, TABLES
from ..processing_provider.request import pages
from ..processing_provider.text.translation import tr

_FAMILIES = ("gis-vector", "geo-raster", "database-sql")
# Of tiles, what QGIS opens as a picture with its place.
_TILES = {"mbtiles_raster"}
_IMAGES = (".png", ".jpg")
# Of the files of a table, the one that is opened.
_TABLES = (".shp", ".tab", ".mif")
# What the rules of a style look at; a format that renames them is shown as QGIS shows it.
_COLUMNS = {"class", "kind", "name"}


def can_be_added(name: str, path: Path) -> bool:
    """Whether a file of the format `name` can be a layer at its place on the map: a folder of tiles has an address."""
    family = FORMATS[name].family if name in FORMATS else ""
    if family == "raster-image":
        with quiet():
            picture = gdal.Open(str(path))
            return picture is not None and picture.GetGeoTransform(can_return_null=True) is not None
    if family not in _FAMILIES or (FORMATS[name].view == "tiles" and name not in _TILES):
        return False
    # A dump is for its database, and some files want a driver that this GDAL may not have.
    with quiet(), _leaving_nothing(path):
        return any(QgsProviderRegistry.instance().querySublayers(opened) for opened in _opened(path))


def add_to_project(path: Path, look: dict[str, Any]) -> list[Any]:
    """Add the layers of a file in a group on top; returns them, none where QGIS opens none.

    `look` holds the request's fields style, detail and language.
    """
    project = QgsProject.instance()
    options = QgsProviderSublayerDetails.LayerOptions(project.transformContext())
    flag = Qgis.SublayerQueryFlag.ResolveGeometryType
    with _leaving_nothing(path):
        registry = QgsProviderRegistry.instance()
        found = [details for opened in _opened(path) for details in registry.querySublayers(opened, flag)]
        layers = [layer for layer in (details.toLayer(options) for details in found) if layer and layer.isValid()]
    tables = {layer.id(): package_styles.place(layer)[1] for layer in layers if isinstance(layer, QgsVectorLayer)}
    order = {table.name: number for number, table in enumerate(TABLES)}
    # From the bottom to the top: what is no table, then the tables as they are drawn; areas below lines and points.
    layers.sort(key=lambda layer: (order.get(tables.get(layer.id(), ""), -1), -_dimension(layer)))
    _style(layers, tables, look)
    if layers:
        group = project.layerTreeRoot().insertGroup(0, path.stem) if len(layers) > 1 else project.layerTreeRoot()
        for layer in layers:
            project.addMapLayer(layer, False)
            group.insertLayer(0, layer)
    return layers


def _leaving_nothing(path: Path) -> ContextManager[Any]:
    """While a file is looked at, GDAL puts nothing beside it, such as what QGIS counts of an MBTiles file's colours.

    What lies beside a picture in a zip is to be read, and nothing can be written there.
    """
    return nullcontext() if path.suffix == ".zip" else gdal_options(GDAL_PAM_ENABLED="NO")


def _opened(path: Path) -> list[str]:
    """What QGIS is to open: of a zip with an image the image in it, which has its world file beside it.

    Of one with a file or several for each table, those that name a table: asked for the zip as a whole, QGIS tries to
    open every file in it, which stands still for seconds.
    """
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if "/" not in name]
        images = [name for name in names if name.endswith(_IMAGES)]
        tables = [name for name in names if name.endswith(_TABLES)]
        if tables or len(images) == 1:
            return [f"/vsizip/{path}/{name}" for name in tables or images]
    return [str(path)]


def _dimension(layer: Any) -> int:
    return QgsWkbTypes.wkbDimensions(layer.wkbType()) if isinstance(layer, QgsVectorLayer) else 2


def _style(layers: list[Any], tables: dict[str, str], look: dict[str, Any]) -> None:
    known = [
        layer for layer in layers
        if tables.get(layer.id()) in BY_NAME and set(layer.fields().names()) >= _COLUMNS
    ]  # fmt: skip
    if known:
        request = package_styles.request_for(known, QgsProject.instance().transformContext(), **look)
        theme, scale = load_theme(request.style), pages.make_page(request).scale
        for layer in known:
            table = tables[layer.id()]
            layer.setName(tr(BY_NAME[table].title))
            apply_style(layer, table, theme, scale, request.detail, request.language)
