"""The button of the living map: it loads the chosen area as layers; its menu refreshes, extends and restyles them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsApplication, QgsGeometry, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ...processing_provider.text.translation import tr
from ..living.keeper import Keeper

FOLLOWS_SETTING = "osm2cdr/style_follows"


class MapButton(QToolButton):
    """The button. `fields` gives the panel's parameters, `area` the area in degrees, None for an unknown one."""

    def __init__(
        self, keeper: Keeper, fields: Callable[[], dict[str, Any]], area: Callable[[], QgsGeometry | None], parent: Any
    ) -> None:
        super().__init__(parent)
        self._keeper, self._fields, self._area = keeper, fields, area
        self.setObjectName("osm2cdrMap")
        self.setText(tr("Load as layers"))
        self.setToolTip(tr("Adds the area to the project as layers, from a GeoPackage beside the project"))
        self.setIcon(QgsApplication.getThemeIcon("mActionAddLayer.svg"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(self)
        self.refresh = menu.addAction(QgsApplication.getThemeIcon("mActionRefresh.svg"), tr("Refresh the map's data"))
        self.extend = menu.addAction(tr("Extend the map by this area"))
        menu.addSeparator()
        self.follows = menu.addAction(tr("The map takes the chosen style"))
        self.follows.setCheckable(True)
        self.follows.setChecked(QgsSettings().value(FOLLOWS_SETTING, True, type=bool))
        self.drop = menu.addAction(tr("Drop own changes of this style"))
        self.setMenu(menu)
        self.clicked.connect(lambda: self.load())
        self.refresh.triggered.connect(lambda: keeper.refresh())
        self.extend.triggered.connect(lambda: self._extend())
        self.follows.toggled.connect(lambda on: self._follow(on))
        self.drop.triggered.connect(lambda: keeper.restyle(self._style(), True))
        keeper.changed.connect(self.allow)
        keeper.busy.connect(lambda _busy: self.allow())
        self.allow()

    def load(self) -> None:
        """Load what is chosen."""
        self._keeper.load(self._fields(), self._area())

    def take_style(self) -> None:
        """Another style was chosen: the map takes it, if it is to."""
        if self.follows.isChecked():
            self._keeper.restyle(self._style())

    def allow(self) -> None:
        """Offer what can be done now."""
        found, busy = self._keeper.map(), self._keeper.is_busy()
        self.setEnabled(not busy)
        self.refresh.setEnabled(found is not None)
        self.extend.setEnabled(found is not None and bool(found[1].area))
        self.drop.setEnabled(found is not None)

    def _style(self) -> str:
        return str(self._fields().get("STYLE") or "default")

    def _extend(self) -> None:
        area = self._area()
        if area is not None:
            self._keeper.extend(area)

    def _follow(self, on: bool) -> None:
        QgsSettings().setValue(FOLLOWS_SETTING, on)
        self.take_style()
