"""What MapInfo's two formats share: a table a layer, in the code page of its letters, zipped with what did not fit."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import joined, say
from ..archive import pack, prove_archive
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from . import dbase
from .code_pages import code_page
from .shp import short_names
from .translate import translate

# Letters of a name of a column.
_LONGEST_NAME = 31
# Coordinates of a TAB are whole numbers of 32 bits between its bounds, which are the data's and so fine enough.
_MARGIN = 1e-3
_FAR = 2**31 - 1


def write(view: MapData, path: Path, job: Job, kind: str, label: str) -> Written:
    """Write each table into files of its own, of the kind (TAB or MIF), then zip them."""
    written = Written()
    folder = path.parent / kind.lower()
    folder.mkdir()
    codecs = {table.name: code_page(view, table) for table in view.tables}
    job.feedback.check()
    fitted, unfit = dbase.fit(view, folder, job, codecs)
    bounds = _bounds(view)
    for table in view.tables:
        job.feedback.check()
        settings = [f"ENCODING={codecs[table.name].upper()}", f"FORMAT={kind}"]
        translate(
            fitted, table, str(folder / f"{table.name}.{kind.lower()}"), "MapInfo File", job, label,
            SQLStatement=_select(fitted, table), SQLDialect="OGRSQL", datasetCreationOptions=[f"FORMAT={kind}"],
            layerCreationOptions=[*settings, f"BOUNDS={','.join(map(repr, bounds))}"], layerName=table.name,
        )  # fmt: skip
        written.layers[table.name] = table.features
    pages = ", ".join(sorted({codec.upper() for codec in codecs.values()}))
    texts = [
        say(
            "One {0} table per layer, each in the code page of its letters ({1}). Texts have 254 bytes at most.",
            label,
            pages,
        )
    ]
    if kind == "TAB":
        texts.append(say("These tables have no empty numbers: where there is none they have 0."))
    if unfit:
        texts.append(
            say("Texts that do not fit whole, or have letters that the code page lacks: {0}.", dbase.LONG_TEXTS)
        )
        written.warnings.append(
            say(
                "{0}: texts that are too long (254 bytes) or have letters that the code page lacks: {1}; {2} in the "
                "zip has them whole, by osm_id.",
                label,
                unfit,
                dbase.LONG_TEXTS,
            )
        )
    pack(folder, path, view, job, joined(texts))
    return written


def prove(path: Path, written: Written, kind: str, label: str) -> None:
    """Open every table in the zip and count."""
    suffix = f".{kind.lower()}"
    prove_archive(path, written, suffix, label)
    for name, count in written.layers.items():
        prove_vector(f"/vsizip/{path}/{name}{suffix}", Written({name: count}), label)


def _select(view: MapData, table: Table) -> str:
    """The columns under names that MapInfo takes, texts as wide as their longest."""
    widths, whole = dbase.widths(view, table), _whole(view, table)
    names = short_names((_plain(name) for name, _ in table.columns), _LONGEST_NAME)
    kinds = {
        # In UTF-8, of which 254 bytes in the code page remain.
        **{name: f"CHARACTER({width})" for name, width in widths.items()},
        # Newer versions of GDAL would write numbers of 64 bits, which MapInfo reads from version 15.2 on.
        **{name: "INTEGER" if name in whole else "FLOAT" for name, kind in table.columns if kind == "INTEGER"},
    }
    listed = [
        (f"CAST({quoted(name)} AS {kinds[name]})" if name in kinds else quoted(name)) + f" AS {quoted(short)}"
        for (name, _), short in zip(table.columns, names.values())
    ]
    return sql("SELECT {listed!s} FROM {table!i}", listed=", ".join(listed), table=table.name)


def _whole(view: MapData, table: Table) -> list[str]:
    """The columns of whole numbers of 32 bits; others are written as floating ones, which hold 53."""
    columns = [name for name, kind in table.columns if kind == "INTEGER"]
    if not columns:
        return []
    listed = ", ".join(sql("MIN({name!i}), MAX({name!i})", name=name) for name in columns)
    with closing(sqlite3.connect(view.path)) as database:
        found = database.execute(sql("SELECT {listed!s} FROM {table!i}", listed=listed, table=table.name)).fetchone()
    least, most = found[::2], found[1::2]
    return [name for name, low, high in zip(columns, least, most) if low is None or -_FAR <= low <= high <= _FAR]


def _plain(name: str) -> str:
    """A column's name in letters, digits and low lines."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in name) or "_"


def _bounds(view: MapData) -> tuple[float, float, float, float]:
    """What holds all tables, with a margin."""
    with closing(sqlite3.connect(view.path)) as database:
        query = "SELECT MIN(min_x), MIN(min_y), MAX(max_x), MAX(max_y) FROM gpkg_contents"
        box = database.execute(query).fetchone()
    xmin, ymin, xmax, ymax = (float(value or 0) for value in box)
    more = max(xmax - xmin, ymax - ymin, _MARGIN) * _MARGIN
    return xmin - more, ymin - more, xmax + more, ymax + more
