"""Road numbers and the signs that they have: `shields.json`.

It says which classes of roads carry numbers at which detail level, and of which colour a country's signs are. A style
that has no colour for a sign, and a number that no country's sign fits, take the road's own colours.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Iterable

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from ...geo.gdal_settings import quiet
from ...request.pages import Page
from ..themes.colors import contrast
from ..themes.loading import Theme

_TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("shields.json").read_text(encoding="utf-8"))
SHOWN: dict[int, tuple[str, ...]] = {int(level): tuple(kinds) for level, kinds in _TABLE["shown"].items()}
# Letters of a number that fits on a shield; on the smallest roads only short ones are shown.
LONGEST, SHORT = 9, 5


def numbers(ref: str | None, kind: str) -> list[str]:
    """The single numbers of `ref` that are shown on a road of a kind."""
    longest = SHORT if kind == "tertiary" else LONGEST
    found = [" ".join(part.split()) for part in re.split("[;,]", ref or "")]
    return list(dict.fromkeys(part for part in found if 0 < len(part) <= longest))


def sign(number: str, kind: str, where: str) -> str:
    """The sign that a number has in a country (ISO 3166-1): a colour, or empty."""
    for entry in _TABLE["signs"]:
        if "countries" in entry and where not in entry["countries"]:
            continue
        if kind in entry.get("kinds", (kind,)) and re.fullmatch(entry["pattern"], number):
            return str(entry["sign"])
    return ""


def colors(theme: Theme, kind: str, plate: str) -> tuple[str, str, str]:
    """Ground, edge and text of a shield on a road of a kind, with a sign's plate or without."""
    own = theme.color.get(f"shield_{plate}") if plate else None
    ground = own or theme.color.get(kind) or theme.color["land"] or "#FFFFFF"
    preferred = [color for color in (theme.color["text"], theme.color["halo"]) if color]
    text = legible(ground, ["#FFFFFF", "#000000"] if own else preferred)
    edge = text if own else theme.color.get(f"{kind}_case") or text
    return ground, edge, text


def country(page: Page, crs: QgsCoordinateReferenceSystem) -> str:
    """The country (ISO 3166-1) of the page's middle; empty where unknown."""
    lonlat = QgsCoordinateTransform(
        crs, QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance().transformContext()
    )
    middle = lonlat.transform(QgsPointXY((page.xmin + page.xmax) / 2, (page.ymin + page.ymax) / 2))
    return country_at(middle.x(), middle.y())


def country_at(longitude: float, latitude: float) -> str:
    """The country (ISO 3166-1) of a place, by the world map that comes with QGIS; empty where unknown."""
    path = Path(QgsApplication.pkgDataPath()) / "resources" / "data" / "world_map.gpkg"
    if not path.is_file():
        return ""
    middle = QgsPointXY(longitude, latitude)
    point = QgsGeometry.fromPointXY(middle)
    # GDAL warns of a date in the map's own metadata.
    with quiet():
        layer = QgsVectorLayer(f"{path}|layername=countries", "countries", "ogr")
        request = QgsFeatureRequest(QgsRectangle(middle, middle).buffered(1e-6))
        for feature in layer.getFeatures(request):
            if feature.geometry().contains(point):
                return str(feature["iso_a2"])
    return ""


def legible(ground: str, wanted: Iterable[str]) -> str:
    """The first of the colours wanted that is legible on a ground, else black or white."""
    for color in wanted:
        if contrast(color, ground) >= 4.5:
            return color
    return max("#000000", "#FFFFFF", key=lambda color: contrast(color, ground))
