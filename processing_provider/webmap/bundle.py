"""What goes with vector tiles on the web: style, glyphs, sprite and the page, as files of a zip."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Collection, Dict, Iterator

from ..cartography.themes.loading import Theme
from ..feedback import Feedback
from ..text.sentence import say
from ..tiles.archive import About
from ..tiles.model import Tile, Tiles
from . import page
from .glyphs import glyphs, is_turned, letters_of, unshaped
from .libraries import MAPLIBRE, RTL_TEXT
from .points import icons
from .sprite import sprite
from .style import WebStyle, web_style

STYLE, PAGE, LICENSES = "style.json", "map.html", "licenses"
# For pages of one's own, where names run from the right: maplibregl.setRTLTextPlugin().
PLUGIN = "rtl-text.js"
GLYPHS = "glyphs"
README = say(
    "{0} shows the map in any browser, without a server: open it where it lies, or put it on a web server. {1} is the "
    "same map as a MapLibre style, with {2}/ and sprite.*; on your server set its addresses. Where {3} lies beside it, "
    "it is MapLibre's plugin for names that run from the right.",
    PAGE, STYLE, GLYPHS, PLUGIN,
)  # fmt: skip


def add(
    archive: zipfile.ZipFile,
    tiles: Tiles,
    theme: Theme,
    about: About,
    source: Dict[str, Any],
    feedback: Feedback,
    groups: Collection[str] = (),
    language: str = "",
) -> None:
    """Put it all into the zip; `source` is what the style says of the tiles, `groups` of layers those that were asked
    for by name; the page's own words are in `language`. Raises Cancelled.
    """
    style = web_style(theme, tiles, groups)
    files = _files(style, tiles, feedback.part(0, 50))
    for name, data in files.items():
        archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    archive.writestr("sprite@2x.json", files["sprite.json"], zipfile.ZIP_DEFLATED)
    archive.writestr("sprite@2x.png", files["sprite.png"])
    attribution = {"attribution": about["attribution"]}
    document = style.document({**source, **attribution})
    archive.writestr(STYLE, json.dumps(document, ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)
    archive.writestr(f"{LICENSES}/maplibre-gl.txt", MAPLIBRE.license(), zipfile.ZIP_DEFLATED)
    turned = is_turned(tiles.texts())
    if turned:
        archive.writestr(PLUGIN, RTL_TEXT.script(), zipfile.ZIP_DEFLATED)
        archive.writestr(f"{LICENSES}/rtl-text.txt", RTL_TEXT.license(), zipfile.ZIP_DEFLATED)
    _add_page(archive, tiles, style, about, files, turned, language, feedback.part(50, 100))


def _files(style: WebStyle, tiles: Tiles, feedback: Feedback) -> Dict[str, bytes]:
    """Glyphs and sprite by their paths."""
    feedback.progress(0, "drawing glyphs")
    texts = tiles.texts()
    made = {f"{GLYPHS}/{name}": data for name, data in glyphs(style.faces, letters_of(texts), feedback)}
    picture, index = sprite(icons())
    made["sprite.png"], made["sprite.json"] = picture, json.dumps(index).encode("ascii")
    count = unshaped(texts)
    if count:
        feedback.warning(
            "web_unshaped",
            say(
                "{0} names are in a script whose letters join or stack, which MapLibre shows one by one; the tiles "
                "themselves have them whole.",
                count,
            ),
        )
    return made


def _add_page(
    archive: zipfile.ZipFile,
    tiles: Tiles,
    style: WebStyle,
    about: About,
    files: Dict[str, bytes],
    turned: bool,
    language: str,
    feedback: Feedback,
) -> None:
    """The page, with the tiles in it or beside it."""
    beside = sum(len(tile.data) for tile in tiles.tiles(feedback)) > page.INLINE
    source = {
        "tiles": [f"{page.PROTOCOL}tiles/{{z}}/{{x}}/{{y}}"], "minzoom": about["minzoom"], "maxzoom": about["maxzoom"],
        "bounds": about["bounds"], "attribution": about["attribution"],
    }  # fmt: skip
    document = style.document(source, page.FILES)
    if beside:
        for tile in tiles.tiles(feedback):
            name, text = page.tile_script(tile)
            archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    shown = None if beside else _told(tiles, feedback)
    title, credit = str(about["name"]), str(about["description"])
    with archive.open(PAGE, "w", force_zip64=True) as file, io.TextIOWrapper(file, encoding="utf-8") as written:
        for piece in page.pieces(title, credit, about, document, files, shown, turned, language):
            written.write(piece)


def _told(tiles: Tiles, feedback: Feedback) -> Iterator[Tile]:
    for tile in tiles.tiles(feedback):
        feedback.check()
        yield tile
