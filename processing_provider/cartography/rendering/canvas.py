"""The project's own layers in place of OpenStreetMap: drawn as QGIS draws them, read as data where they are vectors.

Layers belong to the thread of the window. A `Canvas` therefore takes copies while that thread is at hand, as QGIS's own
rendering algorithms do, and hands them on: `take` in the window's thread, `adopt` in the one that works.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, field
from typing import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QThread

from ...errors import RequestError
from ...feedback import Feedback
from ...formats.catalogue import FORMATS, Format
from ...geo.area import Area, Extent
from ...geo.gdal_settings import quiet
from ...geo.projection import EDGE_PIECES, WGS84
from ...request.pages import Page
from ...sources.project_layers import Input, can_be_input, rights
from ...text.phrases import listed, nearest
from ...text.sentence import say
from ..fonts import font_files
from ..themes.loading import load_theme
from .masking import masks
from .picture import Picture, reference_system

_LONLAT = QgsCoordinateReferenceSystem(WGS84)


def can_be_written(item: Format) -> bool:
    """Whether a format can be made of any layers: some need OpenStreetMap's objects or its buildings."""
    return item.is_styled or item.holds_features


def check_formats(names: Iterable[str]) -> None:
    """Raise RequestError for a format that cannot be made of layers."""
    for name in names:
        if not can_be_written(FORMATS[name]):
            raise RequestError(
                "needs_osm",
                say(
                    "{0} is made of OpenStreetMap's own data, not of a project's layers; leave it out.",
                    say(FORMATS[name].name),
                ),
                "formats",
            )


def crs_name(crs: QgsCoordinateReferenceSystem) -> str:
    """The CRS as requests have it: its code, or a PROJ string where it is nobody's but the user's."""
    code = str(crs.authid())
    return code if code.split(":")[0] in ("EPSG", "ESRI") else str(crs.toProj())


