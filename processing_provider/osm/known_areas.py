"""What the areas of a source are, at whatever detail level: read, mended where they are not valid, measured once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Dict, NamedTuple, Optional, Sequence

import numpy as np

from ..geo.geometry import as_multi, from_blob, is_closed, is_ring, repaired, ring_as_multi, to_blob
from . import simple_rings
from .measures import square_metres, square_metres_of
from .outlines import area_of
from .tables.staged import LONLAT, Box

# Where the points of the blob of a line begin, which has an envelope; and bytes of a point.
_POINTS, _POINT = 49, 16


class KnownArea(NamedTuple):
    """An area: square `metres`, negative where nothing is left of it once it is mended; its shape as a row has it, None
    where that is as it was read, so that no second copy is kept; whether it had to be mended.
    """

    metres: float
    blob: Optional[bytes]
    is_mended: bool

    def row(self, read: bytes, ring: bool) -> bytes:
        """The shape of a row, of the blob that was `read`: a line, where it is a ring."""
        if self.blob is not None:
            return self.blob
        return ring_as_multi(read) if ring else as_multi(read, "polygon")


# By the hash of the blob that was read, None where it encloses nothing: hashes of bytes have 64 bits and a key of each
# run, so that no two of a planet's areas have the same.
KnownAreas = Dict[int, Optional[KnownArea]]


def known_area(blob: bytes, ring: bool, box: Box | None, known: KnownAreas | None) -> KnownArea | None:
    """The area of a blob, or of the line of a `ring`; looked up, and kept, in what is `known` where there is such."""
    if known is None:
        return _looked_at(blob, ring, box)
    key = hash(blob)
    if key not in known:
        known[key] = _looked_at(blob, ring, box)
    return known[key]


def learn(blobs: Sequence[bytes], known: KnownAreas) -> None:
    """Look at the lines of many rings together, and keep what those are that close and do not cross themselves.

    Nearly all are such; they are what they are without a geometry of each.
    """
    fresh = {key: blob for blob in blobs if is_ring(blob) and (key := hash(blob)) not in known}
    if not fresh:
        return
    # But for the last point, which is the first.
    lines = [blob[_POINTS:-_POINT] for blob in fresh.values()]
    count = np.fromiter(map(len, lines), np.int64, len(lines)) // _POINT
    points = np.frombuffer(b"".join(lines), "<f8").reshape(-1, 2)
    good = simple_rings.in_degrees(points, count)
    metres = square_metres_of(points, count)
    for key, is_good, size in zip(fresh, good.tolist(), metres.tolist()):
        if is_good:
            known[key] = KnownArea(size, None, False)


def _looked_at(blob: bytes, ring: bool, box: Box | None) -> KnownArea | None:
    geometry = area_of(box, blob) if ring else from_blob(blob)
    if geometry is None:
        return None
    mended = repaired(geometry, "polygon")
    if mended is None:
        return KnownArea(-1.0, None, True)
    is_mended = mended is not geometry
    is_other = is_mended or (ring and not is_closed(blob))
    return KnownArea(square_metres(mended), to_blob(mended, "polygon", LONLAT) if is_other else None, is_mended)
