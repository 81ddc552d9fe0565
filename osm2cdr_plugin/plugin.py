"""The plugin: its provider, and a button and menu entry that open the algorithm's dialog."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..processing_provider.provider import ICON, Osm2CdrProvider

MENU = "osm2cdr"


class Osm2CdrPlugin:
    """Made by QGIS; `iface` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Osm2CdrProvider | None = None
        self.toolbar: Any = None
        self.action: Any = None

    def initProcessing(self) -> None:  # noqa: N802
        """Register the algorithms; all that qgis_process calls."""
        if self.provider is None:
            self.provider = Osm2CdrProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802
        """Register the algorithms, add the toolbar and the menu entry."""
        self.initProcessing()
        self.action = QAction(QIcon(str(ICON)), "Export OpenStreetMap area…", self.iface.mainWindow())
        self.action.setObjectName("osm2cdrExportArea")
        self.action.triggered.connect(self.open_dialog)
        self.toolbar = self.iface.addToolBar(MENU)
        self.toolbar.setObjectName("osm2cdrToolbar")
        self.toolbar.addAction(self.action)
        self.iface.addPluginToWebMenu(MENU, self.action)

    def open_dialog(self) -> None:
        """Open the dialog of osm2cdr:exportarea with the canvas's extent filled in."""
        from qgis import processing

        canvas = self.iface.mapCanvas()
        extent, crs = canvas.extent(), canvas.mapSettings().destinationCrs().authid()
        text = f"{extent.xMinimum()},{extent.xMaximum()},{extent.yMinimum()},{extent.yMaximum()} [{crs}]"
        processing.execAlgorithmDialog("osm2cdr:exportarea", {"EXTENT": text})

    def unload(self) -> None:
        """Take everything away again."""
        if self.action is not None:
            self.iface.removePluginWebMenu(MENU, self.action)
            self.action.deleteLater()
            self.action = None
        if self.toolbar is not None:
            self.iface.mainWindow().removeToolBar(self.toolbar)
            self.toolbar.deleteLater()
            self.toolbar = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
