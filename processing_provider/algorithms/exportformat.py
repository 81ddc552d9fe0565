"""osm2cdr:exportformat: one format, one file; of an OpenStreetMap area, or of layers that a model made."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsVectorLayer,
)

from ..errors import RequestError
from ..formats.catalogue import FORMATS
from ..formats.registry import written_formats
from ..geo.area import EARTH_KM2
from ..request.checks import make_request
from ..request.export_request import ExportRequest
from ..sources.project_layers import Input, lonlat_box
from ..text.sentence import say
from ..text.translation import tr
from .base import ExportAlgorithm


class ExportFormat(ExportAlgorithm):
    """An area or layers, one format, one file."""

    def __init__(self) -> None:
        super().__init__()
        self._inputs: tuple[Input, ...] = ()

    def createInstance(self) -> ExportFormat:  # noqa: N802
        """A new one, as Processing wants it."""
        return ExportFormat()

    def name(self) -> str:
        """The id."""
        return "exportformat"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Export one format")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["osm", "openstreetmap", "layers", "convert", "model"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Exports an area of OpenStreetMap, or layers of your own in its place, as one file of one "
            "format. Layers of the project keep their style, others are drawn in the map style; without an extent or "
            "polygons the layers are exported whole."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        formats = [item.id for item in written_formats()]
        kind = QgsProcessing.SourceType.TypeVectorAnyGeometry
        self.add_parameters(
            QgsProcessingParameterMultipleLayers("INPUT", tr("Layers in place of OpenStreetMap"), kind, optional=True),
            QgsProcessingParameterEnum("FORMAT", tr("Format"), formats, False, "svg", False, True),
        )
        endings = {item.extension: item.name for item in reversed(written_formats())}
        filters = ";;".join(f"{name} (*.{ending})" for ending, name in reversed(endings.items()))
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", tr("File"), filters))
        self.add_outputs()

    def fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """The request's fields; the area of INPUT where none is given."""
        fields = super().fields(parameters, context)
        fields["formats"] = str(parameters.get("FORMAT") or "svg")
        layers = self._layers(parameters, context)
        if layers and "bbox" not in fields and "geometry" not in fields:
            fields["bbox"] = list(lonlat_box(layers, context.transformContext()))
        return fields

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request: exactly one format, and no limit of area where the layers are the user's own."""
        whole = bool(parameters.get("INPUT"))
        return make_request(self.fields(parameters, context), 1, EARTH_KM2 if whole else None)

    def _layers(self, parameters: Any, context: QgsProcessingContext) -> list[QgsVectorLayer]:
        """The layers of INPUT, which are vector layers with shapes."""
        layers = self.layers_of("INPUT", parameters, context)
        for layer in layers:
            if not isinstance(layer, QgsVectorLayer) or not layer.isSpatial():
                name = layer.name()
                raise RequestError(
                    "bad_input", say("The layer {0} of INPUT is no vector layer with shapes.", repr(name)), "input"
                )
        return layers

    def prepareAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take what the other thread needs of the layers while they are at hand."""
        own = context.project().mapLayers() if context.project() else {}
        try:
            layers = self._layers(parameters, context)
        except RequestError as error:
            self._fail(error.code, error.field, error.text)
        self._inputs = tuple(Input.of(layer, context, layer.id() in own) for layer in layers)
        return True

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Export."""
        item = FORMATS[str(parameters.get("FORMAT") or "svg")]
        target = given = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        if target.suffix.lower() != f".{item.extension}":
            endings = {f".{other.extension}" for other in written_formats()} | {".file", ""}
            known = target.suffix.lower() in endings
            target = target.with_suffix(f".{item.extension}") if known else Path(f"{target}.{item.extension}")
            feedback.pushInfo(tr("The file is called {0}, as {1} wants it.").format(target.name, item.name))
        # What QGIS's dialog asked about is the file of that very name.
        done = self.export(
            parameters, context, feedback, target.parent, self._inputs, target, overwrite=target == given
        )
        if done is None:
            return {}
        files, warnings = done
        told = [*warnings, *files[0].warnings]
        return {"OUTPUT": files[0].path, "WARNINGS": "\n".join(told), "FEATURES": files[0].features}
