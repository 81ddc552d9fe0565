"""How QGIS is to render a picture: its settings, and what labels must keep clear of."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsLabelBlockingRegion,
    QgsLabelingEngineSettings,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor

from ..sheet.layout import furniture
from .picture import Picture


def map_settings(picture: Picture, dpi: float, alone: bool = False) -> QgsMapSettings:
    """Settings that render the map at `dpi`; geometry and text stay vectors where the device keeps them.

    Labels keep clear of what stands on the map.
    """
    page = picture.page
    settings = QgsMapSettings(picture.base) if picture.base else QgsMapSettings()
    settings.setLayers(picture.layers)
    settings.setDestinationCrs(picture.crs)
    settings.setExtent(QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax))
    settings.setOutputDpi(dpi)
    # A layout's own, for which rasters would be made smaller than they are to be.
    settings.setDpiTarget(-1)
    settings.setOutputSize(QSize(round(page.width_mm / 25.4 * dpi), round(page.height_mm / 25.4 * dpi)))
    settings.setBackgroundColor(QColor(picture.background))
    settings.setFlag(QgsMapSettings.Flag.Antialiasing, True)
    settings.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    engine = settings.labelingEngineSettings()
    if picture.base is None:
        engine.setFlag(QgsLabelingEngineSettings.Flag.UsePartialCandidates, False)
        engine.setMaximumLineCandidatesPerCm(8)
        engine.setMaximumPolygonCandidatesPerCmSquared(4)
    else:
        context = QgsExpressionContext(settings.expressionContext())
        # The map of a layout brings its own.
        if not context.hasVariable("map_scale"):
            context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
    engine.setFlag(QgsLabelingEngineSettings.Flag.DrawUnplacedLabels, False)
    # The labels' engine has a setting of its own, and its default is outlines.
    engine.setDefaultTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    settings.setLabelingEngineSettings(engine)
    if not page.sheet.bare:
        settings.setLabelBlockingRegions(_taken(picture, alone))
    return settings


def plates(picture: Picture, alone: bool = False) -> list[QRectF]:
    """What stands on the map, in mm from its upper left corner."""
    left, top = (0.0, 0.0) if alone else (picture.page.sheet.left, picture.page.sheet.top)
    return [piece.box.translated(-left, -top) for piece in furniture(picture, alone) if piece.name == "plate"]


def _taken(picture: Picture, alone: bool) -> list[QgsLabelBlockingRegion]:
    """The plates in map units."""
    page = picture.page
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
        for box in plates(picture, alone)
    ]  # fmt: skip
