"""osm2cdr:exportarea: an OpenStreetMap area in one or more formats."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..formats.registry import written_formats
from ..request import naming
from ..request.export_request import ExportRequest
from ..request.request_argument import REQUEST
from ..text.translation import tr
from .base import ExportAlgorithm


class ExportArea(ExportAlgorithm):
    """An area, some formats, a folder of files."""

    def createInstance(self) -> ExportArea:  # noqa: N802
        """A new one, as Processing wants it."""
        return ExportArea()

    def name(self) -> str:
        """The id."""
        return "exportarea"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Export OpenStreetMap area")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["osm", "openstreetmap", "map", "svg", "pdf", "dxf", "stl", "download"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Exports an area of OpenStreetMap as finished maps and data. Give either an extent or a polygon layer. The "
            "data come from the public Overpass servers, or from an extract (.osm.pbf, .osm) of your own. Data © "
            "OpenStreetMap contributors, ODbL."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        formats = [item.id for item in written_formats()]
        self.add_parameters(QgsProcessingParameterEnum("FORMATS", tr("Formats"), formats, True, "svg", False, True))
        self.add_names(tr("Empty: named by the extract, or by the greatest place that Overpass knows in the area."))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Folder")))
        self.addOutput(QgsProcessingOutputString("FILES", tr("Files, as JSON")))
        self.add_outputs()
        given = QgsProcessingParameterString(REQUEST, tr("A request that was checked before"), "", False, True)
        given.setFlags(given.flags() | QgsProcessingParameterDefinition.Flag.FlagHidden)
        self.addParameter(given)

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request that launcher or server checked, or the one that the parameters make."""
        given = self.parameterAsString(parameters, REQUEST, context)
        return ExportRequest.read(given) if given else super().request(parameters, context)

    def fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """The request's fields."""
        fields = super().fields(parameters, context)
        fields["formats"] = self.words(parameters, "FORMATS", context) or "svg"
        given = self.parameterAsString(parameters, "NAME", context)
        fields["name"] = given or naming.of_source(fields["source"].strip()) or None
        return fields

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Export."""
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        overwrite = self.parameterAsBool(parameters, "OVERWRITE", context)
        done = self.export(parameters, context, feedback, folder, overwrite=overwrite)
        return {} if done is None else self.several(folder, *done)
