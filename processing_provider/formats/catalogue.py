"""The catalogue of formats: one row of `catalogue.csv` each, written or not, and what each can hold.

Whatever differs from format to format stands in its row, and pipeline, estimate, pages and tests read it there. A word
that is not known here, in any row, raises at import.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Mapping

TIERS = ("free", "basic", "pro", "enterprise")
# What a writer gets, and the class of it under processing_provider.
VIEWS = {
    "data": "osm.tables.map_data.MapData",
    "source": "osm.tables.map_data.SourceData",
    "picture": "cartography.rendering.picture.Picture",
    "drawing": "drawing.model.Drawing",
    "toolpaths": "drawing.toolpaths.model.Toolpaths",
    "scene": "scene.model.Scene",
    "heights": "scene.heights.Heights",
    "tiles": "tiles.model.Tiles",
    "network": "network.model.Network",
    "navigation": "network.navigation.Navigation",
}
# How the CRS of a file comes about. By itself: the page's own, the UTM zone of the area, longitude and latitude, metres
# round the area's centre, Web Mercator; whether another one can be asked for. A picture in longitude and latitude is
# drawn in the plate carree that is true at its centre, one for the sea in World Mercator.
CRS_RULES = {
    "page": True, "utm": True, "4326": True, "lonlat": False, "local": False, "3857": False, "zone": False,
    "platecarree": False, "mercator": False,
}  # fmt: skip
# Those in which a page can be drawn.
PAGE_RULES = ("page", "utm", "zone", "platecarree", "mercator")
GEOMETRIES = ("points", "lines", "areas", "solids", "pixels")
# Where layers are kept apart, where the notice stands, how texts and attributes come.
LAYERS = ("inside", "files", "none")
NOTICES = ("inside", "beside", "nowhere")
TEXTS = ("unicode", "codepage", "none")
ATTRIBUTES = ("all", "few", "none")
# symbols: a marker is kept once and used in many places. drawn_names: the names of its map data are drawn as texts,
# so that they come in the language asked for. no_title: it has no place for the title.
# mixed_names: programs that open it show neither turned nor bold names, so that these are outlines by themselves.
# sheet: it brings the styled sheet of a page beside its tables. cuts, stitches: what a tool does along its lines.
ABILITIES = ("symbols", "drawn_names", "no_title", "mixed_names", "sheet", "cuts", "stitches")


@dataclass(frozen=True)
class Format:
    """One format. `writer` is a module under `formats`, empty where there is none yet.

    `needs` lists `python:MODULE`, also as `python:MODULE>=VERSION`, `gdal:DRIVER` or `tool:PROGRAM` (see tools.find);
    `view` is one of VIEWS, `crs` one of CRS_RULES; `geometries`, `layers`, `notice`, `texts`, `attributes` and
    `abilities` say what a file can hold, in the words above.
    `reader` names the programs that prove it.
    """

    id: str
    name: str
    extension: str
    media_type: str
    family: str
    view: str
    writer: str
    needs: str
    tier: str
    crs: str
    geometries: tuple[str, ...]
    layers: str
    notice: str
    texts: str
    attributes: str
    abilities: tuple[str, ...]
    reader: str
    users: str

    @property
    def is_page(self) -> bool:
        """Whether it shows the styled map on a page."""
        return self.view in ("picture", "drawing", "toolpaths")

    @property
    def is_of_lengths(self) -> bool:
        """Whether it is a drawing of the ground in a unit of length, which degrees are not."""
        return self.view == "data" and self.family == "cad"

    @property
    def is_painted(self) -> bool:
        """Whether it is pixels, nothing else."""
        return self.geometries == ("pixels",)

    @property
    def is_styled(self) -> bool:
        """Whether it shows the map in a style: a page, or painted tiles."""
        return self.is_page or (self.view == "tiles" and self.is_painted)

    @property
    def holds_features(self) -> bool:
        """Whether it holds the features of the map data themselves."""
        return self.view == "data" or (self.view == "tiles" and not self.is_painted)

    @property
    def is_tables(self) -> bool:
        """Whether it holds tables to be looked through, and nothing that is seen as a drawing."""
        return self.view == "data" and self.family not in ("cad", "3d")

    @property
    def has_fixed_crs(self) -> bool:
        """Whether its CRS cannot be chosen."""
        return not CRS_RULES[self.crs]


def _check(item: Format) -> None:
    """Raise ValueError where a row has a word that nobody knows."""
    words: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("view", (item.view,), VIEWS),
        ("tier", (item.tier,), TIERS),
        ("crs", (item.crs,), CRS_RULES),
        ("geometries", item.geometries or ("",), GEOMETRIES),
        ("layers", (item.layers,), LAYERS),
        ("notice", (item.notice,), NOTICES),
        ("texts", (item.texts,), TEXTS),
        ("attributes", (item.attributes,), ATTRIBUTES),
        ("abilities", item.abilities, ABILITIES),
    )
    for column, given, known in words:
        for word in given:
            if word not in known:
                raise ValueError(f"catalogue.csv: {item.id} has the {column} {word!r}; there are {', '.join(known)}.")
    if item.is_page and item.crs not in PAGE_RULES:
        there = ", ".join(PAGE_RULES)
        raise ValueError(f"catalogue.csv: {item.id} is a page, whose CRS is one of {there}, not {item.crs}.")


def read(rows: Iterable[Mapping[str, str]]) -> dict[str, Format]:
    """The formats of the rows, by id; ValueError for a word that is not known, or an id that is there twice."""
    formats: dict[str, Format] = {}
    for row in rows:
        several = {name: tuple(row[name].split()) for name in ("geometries", "abilities")}
        item = Format(**{**row, **several})  # type: ignore[arg-type]
        _check(item)
        if item.id in formats:
            raise ValueError(f"catalogue.csv: {item.id} is there twice.")
        formats[item.id] = item
    return formats


def _load() -> dict[str, Format]:
    with Path(__file__).with_name("catalogue.csv").open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


FORMATS: dict[str, Format] = _load()
