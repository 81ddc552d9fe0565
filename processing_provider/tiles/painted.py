"""Painted tiles: the styled map at the scale of each zoom, rendered in large squares and cut into tiles.

A square has a margin on all sides, so that a name that crosses the edge of a tile is whole: it stands in both. Each
zoom is a picture of its own, of data at the detail level that suits it. Where the area is a polygon, what lies beside
it is transparent.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import partial
from math import ceil, floor
from typing import Callable, Dict, Iterator, Tuple

from qgis.core import QgsGeometry, QgsRectangle
from qgis.PyQt.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPolygonF, QTransform

from ..cartography.rendering.paint import paint
from ..cartography.rendering.picture import Picture
from ..cartography.rendering.settings import map_settings
from ..errors import WriteError
from ..feedback import Feedback
from ..osm.tables.account import Account
from ..request.pages import Page
from ..request.papers import bare_sheet
from ..text.sentence import say
from .grid import CRS, HALF, SCREEN_DPI, Grid
from .model import PAINTED, Tile, Tiles

# Pixels along a square that is rendered at once (a power of two tiles), and of its margin.
SQUARE, MARGIN = 2048, 256
DPI = SCREEN_DPI
# The highest zoom has at most so many pixels, those of 4,000 small tiles: a few minutes of painting.
MOST_PIXELS = 4000 * 256 * 256
_QUALITY = 80
Paint = Callable[[Page, int, Feedback], Picture]
# Left, top, right, bottom in pixels of the whole world at a zoom.
Pixels = Tuple[int, int, int, int]


def build(
    levels: Dict[int, int], grid: Grid, paint_page: Paint, feedback: Feedback, outline: QgsGeometry | None = None
) -> Tiles:
    """Tiles of the map that `paint_page` makes of a page in EPSG:3857 at a detail level, no farther than an outline."""
    low = grid.minzoom
    first = paint_page(_page(grid, low, levels), levels[low], feedback)
    objects: Dict[str, int] = {}
    accounts: list[Account] = []
    produce = partial(_tiles, grid, levels, paint_page, first, objects, accounts, outline)
    return Tiles(PAINTED, grid, levels, objects, produce, date=first.date, notice=first.notice, accounts=accounts)


def _pixels(grid: Grid, zoom: int, levels: Dict[int, int]) -> Pixels:
    """The area in whole pixels of a zoom, which are whole on all zooms of the same detail level."""
    lowest = min(one for one, level in levels.items() if level == levels[zoom])
    unit, times = grid.unit(lowest), 2 ** (zoom - lowest)
    xmin, ymin, xmax, ymax = grid.mercator
    left, top = floor((xmin + HALF) / unit), floor((HALF - ymax) / unit)
    right, bottom = ceil((xmax + HALF) / unit), ceil((HALF - ymin) / unit)
    return left * times, top * times, right * times, bottom * times


def _page(grid: Grid, zoom: int, levels: Dict[int, int]) -> Page:
    """The page that a zoom shows. Its scale is that of the projection: a zoom looks alike at all latitudes."""
    left, top, right, bottom = _pixels(grid, zoom, levels)
    unit, dot = grid.unit(zoom), 25.4 / DPI
    sheet = bare_sheet((right - left) * dot, (bottom - top) * dot)
    edges = left * unit - HALF, HALF - bottom * unit, right * unit - HALF, HALF - top * unit
    return Page(CRS, *edges, round(unit * 1000 / dot), sheet)


def _tiles(
    grid: Grid,
    levels: Dict[int, int],
    paint_page: Paint,
    first: Picture,
    objects: Dict[str, int],
    accounts: list[Account],
    outline: QgsGeometry | None,
    feedback: Feedback,
) -> Iterator[Tile]:
    whole, done = sum(grid.count(zoom) for zoom in grid.zooms), 0.0
    for zoom in grid.zooms:
        share = 100 * grid.count(zoom) / whole
        part = feedback.part(done, done + share)
        done += share
        page = _page(grid, zoom, levels)
        picture = first if zoom == grid.minzoom else paint_page(page, levels[zoom], part.part(0, 20))
        if zoom == grid.maxzoom:
            objects.update(picture.objects)
            accounts[:] = [picture.account]
        squares = list(grid.blocks(zoom, (SQUARE // grid.size).bit_length() - 1))
        for number, square in enumerate(squares):
            part.progress(20 + 80 * number / len(squares), say("painting zoom {0}", zoom))
            yield from _square(picture, zoom, square, _pixels(grid, zoom, levels), grid, part, outline)


def _square(
    picture: Picture,
    zoom: int,
    square: list[tuple[int, int]],
    whole: Pixels,
    grid: Grid,
    feedback: Feedback,
    outline: QgsGeometry | None = None,
) -> Iterator[Tile]:
    """Render some tiles at once; outside the area they are transparent."""
    size, unit = grid.size, grid.unit(zoom)
    columns, rows = [x * size for x, _ in square], [y * size for _, y in square]
    left, top = max(min(columns) - MARGIN, whole[0]), max(min(rows) - MARGIN, whole[1])
    right, bottom = min(max(columns) + size + MARGIN, whole[2]), min(max(rows) + size + MARGIN, whole[3])
    settings = map_settings(picture, DPI, alone=True)
    settings.setExtent(QgsRectangle(left * unit - HALF, HALF - bottom * unit, right * unit - HALF, HALF - top * unit))
    settings.setOutputSize(QSize(right - left, bottom - top))
    image = QImage(right - left, bottom - top, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise WriteError(
            "no_memory", say("There is no memory for a picture of {0} x {1} pixels.", right - left, bottom - top)
        )
    image.fill(QColor(picture.background))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(settings, painter, feedback, picture.is_foreign)
    finally:
        painter.end()
    path = None
    if outline is not None:
        path = QTransform(1 / unit, 0, 0, -1 / unit, HALF / unit - left, HALF / unit - top).map(_path(outline))
        _keep(image, path)
    for x, y in square:
        # Beyond the image a copy is transparent.
        place = QRect(x * size - left, y * size - top, size, size)
        tile, inside = image.copy(place), image.rect().contains(place)
        if path is not None:
            inside = inside and path.contains(QRectF(place))
        yield Tile(zoom, x, y, _png(tile if not inside else tile.convertToFormat(QImage.Format.Format_RGB888)))


def _path(outline: QgsGeometry) -> QPainterPath:
    path = QPainterPath()
    for polygon in outline.asMultiPolygon() if outline.isMultipart() else [outline.asPolygon()]:
        for ring in polygon:
            path.addPolygon(QPolygonF([point.toQPointF() for point in ring]))
    return path


def _keep(image: QImage, path: QPainterPath) -> None:
    """Make all of an image transparent but what lies in the path."""
    mask = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    mask.fill(0)
    painter = QPainter(mask)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, QColor("#000000"))
    painter.end()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, mask)
    painter.end()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(_QUALITY)
    if not writer.write(image):
        raise WriteError("write_failed", say("A tile could not be written: {0}.", writer.errorString()))
    return bytes(buffer.data())
