"""A GeoPackage of map data as layers of the project: in groups, styled, with a legend that people can read."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsLayerTree, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor

from ...processing_provider.cartography.styles import package_styles
from ...processing_provider.cartography.themes.loading import Theme, load_theme
from ...processing_provider.geo.area import Area
from ...processing_provider.geo.projection import utm_crs
from ...processing_provider.osm.tables.layers import BY_NAME, TABLES, is_shown
from ...processing_provider.request import pages
from ...processing_provider.request.naming import numbered
from ...processing_provider.sources.project_layers import lonlat_box
from ...processing_provider.text.translation import tr
from ..pickerline import words
from .record import Record, find, tables
from .styling import Look

_TITLE = "OpenStreetMap"
# The groups of the layer tree, by the group of the layer table; all others are ground.
_PARTS = {
    "points": "places housenumbers pois others",
    "lines": "boundaries routes ferries pipelines power trees",
    "traffic": "bridges aerialways railways construction roads paths",
    "buildings": "barriers buildings",
}
_PART_OF = {group: part for part, groups in _PARTS.items() for group in groups.split()}


def target(project: QgsProject, name: str, otherwise: str) -> Path:
    """Where a new map's data go: beside the project, or into a folder while it is nowhere; never over another file."""
    folder = Path(project.homePath() or otherwise)
    number = 1
    while (path := folder / f"{numbered(f'{name or _TITLE.lower()}-map', number)}.gpkg").exists():
        number += 1
    return path


def add(project: QgsProject, record: Record, canvas: Any) -> Any:
    """Add the map of a record on the bottom of the project, which gets a metric CRS if it was empty; its group."""
    is_empty = not project.mapLayers()
    root = project.layerTreeRoot()
    # Below what is there: it is a map to draw on.
    group = root.insertGroup(len(root.children()), f"{_TITLE} – {Path(record.path).stem}")
    record.write(group)
    layers = fill(project, group, record)
    # QGIS unfolds what has a long legend once it shows it.
    QTimer.singleShot(0, lambda: _fold(project))
    if is_empty and layers:
        west, south, east, north = lonlat_box(layers, project.transformContext())
        crs = QgsCoordinateReferenceSystem(utm_crs(Area(west, south, east, north)))
        ground(project, group, record, load_theme(record.style))
        # The window itself takes the CRS of a project's first layer, a moment later.
        QTimer.singleShot(0, lambda: _settle(project, crs, canvas))
    return group


def _fold(project: QgsProject) -> None:
    """Show the layers of the map without their legends."""
    found = find(project)
    for node in found[0].findLayers() if found else []:
        node.setExpanded(True)
        node.setExpanded(False)


def _settle(project: QgsProject, crs: QgsCoordinateReferenceSystem, canvas: Any) -> None:
    """Give the project its CRS, and show all of it."""
    project.setCrs(crs)
    canvas.setDestinationCrs(crs)
    canvas.zoomToFullExtent()


def fill(project: QgsProject, group: Any, record: Record) -> list[QgsVectorLayer]:
    """Add layers for what tables of the file hold something and are not shown yet; returns them, styled."""
    shown = tables(group)
    made = {package_styles.place(layer)[1]: layer for layer in package_styles.opened(Path(record.path))}
    new = {table: layer for table, layer in made.items() if table not in shown}
    every = {**shown, **new}
    if not new:
        return []
    look = look_of(project, record, list(every.values()))
    for table, layer in new.items():
        layer.setName(tr(BY_NAME[table].title))
        is_drawn = look.give(layer, table)
        project.addMapLayer(layer, False)
        part = _part(group, _PART_OF.get(BY_NAME[table].group, "ground"))
        node = part.insertLayer(_place(part, table), layer)
        node.setExpanded(False)
        # As in pictures: what covers the map is seen where it was asked for.
        node.setItemVisibilityChecked(is_drawn and is_shown(BY_NAME[table], tuple(words(record.layers))))
    return list(new.values())


def look_of(project: QgsProject, record: Record, layers: list[QgsVectorLayer]) -> Look:
    """How a record wants its layers to be drawn: for the scale and the detail that suit what they cover."""
    fields = {"style": record.style, "detail": record.detail, "language": record.language}
    request = package_styles.request_for(layers, project.transformContext(), **fields)
    return Look(load_theme(request.style), pages.make_page(request).scale, request.detail, request.language)


def ground(project: QgsProject, group: Any, record: Record, theme: Theme) -> Record:
    """Give the project the style's background, unless somebody chose another one since; the record with it."""
    color = QColor(theme.color.get("land") or "#FFFFFF").name()
    if record.background in ("", project.backgroundColor().name()):
        project.setBackgroundColor(QColor(color))
        record = replace(record, background=color)
        record.write(group)
    return record


def _part(group: Any, part: str) -> Any:
    """The group of a part, made where it belongs if it is not there yet."""
    titles = {
        "points": tr("Names and points"), "lines": tr("Lines and trees"), "traffic": tr("Traffic"),
        "buildings": tr("Buildings"), "ground": tr("Ground"),
    }  # fmt: skip
    there = [str(child.customProperty("osm2cdr/part", "")) for child in group.children()]
    if part in there:
        return group.children()[there.index(part)]
    order = list(titles)
    before = [number for number, other in enumerate(there) if other in order and order.index(other) < order.index(part)]
    made = group.insertGroup(max(before) + 1 if before else 0, titles[part])
    made.setCustomProperty("osm2cdr/part", part)
    return made


def _place(part: Any, table: str) -> int:
    """Where a table's layer goes in its group: in the order of drawing, the topmost first."""
    order = [entry.name for entry in reversed(TABLES)]
    vectors = [node.layer() for node in part.findLayers() if isinstance(node.layer(), QgsVectorLayer)]
    names = {layer.id(): name for layer, _, name in package_styles.known(vectors).values()}
    # What somebody put there has no place in that order.
    there = [names.get(node.layerId(), "") if QgsLayerTree.isLayer(node) else "" for node in part.children()]
    above = [n for n, name in enumerate(there) if name and order.index(name) < order.index(table)]
    return max(above) + 1 if above else 0
