"""The plugin: its provider, a toolbar and a menu whose entries open the algorithms' dialogs."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import partial
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..processing_provider.provider import ICON, Osm2CdrProvider

MENU = "osm2cdr"
# The algorithms that a click opens, and their icons.
_ENTRIES = (
    ("exportarea", "icon.svg"),
    ("exportcanvas", "canvas.svg"),
    ("exportlayout", "layout.svg"),
    ("downloadosm", "load.svg"),
    ("applystyle", "style.svg"),
)


class Osm2CdrPlugin:
    """Made by QGIS; `iface` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Osm2CdrProvider | None = None
        self.toolbar: Any = None
        self.actions: dict[str, Any] = {}
        self.dialogs: Any = None
        self.results: Any = None
        self.choices: Any = None
        self.panel: Any = None
        self.around: Any = None
        self.designers: Any = None

    def initProcessing(self) -> None:  # noqa: N802
        """Register the algorithms; all that qgis_process calls."""
        if self.provider is None:
            self.provider = Osm2CdrProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802
        """Register the algorithms, add the toolbar and the menu entries."""
        # Nothing of this is there under qgis_process.
        from qgis.gui import QgsGui

        from .dialogs import Dialogs
        from .doors.around import Around
        from .doors.designers import Designers
        from .panel.dock import Panel
        from .results import Results
        from .wrappers import ChoicesFactory

        self.initProcessing()
        self.choices = ChoicesFactory()
        QgsGui.processingGuiRegistry().addParameterWidgetFactory(self.choices)
        self.dialogs = Dialogs(self.iface)
        self.results = Results(self.iface)
        self.toolbar = self.iface.addToolBar(MENU)
        self.toolbar.setObjectName("osm2cdrToolbar")
        self.panel = Panel(self.iface, self.results, self.dialogs)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.panel)
        self.panel.hide()
        self.around = Around(self.iface, self.panel, self.dialogs)
        toggle = self.panel.toggleViewAction()
        toggle.setObjectName("osm2cdr_panel")
        toggle.setIcon(QIcon(str(ICON)))
        self.toolbar.addAction(toggle)
        self.iface.addPluginToWebMenu(MENU, toggle)
        registry = QgsApplication.processingRegistry()
        for name, icon in _ENTRIES:
            title = registry.algorithmById(f"osm2cdr:{name}").displayName()
            action = QAction(QIcon(str(ICON.with_name(icon))), f"{title}…", self.iface.mainWindow())
            action.setObjectName(f"osm2cdr_{name}")
            action.triggered.connect(partial(self.dialogs.open, name))
            self.toolbar.addAction(action)
            self.iface.addPluginToWebMenu(MENU, action)
            self.actions[name] = action
        self.designers = Designers(self.iface, self.dialogs)

    def unload(self) -> None:
        """Take everything away again."""
        if self.results is not None:
            self.results.stop()
            self.results = None
        if self.designers is not None:
            self.designers.close()
            self.designers = None
        if self.around is not None:
            self.around.close()
            self.around = None
        if self.panel is not None:
            self.iface.removePluginWebMenu(MENU, self.panel.toggleViewAction())
            self.panel.close_for_good()
            self.panel = None
        if self.dialogs is not None:
            self.dialogs.close()
            self.dialogs = None
        for action in self.actions.values():
            self.iface.removePluginWebMenu(MENU, action)
            action.deleteLater()
        self.actions.clear()
        if self.toolbar is not None:
            self.iface.mainWindow().removeToolBar(self.toolbar)
            self.toolbar.deleteLater()
            self.toolbar = None
        if self.choices is not None:
            from qgis.gui import QgsGui

            QgsGui.processingGuiRegistry().removeParameterWidgetFactory(self.choices)
            self.choices = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
