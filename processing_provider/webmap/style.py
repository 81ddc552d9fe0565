"""The MapLibre style of vector tiles: the same map as on paper, from the tokens of one of our styles.

Facts: MapLibre Style Specification, version 8.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Dict, Iterator

from ..cartography.themes.loading import Theme
from ..tiles.model import Tiles
from . import ground, names
from .lettering import Face, Lettering, shown_name
from .points import points
from .screen import SOURCE, Layer, Screen
from .shields import Signs, shields, signs_of
from .ways import Ways

SPRITE, GLYPHS = "sprite", "glyphs/{fontstack}/{range}.pbf"


@dataclass(frozen=True)
class WebStyle:
    """The layers of a style, and the faces of fonts that its texts are set in."""

    name: str
    layers: tuple[Layer, ...]
    faces: tuple[Face, ...]

    def document(self, source: Dict[str, Any], base: str = "") -> Dict[str, Any]:
        """The style with its source of tiles; sprite and glyphs lie at `base`."""
        return {
            "version": 8,
            "name": self.name,
            "sources": {SOURCE: {"type": "vector", **source}},
            "sprite": base + SPRITE,
            "glyphs": base + GLYPHS,
            "layers": list(self.layers),
        }


def layers_of(
    theme: Theme, tables: Collection[str], language: str = "", groups: Collection[str] = ()
) -> tuple[Layer, ...]:
    """The layers for these tables, the lowest first; `groups` are those that were asked for by name."""
    return _of_tables(Lettering(Screen(theme), shown_name(language)), tables, groups, {})


def _of_tables(
    lettering: Lettering, tables: Collection[str], groups: Collection[str], signs: Signs
) -> tuple[Layer, ...]:
    found = _layers(lettering, groups, signs)
    return tuple(layer for layer in found if layer.get("source-layer", "") in {"", *tables})


def web_style(theme: Theme, tiles: Tiles, groups: Collection[str] = ()) -> WebStyle:
    """The layers for what the tiles hold; `groups` of layers are those that were asked for by name."""
    lettering = Lettering(Screen(theme), shown_name(tiles.language))
    signs = signs_of(tiles.numbers(), tiles.centre[:2])
    layers = _of_tables(lettering, {layer.name for layer in tiles.layers}, groups, signs)
    used = {font for layer in layers for font in layer.get("layout", {}).get("text-font", ())}
    return WebStyle(theme.name, layers, tuple(sorted(face for face in lettering.faces if face.name in used)))


def _layers(lettering: Lettering, groups: Collection[str], signs: Signs) -> Iterator[Layer]:
    """All layers, the lowest first; a name that comes later finds its place first."""
    screen, wanted = lettering.screen, lettering.screen.theme.flags["labels"]
    ways = Ways(screen)
    yield from ground.ground(screen)
    yield from ways.tunnels()
    yield from ground.built(screen)
    yield from ways.over_ground()
    yield from ground.overlays(screen)
    yield from ground.routes(screen, "routes" in groups)
    if "streets" in wanted:
        yield from names.numbers(lettering)
        yield from names.squares(lettering)
    if "pois" in wanted:
        yield from points(lettering)
    if "streets" in wanted:
        yield from names.streets(lettering)
        # Names give way to them, as in pictures.
        if screen.theme.flags["shields"]:
            yield from shields(lettering, signs)
    if "parks" in wanted:
        yield from names.parks(lettering)
    if "water" in wanted:
        yield from names.waters(lettering)
    if "places" in wanted:
        yield from names.places(lettering)
