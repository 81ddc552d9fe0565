"""Rows on their way into a store: written away as they come, so that memory holds what is sorted by alone."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any, Callable, Sequence

import numpy as np

from ...geo.geometry import bounds
from ..measures import box_metres
from ..origins import Origins
from ..tables.account import KINDS, REFUSED
from ..tables.layers import COMMON, TABLES
from ..tables.staged import Rows
from .hilbert import along_curve
from .layout import MENDED, OPENED, ROW, ROWS_A_BLOCK, SOUGHT, SOURCES, TWIN, Draft, Packed

_ID, _TYPE, _NAME, _KIND = ([name for name, _ in COMMON].index(word) for word in ("osm_id", "osm_type", "name", "kind"))
LANDMARK = "landmark"
# A box round everything.
WHOLE = (-np.inf, np.inf, -np.inf, np.inf)
# The square metres at which a size class ends.
_CLASSES = (100.0, 1000.0, 10_000.0)
# The pieces of a row in the file: geometry, what was read, values, tags.
_PIECES = 4


class Spill(Origins):
    """Takes rows away in batches; `write()` brings them into a draft, in their order there."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file = path.open("wb")
        self._heads: list[Any] = []
        self._lengths: list[Any] = []

    def refusals(self, table: int) -> list[tuple[bytes, Any]]:
        """What table number `table` has no shape for: GeoPackage blobs, and what decides of each (ROW).

        The table stands in the higher bits of the row, its outcome in the lower ones; the area is that of its box.
        """
        made = []
        for source, level, blob, values in self.refused:
            head = lost_head(bounds(blob), (table + 1) << 8 | REFUSED, values[_ID], KINDS.index(str(values[_TYPE])))
            head["area"] = box_metres(blob) if TABLES[table].geometry == "polygon" else np.inf
            head["level"], head["source"] = level, SOURCES.index(source)
            head["flags"] = SOUGHT if _is_sought(values) else 0
            made.append((blob, head))
        return made

    def batch(self, rows: Rows, hstores: list[str | None] | None) -> None:
        """Take them away, but for relations, which ways are still compared with."""
        if self.sources and self.sources[-1] != "multipolygons":
            self.take(rows, hstores)

    def take(self, rows: Rows, hstores: list[str | None] | None) -> None:
        """Take all rows away."""
        count = len(rows.blobs)
        if not count:
            return
        latin = [pair[1] for pair in rows.names] or [None] * count
        texts = hstores if hstores else [None] * count
        lengths = []
        for blob, raw, values, name, text in zip(rows.blobs, self.raws, rows.values, latin, texts):
            pieces = (blob, raw, _json((*values, name)), _json(text))
            self._file.write(b"".join(pieces))
            lengths.append([len(piece) for piece in pieces])
        self._lengths.append(np.array(lengths, np.int64))
        self._heads.append(self._headed(rows))
        self.gone += count
        for done in (rows.blobs, rows.values, rows.names, hstores or []):
            done.clear()
        for more in (self.sources, self.levels, self.areas, self.raws, self.opened, self.mended):
            more.clear()

    def _headed(self, rows: Rows) -> Any:
        heads = np.zeros(len(rows.blobs), ROW)
        heads["box"] = [bounds(raw or blob) for raw, blob in zip(self.raws, rows.blobs)]
        heads["area"], heads["level"] = self.areas, self.levels
        heads["row"] = np.arange(self.gone, self.gone + len(heads))
        heads["source"] = [SOURCES.index(source) for source in self.sources]
        heads["id"] = [row[_ID] for row in rows.values]
        heads["kind"] = [KINDS.index(str(row[_TYPE])) for row in rows.values]
        sought = [_is_sought(row) for row in rows.values]
        heads["flags"] = SOUGHT * np.array(sought, "u1") + OPENED * np.array(self.opened, "u1")
        heads["flags"] += MENDED * np.array(self.mended, "u1")
        return heads

    def close(self) -> None:
        """Let go of the file, which stays where it is: some systems do not remove it before."""
        self._file.close()

    def write(self, draft: Draft, table: int, go_on: Callable[[], None]) -> int:
        """Bring all rows into `draft` as table number `table`; how many."""
        self._file.close()
        if not self._heads:
            return 0
        heads, lengths = np.concatenate(self._heads), np.concatenate(self._lengths)
        self._heads, self._lengths = [], []
        twins = np.array(sorted(self.twins), np.int64)
        heads["flags"][twins] |= TWIN
        ends = np.cumsum(lengths.ravel()).reshape(lengths.shape)
        group, order = _order(heads, go_on)
        cuts = np.flatnonzero(np.diff(group[order])) + 1
        with self._path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for part in np.split(order, cuts):
                for first in range(0, len(part), ROWS_A_BLOCK):
                    go_on()
                    self._block(draft, table, heads, part[first : first + ROWS_A_BLOCK], data, lengths, ends)
        return len(heads)

    def _block(self, draft: Draft, table: int, heads: Any, chosen: Any, data: Any, lengths: Any, ends: Any) -> None:
        pieces: list[list[bytes]] = [[] for _ in range(_PIECES)]
        for sizes, stops in zip(lengths[chosen].tolist(), ends[chosen].tolist()):
            for kept, size, stop in zip(pieces, sizes, stops):
                kept.append(data[stop - size : stop])
        mine = heads[chosen]
        twins = {
            number: self.twins[int(mine["row"][number])] for number in np.flatnonzero(mine["flags"] & TWIN).tolist()
        }
        blobs, raws, values, tags = pieces
        draft.add(table, mine, (Packed(blobs, raws, values, twins).to_bytes(), b"[" + b",".join(tags) + b"]"))


def lost_head(box: Sequence[float], row: int, number: object, kind: int) -> Any:
    """What decides of an object that made no row (ROW): its box (as in ROW), what became of it, its id and kind."""
    head = np.zeros((), ROW)
    head["box"], head["row"], head["id"], head["kind"] = box, row, number, kind
    head["area"], head["source"] = np.inf, SOURCES.index("lines")
    return head


def _is_sought(values: Sequence[object]) -> bool:
    return values[_NAME] is not None or values[_KIND] == LANDMARK


def _order(heads: Any, go_on: Callable[[], None]) -> tuple[Any, Any]:
    """The group of each row, by level and size, and the rows' order: by group, then along a curve."""
    size = np.where(heads["flags"] & SOUGHT, len(_CLASSES), np.searchsorted(_CLASSES, heads["area"], side="right"))
    group = heads["level"].astype(np.int64) * 10 + (len(_CLASSES) - size)
    box = heads["box"]
    curve = along_curve(box[:, 0] + box[:, 1], box[:, 2] + box[:, 3], go_on)
    go_on()
    return group, np.lexsort((curve, group))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
