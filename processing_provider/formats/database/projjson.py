"""A CRS as PROJJSON (proj.org, PROJJSON 0.4 and later), which GeoParquet and DuckDB take."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json

from osgeo import osr

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...text.sentence import say


def projjson(crs: str) -> str:
    """The CRS (an authority code or a definition) on one line."""
    with quiet():
        system = osr.SpatialReference()
        if system.SetFromUserInput(crs) != 0:
            raise WriteError("write_failed", say("The CRS {0} has no definition in PROJJSON.", crs))
        return json.dumps(json.loads(system.ExportToPROJJSON()))
