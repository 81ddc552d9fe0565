"""osm2cdr:exportcanvas: the project's own layers, as QGIS draws them, in one or more formats."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapTheme,
    QgsProcessingParameterMultipleLayers,
    QgsProject,
)

from ..cartography.rendering.canvas import Canvas, can_be_written, check_formats
from ..cartography.rendering.canvas_area import area_of, crs_name
from ..cartography.rendering.picture import reference_system
from ..cartography.rendering.project_view import ordered_layers, visible_layers
from ..errors import ExportError, RequestError
from ..formats.registry import written_formats
from ..geo.projection import spatial_reference
from ..request import naming
from ..request.checks import make_request
from ..request.export_request import ExportRequest
from ..text.translation import tr
from .base import ExportAlgorithm

_PAGES = ("CRS", "PAGE", "ORIENTATION", "SCALE", "DPI", "TITLE", "TEXT", "COLORS", "OPTIONS")


class ExportCanvas(ExportAlgorithm):
    """An extent of the project, some formats, a folder of files."""

    def __init__(self) -> None:
        super().__init__()
        self._canvas: Canvas | None = None
        self._request: ExportRequest | None = None
        self._crs = QgsCoordinateReferenceSystem()

    def createInstance(self) -> ExportCanvas:  # noqa: N802
        """A new one, as Processing wants it."""
        return ExportCanvas()

    def name(self) -> str:
        """The id."""
        return "exportcanvas"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Export the canvas")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["project", "layers", "canvas", "theme", "svg", "pdf", "cdr", "ai", "dxf", "print"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Exports the project's own layers, whatever their source and style, as QGIS draws them: named layers of "
            "curves and texts for artwork, images, and the vector layers as GIS and CAD data. What a drawing cannot "
            "hold (rasters, patterns, blending, effects, opacity of a layer) is kept as a picture in its place, and a "
            "warning says which layer that is."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        formats = [item.id for item in written_formats() if can_be_written(item)]
        layers = QgsProcessingParameterMultipleLayers(
            "INPUT", tr("Layers (none: the visible ones)"), QgsProcessing.SourceType.TypeMapLayer, optional=True
        )
        layers.setHelp(tr("Layers of the project are drawn in the project's order, others above them."))
        theme = QgsProcessingParameterMapTheme("THEME", tr("Map theme"), optional=True)
        theme.setHelp(tr("Shows the layers of this theme, in its styles."))
        self.addParameter(QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True))
        self.add_parameter(QgsProcessingParameterEnum("FORMATS", tr("Formats"), formats, True, "svg", False, True))
        self.addParameter(layers)
        self.addParameter(theme)
        self.add_parameters(only=_PAGES)
        self.add_names(tr("Empty: named as the project."))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Folder")))
        self.addOutput(QgsProcessingOutputString("FILES", tr("Files, as JSON")))
        self.add_outputs()

    def has_own_layers(self, parameters: Any) -> bool:
        """Always."""
        return True

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request that the parameters make; with its layers, which must be there."""
        if self._request is not None:
            return self._request
        self._layers(parameters, context)
        fields = self.fields(parameters, context)
        fields["formats"] = self.words(parameters, "FORMATS", context) or "svg"
        fields["name"] = self.parameterAsString(parameters, "NAME", context) or _project_name(context.project())
        if parameters.get("EXTENT") in (None, ""):
            raise RequestError(
                "no_extent", "Give an extent: the canvas's own, or xmin,xmax,ymin,ymax [EPSG:n].", "extent"
            )
        given = self.parameterAsExtentCrs(parameters, "EXTENT", context)
        box = self.parameterAsExtent(parameters, "EXTENT", context)
        if not given.isValid():
            raise RequestError("bad_extent", "The extent names no CRS: give xmin,xmax,ymin,ymax [EPSG:n].", "extent")
        self._crs = target = self._target(fields["crs"], context, given)
        area = area_of(box, given, target, context.transformContext())
        request = make_request(fields, area=area)
        check_formats(request.formats)
        # Pages are drawn in the project's own CRS where that has metres.
        return request if request.crs or target.isGeographic() else replace(request, crs=crs_name(target))

    def area_fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """None: a rectangle of the project's CRS is no box of longitude and latitude."""
        return {}

    def _target(
        self, asked: str, context: QgsProcessingContext, given: QgsCoordinateReferenceSystem
    ) -> QgsCoordinateReferenceSystem:
        """The CRS of pages: the one asked for, else the project's, else the extent's."""
        if asked:
            spatial_reference(asked.strip().upper())
            return reference_system(asked.strip().upper())
        project = context.project()
        return project.crs() if project and project.crs().isValid() else given

    def _layers(self, parameters: Any, context: QgsProcessingContext) -> list[QgsMapLayer]:
        """The layers to draw, the top one first; RequestError where there are none."""
        project, theme = context.project(), self.parameterAsString(parameters, "THEME", context)
        named = self.layers_of("INPUT", parameters, context)
        if project is None:
            if theme or not named:
                raise RequestError(
                    "no_project", "There is no project: open one (--PROJECT_PATH=...), or name layers.", "input"
                )
            return named
        if not named or theme:
            shown = visible_layers(project, theme)
        if not named:
            return shown
        order = {layer.id(): number for number, layer in enumerate(ordered_layers(project))}
        return sorted(named, key=lambda layer: order.get(layer.id(), -1))

    def prepareAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take what the other thread needs of the project while it is at hand."""
        try:
            self._request = self.request(parameters, context)
            theme = self.parameterAsString(parameters, "THEME", context)
            self._canvas = Canvas.take(self._layers(parameters, context), self._crs, context, theme)
        except ExportError as error:
            self._fail(error.code, error.field, error.text)
        return True

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Export."""
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        drawn, self._canvas = self._canvas, None
        if drawn is not None:
            drawn.adopt()
        overwrite = self.parameterAsBool(parameters, "OVERWRITE", context)
        done = self.export(parameters, context, feedback, folder, canvas=drawn, overwrite=overwrite)
        return {} if done is None else self.several(folder, *done)


def _project_name(project: QgsProject | None) -> str:
    """What a project is called by its file, or by its title; else empty."""
    return naming.usable(project.baseName() or project.title()) if project else ""
