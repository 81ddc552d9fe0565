"""An extract that is dropped onto the window becomes the panel's data, in place of raw layers by the thousand."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable

from qgis.gui import QgsCustomDropHandler

_EXTRACTS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")


class ExtractDrop(QgsCustomDropHandler):
    """Takes extracts of OpenStreetMap; `take` is given the path."""

    def __init__(self, take: Callable[[str], Any]) -> None:
        super().__init__()
        self._take = take

    def handleFileDrop(self, file: str) -> bool:  # noqa: N802
        """Whether it was one; what is none is QGIS's."""
        if not file.lower().endswith(_EXTRACTS):
            return False
        self._take(file)
        return True
