"""The ways to an area: drawn as a box or a polygon, what the map shows, a layer's shape, a bookmark, everything."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import partial
from typing import Any

from qgis.core import QgsApplication, QgsGeometry, QgsMapLayerProxyModel, QgsProject, QgsWkbTypes
from qgis.PyQt.QtCore import QSize, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ...processing_provider.text.translation import tr
from ..maptools.drawing import BoxDrawing, Drawing, PolygonDrawing
from ..maptools.places import MOST, crs_of, in_degrees, of_layer

BAND = QColor(20, 110, 180)
_ICON = QSize(18, 18)


def tint(band: Any) -> None:
    """Give a rubber band the colours of an area."""
    fill = QColor(BAND)
    fill.setAlpha(30)
    band.setStrokeColor(BAND)
    band.setFillColor(fill)
    band.setWidth(2)


class AreaBar(QWidget):
    """The buttons. `chosen` carries a polygon in degrees, `told` a sentence that says why there is none."""

    chosen = pyqtSignal(QgsGeometry)
    everything = pyqtSignal()
    told = pyqtSignal(str)
    # The map may have become empty, or is it no more.
    looked = pyqtSignal()

    def __init__(self, canvas: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(2)
        self.box = self._tool(BoxDrawing(canvas, tint), "mActionRectangleExtent.svg", tr("Draw a box on the map"))
        self.polygon = self._tool(
            PolygonDrawing(canvas, tint), "mActionCapturePolygon.svg",
            tr("Draw a polygon on the map: a click at each corner, a right click or Enter ends it"),
        )  # fmt: skip
        self.shown = self._button("mActionZoomFullExtent.svg", tr("What the map shows"))
        self.shown.clicked.connect(self._take_canvas)
        self.more = self._button("mIconPolygonLayer.svg", tr("The shape of a layer, a bookmark, or everything"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setObjectName("osm2cdrAreas")
        menu = QMenu(self.more)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.more.setMenu(menu)
        self.row.addStretch(1)
        # A layer that is deleted is gone from the canvas without a word.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._allow)
        canvas.layersChanged.connect(self._soon.start)
        QgsProject.instance().layersRemoved.connect(self._removed)
        self._allow()

    def close_for_good(self) -> None:
        """Leave nothing on the canvas."""
        self._canvas.layersChanged.disconnect(self._soon.start)
        QgsProject.instance().layersRemoved.disconnect(self._removed)
        self._soon.stop()
        for tool in self.tools():
            tool.close()

    def tools(self) -> list[Drawing]:
        """The tools that draw."""
        return [self.box.property("tool"), self.polygon.property("tool")]

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setIconSize(_ICON)
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self.row.addWidget(button)
        return button

    def _tool(self, tool: Drawing, icon: str, tip: str) -> QToolButton:
        button = self._button(icon, tip)
        button.setCheckable(True)
        button.setProperty("tool", tool)
        button.clicked.connect(lambda on: tool.start() if on else tool.give_back())
        tool.activated.connect(lambda: button.setChecked(True))
        tool.deactivated.connect(lambda: button.setChecked(False))
        tool.drawn.connect(self.chosen)
        return button

    def is_empty(self) -> bool:
        """Whether the map shows nothing."""
        return not self._canvas.layerCount()

    def _removed(self, _layers: list[str]) -> None:
        self._soon.start()

    def _allow(self) -> None:
        """On an empty map there is no place to draw at."""
        for button in (self.box, self.polygon, self.shown):
            button.setEnabled(not self.is_empty())
        self.looked.emit()

    def _take_canvas(self) -> None:
        shape = in_degrees(QgsGeometry.fromRect(self._canvas.extent()), crs_of(self._canvas))
        if shape is None:
            self.told.emit(tr("What the map shows has no place on earth."))
        else:
            self.chosen.emit(shape)

    def _fill(self, menu: QMenu) -> None:
        """The layers and bookmarks that there are now."""
        menu.clear()
        menu.addAction(tr("All of the extract")).triggered.connect(lambda: self.everything.emit())
        menu.addSection(tr("Shape of a polygon layer, or of its selection"))
        layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
        polygons = QgsWkbTypes.GeometryType.PolygonGeometry
        kind = QgsMapLayerProxyModel.Filter.PolygonLayer
        for layer in layers:
            if QgsMapLayerProxyModel.layerMatchesFilters(layer, kind) and layer.geometryType() == polygons:
                menu.addAction(layer.name()).triggered.connect(partial(self._take_layer, layer.id()))
        for manager in (QgsProject.instance().bookmarkManager(), QgsApplication.bookmarkManager()):
            marks = manager.bookmarks()
            if marks:
                menu.addSection(tr("Bookmarks"))
            for mark in marks:
                menu.addAction(mark.name()).triggered.connect(partial(self._take_bookmark, mark.extent()))

    def _take_layer(self, layer: str, *_checked: bool) -> None:
        found = QgsProject.instance().mapLayer(layer)
        shape = of_layer(found) if found is not None else None
        if shape is None:
            self.told.emit(tr("The layer has no polygons, or more than {0}: select some of them.").format(MOST))
        else:
            self.chosen.emit(shape)

    def _take_bookmark(self, extent: Any, *_checked: bool) -> None:
        shape = in_degrees(QgsGeometry.fromRect(extent), extent.crs())
        if shape is not None:
            self.chosen.emit(shape)
