"""The page that shows vector tiles without a server, opened from wherever it lies.

A page may not fetch a file from beside itself, so all that it shows stands in it; where that would be too much, the
tiles lie beside it as scripts, which it may load.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import json
from base64 import b64encode
from pathlib import Path
from string import Template
from typing import Any, Dict, Iterable, Iterator, Mapping

from ..text.sentence import say
from ..text.translation import told_in
from ..tiles.archive import About
from ..tiles.model import Tile
from .libraries import MAPLIBRE, RTL_TEXT, Library

_PAGE = Path(__file__).with_name("page")
# Bytes of packed tiles that a page holds; where there are more they lie beside it in the folder.
INLINE, TILES_FOLDER = 40_000_000, "tiles"
PROTOCOL, FILES = "map://", "map://files/"
_MARK = "<!-- tiles -->"
# Nothing is fetched from anywhere, and nothing runs but what stands here.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'{scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
    "worker-src blob:; child-src blob:"
)


def data_element(name: str, value: object) -> str:
    """Data as JSON in a page: whatever it holds, no tag is ended by it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # U+2028 and U+2029 end a line of a script.
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" id="{name}">{safe}</script>'


def filled(
    stem: str, library: Library, texts: Mapping[str, str], scripts: str = "", more: tuple[str, ...] = (),
    language: str = "",
) -> str:  # fmt: skip
    """A page with the script and the sheet of the folder, `more` before it, and its library's in it."""
    page, sheet = ((_PAGE / name).read_text(encoding="utf-8") for name in ("page.html", f"{stem}.css"))
    parts = [(_PAGE / f"{name}.js").read_text(encoding="utf-8") for name in (*more, stem)]
    return Template(page).substitute(
        CSS=sheet, JS="\n".join(parts), LIBRARY_CSS=library.sheet(),
        LIBRARY_JS=f"/*\n{library.license().replace('*/', '* /')}*/\n{library.script()}",
        POLICY=_POLICY.format(scripts=scripts), LANGUAGE=html.escape((language or "en").replace("_", "-")), **texts,
    )  # fmt: skip


def pieces(
    title: str,
    credit: str,
    about: About,
    style: Mapping[str, Any],
    files: Mapping[str, bytes],
    tiles: Iterable[Tile] | None,
    turned: bool = False,
    language: str = "",
) -> Iterator[str]:
    """The page piece by piece. `files` are glyphs and sprite; without `tiles` they lie beside it as scripts.

    Names that run from the right, `turned`, are put in order by a plugin, which stands in the page too. What the page
    itself says is in `language`, where there is a translation.
    """
    beside = tiles is None
    told: Dict[str, Any] = {"bounds": about["bounds"], "minzoom": about["minzoom"], "words": _words(language)}
    if beside:
        told["folder"] = TILES_FOLDER
    packed = {name: b64encode(data).decode("ascii") for name, data in files.items()}
    elements = [data_element("about", told), data_element("style", style), data_element("files", packed)]
    if turned:
        plugin = f"/*\n{RTL_TEXT.license().replace('*/', '* /')}*/\n{RTL_TEXT.script()}"
        elements.append(data_element("turned", plugin))
    data = "\n".join(elements)
    texts = {"TITLE": html.escape(title), "CREDIT": html.escape(credit), "DATA": data + _MARK}
    scripts = (" file: 'self'" if beside else "") + (" data:" if turned else "")
    before, after = filled("map", MAPLIBRE, texts, scripts, language=language).split(_MARK)
    yield before
    if tiles is not None:
        yield '\n<script type="application/json" id="tiles">{'
        for number, tile in enumerate(tiles):
            comma = "," if number else ""
            yield f'{comma}"{tile.zoom}/{tile.x}/{tile.y}":"{b64encode(tile.data).decode("ascii")}"'
        yield "}</script>"
    yield after


def _words(language: str) -> Dict[str, str]:
    """What the page says, by MapLibre's keys; `failed` is said where there is no map."""
    words = {
        "Map.Title": say("Map"), "NavigationControl.ZoomIn": say("Zoom in"),
        "NavigationControl.ZoomOut": say("Zoom out"),
        "NavigationControl.ResetBearing": say("Drag to rotate the map, click to reset north"),
        "AttributionControl.ToggleAttribution": say("Show or hide whose data it is"),
        "ScaleControl.Meters": say("m"), "ScaleControl.Kilometers": say("km"),
        "failed": say("This map needs WebGL, which this browser has not or does not allow."),
    }  # fmt: skip
    return {key: told_in(text, language) for key, text in words.items()}


def tile_script(tile: Tile) -> tuple[str, str]:
    """A tile as a script beside the page: its path, and what it says."""
    name = f"{TILES_FOLDER}/{tile.zoom}_{tile.x}_{tile.y}.js"
    place, text = f"{tile.zoom}/{tile.x}/{tile.y}", b64encode(tile.data).decode("ascii")
    return name, f'osm2cdrTile("{place}","{text}")'
