"""Places of a source by name: one file for each source, made whole and only read (SQLite FTS5)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from pathlib import Path
from typing import Iterable

from ...domain.places import Place, folded, words_of
from .faults import translated, translating

# By number, which is the order of how much they matter: FTS5 finds rows in that order by itself.
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, inside TEXT NOT NULL,
                    spoken TEXT NOT NULL, west REAL, south REAL, east REAL, north REAL);
CREATE VIRTUAL TABLE words USING fts5(names, inside, content='', prefix='1 2 3',
                                      tokenize="unicode61 remove_diacritics 2");
"""
# How many of each way to match are looked at.
_MOST = 50


def write(path: Path, places: Iterable[tuple[Place, Iterable[str]]]) -> int:
    """Make the file of places, which matter less and less, each with all its names; how many there are.

    It is there whole or not at all; OSError or StoreError where it cannot be.
    """
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(draft)) as database:
            count = _fill(database, places)
    except sqlite3.Error as error:
        raise translated(error) from error
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    return count


def _fill(database: sqlite3.Connection, places: Iterable[tuple[Place, Iterable[str]]]) -> int:
    """Nobody reads it before it is whole: what keeps a half of it sound is left out."""
    count = 0
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA journal_mode = OFF")
    database.executescript(_SCHEMA)
    for count, (place, names) in enumerate(places, 1):
        spoken = json.dumps(dict(place.spoken), ensure_ascii=False) if place.spoken else ""
        row = (count, place.name, place.kind, place.inside, spoken, *place.box)
        database.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        words = folded("\n".join(names)), folded(place.inside)
        database.execute("INSERT INTO words (rowid, names, inside) VALUES (?, ?, ?)", (count, *words))
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()
    return count


@translating
class SqlitePlaces:
    """See Places in store/places.py."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def found(self, text: str, most: int) -> list[Place]:
        """The whole words first, then beginnings of words, then those that say where it is as well."""
        words = words_of(text)
        if not words:
            return []
        whole = " ".join(f'"{word}"' for word in words)
        begun = " ".join(f'"{word}"*' for word in words)
        # One letter begins too much to say more of it.
        wanted = [f"names : ({whole})", f"names : ({begun})", *([begun] if len(words) > 1 else [])]
        rows: dict[int, Place] = {}
        with self._lock:
            for match in wanted:
                rows |= {number: place for number, place in self._matching(match) if number not in rows}
        sought = folded(text).strip()
        ranked = sorted(rows.items(), key=lambda row: (not _is(row[1], sought), row[0]))
        return [place for _, place in ranked[:most]]

    def _matching(self, match: str) -> list[tuple[int, Place]]:
        rows = self._connection.execute(
            "SELECT p.* FROM words w JOIN place p ON p.id = w.rowid WHERE words MATCH ? ORDER BY w.rowid LIMIT ?",
            (match, _MOST),
        )
        return [
            (number, Place(name, kind, inside, json.loads(spoken or "{}"), (west, south, east, north)))
            for number, name, kind, inside, spoken, west, south, east, north in rows
        ]

    def close(self) -> None:
        """Use it no more."""
        with self._lock:
            self._connection.close()


def _is(place: Place, sought: str) -> bool:
    """Whether it is called just so."""
    return sought in (folded(name) for name in (place.name, *place.spoken.values()))
