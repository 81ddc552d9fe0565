"""ESRI Shapefiles (ESRI white paper, July 1998): one per layer, zipped, UTF-8."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterable

from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import joined, say
from ..archive import pack, prove_archive
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from . import dbase
from .translate import translate

# dBASE III field names have ten characters.
_LONGEST_NAME = 10
_SHORT = {
    "roof_shape": "roof_shape", "roof_height": "roof_heigh", "roof_levels": "roof_level",
    "roof_orientation": "roof_orien", "roof_direction": "roof_direc", "roof_colour": "roof_colou",
    "roof_material": "roof_mater", "housenumber": "house_no",
    "diameter_crown": "crown_diam", "opening_hours": "open_hours", "electrified": "electrifie",
    "admin_level": "admin_lev", "intermittent": "intermitt",
}  # fmt: skip


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own shapefile, then zip them."""
    written = Written()
    folder = path.parent / "shp"
    folder.mkdir()
    view, unfit = dbase.fit(view, folder, job)
    renamed: list[str] = []
    for table in view.tables:
        job.feedback.check()
        names = short_names(name for name, _ in table.columns)
        translate(
            view, table, str(folder / f"{table.name}.shp"), "ESRI Shapefile", job, "Shapefile",
            SQLStatement=_select(view, table, names), SQLDialect="OGRSQL", layerCreationOptions=["ENCODING=UTF-8"],
            layerName=table.name,
        )  # fmt: skip
        written.layers[table.name] = table.features
        renamed += [f"{short} = {name}" for name, short in names.items() if short != name]
    texts = [say("One shapefile per layer. dBASE cuts names to ten characters and texts to 254 bytes.")]
    if renamed:
        texts.append(say("Names that were cut: {0}.", ", ".join(sorted(set(renamed)))))
    if unfit:
        texts.append(say("Texts that do not fit whole: {0}.", dbase.LONG_TEXTS))
        written.warnings.append(
            say(
                "Shapefile: texts that do not fit whole (254 bytes, no blanks at the end): {0}; {1} in the "
                "zip has them by osm_id.",
                unfit,
                dbase.LONG_TEXTS,
            )
        )
    pack(folder, path, view, job, joined(texts))
    return written


def _select(view: MapData, table: Table, names: dict[str, str]) -> str:
    """The columns under names that dBASE takes, texts as wide as their longest."""
    widths = dbase.widths(view, table)
    listed = [
        (f"CAST({quoted(name)} AS CHARACTER({widths[name]}))" if name in widths else quoted(name))
        + f" AS {quoted(short)}"
        for name, short in names.items()
    ]
    return sql("SELECT {listed!s} FROM {table!i}", listed=", ".join(listed), table=table.name)


def short_names(columns: Iterable[str], most: int = _LONGEST_NAME) -> dict[str, str]:
    """Names of at most so many bytes for columns, no two alike."""
    result: dict[str, str] = {}
    taken: set[str] = set()
    for name in columns:
        short = base = _cut(name if len(name.encode()) <= most else _SHORT.get(name, name), most)
        number = 2
        while short.lower() in taken:
            short = f"{_cut(base, most - 1 - len(str(number)))}_{number}"
            number += 1
        taken.add(short.lower())
        result[name] = short
    return result


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open every shapefile in the zip and count."""
    prove_archive(path, written, ".shp", "Shapefile")
    prove_vector(f"/vsizip/{path}", written, "Shapefile")
