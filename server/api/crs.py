"""Whether PROJ can show an area in a CRS, asked before a task is made of it; the rules are those of every door."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyproj
from pyproj.exceptions import ProjError

from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.geo import crs_faults
from ...processing_provider.geo.area import Area
from ...processing_provider.request.export_request import ExportRequest

# An edge of a box is bent: it is looked at in so many places.
_PLACES = 100


def check(request: ExportRequest) -> None:
    """Raise RequestError where the CRS is unknown, none of maps, in degrees for a page or CAD, or of far away."""
    crs, area = request.crs, request.area
    if not crs:
        return
    known = _crs(crs)
    if known is None:
        raise crs_faults.unknown(crs)
    if not (known.is_projected or known.is_geographic):
        raise crs_faults.no_map(crs)
    drawn = [name for name in request.formats if FORMATS[name].is_page and not FORMATS[name].has_fixed_crs]
    if not known.is_projected and drawn:
        raise crs_faults.not_projected(crs)
    if not known.is_projected and any(FORMATS[name].is_of_lengths for name in request.formats):
        raise crs_faults.not_of_lengths(crs)
    use = known.area_of_use
    if use and crs_faults.is_far(area, use.west, use.south, use.east, use.north):
        raise crs_faults.out_of_area(crs)
    lon, lat = _outline(area)
    if not all(np.isfinite(side).all() for side in _way(crs).transform(lon, lat)):
        raise crs_faults.out_of_area(crs)


@lru_cache(maxsize=512)
def _crs(crs: str) -> pyproj.CRS | None:
    try:
        return pyproj.CRS.from_user_input(crs)
    except ProjError:
        return None


@lru_cache(maxsize=64)
def _way(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def _outline(area: Area) -> tuple[np.ndarray, np.ndarray]:
    """Points of the outline in degrees, all of a polygon's and many of a box's."""
    if area.rings:
        points = np.concatenate([np.asarray(ring, float)[:, :2] for rings in area.rings for ring in rings])
        return points[:, 0], points[:, 1]
    x, y = np.linspace(area.west, area.east, _PLACES), np.linspace(area.south, area.north, _PLACES)
    west, south, east, north = (np.full(_PLACES, side) for side in (area.west, area.south, area.east, area.north))
    return np.concatenate([x, x, west, east]), np.concatenate([south, north, y, y])
