"""A styled map on a page: what the writers of pictures get."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsLabelingEngineSettings,
    QgsMapLayer,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from ..frame import Page
from ..mapdata import NOTICE


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
    objects: dict[str, int] = field(default_factory=dict)
    notice: str = NOTICE

    def map_settings(self, dpi: float) -> QgsMapSettings:
        """Settings that render the page at `dpi`; geometry and text stay vectors where the device keeps them."""
        page = self.page
        settings = QgsMapSettings()
        settings.setLayers(self.layers)
        settings.setDestinationCrs(self.crs)
        settings.setExtent(QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax))
        settings.setOutputDpi(dpi)
        settings.setOutputSize(QSize(round(page.width_mm / 25.4 * dpi), round(page.height_mm / 25.4 * dpi)))
        settings.setBackgroundColor(QColor(self.background))
        settings.setFlag(QgsMapSettings.Flag.Antialiasing, True)
        settings.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        engine = QgsLabelingEngineSettings()
        engine.setFlag(QgsLabelingEngineSettings.Flag.UsePartialCandidates, False)
        engine.setFlag(QgsLabelingEngineSettings.Flag.DrawUnplacedLabels, False)
        # The labels' engine has a setting of its own, and its default is outlines.
        engine.setDefaultTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        engine.setMaximumLineCandidatesPerCm(8)
        engine.setMaximumPolygonCandidatesPerCmSquared(4)
        settings.setLabelingEngineSettings(engine)
        return settings
