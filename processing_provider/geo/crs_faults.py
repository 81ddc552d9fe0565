"""What makes a CRS unfit for an area, in one place for whoever asks: QGIS by GDAL, the web process by pyproj."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..errors import RequestError
from ..text.sentence import say
from .area import Area

# Degrees between an area and the area of use of a CRS (EPSG's, in lon/lat) beyond which coordinates mean nothing.
_FAR = 45.0


def unknown(crs: str) -> RequestError:
    """PROJ does not know it."""
    return RequestError("unknown_crs", say("The CRS {0} is not known; give one as EPSG:n or ESRI:n.", repr(crs)), "crs")


def no_map(crs: str) -> RequestError:
    """It is vertical, geocentric, or of a building site."""
    return RequestError(
        "crs_no_map",
        say(
            "The CRS {0} has no coordinates of a map (it is of heights, of the earth's centre or of"
            " a site); choose a projected or geographic one.",
            crs,
        ),
        "crs",
    )


def not_projected(crs: str) -> RequestError:
    """It counts in degrees."""
    return RequestError(
        "crs_not_projected",
        say(
            "A picture needs a projected CRS in metres, and {0} counts in degrees; leave CRS empty "
            "or choose a projected one such as EPSG:3857.",
            crs,
        ),
        "crs",
    )


def not_of_lengths(crs: str) -> RequestError:
    """It counts in degrees, and a drawing's unit is a length."""
    return RequestError(
        "crs_not_projected",
        say(
            "CAD formats need coordinates in metres, and {0} counts in degrees: give a projected CRS, or leave it out.",
            crs,
        ),
        "crs",
    )


def out_of_area(crs: str) -> RequestError:
    """PROJ finds no coordinates, or such as mean nothing."""
    return RequestError(
        "crs_out_of_area", say("The area lies outside what {0} can show; choose another CRS.", crs), "crs"
    )


def is_far(area: Area, west: float, south: float, east: float, north: float) -> bool:
    """Whether the centre of `area` lies far from an area of use, whose west is larger than its east where that lies
    across the antimeridian."""
    lon, lat = area.centre
    up = max(south - lat, lat - north, 0.0)
    if west <= lon <= east or (west > east and (lon >= west or lon <= east)):
        return up > _FAR
    aside = min((west - lon) % 360.0, (lon - east) % 360.0)
    return max(aside, up) > _FAR
