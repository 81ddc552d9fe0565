"""The page on which a map is made: area, look, formats, and what comes of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import lru_cache
from typing import Any, Mapping

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS, Format
from ...processing_provider.osm.tables.layers import GROUPS, TABLES
from ...processing_provider.request.papers import PAPERS
from ..api.catalogues import about
from ..api.schemas import DEFAULT_DETAIL, MAX_FORMATS, styles
from ..api.state import STATE, State
from ..domain.tiers import TIERS
from . import assets
from .places import can_search
from .rendering import data, render
from .texts import language_of, script_texts, told
from .visitors import VISITOR

# What people want a file for, in the order of the page; a family belongs to one of them, some formats to another.
PURPOSES = ("print", "drawing", "image", "cad", "gis", "web", "3d", "plot", "table")
_FAMILIES = {
    "graphic-vector": "drawing", "raster-image": "image", "document-table": "table", "geo-raster": "gis",
    "height-grid": "gis", "gis-vector": "gis", "database-sql": "gis", "osm-native": "gis", "navigation": "gis",
    "simulation": "gis", "cad": "cad", "tiles": "web", "3d": "3d", "plot-laser-embroidery": "plot",
}  # fmt: skip
_OTHERS = {
    "pdf": "print", "geopdf": "print", "pdf_a": "print", "pdf_cmyk": "print", "eps": "print", "ps": "print",
    "tiff_cmyk": "print", "docx": "print", "pptx": "print", "html_canvas": "web", "threejs": "web", "3dtiles": "web",
    "xyz_tiles": "web", "pmtiles_raster": "web", "mbtiles_raster": "web",
}  # fmt: skip
# What most people come for.
_COMMON = ("svg", "pdf", "png", "geojson", "dxf", "cdr", "ai")
_PAPERS = ("A5", "A4", "A3", "A2", "A1", "A0", "Letter", "Legal", "Tabloid", "square", "square-30", "square-50")
# Languages that maps are asked for in; the API takes any.
_SPOKEN = ("ar", "be", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hu", "hy", "it", "ja",
           "ka", "kk", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sr", "sv", "th", "tr", "uk", "vi",
           "zh")  # fmt: skip


def purpose_of(item: Format) -> str:
    """One of PURPOSES."""
    return _OTHERS.get(item.id) or _FAMILIES.get(item.family, "gis")


async def export_page(request: web.Request) -> web.StreamResponse:
    """The page, with all that its scripts know."""
    state, language = request.app[STATE], language_of(request)
    person, guests = request[VISITOR].person, state.settings.guests
    tier = person.tier if person else TIERS.get(guests) if guests else None
    known: dict[str, Any] = {
        "tier": tier.id if tier else None, "guest": person is None,
        "tiers": [{"id": one.id, "name": told(language, one.name), "km2": one.max_km2} for one in TIERS.values()],
        "sources": [{"title": one.title, "box": one.box} for one in state.sources if not one.is_out],
        "example": state.example_box, "most": MAX_FORMATS, "detail": DEFAULT_DETAIL,
    }  # fmt: skip
    return render(
        request, "export.html", known=known, tier=tier, papers=[p for p in _PAPERS if p in PAPERS], purposes=PURPOSES,
        detail=DEFAULT_DETAIL, searches=can_search(state), spoken=_SPOKEN, modules=assets.modules("export.js"),
        **_same_for_all(state, language),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _same_for_all(state: State, language: str) -> Mapping[str, Any]:
    """What each visitor's page has, worked out and written once in each language."""
    looks = [
        (name, told(language, about(name)), assets.address_of(f"look-{name}.jpg"))
        for name in styles()
        if _is_shown(name)
    ]
    return {
        "looks": looks, "layers": _layers(language), "catalogue": data("catalogue", _formats(state, language)),
        "texts": data("texts", script_texts(language, assets.said_by_scripts())),
    }  # fmt: skip


def _layers(language: str) -> list[dict[str, Any]]:
    """The groups of layers, by the name of the first of each, and whether a map has them that names none."""
    rows = []
    for group in GROUPS:
        tables = [table for table in TABLES if table.group == group and not table.rest]
        if tables:
            usual = any(not table.asked for table in tables)
            rows.append({"id": group, "title": told(language, tables[0].title), "usual": usual})
    return rows


def _is_shown(name: str) -> bool:
    return assets.has(f"look-{name}.jpg")


def _formats(state: State, language: str) -> list[dict[str, Any]]:
    """Those that this server writes; of the rest nobody has anything here."""
    order = {name: number for number, name in enumerate(_COMMON)}
    rows = [
        {
            "id": row["id"], "name": told(language, row["name"]), "end": row["extension"], "tier": row["tier"],
            "for": purpose_of(FORMATS[row["id"]]), "first": order.get(row["id"], len(order)),
        }
        for row in state.formats
        if row["available"]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["first"])
