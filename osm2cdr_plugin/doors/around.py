"""Where else in the window people look for it: options, locator, files that are dropped, the project's menu."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsRectangle
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu

from ...processing_provider.provider import ICON
from ...processing_provider.text.translation import tr
from .dropping import ExtractDrop
from .locator import Locator
from .options_page import OptionsFactory


class Around:
    """All of it; `close` takes it away again."""

    def __init__(self, iface: Any, panel: Any, dialogs: Any) -> None:
        self._iface, self._panel, self._dialogs = iface, panel, dialogs
        self.options, self.locator = OptionsFactory(), Locator(panel.where.source, self._take)
        self.drop = ExtractDrop(self._take_extract)
        iface.registerOptionsWidgetFactory(self.options)
        iface.registerLocatorFilter(self.locator)
        iface.registerCustomDropHandler(self.drop)
        self.entries: list[QAction] = []
        # QGIS has a call for it since 3.30 only.
        menu = iface.mainWindow().findChild(QMenu, "menuImport_Export")
        if menu is not None:
            for text, slot in (
                (tr("Import OpenStreetMap as layers…"), self._load), (tr("Export OpenStreetMap map…"), self.show),
            ):  # fmt: skip
                action = QAction(QIcon(str(ICON)), text, iface.mainWindow())
                action.setObjectName("osm2cdr_project")
                action.triggered.connect(slot)
                menu.addAction(action)
                self.entries.append(action)

    def close(self) -> None:
        """Take all of it away."""
        self._iface.unregisterOptionsWidgetFactory(self.options)
        self._iface.deregisterLocatorFilter(self.locator)
        self._iface.unregisterCustomDropHandler(self.drop)
        for action in self.entries:
            for menu in self._iface.mainWindow().findChildren(QMenu, "menuImport_Export"):
                menu.removeAction(action)
            action.deleteLater()
        self.entries.clear()

    def show(self, *_checked: bool) -> None:
        """Show the panel."""
        self._panel.setUserVisible(True)

    def _load(self, *_checked: bool) -> None:
        self._dialogs.open("downloadosm")

    def _take_extract(self, path: str) -> None:
        """The data of the panel; all of it is the area, until somebody chooses another."""
        self.show()
        self._panel.where.set_source(path)
        self._panel.where.area.clear()

    def _take(self, kind: str, value: Any) -> None:
        """What the locator found."""
        self.show()
        if kind == "place":
            self._panel.where.go_to(QgsRectangle(*value))
        elif kind == "format":
            self._panel.what.formats.set_value([value])
        else:
            self._panel.where.search.edit.setText(value)
            self._panel.where.search.start()
