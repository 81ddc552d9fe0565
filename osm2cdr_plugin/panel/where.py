"""Where: the data, a search of places by name, the area in all ways that QGIS has, and its size; a band shows it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle, QgsSettings, QgsWkbTypes
from qgis.gui import QgsExtentWidget, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QLineEdit, QWidget

from ...processing_provider.algorithms.shared import source_filter
from ...processing_provider.errors import ExportError
from ...processing_provider.geo.geodesy import box_km2
from ...processing_provider.sources.opening import check, is_overpass, is_soon_known, whole_box
from ...processing_provider.text.translation import tr
from ..maptools.places import WGS84, box_text, crs_of, from_degrees, is_box, kept, km2_of, sized_area
from .area_bar import AreaBar, tint
from .place_search import PlaceSearch

_CHOOSE = "\0choose"
_RECENT = 8
_FOLDER_SETTING = "osm2cdr/extract_folder"


class Where(QWidget):
    """The section. `fields()` is what the algorithm takes of it."""

    changed = pyqtSignal()

    def __init__(self, canvas: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._source = ""
        self._shape: QgsGeometry | None = None
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
        self.bar = AreaBar(canvas, self)
        self.size = QLabel(self)
        self.size.setWordWrap(True)
        self.offer = QLabel(self)
        self.offer.setObjectName("osm2cdrOffer")
        self.offer.setWordWrap(True)
        self.offer.setText(tr("The map is empty. {0}").format(f'<a href="#">{tr("Show this area on it")}</a>'))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Data"), self.sources)
        form.addRow(tr("Place"), self.search)
        form.addRow(tr("Area"), self.bar)
        form.addRow("", self.area)
        form.addRow("", self.size)
        form.addRow("", self.offer)
        self.band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        tint(self.band)
        self.set_sources([])
        self.sources.activated.connect(self._chosen)
        self.search.found.connect(self.go_to)
        self.bar.chosen.connect(self.set_shape)
        self.bar.everything.connect(self.area.clear)
        self.bar.told.connect(self.size.setText)
        self.area.extentChanged.connect(self._typed)
        canvas.destinationCrsChanged.connect(self._draw)
        self.bar.looked.connect(self._offer)
        self._offer()
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
        # What all of it is changed.
        self._moved()

    def fields(self) -> dict[str, Any]:
        """The parameters of the algorithm that are chosen here; a polygon is handed over in a file."""
        mask = "" if self._shape is None else str(kept(self._shape))
        return {"EXTENT": self.extent(), "MASK": mask, "SOURCE": self._source}

    def extent(self) -> str:
        """The area as EXTENT takes it; empty for a polygon, and for all of the extract."""
        return box_text(self.box()) if self._shape is None and self.area.isValid() else ""

    def shape(self) -> QgsGeometry | None:
        """The polygon in degrees; None where the area is a box, or everything."""
        return self._shape

    def area_shape(self) -> QgsGeometry | None:
        """The area in degrees, whatever it was chosen by; None where nobody knows how far an extract goes."""
        if self._shape is not None:
            return self._shape
        box = self.box() if self.area.isValid() and not self.box().isEmpty() else self._whole()
        return None if box.isNull() else QgsGeometry.fromRect(box)

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

    def set_shape(self, shape: QgsGeometry) -> None:
        """Take a polygon in degrees; one that is a box is taken as such."""
        box = shape.boundingBox()
        polygon = None if is_box(shape) else shape
        if self._shape is None and polygon is None:
            self.set_box(box)
            return
        self.area.blockSignals(True)
        self.set_box(box)
        self.area.blockSignals(False)
        self._shape = polygon
        self._moved()

    def go_to(self, box: QgsRectangle) -> None:
        """Take a place that was found, and show it."""
        self.set_box(box)
        shown = from_degrees(QgsGeometry.fromRect(box), crs_of(self._canvas))
        if shown is not None and self._canvas.layerCount():
            self._canvas.zoomToFeatureExtent(shown.boundingBox())

    def close_band(self) -> None:
        """Take the band and the tools off the canvas, for good."""
        self.bar.close_for_good()
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self._canvas.scene().removeItem(self.band)

    def _add(self, source: str) -> None:
        name = source if "://" in source else Path(source).name
        before = max(0, self.sources.findData("sample")) + 1
        self.sources.insertItem(before, name, source)
        self.sources.setItemData(before, source, Qt.ItemDataRole.ToolTipRole)

    def _chosen(self, number: int) -> None:
        source = self.sources.itemData(number)
        if source == _CHOOSE:
            before = str(QgsSettings().value(_FOLDER_SETTING, "") or "")
            source, _ = QFileDialog.getOpenFileName(self, tr("Choose an extract"), before, source_filter())
            if source:
                QgsSettings().setValue(_FOLDER_SETTING, str(Path(source).parent))
            source = source or self._source
        self.set_source(source)

    def _offer(self) -> None:
        """On an empty map somebody may want one to look at."""
        self.offer.setVisible(self.bar.is_empty())

    def _typed(self, *_extent: Any) -> None:
        """Another box: the polygon is gone."""
        self._shape = None
        self._moved()

    def _moved(self) -> None:
        self.size.setText(self._told_size())
        for line in self.area.findChildren(QLineEdit):
            # The beginning of what is longer than the line.
            line.setCursorPosition(0)
        self._draw()
        self.changed.emit()

    def _told_size(self) -> str:
        """How large the area is, or where to get one from."""
        box = self.box()
        if self._shape is not None:
            return str(tr("A polygon of {0}").format(sized_area(km2_of(self._shape))))
        if not (box.isNull() or box.isEmpty()):
            return sized_area(box_km2(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()))
        whole = self._whole()
        if whole.isNull():
            return str(tr("Draw, search or choose an area; empty means all of the extract."))
        km2 = box_km2(whole.xMinimum(), whole.yMinimum(), whole.xMaximum(), whole.yMaximum())
        return str(tr("All of the extract, {0}").format(sized_area(km2)))

    def _whole(self) -> QgsRectangle:
        """The box of all of the extract; null where that takes long to find, or there is none."""
        if is_overpass(self._source) or not is_soon_known(self._source):
            return QgsRectangle()
        try:
            sides = whole_box(self._source)
        except ExportError:
            return QgsRectangle()
        return QgsRectangle(*sides) if sides else QgsRectangle()

    def _draw(self) -> None:
        shape = self.area_shape()
        shape = from_degrees(shape, crs_of(self._canvas)) if shape is not None else None
        self.band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if shape is not None:
            self.band.setToGeometry(shape, None)


def _has_sample() -> bool:
    """Whether the sample was fetched: it does not come with the plugin."""
    try:
        check("sample")
    except ExportError:
        return False
    return True
