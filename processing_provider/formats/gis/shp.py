"""ESRI Shapefiles (ESRI white paper, July 1998): one per layer, zipped, UTF-8."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...mapdata import MapData
from ...osm.rules import quoted
from ..archive import pack, prove_archive
from ..proving import prove_vector
from ..writing import Job, Written
from .translate import translate

# dBASE III field names have ten characters.
_LONGEST_NAME = 10
_SHORT = {
    "roof_shape": "roof_shape", "roof_height": "roof_heigh", "roof_levels": "roof_level",
    "roof_orientation": "roof_orien", "roof_direction": "roof_direc", "housenumber": "house_no",
    "diameter_crown": "crown_diam", "opening_hours": "open_hours", "electrified": "electrifie",
    "admin_level": "admin_lev", "intermittent": "intermitt",
}  # fmt: skip
# A dBASE field holds 254 bytes, and a character of UTF-8 takes up to four.
_LONGEST = 63


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own shapefile, then zip them."""
    written = Written()
    folder = path.parent / "shp"
    folder.mkdir()
    for table in view.tables:
        job.feedback.check()
        listed = ", ".join(["geom", *_columns(table.columns)])
        translate(
            view, table, str(folder / f"{table.name}.shp"), "ESRI Shapefile", job, "Shapefile",
            SQLStatement=f'SELECT {listed} FROM "{table.name}"', SQLDialect="SQLITE",
            layerCreationOptions=["ENCODING=UTF-8"], layerName=table.name,
        )  # fmt: skip
        written.layers[table.name] = table.features
    text = "One shapefile per layer. dBASE cuts names to ten characters and texts to 63."
    pack(folder, path, view, job, text)
    return written


def _columns(columns: tuple[tuple[str, str], ...]) -> list[str]:
    """The columns in SQL under names that dBASE takes, no two alike."""
    result: list[str] = []
    taken: set[str] = set()
    for name, kind in columns:
        short = base = _SHORT.get(name, name)[:_LONGEST_NAME]
        number = 2
        while short.lower() in taken:
            short = f"{base[: _LONGEST_NAME - 2]}_{number}"
            number += 1
        taken.add(short.lower())
        value = f"substr({quoted(name)}, 1, {_LONGEST})" if kind == "TEXT" else quoted(name)
        result.append(f"{value} AS {quoted(short)}")
    return result


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open every shapefile in the zip and count."""
    prove_archive(path, written, ".shp", "Shapefile")
    prove_vector(f"/vsizip/{path}", written, "Shapefile")
