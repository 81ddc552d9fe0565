"""Texts as dBASE holds them: 254 bytes in UTF-8 or a code page, no blanks at the end; what does not fit is in a CSV."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Iterator, Mapping

from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table
from ..contract import Job
from .cells import harmless
from .code_pages import in_code_page

MOST_BYTES = 254
LONG_TEXTS = "long_texts.csv"
_HEAD = ("layer", "record", "osm_type", "osm_id", "column", "text")
_BATCH = 1000


def fitted(text: str, codec: str = "utf-8") -> str | None:
    """As much of a text as a field holds: letters that the code page has, whole characters, whole members of a JSON
    object; None for nothing."""
    if codec != "utf-8":
        text = in_code_page(text, codec)
    if len(text.encode(codec)) <= MOST_BYTES:
        return text.rstrip(" ") or None
    members = _members(text)
    if members is None:
        return text.encode(codec)[:MOST_BYTES].decode(codec, errors="ignore").rstrip(" ") or None
    kept: dict[str, Any] = {}
    for key, value in members.items():
        more = {**kept, key: value}
        if len(json.dumps(more, ensure_ascii=False).encode(codec)) <= MOST_BYTES:
            kept = more
    return json.dumps(kept, ensure_ascii=False) if kept else None


def fit(view: MapData, folder: Path, job: Job, codecs: Mapping[str, str] = MappingProxyType({})) -> tuple[MapData, int]:
    """The view with texts that fit, and how many did not: these stand whole in the CSV in `folder`.

    The view itself where all do, else a copy beside `folder`. `codecs` are the code pages by table, UTF-8 for others.
    """
    changes = list(_changes(view, job, codecs))
    if not changes:
        return view, 0
    copy = folder.with_name("fitted.gpkg")
    shutil.copyfile(view.path, copy)
    # The byte-order mark makes Excel read UTF-8.
    with (folder / LONG_TEXTS).open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEAD)
        safe = job.options.get("spreadsheet_safe")
        for table, _, record, identity, column, text in changes:
            rows.writerow((table, record, *identity, column, harmless(text) if safe else text))
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA synchronous=OFF")
        # GDAL keeps the index of a table by triggers that call functions of its own.
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {quoted(name)}")
        for number, (table, fid, _, _, column, text) in enumerate(changes):
            if number % _BATCH == 0:
                job.feedback.check()
            change = sql("UPDATE {table!i} SET {column!i} = ? WHERE fid = ?", table=table, column=column)
            database.execute(change, (fitted(text, codecs.get(table, "utf-8")), fid))
        database.commit()
    return replace(view, path=copy), len(changes)


def widths(view: MapData, table: Table) -> dict[str, int]:
    """The bytes of the longest text of each column of texts, at least one."""
    columns = [name for name, kind in table.columns if kind == "TEXT"]
    if not columns:
        return {}
    listed = ", ".join(f"MAX(LENGTH(CAST({quoted(name)} AS BLOB)))" for name in columns)
    with closing(sqlite3.connect(view.path)) as database:
        query = sql("SELECT {listed!s} FROM {table!i}", listed=listed, table=table.name)
        found = database.execute(query).fetchone()
    return {name: max(1, most or 0) for name, most in zip(columns, found)}


def _changes(
    view: MapData, job: Job, codecs: Mapping[str, str]
) -> Iterator[tuple[str, int, int, tuple[Any, Any], str, str]]:
    """What does not fit: table, fid, number of the record from 0 on, osm_type and osm_id, column, text."""
    with closing(sqlite3.connect(view.path)) as database:
        for table in view.tables:
            job.feedback.check()
            columns = [name for name, kind in table.columns if kind == "TEXT"]
            if not columns:
                continue
            known = {name for name, _ in table.columns}
            identity = ", ".join(name if name in known else "NULL" for name in ("osm_type", "osm_id"))
            codec = codecs.get(table.name, "utf-8")
            # Where there is a code page, whatever is more than ASCII is looked at.
            most = MOST_BYTES if codec == "utf-8" else "LENGTH({name})"
            condition = (
                f"LENGTH(CAST({{name}} AS BLOB)) > {most} OR LENGTH({{name}}) > {MOST_BYTES} OR {{name}} LIKE '% '"
            )
            unfit = " OR ".join(condition.replace("{name}", name) for name in map(quoted, columns))
            query = sql(
                "SELECT fid, record, {identity!s}, {columns!i} FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY fid) - 1 AS "
                "record FROM {table!i}) WHERE {unfit!s}",
                identity=identity, columns=columns, table=table.name, unfit=unfit,
            )  # fmt: skip
            for fid, record, osm_type, osm_id, *texts in database.execute(query):
                for column, text in zip(columns, texts):
                    if text is not None and fitted(text, codec) != text:
                        yield table.name, fid, record, (osm_type, osm_id), column, text


def _members(text: str) -> dict[str, Any] | None:
    """The members of a JSON object; None where the text is none."""
    try:
        found = json.loads(text) if text.startswith("{") else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
