"""What of a store a job asks for: the same rows, in the same order, as reading the source itself would stage."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...feedback import Creeping, Feedback
from ...geo.gdal_settings import quiet
from ...geo.geometry import from_blob
from ...text.sentence import say
from .. import staging
from ..tables import extra_tags
from ..tables.detail import DETAILS
from ..tables.language import NO_NAMES, Names, Pair, spoken_in
from ..tables.layers import COMMON, LayerTable, chosen
from ..tables.staged import Box, Rows, Staged
from .layout import COAST, OPENED, REACH, SOUGHT, TWIN, Blocks, BrokenStoreError, Header, rows_of
from .near import ROUTES, Filters, NearBlocks, Wanted, inside, meets, of_ways, ray
from .object_counting import count_objects

# Columns of few words.
_WORDS = [number for number, (name, _) in enumerate(COMMON) if name in ("osm_type", "class", "kind")]


@dataclass
class _Found:
    """Rows of one table, in their order."""

    numbers: list[int] = field(default_factory=list)
    blobs: list[bytes] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    latin: list[str | None] = field(default_factory=list)
    tags: list[str | None] = field(default_factory=list)
    small: list[bool] = field(default_factory=list)
    twins: dict[int, list[int]] = field(default_factory=dict)


class Store:
    """A store that is open to be asked."""

    def __init__(self, header: Header, blocks: Blocks) -> None:
        self.header = header
        self._near = NearBlocks(header, blocks)

    @property
    def blocks(self) -> Blocks:
        """All rows, for who reads them as they lie."""
        return self._near.blocks

    @property
    def box(self) -> Box | None:
        """What the source says that it covers (west, south, east, north); None where it says nothing."""
        box = self._near.header.box
        return (box[0], box[1], box[2], box[3]) if box else None

    def close(self) -> None:
        """Let go of the files."""
        self._near.blocks.close()

    def stage(
        self,
        wide: Box,
        groups: tuple[str, ...],
        level: int,
        feedback: Feedback,
        box: Box | None = None,
        tags: str = "table",
        names: Names = NO_NAMES,
        least: float = 0.0,
        rest: bool = False,
    ) -> Staged:
        """What staging.stage() makes of all that touches `wide`; its other arguments are those of that.

        Raises BrokenStoreError where a block is not what was written.
        """
        detail, tables = DETAILS[level], chosen(groups, rest)
        staged = Staged({}, [])
        hstores: dict[str, list[str | None]] = {}
        twins: dict[str, list[int]] = {}
        filters, share = Filters(wide), 60 / len(tables)
        with quiet():
            for number, table in enumerate(tables):
                go_on = Creeping(feedback, share * number, share * (number + 1), table.title)
                wanted = Wanted(wide, box, level, detail.smallest(table.name), least)
                is_shown = table.name != "buildings" or detail.min_building is not None
                found = self._found(table.name, wanted, filters, tags != "table" or bool(names.language), go_on)
                staged.rows[table.name], twins[table.name] = _rows(table, found if is_shown else _Found(), names)
                hstores[table.name] = found.tags
            go_on = Creeping(feedback, 60, 70, say("sorting"))
            coast = self._found(COAST, Wanted(wide, box, level, 0.0, 0.0), filters, False, go_on)
            staged.coastline = [line for blob in coast.blobs if (line := from_blob(blob)) is not None]
            wanted = Wanted(wide, box, level, 0.0, least)
            count_objects(self._near, staged, wanted, filters, bool(groups), twins, go_on)
        staging.finish(staged, hstores, level, tags, names, feedback)
        return staged

    def reach(self, wide: Box) -> Box | None:
        """How far what touches `wide` reaches (west, south, east, north), of sources that do not tell their box."""
        wanted = Wanted(wide, None, 0, 0.0, 0.0)
        boxes = [heads["box"] for _, heads in self._near.near(REACH, wanted)]
        if not boxes:
            return None
        every = np.concatenate(boxes)
        west, east, south, north = every[:, 0].min(), every[:, 1].max(), every[:, 2].min(), every[:, 3].max()
        return (float(west), float(south), float(east), float(north)) if len(every) else None

    def _found(self, name: str, wanted: Wanted, filters: Filters, tags: bool, go_on: Any) -> _Found:
        pieces: list[tuple[int, bytes, tuple[Any, ...], str | None, str | None, bool, list[int] | None]] = []
        memo: dict[object, object] = {}
        for block, heads in self._near.near(name, wanted):
            go_on()
            near, small = _decided(heads, wanted)
            if not near.any():
                continue
            count = len(heads)
            try:
                blobs, raws, values, twins = rows_of(self._near.blocks.part(block, 1), count)
                texts = _texts(self._near.blocks.part(block, 2), count) if tags else [None] * count
            except (ValueError, KeyError, IndexError, TypeError) as error:
                raise BrokenStoreError(str(error)) from error
            within = inside(heads["box"], wanted.wide)
            sources, numbers = heads["source"].tolist(), heads["row"].tolist()
            known = filters.known.setdefault(int(block["offset"]), {})
            for at in np.flatnonzero(near).tolist():
                blob: bytes | None = blobs[at]
                if sources[at] == ROUTES:
                    blob = filters.route(blobs[at])
                    known[at] = blob is not None
                elif not within[at]:
                    known[at] = filters.touch(sources[at], blobs[at], raws[at])
                    if not known[at]:
                        continue
                if blob is not None:
                    latin = values[at].pop() if values[at] else None
                    row = _slim(values[at], memo)
                    pieces.append((numbers[at], blob, row, latin, texts[at], bool(small[at]), twins.get(at)))
        pieces.sort(key=lambda piece: piece[0])
        found = _Found()
        for number, blob, row, latin, text, is_small, same in pieces:
            if same:
                found.twins[len(found.numbers)] = same
            found.numbers.append(number)
            found.blobs.append(blob)
            found.values.append(row)
            found.latin.append(latin)
            found.tags.append(text)
            found.small.append(is_small)
        return found


def _slim(values: list[Any], memo: dict[object, object]) -> tuple[Any, ...]:
    """A row's values as they stay: the same few words again and again are kept once."""
    for number in _WORDS if values else ():
        values[number] = memo.setdefault(values[number], values[number])
    return tuple(values)