def area_of(
    box: QgsRectangle,
    given: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Area:
    """The area of a rectangle in the CRS `given`: exactly a rectangle there, or in `target` where that is projected.

    Raises RequestError where it is empty or lies nowhere.
    """
    if box.isEmpty() or not box.isFinite():
        raise RequestError("bad_extent", "The extent is empty: its sides must rise in pairs.", "extent")
    nowhere = RequestError("bad_extent", say("The extent lies outside what {0} can show.", crs_name(target)), "extent")
    crs = given
    try:
        if target.isValid() and not target.isGeographic() and target != given:
            box = QgsCoordinateTransform(given, target, context).transformBoundingBox(box)
            crs = target
        way = QgsCoordinateTransform(crs, _LONLAT, context)
        middle = way.transform(box.center())
        outline = QgsGeometry.fromRect(box).densifyByCount(EDGE_PIECES)
        outline.transform(way)
    except QgsCsException as error:
        raise nowhere from error
    ring = [(point.x(), point.y()) for point in outline.asPolygon()[0]]
    centre = (middle.x(), middle.y())
    if not box.isFinite() or not all(math.isfinite(value) for point in [*ring, centre] for value in point):
        raise nowhere
    extent = Extent(crs_name(crs), box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum(), centre)
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    # Round a pole or across the antimeridian the outline of a rectangle is none in degrees.
    steps = [other - one for one, other in zip(lons, lons[1:])]
    torn = any(abs(step) > 180 for step in steps)
    west, east = (-180.0, 180.0) if torn else (max(min(lons), -180.0), min(max(lons), 180.0))
    south, north = max(min(lats), -90.0), min(max(lats), 90.0)
    if abs(sum((step + 180) % 360 - 180 for step in steps)) > 180:
        south, north = (south, 90.0) if middle.y() > 0 else (-90.0, north)
    if west >= east or south >= north:
        raise nowhere
    inside = not torn and min(lons) >= -180 and max(lons) <= 180 and min(lats) >= south and max(lats) <= north
    rings = ((tuple(ring),),) if inside and crs != _LONLAT else ()
    return Area(west, south, east, north, rings, extent)


def visible_layers(project: QgsProject, theme: str = "") -> list[QgsMapLayer]:
    """The layers that the project shows, or that it shows in a theme, the top one first; RequestError where none is."""
    themes = project.mapThemeCollection()
    if theme and not themes.hasMapTheme(theme):
        known = themes.mapThemes()
        there = listed(known) if known else say("none")
        raise RequestError(
            "unknown_theme",
            say("The project has no map theme {0}{1}; there are {2}.", repr(theme), nearest(theme, known), there),
            "theme",
        )
    ordered = ordered_layers(project)
    if theme:
        shown = {layer.id() for layer in themes.mapThemeVisibleLayers(theme)}
    else:
        root = project.layerTreeRoot()
        groups = [group for group in root.findGroups(True) if hasattr(group, "groupLayer") and group.groupLayer()]
        shown = {node.layerId() for node in root.findLayers() if node.isVisible()}
        shown |= {group.groupLayer().id() for group in groups if group.isVisible()}
    layers = [layer for layer in ordered if layer.id() in shown]
    if not layers:
        raise RequestError("no_layers", "No layer of the project is visible; tick some, or name them.", "input")
    notes = project.mainAnnotationLayer()
    return [notes, *layers] if notes.items() else layers


def ordered_layers(project: QgsProject) -> list[QgsMapLayer]:
    """All layers as the project draws them, the top one first; those of a group that is drawn as one stand as one."""
    root = project.layerTreeRoot()
    # Since QGIS 3.24.
    ask = getattr(root, "layerOrderRespectingGroupLayers", None) or root.layerOrder
    # A table without shapes is nothing to draw; whether a layer that cannot be read has some, nobody knows.
    return [layer for layer in ask() if layer is not None and (layer.isSpatial() or not layer.isValid())]


@dataclass
class Canvas:
    """Copies of layers, the top one first, and how the project draws them."""

    layers: list[QgsMapLayer]
    inputs: tuple[Input, ...]
    settings: QgsMapSettings
    background: str
    notice: str
    # The one asked for; pages in degrees are drawn in another.
    crs: QgsCoordinateReferenceSystem
    # Sentences about layers that are not there.
    warnings: list[str] = field(default_factory=list)
    # Names of layers that are no data.
    drawn_only: list[str] = field(default_factory=list)
    _parts: list[QgsMapLayer] = field(default_factory=list)

    @staticmethod
    def take(
        layers: Iterable[QgsMapLayer], crs: QgsCoordinateReferenceSystem, context: QgsProcessingContext, theme: str = ""
    ) -> Canvas:
        """Copies of `layers` in the styles of the project, or of its map theme; to be called in the layers' thread.

        `crs` is the one asked for: the project's, or another.
        Raises RequestError where none of them can be read.
        """
        project = context.project()
        styles = project.mapThemeCollection().mapThemeStyleOverrides(theme) if theme and project else {}
        settings, background = _settings(project, context)
        result = Canvas([], (), settings, background, "", crs)
        inputs, notices = [], []
        for layer in layers:
            if not layer.isValid():
                result.warnings.append(say("The layer {0} is left out: it cannot be read.", layer.name()))
                continue
            if not layer.isSpatial():
                result.warnings.append(say("The layer {0} is left out: it is a table without shapes.", layer.name()))
                continue
            copy = result._copy(layer, styles)
            if copy is None:
                result.warnings.append(say("The layer {0} is left out: QGIS cannot copy it.", layer.name()))
                continue
            if isinstance(layer, QgsVectorLayer) and masks(layer):
                result.warnings.append(say("The layer {0} masks others: they are drawn whole.", layer.name()))
            if isinstance(layer, QgsVectorLayer) and layer.isModified():
                result.warnings.append(
                    say("The layer {0} has edits that are not saved: pictures lack them.", layer.name())
                )
            result.layers.append(copy)
            notices.append(rights(layer))
            if can_be_input(layer):
                inputs.append(Input.of(layer, context, True))
            else:
                result.drawn_only.append(layer.name())
        if not result.layers:
            raise RequestError("no_layers", "None of the layers can be read.", "input")
        result.inputs = tuple(inputs)
        result.notice = "; ".join(dict.fromkeys(notice for notice in notices if notice))
        # Without a thread, until another one adopts them.
        for copy in [*result.layers, *result._parts]:
            copy.moveToThread(None)
        return result

    def _copy(self, layer: QgsMapLayer, styles: dict[str, str]) -> QgsMapLayer | None:
        copy = layer.clone()
        if copy is None:
            return None
        copy.setName(layer.name())
        if layer.id() in styles:
            QgsMapLayerStyle(styles[layer.id()]).writeToLayer(copy)
        # A group that is drawn as one layer, since QGIS 3.24: its layers are the window's too.
        if hasattr(layer, "childLayers"):
            children = [made for made in (self._copy(child, styles) for child in layer.childLayers()) if made]
            self._parts += children
            copy.setChildLayers(children)
        return copy

    def adopt(self) -> None:
        """Make the copies those of the thread that calls."""
        for copy in [*self.layers, *self._parts]:
            copy.moveToThread(QThread.currentThread())

    def picture(self, page: Page, feedback: Feedback) -> Picture:
        """The layers on a page."""
        if self.crs.isGeographic():
            feedback.warning(
                "crs_in_degrees",
                say("The CRS {0} counts in degrees: pages are drawn in a local one in metres.", self.crs.authid()),
            )
        # The notice has its letters; Qt keeps what it finds in their place, for the whole session.
        font_files.register()
        crs = reference_system(page.crs)
        picture = Picture(
            self.layers, page, crs, self.background, load_theme("default"), notice=self.notice, base=self.settings
        )
        box = QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax)
        for number, layer in enumerate(self.layers):
            feedback.progress(100 * number / len(self.layers))
            with quiet() as errors:
                found = self._objects(layer, box, crs, feedback)
            if errors.failures:
                feedback.warning(
                    "layer_not_whole",
                    say("The layer {0} is not whole: its source stopped with {1}.", layer.name(), errors.text),
                )
            picture.objects[layer.name()] = picture.objects.get(layer.name(), 0) + found
        return picture

    def _objects(
        self, layer: QgsMapLayer, box: QgsRectangle, crs: QgsCoordinateReferenceSystem, feedback: Feedback
    ) -> int:
        """How many features a layer has on the page; one of another kind is one object."""
        if not isinstance(layer, QgsVectorLayer):
            return 1
        way = QgsCoordinateTransform(crs, layer.crs(), self.settings.transformContext())
        request = QgsFeatureRequest().setNoAttributes()
        with contextlib.suppress(QgsCsException):
            request.setFilterRect(way.transformBoundingBox(box))
        found = 0
        for found, _ in enumerate(layer.getFeatures(request), 1):
            if not found % 1000:
                feedback.check()
        return found


def _settings(project: QgsProject | None, context: QgsProcessingContext) -> tuple[QgsMapSettings, str]:
    """What a project says about drawing, and its background."""
    settings = QgsMapSettings()
    settings.setTransformContext(context.transformContext())
    # One by one: a list of scopes would stay Python's.
    variables = QgsExpressionContext()
    variables.appendScope(QgsExpressionContextUtils.globalScope())
    background = "#FFFFFF"
    if project is not None:
        settings.setPathResolver(project.pathResolver())
        settings.setEllipsoid(project.ellipsoid())
        settings.setLabelingEngineSettings(project.labelingEngineSettings())
        variables.appendScope(QgsExpressionContextUtils.projectScope(project))
        background = project.backgroundColor().name()
    settings.setExpressionContext(variables)
    return settings, background
