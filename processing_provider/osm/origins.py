"""What of an object decides at which level and in which box it is shown: kept where rows of all of them are staged."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Sequence

from ..geo.geometry import is_closed
from .tables.staged import Box, Rows

# A box that nothing lies in: each way reaches over its edge.
NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)
# Where the points begin in the blob of a line or polygon: 8 bytes, the envelope, order and type.
_POINTS = 45


class Origins:
    """Of each row of a table: where it came from, the level it is shown from, and its square metres (else infinite).

    `sources` are those of the table (see LayerTable.source), `raws` the blobs that were read, empty where the row's own
    has the same points; areas that were repaired are `mended`, those of ways that do not close `opened`; `twins` are
    the rows of relations with the same outline as a row, which is left out where one of them is there.
    """

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.levels: list[int] = []
        self.areas: list[float] = []
        self.mended: list[bool] = []
        self.raws: list[bytes] = []
        self.opened: list[bool] = []
        self.twins: dict[int, tuple[int, ...]] = {}
        # Objects without a shape: source, level, blob and values.
        self.refused: list[tuple[str, int, bytes, Sequence[object]]] = []
        # Rows that `batch` took away.
        self.gone = 0

    def add(self, rows: Rows, source: str, blob: bytes, level: int, values: Sequence[object]) -> None:
        """Note the object that was read last, whether it made a row or is refused."""
        if len(rows.blobs) == len(self.levels):
            self.refused.append((source, level, blob, values))
            return
        own = rows.blobs[-1]
        same = own == blob or (len(blob) > _POINTS and own.endswith(blob[_POINTS:]))
        self.sources.append(source)
        self.levels.append(level)
        if len(self.areas) < len(self.levels):
            self.areas.append(math.inf)
            self.mended.append(False)
        self.opened.append(source == "rings" and not is_closed(blob))
        self.raws.append(b"" if same else blob)

    def area(self, rows: Rows, area: float, mended: bool, same: Sequence[int]) -> None:
        """Of the row that comes next: its square metres, whether it was mended, the rows that have its outline."""
        self.areas.append(area)
        self.mended.append(mended)
        if same:
            self.twins[self.gone + len(rows.blobs)] = tuple(same)

    def batch(self, rows: Rows, hstores: list[str | None] | None) -> None:
        """Some more objects were read; a subclass may take their rows away, all of them."""
