"""An entry in the menu of each window of a print layout: export this one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import partial
from typing import Any

from qgis.PyQt import sip
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ...processing_provider.provider import ICON
from ...processing_provider.text.translation import tr

ENTRY = "osm2cdr_layout"
_LAST = "mActionExportAsPDF"


class Designers:
    """Those that are open, and those that will be; `close` takes the entries away again."""

    def __init__(self, iface: Any, dialogs: Any) -> None:
        self._iface, self._dialogs = iface, dialogs
        self._entries: list[Any] = []
        iface.layoutDesignerOpened.connect(self._add)
        for designer in iface.openLayoutDesigners():
            self._add(designer)

    def close(self) -> None:
        """Leave all designers as QGIS made them."""
        self._iface.layoutDesignerOpened.disconnect(self._add)
        for action in self._entries:
            # With their windows they go by themselves.
            if not sip.isdeleted(action):
                action.deleteLater()
        self._entries.clear()

    def _add(self, designer: Any) -> None:
        # A report has no pages of its own; another slot of a reload may have been here.
        layout = designer.layout()
        menu = designer.layoutMenu()
        if layout is None or any(action.objectName() == ENTRY for action in menu.actions()):
            return
        action = QAction(QIcon(str(ICON.with_name("layout.svg"))), tr("Export with osm2cdr…"), menu)
        action.setObjectName(ENTRY)
        action.triggered.connect(partial(self._open, designer))
        # Below QGIS's own exports.
        after = [number for number, one in enumerate(menu.actions()) if one.objectName() == _LAST]
        rest = menu.actions()[after[0] + 1 :] if after else []
        menu.insertAction(rest[0] if rest else None, action)
        self._entries = [one for one in self._entries if not sip.isdeleted(one)]
        self._entries.append(action)

    def _open(self, designer: Any, *_checked: bool) -> None:
        layout = designer.masterLayout()
        self._dialogs.open("exportlayout", layout=layout.name())
