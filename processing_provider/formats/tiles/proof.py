"""What the archives of tiles share when they are opened again."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from typing import Iterable

from ...errors import WriteError
from ...text.sentence import say
from ...tiles import mvt
from ..contract import Written

_GZIP = 16 + zlib.MAX_WBITS
_PNG = b"\x89PNG\r\n\x1a\n"


def prove_layers(tiles: Iterable[bytes], written: Written, name: str) -> None:
    """Packed vector tiles of the highest zoom have every layer between them; WriteError otherwise."""
    found: set[str] = set()
    for data in tiles:
        found |= mvt.names(zlib.decompress(data, _GZIP))
    missing = sorted(set(written.layers) - found)
    if missing:
        raise WriteError("not_proven", say("{0} came out without {1}.", name, ", ".join(missing)))


def prove_pictures(tiles: Iterable[bytes], count: int, name: str) -> None:
    """They are so many tiles, each a PNG; WriteError otherwise. `count` 0: any number, but one at least."""
    found = 0
    for data in tiles:
        found += data.startswith(_PNG)
    if not found or (count and found != count):
        raise WriteError("not_proven", say("{0} holds {1} of {2} tiles.", name, found, count))
