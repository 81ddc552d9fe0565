"""What a parameter of several choices offers: ids with names for people, in groups, and what cannot be had here."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..processing_provider.formats.catalogue import FORMATS, Format
from ..processing_provider.formats.registry import availability
from ..processing_provider.osm.tables.layers import GROUPS, TABLES
from ..processing_provider.text.translation import told, tr


@dataclass(frozen=True)
class Choice:
    """One of them. `found_by` are more words for the search; `reason` says why it cannot be had, empty where it can."""

    id: str
    name: str
    tip: str = ""
    found_by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """Choices that stand together; without a title they stand alone."""

    title: str
    choices: tuple[Choice, ...]


def choices_of(parameter: Any) -> tuple[Group, ...]:
    """The options of an enum parameter, in their order: formats by family, layers by their titles."""
    options = list(parameter.options())
    if options and set(options) <= set(FORMATS):
        families = dict.fromkeys(FORMATS[name].family for name in options)
        return tuple(
            Group(family_title(family), tuple(_format(FORMATS[n]) for n in options if FORMATS[n].family == family))
            for family in families
        )
    if set(options) <= set(GROUPS):
        return (Group("", tuple(Choice(name, layer_title(name)) for name in options)),)
    return (Group("", tuple(Choice(name, name) for name in options)),)


def _format(item: Format) -> Choice:
    reason = told(availability(item))
    tip = tr("File .{0}; in scripts and file names it is called {1}.").format(item.extension, item.id)
    return Choice(item.id, tr(item.name), tip, f"{item.extension} {item.users} {item.name}", reason)


def layer_title(group: str) -> str:
    """What people call a group of layers: the titles of its tables, but for those that only go on with one before."""
    titles: list[str] = []
    for title in (table.title for table in TABLES if table.group == group):
        if not any(title.startswith(before) for before in titles):
            titles.append(title)
    first, *more = map(tr, titles)
    return ", ".join([first, *(title[:1].lower() + title[1:] for title in more)])


def family_title(family: str) -> str:
    """What people call a family of formats."""
    titles = {
        "graphic-vector": tr("Artwork"),
        "raster-image": tr("Images"),
        "geo-raster": tr("Georeferenced images"),
        "gis-vector": tr("GIS data"),
        "database-sql": tr("Databases"),
        "document-table": tr("Tables and documents"),
        "cad": tr("CAD"),
        "3d": tr("3D and printing in 3D"),
        "tiles": tr("Tiles"),
        "height-grid": tr("Heights"),
        "osm-native": tr("Data as OpenStreetMap has them"),
        "navigation": tr("Navigation"),
        "plot-laser-embroidery": tr("Plotters, lasers, embroidery"),
        "simulation": tr("Simulation"),
    }
    return titles.get(family, family)
