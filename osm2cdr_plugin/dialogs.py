"""The algorithms' own dialogs, with what the window knows filled in."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject, QgsSettings
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QStandardPaths

from ..processing_provider.text.translation import tr

FOLDER_SETTING = "osm2cdr/folder"
# Decimals of degrees and of metres: a centimetre either way.
_DECIMALS = {True: 7, False: 2}


class Dialogs:
    """Opens dialogs beside the window, which stays usable."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._open: list[Any] = []

    def open(self, name: str, *_clicked: bool, layout: str = "") -> Any:
        """Open the dialog of osm2cdr:`name`; that of layouts with one of them chosen."""
        fields: dict[str, Any] = {"LAYOUT": layout}
        canvas = self._iface.mapCanvas()
        if name == "exportcanvas" and turned(canvas):
            self._iface.messageBar().pushMessage("osm2cdr", turned(canvas), Qgis.MessageLevel.Warning)
        if name not in ("applystyle", "exportlayout"):
            fields["EXTENT"] = canvas_extent(canvas, name == "exportcanvas")
        if name.startswith("export"):
            fields["OUTPUT_FOLDER"] = last_folder()
        return self.open_with(name, {key: fields[key] for key in fields if fields[key]})

    def open_with(self, name: str, fields: dict[str, Any]) -> Any:
        """Open the dialog of osm2cdr:`name`, with these parameters filled in."""
        from qgis import processing

        dialog = processing.createAlgorithmDialog(f"osm2cdr:{name}", fields)
        self._open = [other for other in self._open if not sip.isdeleted(other)]
        self._open.append(dialog)
        dialog.show()
        return dialog

    def close(self) -> None:
        """Close what is still open, whoever opened it: QGIS crashes in a dialog whose provider is gone."""
        toolbox = self._iface.mainWindow().findChildren(QgsProcessingAlgorithmDialogBase)
        for dialog in [*self._open, *(other for other in toolbox if other not in self._open and is_ours(other))]:
            if not sip.isdeleted(dialog):
                dialog.close()
                dialog.deleteLater()
        self._open.clear()


def is_ours(dialog: Any) -> bool:
    """Whether a dialog of Processing is one of our algorithms."""
    algorithm = dialog.algorithm()
    return algorithm is not None and str(algorithm.id()).startswith("osm2cdr:")


def turned(canvas: Any) -> str:
    """What is to be said of a canvas that is rotated; empty where it is not."""
    if not canvas.rotation() % 360:
        return ""
    return str(tr("The canvas is turned: the export is not, and shows the rectangle round what is seen."))


def canvas_extent(canvas: Any, exactly: bool = False) -> str:
    """What the canvas shows, as EXTENT takes it: in the canvas's CRS; empty where it shows no place.

    `exactly`: as its rectangle in a CRS of the user's own too.
    """
    extent, crs = canvas.extent(), canvas.mapSettings().destinationCrs()
    if not crs.isValid() or extent.isEmpty() or not canvas.layerCount():
        return ""
    # A CRS of the user's own has no name that others know.
    if not crs.authid() or not (exactly or crs.authid().split(":")[0] in ("EPSG", "ESRI")):
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        extent = QgsCoordinateTransform(crs, wgs84, QgsProject.instance()).transformBoundingBox(extent)
        crs = wgs84
    sides = (extent.xMinimum(), extent.xMaximum(), extent.yMinimum(), extent.yMaximum())
    return f"{','.join(f'{side:.{_DECIMALS[crs.isGeographic()]}f}' for side in sides)} [{crs.authid()}]"


def last_folder() -> str:
    """Where the last export went, or a folder among the user's documents: what is in a temporary one gets lost."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(QgsSettings().value(FOLDER_SETTING, "") or Path(documents or Path.home()) / "osm2cdr")
