"""A request as parameters of the export algorithm, for those who start it from outside: launcher and server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any

from .request import ExportRequest

ALGORITHM = "osm2cdr:exportarea"


def export_parameters(request: ExportRequest) -> dict[str, Any]:
    """The parameters of osm2cdr:exportarea, but for OUTPUT_FOLDER, and for MASK where the area is one of polygons."""
    area = request.area
    values: dict[str, Any] = {
        "FORMATS": ",".join(request.formats), "STYLE": request.style, "DETAIL_LEVEL": request.detail,
        "CRS": request.crs, "SOURCE": request.source, "SCALE": request.scale, "DPI": request.dpi,
        "TITLE": request.title, "NAME": request.name, "LAYERS": ",".join(request.layers), "PAGE": request.page,
        "TIMEOUT": request.timeout, "TAGS": request.tags, "ORIENTATION": request.orientation,
        "LANGUAGE": request.language, "TEXT": request.text, "COLORS": request.colors,
        "OPTIONS": json.dumps(request.options) if request.options else "",
    }  # fmt: skip
    if not area.rings:
        # Processing's order is xmin, xmax, ymin, ymax.
        values["EXTENT"] = f"{area.west!r},{area.east!r},{area.south!r},{area.north!r} [EPSG:4326]"
    return {name: value for name, value in values.items() if value != ""}
