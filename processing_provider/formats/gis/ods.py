"""OpenDocument spreadsheet (OASIS, 1.3): a sheet of attributes per layer, with the bounds of each object."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import IO

from ...errors import WriteError
from ...geo.geometry import bounds
from ...geo.sql import sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..archive import prove_members
from ..contract import Job, Written
from . import ods_parts as parts
from .translate import described

# Rows that LibreOffice and Excel read, without the first one.
_MOST_ROWS = 1_048_575
_BOX = ("xmin", "ymin", "xmax", "ymax")
_ABOUT = "About"
_CHECK_EVERY = 5000
_LABEL = "OpenDocument spreadsheet"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a sheet; the last one says what the file is."""
    written = Written()
    about = {**described(job, view), "crs": view.crs}
    sheets = [(table.name, len(table.columns) + len(_BOX), _rows_of(table) + 1) for table in view.tables]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is, so that the file is known by its beginning (part 2, section 3.3).
        archive.writestr(zipfile.ZipInfo("mimetype"), parts.MIMETYPE, zipfile.ZIP_STORED)
        with archive.open("content.xml", "w", force_zip64=True) as file, closing(sqlite3.connect(view.path)) as data:
            file.write(parts.content_head().encode())
            for table in view.tables:
                _sheet(file, data, table, job)
                written.layers[table.name] = _rows_of(table)
                if table.features > _MOST_ROWS:
                    written.warnings.append(
                        say("A spreadsheet holds {0} rows: the rest of {1} is left out.", _MOST_ROWS, say(table.title))
                    )
            cells = [f"{parts.cell(key)}{parts.cell(value)}" for key, value in about.items()]
            rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
            file.write(f'<table:table table:name="{_ABOUT}">{rows}</table:table>'.encode())
            file.write(parts.content_tail(sheets).encode())
        archive.writestr("meta.xml", parts.meta(job.title, job.credit))
        archive.writestr("settings.xml", parts.settings(name for name, _, _ in sheets))
        archive.writestr("META-INF/manifest.xml", parts.manifest())
    return written


def _rows_of(table: Table) -> int:
    return min(table.features, _MOST_ROWS)


def _sheet(file: IO[bytes], data: sqlite3.Connection, table: Table, job: Job) -> None:
    names = [name for name, _ in table.columns]
    titles = "".join(map(parts.title_cell, (*names, *_BOX)))
    file.write(f"<table:table table:name={quoteattr(table.name)}><table:table-row>{titles}</table:table-row>".encode())
    listed = sql("{names!i}, geom", names=names) if names else "geom"
    statement = "SELECT {listed!s} FROM {table!i} ORDER BY fid LIMIT {most!n}"
    query = sql(statement, listed=listed, table=table.name, most=_MOST_ROWS)
    for number, (*values, blob) in enumerate(data.execute(query)):
        if number % _CHECK_EVERY == 0:
            job.feedback.check()
        xmin, xmax, ymin, ymax = bounds(blob)
        cells = "".join(map(parts.cell, (*values, xmin, ymin, xmax, ymax)))
        file.write(f"<table:table-row>{cells}</table:table-row>\n".encode())
    file.write(b"</table:table>")


def prove(path: Path, view: MapData, written: Written) -> None:
    """The parts are there, and the sheets with so many rows as were written."""
    prove_members(path, ["mimetype", "content.xml", "meta.xml", "META-INF/manifest.xml"], _LABEL)
    counts: list[int] = []
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
        rest = b""
        while piece := file.read(1 << 20):
            text = rest + piece
            # A tag that is cut stays for the next piece.
            cut = text.rfind(b"<")
            text, rest = text[:cut], text[cut:]
            for found in re.finditer(rb"<table:table( )|<table:table-row>", text):
                if found[1]:
                    counts.append(0)
                else:
                    counts[-1] += 1
    # The first row of each has the names of the columns; the last sheet tells what the file is.
    if [count - 1 for count in counts[:-1]] != list(written.layers.values()):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
