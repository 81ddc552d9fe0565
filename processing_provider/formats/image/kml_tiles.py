"""Pictures on the ground as KML has them (OGC 07-147r2): a picture cut to tiles, each with the box that it fills."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Iterator

from ...cartography.rendering.picture import Picture
from ...text.phrases import one_line
from ...text.xml_text import escape
from ..contract import Job
from .pixels import lonlat

if TYPE_CHECKING:
    from PIL.Image import Image

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'


@dataclass(frozen=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def kml(self) -> str:
        """Its sides, as a LatLonBox or a LatLonAltBox has them."""
        return (
            f"<north>{self.north:.9f}</north><south>{self.south:.9f}</south>"
            f"<east>{self.east:.9f}</east><west>{self.west:.9f}</west>"
        )


@dataclass(frozen=True)
class Cut:
    """A rectangle of the picture's pixels: left, top, right, bottom."""

    left: int
    top: int
    right: int
    bottom: int

    def box(self, view: Picture, size: tuple[int, int]) -> Box:
        """Where it lies, of a picture of that size in the plate carree."""
        width, height = size
        (west, north), (east, south) = lonlat(
            view, [(self.left / width, self.top / height), (self.right / width, self.bottom / height)]
        )
        return Box(west, south, east, north)


def cuts(size: tuple[int, int], side: int) -> Iterator[tuple[int, int, Cut]]:
    """Column, row and rectangle of the tiles of a picture, of at most `side` pixels each way, from the upper left."""
    width, height = size
    for row in range(-(-height // side)):
        for column in range(-(-width // side)):
            right, bottom = min((column + 1) * side, width), min((row + 1) * side, height)
            yield column, row, Cut(column * side, row * side, right, bottom)


def told(job: Job) -> str:
    """Name and description of a document: its title, whose data it is, of when and from where."""
    return f"<name>{escape(one_line(job.title))}</name>\n<description>{escape(one_line(job.credit))}</description>\n"


def overlay(href: str, box: Box, order: int) -> str:
    """A picture on the ground."""
    return (
        f"<GroundOverlay><name>{href}</name><drawOrder>{order}</drawOrder><Icon><href>{href}</href></Icon>"
        f"<LatLonBox>{box.kml}</LatLonBox></GroundOverlay>\n"
    )


def jpeg(tile: Image, quality: int) -> bytes:
    """A baseline JPEG: no handheld shows a progressive one."""
    data = BytesIO()
    tile.save(data, format="JPEG", quality=quality, subsampling=0)
    return data.getvalue()
