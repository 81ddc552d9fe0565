"""A styled map on a page: what the writers of pictures get."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsLabelBlockingRegion,
    QgsLabelingEngineSettings,
    QgsMapLayer,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor

from ...osm.tables.map_data import NOTICE
from ...request.pages import Page
from ..sheet.decorations import Piece
from ..sheet.layout import furniture
from ..themes.loading import Theme


def reference_system(crs: str) -> QgsCoordinateReferenceSystem:
    """QGIS's CRS of an authority code or a PROJ string."""
    if crs.startswith("+"):
        return QgsCoordinateReferenceSystem.fromProj(crs)
    return QgsCoordinateReferenceSystem(crs)


@dataclass
class Picture:
    """Styled layers, the top one first, and the page that they are drawn on."""

    layers: list[QgsMapLayer]
    page: Page
    crs: QgsCoordinateReferenceSystem
    background: str
    theme: Theme
    objects: dict[str, int] = field(default_factory=dict)
    notice: str = NOTICE
    # Of the data, ISO 8601 or empty.
    date: str = ""
    # Names that found no place, as (style, name), and why.
    unnamed: dict[tuple[str, str], str] = field(default_factory=dict)
    # How a project draws: labels' engine, variables, paths.
    base: QgsMapSettings | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether the layers are a project's own: then what one of them lacks is told, and the others are drawn."""
        return self.base is not None

    def furniture(self, alone: bool = False) -> list[Piece]:
        """What stands round the map and on it (see layout.furniture)."""
        return furniture(self, alone)

    def map_settings(self, dpi: float, alone: bool = False) -> QgsMapSettings:
        """Settings that render the map at `dpi`; geometry and text stay vectors where the device keeps them.

        Labels keep clear of what stands on the map.
        """
        page = self.page
        settings = QgsMapSettings(self.base) if self.base else QgsMapSettings()
        settings.setLayers(self.layers)
        settings.setDestinationCrs(self.crs)
        settings.setExtent(QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax))
        settings.setOutputDpi(dpi)
        settings.setOutputSize(QSize(round(page.width_mm / 25.4 * dpi), round(page.height_mm / 25.4 * dpi)))
        settings.setBackgroundColor(QColor(self.background))
        settings.setFlag(QgsMapSettings.Flag.Antialiasing, True)
        settings.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        engine = settings.labelingEngineSettings()
        if self.base is None:
            engine.setFlag(QgsLabelingEngineSettings.Flag.UsePartialCandidates, False)
            engine.setMaximumLineCandidatesPerCm(8)
            engine.setMaximumPolygonCandidatesPerCmSquared(4)
        else:
            scope = QgsExpressionContextUtils.mapSettingsScope(settings)
            context = QgsExpressionContext(settings.expressionContext())
            context.appendScope(scope)
            settings.setExpressionContext(context)
        engine.setFlag(QgsLabelingEngineSettings.Flag.DrawUnplacedLabels, False)
        # The labels' engine has a setting of its own, and its default is outlines.
        engine.setDefaultTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        settings.setLabelingEngineSettings(engine)
        settings.setLabelBlockingRegions(self._taken(alone))
        return settings

    def plates(self, alone: bool = False) -> list[QRectF]:
        """What stands on the map, in mm from its upper left corner."""
        left, top = (0.0, 0.0) if alone else (self.page.sheet.left, self.page.sheet.top)
        return [piece.box.translated(-left, -top) for piece in self.furniture(alone) if piece.name == "plate"]

    def _taken(self, alone: bool) -> list[QgsLabelBlockingRegion]:
        """The plates in map units."""
        page = self.page
        unit = (page.xmax - page.xmin) / page.width_mm
        return [
            QgsLabelBlockingRegion(
                QgsGeometry.fromRect(
                    QgsRectangle(
                        page.xmin + box.left() * unit, page.ymax - box.bottom() * unit,
                        page.xmin + box.right() * unit, page.ymax - box.top() * unit,
                    )
                )
            )
            for box in self.plates(alone)
        ]  # fmt: skip
