"""The project's own layers in place of OpenStreetMap: drawn as QGIS draws them, read as data where they are vectors.

Layers belong to the thread of the window. A `Canvas` therefore takes copies while that thread is at hand, as QGIS's own
rendering algorithms do, and hands them on: `take` in the window's thread, `adopt` in the one that works.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsMapSettings,
    QgsProcessingContext,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QThread

from ...errors import RequestError
from ...feedback import Feedback
from ...formats.catalogue import FORMATS, Format
from ...geo.gdal_settings import quiet
from ...request.pages import Page
from ...sources.project_layers import Input, can_be_input, rights
from ...text.sentence import say
from ..fonts import font_files
from ..themes.loading import load_theme
from .masking import masks
from .picture import Picture, reference_system
from .project_view import project_settings


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
        layers: Iterable[QgsMapLayer],
        crs: QgsCoordinateReferenceSystem,
        context: QgsProcessingContext,
        theme: str = "",
        styles: dict[str, str] | None = None,
        as_data: bool = True,
    ) -> Canvas:
        """Copies of `layers` in the styles of the project, or of its map theme; to be called in the layers' thread.

        `crs` is the one asked for: the project's, or another. `styles` take the place of the theme's, as XML by the
        layer's id. `as_data`: they are to be read as data as well.
        Raises RequestError where none of them can be read.
        """
        project = context.project()
        if styles is None:
            styles = project.mapThemeCollection().mapThemeStyleOverrides(theme) if theme and project else {}
        settings, background = project_settings(project, context)
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
            if as_data and can_be_input(layer):
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
        return self.drawn(page, reference_system(page.crs), feedback)

    def drawn(self, page: Page, crs: QgsCoordinateReferenceSystem, feedback: Feedback) -> Picture:
        """The layers on a page, in any CRS."""
        # The notice has its letters; Qt keeps what it finds in their place, for the whole session.
        font_files.register()
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
