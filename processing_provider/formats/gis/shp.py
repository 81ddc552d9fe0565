"""ESRI Shapefiles (ESRI white paper, July 1998): one per layer, zipped, UTF-8."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...mapdata import MapData
from ..archive import pack, prove_archive
from ..proving import prove_vector
from ..writing import Job, Written
from .translate import translate

# dBASE III field names have ten characters.
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
    from ...osm.layers import BY_NAME

    written = Written()
    folder = path.parent / "shp"
    folder.mkdir()
    for table in view.tables:
        job.feedback.check()
        columns = BY_NAME[table.name].columns if table.name in BY_NAME else ()
        listed = ", ".join(_column(name, kind) for name, kind in columns)
        translate(
            view, table, str(folder / f"{table.name}.shp"), "ESRI Shapefile", job, "Shapefile",
            SQLStatement=f'SELECT geom, {listed} FROM "{table.name}"', SQLDialect="SQLITE",
            layerCreationOptions=["ENCODING=UTF-8"], layerName=table.name,
        )  # fmt: skip
        written.layers[table.name] = table.features
    text = "One shapefile per layer. dBASE cuts names to ten characters and texts to 63."
    pack(folder, path, view, job, text)
    return written


def _column(name: str, kind: str) -> str:
    value = f'substr("{name}", 1, {_LONGEST})' if kind == "TEXT" else f'"{name}"'
    return f'{value} AS "{_SHORT.get(name, name)}"'


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open every shapefile in the zip and count."""
    prove_archive(path, written, ".shp", "Shapefile")
    prove_vector(f"/vsizip/{path}", written, "Shapefile")
