"""osm2cdr:applystyle: a map style for layers of ours, in the project and in their GeoPackage."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ..cartography.styles import package_styles
from ..cartography.styles.layer_styles import apply_style
from ..cartography.themes.loading import load_theme
from ..errors import ExportError, RequestError
from ..request import pages
from ..request.export_request import ExportRequest
from ..text.phrases import sized
from ..text.sentence import say
from ..text.translation import tr
from .base import ExportAlgorithm

Target = tuple[QgsVectorLayer, Path, str]


class ApplyStyle(ExportAlgorithm):
    """Layers in, the same layers styled."""

    def createInstance(self) -> ApplyStyle:  # noqa: N802
        """A new one, as Processing wants it."""
        return ApplyStyle()

    def name(self) -> str:
        """The id."""
        return "applystyle"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Apply map style")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["osm", "openstreetmap", "style", "symbology", "labels", "theme"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Gives layers of OpenStreetMap data (roads, buildings, water ...) a map style, and saves it in their "
            "GeoPackage, so that it shows wherever the file is opened. Choose layers of the project or a GeoPackage "
            "that an export made; with nothing chosen, all such layers of the project are styled."
        )

    def flags(self) -> Any:
        """In the main thread: the project's layers may be touched nowhere else."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        kind = QgsProcessing.SourceType.TypeVectorAnyGeometry
        self.add_parameter(
            QgsProcessingParameterMultipleLayers("INPUT", tr("Layers or GeoPackage (none: all)"), kind, optional=True)
        )
        self.add_parameters(only=("STYLE", "DETAIL_LEVEL", "SCALE", "LANGUAGE"))
        self.addOutput(QgsProcessingOutputNumber("STYLED", tr("Layers styled")))
        self.addOutput(QgsProcessingOutputString("OUTPUT", tr("GeoPackages, one a line")))

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request; the area is that of the layers."""
        return self._request_for(self._targets(parameters, context), parameters, context)

    def _request_for(self, targets: list[Target], parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        layers = [layer for layer, _, _ in targets]
        return package_styles.request_for(layers, context.transformContext(), **self.fields(parameters, context))

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Style, and save."""
        try:
            targets = self._targets(parameters, context)
            request = self._request_for(targets, parameters, context)
            scale = pages.make_page(request).scale
            feedback.pushInfo(tr("Styled for 1:{0}, detail level {1}.").format(scale, request.detail))
            styled, saved = self._style(targets, request, scale, feedback)
        except ExportError as error:
            self._fail(error.code, error.field, error.text)
        return {"STYLED": styled, "OUTPUT": "\n".join(map(str, saved))}

    def _style(
        self, targets: list[Target], request: ExportRequest, scale: int, feedback: QgsProcessingFeedback
    ) -> tuple[int, list[Path]]:
        styled = 0
        saved: dict[Path, list[tuple[QgsVectorLayer, str]]] = {}
        theme = load_theme(request.style)
        for number, (layer, path, table) in enumerate(targets):
            if feedback.isCanceled():
                break
            feedback.setProgress(100 * number / len(targets))
            if not apply_style(layer, table, theme, scale, request.detail, request.language):
                feedback.pushInfo(tr("The style draws nothing of {0}.").format(layer.name()))
            styled += 1
            layer.triggerRepaint()
            if package_styles.in_package(layer):
                saved.setdefault(path, []).append((layer, table))
            else:
                feedback.pushInfo(
                    tr("{0} is of no GeoPackage: its style is in the project alone.").format(layer.name())
                )
        for path, layers in saved.items():
            package_styles.save(path, layers, theme.name)
        # What was made is the last of it.
        feedback.pushInfo(tr("Layers styled: {0}.").format(styled))
        for path in saved:
            feedback.pushInfo(f"{path}, {sized(path.stat().st_size)}")
        return styled, list(saved)

    def _targets(self, parameters: Any, context: QgsProcessingContext) -> list[Target]:
        """The layers to style; raises RequestError where there is none, or one cannot be saved."""
        project = context.project()
        own = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer)] if project else []
        value = parameters.get("INPUT")
        layers: list[QgsVectorLayer] = []
        if value in (None, "", []):
            layers = own
        for entry in value if isinstance(value, (list, tuple)) else [value] if value else []:
            layers += self._layers(entry, own, context)
        found = package_styles.known(layers)
        if not found and value:
            raise RequestError(
                "no_table",
                "INPUT holds no layer of OpenStreetMap data, such as roads or buildings; give layers that were "
                "loaded by this plugin, or the GeoPackage of an export.",
                "input",
            )
        if not found:
            raise RequestError("no_table", "The project has no layer of OpenStreetMap data; load some first.", "input")
        for path in {path for layer, path, _ in found.values() if package_styles.in_package(layer)}:
            if not os.access(path, os.W_OK):
                raise RequestError(
                    "read_only", say("The GeoPackage {0} cannot be changed; unlock it, or style a copy.", path), "input"
                )
        return list(found.values())

    def _layers(self, entry: Any, own: list[QgsVectorLayer], context: QgsProcessingContext) -> list[QgsVectorLayer]:
        """The layers that one entry of INPUT names: all of a GeoPackage, those of the project in their place."""
        path = Path(entry) if isinstance(entry, str) else None
        if path is not None and path.is_file():
            places = [(layer, *package_styles.place(layer)) for layer in own]
            shown = {table: layer for layer, file, table in places if file.resolve() == path.resolve()}
            made = package_styles.opened(path)
            if not all(map(package_styles.in_package, [*shown.values(), *made])) or not (shown or made):
                raise RequestError(
                    "no_package", say("The file {0} is not a GeoPackage of OpenStreetMap data.", path), "input"
                )
            return [*shown.values(), *(layer for layer in made if package_styles.place(layer)[1] not in shown)]
        layer = entry if isinstance(entry, QgsVectorLayer) else QgsProcessingUtils.mapLayerFromString(entry, context)
        if not isinstance(layer, QgsVectorLayer):
            raise RequestError("bad_input", say("The layer {0} of INPUT cannot be read.", repr(entry)), "input")
        return [layer]
