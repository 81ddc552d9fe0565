"""Where: the data, a search of places by name, the area in all ways that QGIS has, and its size; a band shows it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsExtentWidget, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QWidget

from ...processing_provider.algorithms.shared import source_filter
from ...processing_provider.errors import ExportError
from ...processing_provider.geo.geodesy import box_km2
from ...processing_provider.sources.opening import check
from ...processing_provider.text.translation import tr
from .place_search import PlaceSearch

_BAND = QColor(20, 110, 180)
_CHOOSE = "\0choose"
_RECENT = 8
WGS84 = "EPSG:4326"


class Where(QWidget):
    """The section. `extent()` is as EXTENT takes it, `source()` as SOURCE does."""

    changed = pyqtSignal()

    def __init__(self, canvas: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._source = ""
        self.sources = QComboBox(self)
        self.sources.setObjectName("osm2cdrSource")
        self.sources.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sources.setMinimumContentsLength(12)
        self.search = PlaceSearch(self)
        self.area = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.area.setObjectName("osm2cdrArea")
        self.area.setOutputCrs(QgsCoordinateReferenceSystem(WGS84))
        self.area.setNullValueAllowed(True, tr("All of the extract"))
        self.area.setMapCanvas(canvas)
        self.size = QLabel(self)
        self.size.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Data"), self.sources)
        form.addRow(tr("Place"), self.search)
        form.addRow(tr("Area"), self.area)
        form.addRow("", self.size)
        self.band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self.band.setStrokeColor(_BAND)
        self.band.setWidth(2)
        fill = QColor(_BAND)
        fill.setAlpha(30)
        self.band.setFillColor(fill)
        self.set_sources([])
        self.sources.activated.connect(self._chosen)
        self.search.found.connect(self.go_to)
        self.area.extentChanged.connect(self._moved)
        canvas.destinationCrsChanged.connect(self._draw)
        self._moved()

    def set_sources(self, recent: list[str]) -> None:
        """Offer Overpass, the sample, extracts that were used before, and a file to choose."""
        self.sources.clear()
        self.sources.addItem(tr("Overpass, online: small areas"), "")
        if _has_sample():
            self.sources.addItem(tr("Sample: central Helsinki"), "sample")
        for path in recent[:_RECENT]:
            self._add(path)
        self.sources.insertSeparator(self.sources.count())
        self.sources.addItem(tr("Choose an extract…"), _CHOOSE)
        self.set_source(self._source)

    def recent(self) -> list[str]:
        """The files and addresses that are offered."""
        kept = [self.sources.itemData(number) for number in range(self.sources.count())]
        return [str(entry) for entry in kept if entry not in (None, "", "sample", _CHOOSE)]

    def source(self) -> str:
        """The source, empty for Overpass."""
        return self._source

    def set_source(self, source: str) -> None:
        """Take a source, which is offered from now on."""
        if self.sources.findData(source) < 0:
            self._add(source)
        self._source = source
        self.sources.setCurrentIndex(self.sources.findData(source))
        self.search.source = source
        self.changed.emit()

    def extent(self) -> str:
        """The area as EXTENT takes it; empty for all of the extract."""
        if not self.area.isValid():
            return ""
        box = self.box()
        return f"{box.xMinimum():.7f},{box.xMaximum():.7f},{box.yMinimum():.7f},{box.yMaximum():.7f} [{WGS84}]"

    def box(self) -> QgsRectangle:
        """The area in degrees; null where there is none."""
        return self.area.outputExtent() if self.area.isValid() else QgsRectangle()

    def set_extent(self, text: str) -> None:
        """Take an area as EXTENT has it; nothing, or what is none, leaves all of the extract."""
        try:
            west, east, south, north = (float(part) for part in text.partition(" ")[0].split(","))
        except ValueError:
            self.area.clear()
            return
        self.set_box(QgsRectangle(west, south, east, north))

    def set_box(self, box: QgsRectangle) -> None:
        """Take an area in degrees."""
        self.area.setOutputExtentFromUser(box, QgsCoordinateReferenceSystem(WGS84))

    def go_to(self, box: QgsRectangle) -> None:
        """Take a place that was found, and show it."""
        self.set_box(box)
        shown = self._on_canvas(box)
        if shown is not None and self._canvas.layerCount():
            self._canvas.zoomToFeatureExtent(shown.boundingBox())

    def close_band(self) -> None:
        """Take the band off the canvas, for good."""
        self._canvas.scene().removeItem(self.band)

    def _add(self, source: str) -> None:
        name = source if "://" in source else Path(source).name
        before = max(0, self.sources.findData("sample")) + 1
        self.sources.insertItem(before, name, source)
        self.sources.setItemData(before, source, Qt.ItemDataRole.ToolTipRole)

    def _chosen(self, number: int) -> None:
        source = self.sources.itemData(number)
        if source == _CHOOSE:
            source, _ = QFileDialog.getOpenFileName(self, tr("Choose an extract"), "", source_filter())
            source = source or self._source
        self.set_source(source)

    def _moved(self, *_extent: Any) -> None:
        box = self.box()
        if box.isNull() or box.isEmpty():
            self.size.setText(tr("Draw, search or choose an area; empty means all of the extract."))
        else:
            km2 = box_km2(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
            self.size.setText(tr("{0} km²").format(f"{km2:,.{2 if km2 < 10 else 0}f}"))
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        box = self.box()
        shape = None if box.isNull() or box.isEmpty() else self._on_canvas(box)
        self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if shape is not None:
            self.band.setToGeometry(shape, None)

    def _on_canvas(self, box: QgsRectangle) -> QgsGeometry | None:
        """The area in the canvas's CRS, its sides bent as they are there; None where it has no place in it."""
        shape = QgsGeometry.fromRect(box).densifyByCount(16)
        crs = self._canvas.mapSettings().destinationCrs()
        if not crs.isValid():
            return None
        way = QgsCoordinateTransform(QgsCoordinateReferenceSystem(WGS84), crs, QgsProject.instance())
        try:
            shape.transform(way)
        except QgsCsException:
            return None
        return shape


def _has_sample() -> bool:
    """Whether the sample was fetched: it does not come with the plugin."""
    try:
        check("sample")
    except ExportError:
        return False
    return True
