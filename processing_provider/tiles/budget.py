"""What one vector tile may weigh: what is too much is left out, the smallest of the least important layers first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Mapping

import numpy as np

from . import mvt

if TYPE_CHECKING:
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

# Bytes of a packed tile: what viewers load without a stop, and tippecanoe's own limit.
MOST = 500_000
_GZIP = 16 + zlib.MAX_WBITS
# Of zlib: what tiles are packed with that have room, in two thirds of the time and half a percent more bytes than those
# take that have not.
_EFFORT, _MOST_EFFORT = 5, 6
# One in so many objects may go though it would just have fitted: each look packs the tile anew.
_CLOSE = 1000


def packed(data: bytes, effort: int = _MOST_EFFORT) -> bytes:
    """The tile as gzip, the same bytes for the same tile."""
    squeeze = zlib.compressobj(effort, zlib.DEFLATED, _GZIP)
    return squeeze.compress(data) + squeeze.flush()


def fitted(tile: bytes, ranks: Mapping[str, int], most: int) -> tuple[bytes, Left | None]:
    """The packed tile, of at most `most` bytes; what stayed and went, where something was left out for that.

    Layers of a high rank go first, those of rank 0 stay whole.
    """
    data = packed(tile, _EFFORT)
    if len(data) > most:
        data = packed(tile)
    if len(data) <= most:
        return data, None
    trial = _Trial(mvt.layers(tile), ranks)
    low, high = 0, trial.count
    size, least = len(data), 0
    found = packed(trial.tile(high))
    if len(found) <= most:
        least = len(found)
        # The fewest that have to go: where they would be if each weighed the same, and again from there.
        while high - low > max(1, trial.count // _CLOSE):
            guess = low + (high - low) * (size - most) / (size - least)
            middle = min(max(round(guess), low + 1), high - 1)
            data = packed(trial.tile(middle))
            if len(data) <= most:
                high, least, found = middle, len(data), data
            else:
                low, size = middle, len(data)
    return found, trial.left(high)


@dataclass(frozen=True)
class Left:
    """What stays of a tile, the numbers of each layer's objects; and how many went."""

    kept: Mapping[str, list[int]]
    gone: Mapping[str, int]


class _Trial:
    """A tile's layers, and the order in which their features go."""

    def __init__(self, parts: list[mvt.Layer], ranks: Mapping[str, int]) -> None:
        self._parts = parts
        self._whole = [[mvt.feature(item) for item in part.features] for part in parts]
        layer, place, weight, extent = [], [], [], []
        for number, part in enumerate(parts):
            rank = ranks.get(part.name, 1)
            if rank and part.features:
                layer.append(np.full(len(part.features), number))
                place.append(np.arange(len(part.features)))
                weight.append(np.full(len(part.features), -rank))
                extent.append(_extents(part.features))
        self._layer, self._place = (np.concatenate([np.zeros(0, np.int64), *some]) for some in (layer, place))
        order = np.lexsort([np.concatenate([np.zeros(0, np.int64), *some]) for some in (place, layer, extent, weight)])
        self._layer, self._place = self._layer[order], self._place[order]
        self.count = len(order)

    def _stay(self, number: int, gone: int) -> npt.NDArray[np.bool_]:
        """Which features of a layer are left when so many are gone."""
        stay = np.ones(len(self._parts[number].features), bool)
        stay[self._place[:gone][self._layer[:gone] == number]] = False
        return stay

    def tile(self, gone: int) -> bytes:
        """The tile's bytes without the first ones of the order."""
        return b"".join(
            mvt.layer(part, list(compress(self._whole[number], self._stay(number, gone).tolist())))
            for number, part in enumerate(self._parts)
        )

    def left(self, gone: int) -> Left:
        """What of that tile's objects is there."""
        stays = {part.name: self._stay(number, gone) for number, part in enumerate(self._parts)}
        kept = {
            part.name: [item.id for item in compress(part.features, stays[part.name].tolist())] for part in self._parts
        }
        return Left(kept, {name: int((~stay).sum()) for name, stay in stays.items() if not stay.all()})


def _extents(items: list[mvt.Feature]) -> Whole:
    """Width and height together of each feature, in units of the tile."""
    values = mvt.numbers(b"".join(item.geometry for item in items))
    steps = np.ones(len(values), bool)
    lengths = [mvt.count(item.geometry) for item in items]
    listed, place, commands = values.tolist(), 0, []
    while place < len(listed):
        commands.append(place)
        command, count = listed[place] & 7, listed[place] >> 3
        place += 1 if command == mvt.CLOSE else 1 + 2 * count
    steps[commands] = False
    # How many points each has, and where they begin.
    points = np.add.reduceat(steps, np.cumsum(lengths) - lengths, dtype=np.int64) // 2
    start = np.cumsum(points) - points
    at = np.cumsum(mvt.unfolded(values[steps]).reshape(-1, 2), axis=0)
    result: Whole = (np.maximum.reduceat(at, start) - np.minimum.reduceat(at, start)).sum(axis=1)
    return result
