"""The grid of tiles over an area: zooms, rows and columns of Web Mercator, and their order.

Facts: OGC 17-083r4, WebMercatorQuad (EPSG:3857, rows count southwards); PMTiles 3, section 4.1 (the numbers of tiles:
all lower zooms first, then along Hilbert's curve). Zooms are those of tiles of 512 pixels or of 256, as `size` says:
at the same zoom a tile of 256 pixels shows a map half as large.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Iterator

# Half a side of the world in metres of EPSG:3857, and the latitude of its edge.
HALF = math.pi * 6_378_137.0
EDGE = 85.0511287798066
CRS = "EPSG:3857"
# Screens are looked at from farther away than their nominal 96 dots per inch: at those, names would be too small.
SCREEN_DPI = 144
# The highest zoom, of tiles of 512 pixels, that each detail level has enough for.
_HIGHEST = {1: 9, 2: 11, 3: 13, 4: 14, 5: 15, 6: 16}
# On the lowest zoom the area has at most so many pixels, and at least half of them, where there are enough zooms above.
_SMALLEST, _FEWEST = 256, 3
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Grid:
    """The tiles of `minzoom` to `maxzoom` that touch `box` (west, south, east, north in degrees)."""

    box: Box
    minzoom: int
    maxzoom: int
    size: int

    @property
    def zooms(self) -> range:
        """All zooms, the lowest first."""
        return range(self.minzoom, self.maxzoom + 1)

    @property
    def mercator(self) -> Box:
        """The box in EPSG:3857: xmin, ymin, xmax, ymax."""
        west, south, east, north = self.box
        return (*_metres(west, south), *_metres(east, north))

    @property
    def fitting(self) -> int:
        """The highest zoom at which the area is no larger than a tile."""
        xmin, ymin, xmax, ymax = self.mercator
        return max(math.floor(-math.log2(max((xmax - xmin) / 2 / HALF, (ymax - ymin) / 2 / HALF, 1e-9))), 0)

    def unit(self, zoom: int) -> float:
        """Metres of EPSG:3857 in a pixel."""
        return float(2 * HALF / 2**zoom / self.size)

    def range(self, zoom: int) -> tuple[int, int, int, int]:
        """First column, first row, last column, last row of a zoom."""
        xmin, ymin, xmax, ymax = self.mercator
        side, last = 2 * HALF / 2**zoom, 2**zoom - 1
        # An edge that lies on the grid belongs to no further tile.
        hair = 1e-6
        first = (math.floor((xmin + HALF) / side + hair), math.floor((HALF - ymax) / side + hair))
        end = (math.ceil((xmax + HALF) / side - hair) - 1, math.ceil((HALF - ymin) / side - hair) - 1)
        x0, y0 = (min(max(value, 0), last) for value in first)
        x1, y1 = (min(max(value, low), last) for value, low in zip(end, (x0, y0)))
        return x0, y0, x1, y1

    def count(self, zoom: int) -> int:
        """The number of tiles of a zoom."""
        x0, y0, x1, y1 = self.range(zoom)
        return (x1 - x0 + 1) * (y1 - y0 + 1)

    def has(self, zoom: int, x: int, y: int) -> bool:
        """Whether a tile is one of the grid's."""
        x0, y0, x1, y1 = self.range(zoom)
        return self.minzoom <= zoom <= self.maxzoom and x0 <= x <= x1 and y0 <= y <= y1

    def blocks(self, zoom: int, power: int) -> Iterator[list[tuple[int, int]]]:
        """The tiles of a zoom in order, in squares of 2**power tiles a side, each of which lies whole on the curve."""
        x0, y0, x1, y1 = self.range(zoom)
        power = min(power, zoom)
        columns, rows = range(x0 >> power, (x1 >> power) + 1), range(y0 >> power, (y1 >> power) + 1)
        corners = sorted(product(columns, rows), key=lambda corner: tile_id(zoom - power, *corner))
        for column, row in corners:
            across = range(max(column << power, x0), min((column + 1 << power) - 1, x1) + 1)
            down = range(max(row << power, y0), min((row + 1 << power) - 1, y1) + 1)
            yield sorted(product(across, down), key=lambda tile: tile_id(zoom, *tile))


def _metres(lon: float, lat: float) -> tuple[float, float]:
    lat = min(max(lat, -EDGE), EDGE)
    return math.radians(lon) * HALF / math.pi, math.asinh(math.tan(math.radians(lat))) * HALF / math.pi


def suited(zoom: int, size: int, detail: int) -> int:
    """The detail level that suits a zoom, none finer than `detail`."""
    zoom -= _finer(size)
    return min(next((level for level, highest in _HIGHEST.items() if zoom <= highest), detail), detail)


def _finer(size: int) -> int:
    """By how many zooms tiles of `size` pixels show less than tiles of 512."""
    return int(math.log2(512 // size))


def grid_of(box: Box, size: int, detail: int, beyond: int = 0, most: int = 0, asked: tuple[int, int] = (0, 0)) -> Grid:
    """The grid that suits an area: from where it is a part of one tile to where the detail level ends.

    `beyond` is how many zooms further it goes; `most` is how many tiles the highest zoom may have, 0 for any number;
    `asked` are the lowest and highest zoom that somebody asked for, 0 for what suits.
    """
    whole = Grid(box, 0, 30, size)
    fitting = whole.fitting
    lowest = max(fitting - int(math.log2(size // _SMALLEST)), 0)
    # A coarse level still shows a small area as large as a tile; a garden is no larger than at the finest level.
    end, last = (_HIGHEST[level] + _finer(size) + beyond for level in (detail, 6))
    highest = max(end, min(fitting, last))
    low, high = asked
    highest = high or max(highest, low)
    lowest = low or max(min(lowest, highest - _FEWEST + 1), 0)
    while most and highest and whole.count(highest) > most:
        highest -= 1
    return Grid(box, min(lowest, highest), highest, size)


def tile_id(zoom: int, x: int, y: int) -> int:
    """A tile's number in PMTiles: the lower zooms first, then along Hilbert's curve."""
    place = 0
    side = 1 << zoom >> 1
    while side:
        right, down = int(bool(x & side)), int(bool(y & side))
        place += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    # A third of the next power of four, less one: all lower zooms.
    return ((1 << 2 * zoom) - 1) // 3 + place
