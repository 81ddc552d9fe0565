"""Tiles that several archives take are made once: the first to ask fills a private file, the others read it.

Painting is nearly all that a file of painted tiles costs.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path
from typing import Callable, Iterator

from ..feedback import Feedback
from .model import Tile

_HEAD = struct.Struct("<B2IQ")


class Spool:
    """Tiles as `produce` makes them, kept in the file at `path` from the first time on that all were asked for."""

    def __init__(self, produce: Callable[[Feedback], Iterator[Tile]], path: Path) -> None:
        self._produce = produce
        self._path = path
        self._is_whole = False

    def __call__(self, feedback: Feedback) -> Iterator[Tile]:
        """Every tile once, in order. Raises Cancelled."""
        if self._is_whole:
            yield from self._read(feedback)
            return
        with self._path.open("wb") as file:
            for tile in self._produce(feedback):
                file.write(_HEAD.pack(tile.zoom, tile.x, tile.y, len(tile.data)))
                file.write(tile.data)
                yield tile
        self._is_whole = True

    def _read(self, feedback: Feedback) -> Iterator[Tile]:
        whole = self._path.stat().st_size or 1
        with self._path.open("rb") as file:
            while head := file.read(_HEAD.size):
                feedback.progress(100 * file.tell() / whole, "packing tiles")
                zoom, x, y, size = _HEAD.unpack(head)
                yield Tile(zoom, x, y, file.read(size))
