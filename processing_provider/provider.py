"""The list of algorithms."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from . import libraries
from .algorithms.applystyle import ApplyStyle
from .algorithms.buildstore import BuildStore
from .algorithms.downloadosm import DownloadOsm
from .algorithms.exportarea import ExportArea
from .algorithms.exportcanvas import ExportCanvas
from .algorithms.exportformat import ExportFormat
from .algorithms.exportlayout import ExportLayout
from .algorithms.listformats import ListFormats
from .cartography.fonts import font_files
from .text import translation

ICON = Path(__file__).parent.parent / "osm2cdr_plugin" / "icons" / "icon.svg"


class Osm2CdrProvider(QgsProcessingProvider):
    """The provider `osm2cdr`."""

    def id(self) -> str:
        """The name that never changes."""
        return "osm2cdr"

    def name(self) -> str:
        """The name that people see."""
        return "osm2cdr"

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(str(ICON))

    def load(self) -> bool:
        """Bring the libraries of the zip along, and speak QGIS's language."""
        libraries.enable()
        translation.install()
        return bool(super().load())

    def unload(self) -> None:
        """Leave Qt without our fonts and texts, and Python without our libraries."""
        font_files.unregister()
        translation.remove()
        libraries.disable()

    def loadAlgorithms(self) -> None:  # noqa: N802
        """Add every algorithm."""
        for algorithm in (
            ExportArea, ExportFormat, ExportCanvas, ExportLayout, DownloadOsm, ApplyStyle, BuildStore, ListFormats,
        ):  # fmt: skip
            self.addAlgorithm(algorithm())
