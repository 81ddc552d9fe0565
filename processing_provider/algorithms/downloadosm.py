"""osm2cdr:downloadosm: OpenStreetMap data of an area as one GeoPackage, loaded, grouped and styled in QGIS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFileDestination,
    QgsProject,
)
from qgis.PyQt.QtCore import QTimer

from ..cartography.styles.layer_styles import apply_style
from ..cartography.themes.loading import load_theme
from ..osm.tables.layers import BY_NAME, TABLES, chosen
from ..request import pages
from ..request.export_request import ExportRequest
from ..request.plan import wants_rest
from ..text.translation import tr
from .base import ExportAlgorithm

_KINDS = {
    "point": QgsProcessing.SourceType.TypeVectorPoint,
    "line": QgsProcessing.SourceType.TypeVectorLine,
    "polygon": QgsProcessing.SourceType.TypeVectorPolygon,
}
_GROUP = "OpenStreetMap"
# Processing keeps no reference to them, and the algorithm is gone when the layers are loaded.
_waiting: list[Styler] = []


class DownloadOsm(ExportAlgorithm):
    """An area, one GeoPackage, an output for every table."""

    def createInstance(self) -> DownloadOsm:  # noqa: N802
        """A new one, as Processing wants it."""
        return DownloadOsm()

    def name(self) -> str:
        """The id."""
        return "downloadosm"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Load OpenStreetMap data")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["osm", "openstreetmap", "roads", "buildings", "download", "layers"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Reads an area of OpenStreetMap into one GeoPackage with a table for each layer (roads, buildings, water "
            "...). In QGIS the layers are loaded into a group and styled; in a model each layer is an output. Data © "
            "OpenStreetMap contributors, ODbL."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        self.add_parameters(only=("EXTENT", "MASK", "DETAIL_LEVEL", "LAYERS", "SOURCE", "TIMEOUT", "TAGS", "LANGUAGE"))
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", tr("GeoPackage"), "GeoPackage (*.gpkg)"))
        for table in TABLES:
            self.addOutput(QgsProcessingOutputVectorLayer(table.name.upper(), tr(table.title), _KINDS[table.geometry]))
        self.add_outputs()

    def fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """The request's fields."""
        return {**super().fields(parameters, context), "formats": "gpkg", "options": {"empty_tables": True}}

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, and tell QGIS what to load."""
        target = given = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        if target.suffix.lower() != ".gpkg":
            target = Path(f"{target}.gpkg")
        done = self.export(parameters, context, feedback, target.parent, target=target, overwrite=target == given)
        if done is None:
            return {}
        files, warnings = done
        request, target = self.request(parameters, context), Path(files[0].path)
        results: dict[str, Any] = {
            "OUTPUT": str(target),
            "WARNINGS": "\n".join(warnings),
            "FEATURES": files[0].features,
        }
        for table in chosen(request.layers, wants_rest(request)):
            results[table.name.upper()] = f"{target}|layername={table.name}"
        self._load(files[0].layers, target, request, context)
        return results

    def _load(
        self, layers: dict[str, int], target: Path, request: ExportRequest, context: QgsProcessingContext
    ) -> None:
        """Ask for the tables that hold something."""
        if context.project() is None:
            return
        scale = pages.make_page(request).scale
        # Ids of the layers of this run, by table, as they are loaded.
        loaded: dict[str, str] = {}
        for table in TABLES:
            if layers.get(table.name):
                uri = f"{target}|layername={table.name}"
                details = QgsProcessingContext.LayerDetails(tr(table.title), context.project(), table.name.upper())
                styler = Styler(table.name, request, scale, loaded)
                details.setPostProcessor(styler)
                _waiting.append(styler)
                context.addLayerToLoadOnCompletion(uri, details)


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer once QGIS has loaded it, and moves it into its group."""

    def __init__(self, table: str, request: ExportRequest, scale: int, loaded: dict[str, str]) -> None:
        super().__init__()
        self.table, self.request, self.scale, self.loaded = table, request, scale, loaded

    def postProcessLayer(  # noqa: N802
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Runs in the main thread."""
        layer.setName(tr(BY_NAME[self.table].title))
        request = self.request
        apply_style(layer, self.table, load_theme(request.style), self.scale, request.detail, request.language)
        self.loaded[self.table] = layer.id()
        # Once QGIS has put all of them into its tree, in an order of its own.
        if len(self.loaded) == 1:
            project, loaded = context.project(), self.loaded
            QTimer.singleShot(0, lambda: arrange(project, loaded))


def arrange(project: QgsProject, loaded: dict[str, str]) -> None:
    """Move the layers (ids by table) into a group of their own, in the order of drawing."""
    _waiting[:] = [styler for styler in _waiting if styler.loaded is not loaded]
    root = project.layerTreeRoot()
    group = root.insertGroup(0, _GROUP)
    for table in reversed(TABLES):
        node = root.findLayer(loaded.get(table.name, ""))
        if node is not None:
            group.addChildNode(node.clone())
            node.parent().removeChildNode(node)
