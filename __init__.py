"""osm2cdr: OpenStreetMap areas as finished maps in CorelDRAW, CAD, GIS, image and 3D formats."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:  # noqa: N802 - the name is QGIS's
    """Return the plugin; called by QGIS, with `iface` None under qgis_process."""
    from .osm2cdr_plugin.plugin import Osm2CdrPlugin

    return Osm2CdrPlugin(iface)
