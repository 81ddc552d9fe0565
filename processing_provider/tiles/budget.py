"""What one vector tile may weigh: what is too much is left out, the smallest of the least important layers first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from typing import Mapping

import numpy as np

from . import mvt

# Bytes of a packed tile: what viewers load without a stop, and tippecanoe's own limit.
MOST = 500_000
_GZIP = 16 + zlib.MAX_WBITS


def packed(data: bytes) -> bytes:
    """The tile as gzip, the same bytes for the same tile."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    return squeeze.compress(data) + squeeze.flush()


def fitted(tile: bytes, ranks: Mapping[str, int], most: int) -> tuple[bytes, list[mvt.Layer] | None]:
    """The packed tile, of at most `most` bytes; where something was left out for that, its layers with what was not.

    Layers of a high rank go first, those of rank 0 stay whole.
    """
    data = packed(tile)
    if len(data) <= most:
        return data, None
    parts = mvt.layers(tile)
    order = sorted(
        (-ranks.get(part.name, 1), _extent(item), number, place)
        for number, part in enumerate(parts) if ranks.get(part.name, 1)
        for place, item in enumerate(part.features)
    )  # fmt: skip
    low, high = 0, len(order)
    # The fewest that have to go.
    while low < high:
        middle = (low + high) // 2
        if len(packed(mvt.tile(_without(parts, order[:middle])))) <= most:
            high = middle
        else:
            low = middle + 1
    kept = _without(parts, order[:low])
    return packed(mvt.tile(kept)), kept


def _without(parts: list[mvt.Layer], gone: list[tuple[int, int, int, int]]) -> list[mvt.Layer]:
    lost = {(number, place) for _, _, number, place in gone}
    return [
        mvt.Layer(part.name, part.head, [item for at, item in enumerate(part.features) if (number, at) not in lost])
        for number, part in enumerate(parts)
    ]


def _extent(item: mvt.Feature) -> int:
    """Width and height of a feature in units of the tile."""
    values = mvt.numbers(item.geometry)
    steps, place = np.ones(len(values), bool), 0
    while place < len(values):
        steps[place] = False
        command, count = int(values[place]) & 7, int(values[place]) >> 3
        place += 1 if command == mvt.CLOSE else 1 + 2 * count
    points = np.cumsum(mvt.unfolded(values[steps]).reshape(-1, 2), axis=0)
    return int((points.max(axis=0) - points.min(axis=0)).sum()) if len(points) else 0