def _decided(heads: Any, wanted: Wanted) -> tuple[Any, Any]:
    """Which rows may be wanted by all but their exact shape, and which are too small to be more than a twin's name."""
    boxes, sought = heads["box"], (heads["flags"] & SOUGHT) > 0
    lines = of_ways(heads)
    near = meets(boxes, wanted.wide) | (lines & meets(boxes, ray(wanted.wide)))
    near &= heads["level"] <= wanted.level
    opened = (heads["flags"] & OPENED) > 0
    if opened.any():
        near &= ~opened | (~inside(boxes, wanted.box) if wanted.box is not None else False)
    small = heads["area"] < np.where(sought, wanted.smallest, max(wanted.smallest, wanted.least))
    named_twin = ((heads["flags"] & TWIN) > 0) & sought
    return near & (~small | named_twin), small


def _texts(data: bytes, count: int) -> list[str | None]:
    texts: list[str | None] = json.loads(data.decode("utf-8", "surrogatepass"))
    if len(texts) != count:
        raise ValueError("a block has too few tags")
    return texts


def _rows(table: LayerTable, found: _Found, names: Names) -> tuple[Rows, list[int]]:
    """The rows of a table; of an area that is there twice the relation alone, by its way's name if it has none.

    Beside them the numbers of those ways.
    """
    rows = Rows(table, found.blobs, found.values)
    pairs: list[Pair] = []
    ways: list[int] = []
    if names.keys:
        spoken = [spoken_in(extra_tags.parse(text), names) if text and "name:" in text else None for text in found.tags]
        pairs = list(zip(spoken, found.latin if names.latin else [None] * len(spoken)))
        rows.names = pairs
    left = {at for at, is_small in enumerate(found.small) if is_small}
    place = {number: at for at, number in enumerate(found.numbers)}
    for at, same in found.twins.items():
        there = [place[number] for number in same if number in place and place[number] not in left]
        if there:
            staging.take_name(rows, there[-1], rows.values[at], pairs[at] if pairs else None)
            left.add(at)
            ways.append(found.numbers[at])
    if left:
        _leave_out(rows, found, left)
    return rows, ways


def _leave_out(rows: Rows, found: _Found, left: set[int]) -> None:
    keep = [at for at in range(len(rows.blobs)) if at not in left]
    rows.blobs = [rows.blobs[at] for at in keep]
    rows.values = [rows.values[at] for at in keep]
    rows.names = [rows.names[at] for at in keep] if rows.names else []
    found.tags[:] = [found.tags[at] for at in keep]
