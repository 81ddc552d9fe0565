"""Each raw layer looked through once, with the rules of all tables: what each takes, and what becomes of every object.

A scan of a layer for each table reads every geometry as often as there are tables. Here one statement evaluates all
rules of a row; rows are then taken from the layer by their numbers, in the order in which they lie there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from copy import copy
from dataclasses import dataclass, replace
from typing import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ..geo.sql import sql
from ..sources import routes
from ..sources.incomplete import Lacking
from .account_counting import account_of
from .known_areas import KnownAreas
from .tables.account import (
    DETAIL,
    LAYERS,
    NODES,
    RELATION,
    RULE,
    TABLE,
    WAY,
    Account,
)
from .tables.layer_sql import COAST, RAW, alternatives, rest_rings, scan
from .tables.layers import LayerTable

_BATCH = 5000
# Numbers of rows that are told the database in one go.
_NUMBERS = 50_000
_Whole = NDArray[np.int64]
_Bytes = NDArray[np.uint8]


@dataclass
class _Layer:
    """The tagged objects of one raw layer: numbers of their rows, ids, kinds (see account.py), and outcomes so far."""

    fids: _Whole
    ids: _Whole
    kinds: _Bytes
    outcomes: _Bytes
    # Those that no table knows.
    unknown: NDArray[np.bool_]


@dataclass
class Taken:
    """The objects that a table takes from a source at a level: places in the layer's arrays, in the rows' order."""

    layer: _Layer
    at: _Whole

    def settle(self, lost: dict[int, int]) -> None:
        """All are in the table, but those that are `lost`: the number of the row, and what became of it."""
        outcomes = np.full(len(self.at), TABLE, np.uint8)
        outcomes[list(lost)] = list(lost.values())
        self.layer.outcomes[self.at] = np.minimum(self.layer.outcomes[self.at], outcomes)


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("DROP TABLE IF EXISTS temp.taken")
    database.execute("CREATE TEMP TABLE taken (fid INTEGER PRIMARY KEY, alt INTEGER)")


class Classification:
    """What `tables` take of what was read; `database` is a connection of extract.connect(), of which it is a part.

    `is_chosen`: they are not all tables there are. `go_on` is called now and then, and may raise.
    """

    def __init__(
        self, database: sqlite3.Connection, tables: Iterable[LayerTable], is_chosen: bool, go_on: Callable[[], None]
    ) -> None:
        self._database = database
        # The objects that each table takes of a source, and by which of its alternatives.
        self._found: dict[tuple[str, str], tuple[_Layer, _Whole, _Whole]] = {}
        self._layers: dict[str, _Layer] = {}
        # Areas that had to be mended.
        self.repaired = 0
        # What its areas are, for other levels; None where nobody asks for such.
        self.areas: KnownAreas | None = None
        # Its routes, once joined, by the hash of what was read (see known_areas.py).
        self._routes: dict[int, bytes | None] = {}
        _prepare(database)
        listed = [(table, source) for table in tables if any(alternatives(table)) for source in table.source]
        for raw in dict.fromkeys(RAW.values()):
            pairs = [(table, source) for table, source in listed if RAW[source] == raw]
            self._scan(raw, pairs, LAYERS if is_chosen else RULE, go_on)
        # What is known before any level is looked at.
        self._fresh = {raw: layer.outcomes.copy() for raw, layer in self._layers.items()}

    def again(self, database: sqlite3.Connection) -> Classification:
        """The same for another detail level, on another connection: no rule hangs on a level, outcomes begin anew."""
        _prepare(database)
        other = copy(self)
        other._database, other.repaired = database, 0
        other._layers = {raw: replace(layer, outcomes=self._fresh[raw].copy()) for raw, layer in self._layers.items()}
        other._found = {
            (name, source): (other._layers[RAW[source]], at, alts)
            for (name, source), (_, at, alts) in self._found.items()
        }
        return other

    def _scan(self, raw: str, pairs: list[tuple[LayerTable, str]], rest: int, go_on: Callable[[], None]) -> None:
        look = self._database.execute(sql("SELECT * FROM {raw!i} LIMIT 0", raw=raw))
        statement, fields = scan(raw, pairs, [column[0] for column in look.description])
        cursor = self._database.execute(statement)
        batches = [np.empty((0, len(cursor.description)), np.int64)]
        while batch := cursor.fetchmany(_BATCH):
            go_on()
            batches.append(np.array(batch, np.int64))
        fids, ids, kinds, *words = np.concatenate(batches).T
        unknown = np.ones(len(fids), bool)
        for word in words:
            go_on()
            unknown &= word == 0
        layer = _Layer(fids.copy(), ids.copy(), kinds.astype(np.uint8), np.full(len(fids), rest, np.uint8), unknown)
        self._layers[raw] = layer
        for name, source, word, shift, mask in fields:
            go_on()
            codes = (words[word] >> shift) & mask
            at = np.flatnonzero(codes)
            if name == COAST:
                # Land and sea are made of it.
                layer.outcomes[at] = TABLE
            self._found[name, source] = layer, at, codes[at] - 1

    def route(self, read: bytes) -> bytes | None:
        """A route of what was read of it, joined (see routes.joined); it is the same at all levels."""
        key = hash(read)
        if key not in self._routes:
            self._routes[key] = routes.joined(routes.ways_of(read))
        return self._routes[key]

    def take(self, table: LayerTable, source: str, level: int, go_on: Callable[[], None]) -> Taken | None:
        """Have select() find what `table` shows of `source` at detail `level`; None where that is nothing."""
        if table.rest:
            return self._rest(source, go_on)
        if (table.name, source) not in self._found:
            return None
        layer, at, alts = self._found[table.name, source]
        shown = np.array([kind.detail <= level for kind, _ in alternatives(table)])[alts]
        hidden = at[~shown]
        layer.outcomes[hidden] = np.minimum(layer.outcomes[hidden], DETAIL)
        at, alts = at[shown], alts[shown]
        if not len(at):
            return None
        self._choose(layer.fids[at], alts, go_on)
        return Taken(layer, at)

    def _choose(self, fids: _Whole, alts: _Whole, go_on: Callable[[], None]) -> None:
        self._database.execute("DELETE FROM temp.taken")
        for first in range(0, len(fids), _NUMBERS):
            go_on()
            pairs = zip(fids[first : first + _NUMBERS].tolist(), alts[first : first + _NUMBERS].tolist())
            self._database.executemany("INSERT INTO temp.taken VALUES (?, ?)", pairs)

    def _rest(self, source: str, go_on: Callable[[], None]) -> Taken | None:
        """What no table knows, of ways the areas or all others."""
        layer = self._layers[RAW[source]]
        at = np.flatnonzero(layer.unknown)
        if RAW[source] == RAW["rings"]:
            self._choose(layer.fids[at], np.zeros(len(at), np.int64), go_on)
            cursor, found = self._database.execute(rest_rings()), [np.empty((0, 1), np.int64)]
            while batch := cursor.fetchmany(_BATCH):
                go_on()
                found.append(np.array(batch, np.int64))
            at = at[np.isin(layer.fids[at], np.concatenate(found).ravel()) == (source == "rings")]
        self._choose(layer.fids[at], np.zeros(len(at), np.int64), go_on)
        return Taken(layer, at) if len(at) else None

    def leave(self, table: LayerTable, source: str) -> None:
        """Note that the detail level has nothing of `table`."""
        if (table.name, source) in self._found:
            layer, at, _ = self._found[table.name, source]
            layer.outcomes[at] = np.minimum(layer.outcomes[at], DETAIL)

    def account(self, lacking: Lacking | None = None) -> Account:
        """What became of all objects so far; `lacking` is what is incomplete, and the relations that have no shape."""
        parts = list(self._layers.values())
        lacking = lacking or Lacking()
        lost = [(number, WAY, NODES) for number in lacking.lost]
        more = lost + [(one.relation, RELATION, one.outcome) for one in lacking.beside]
        ids, kinds, outcomes = np.array(more, np.int64).reshape(-1, 3).T
        return account_of(
            np.concatenate([*(part.kinds for part in parts), kinds.astype(np.uint8)]),
            np.concatenate([*(part.ids for part in parts), ids]),
            np.concatenate([*(part.outcomes for part in parts), outcomes.astype(np.uint8)]),
            self.repaired, lacking.parents, lacking.cut,
        )  # fmt: skip
