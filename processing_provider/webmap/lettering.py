"""How names look on a screen: the text styles of pictures, read at each zoom, as parts of MapLibre's layers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Dict, Iterable

from qgis.core import QgsTextFormat

from ..cartography.symbology.label_styles import Labels
from ..osm.tables.rules import column
from .screen import MM, POINT, STOPS, Screen, Value

# The detail levels that the text styles of overviews and of towns are asked for.
OVERVIEW, TOWN = 2, 5
# No halo is wider, by the size of the text: so far reach the distances in a glyph.
_WIDEST = 0.24


@dataclass(frozen=True, order=True)
class Face:
    """A face of a font: `name` is what the style calls it, and the folder of its glyphs."""

    family: str
    bold: bool
    italic: bool

    @property
    def name(self) -> str:
        """Without blanks, so that it needs no quoting in an address."""
        style = {(1, 0): "Bold", (0, 1): "Italic", (1, 1): "BoldItalic"}.get((self.bold, self.italic), "Regular")
        return f"{self.family.replace(' ', '')}-{style}"


@dataclass
class Lettering:
    """The texts of one style; `faces` are those that it has used so far."""

    screen: Screen
    name: Value
    faces: set[Face] = field(default_factory=set)

    def labels(self, zoom: int, detail: int = TOWN) -> Labels:
        """The text styles of pictures at a zoom."""
        return Labels(self.screen.theme, self.screen.widths[zoom], detail)

    def layout(
        self, at: Callable[[Labels], QgsTextFormat], stops: Iterable[int] = STOPS, detail: int = TOWN
    ) -> Dict[str, Value]:
        """Font, size, letter spacing and capitals of a text."""
        sizes = {self.screen.widths[zoom]: at(self.labels(zoom, detail)).size() for zoom in STOPS}
        text = at(self.labels(15, detail))
        font = text.font()
        face = Face(font.family(), "Bold" in text.namedStyle(), "Italic" in text.namedStyle())
        self.faces.add(face)
        made: Dict[str, Value] = {
            "text-field": self.name,
            "text-font": [face.name],
            "text-size": self.screen.curve(lambda widths: sizes[widths] * POINT, stops),
        }
        if font.letterSpacing():
            made["text-letter-spacing"] = round(font.letterSpacing() / text.size(), 3)
        if font.capitalization() == font.Capitalization.AllUppercase:
            made["text-transform"] = "uppercase"
        return made

    def paint(self, at: Callable[[Labels], QgsTextFormat], detail: int = TOWN) -> Dict[str, Value]:
        """Colour and halo of a text."""
        text = at(self.labels(15, detail))
        made: Dict[str, Value] = {"text-color": text.color().name()}
        if text.buffer().enabled():
            made["text-halo-color"] = text.buffer().color().name()
            made["text-halo-width"] = round(min(text.buffer().size() * MM, _WIDEST * text.size() * POINT), 2)
        return made

    def is_shown(self, at: Callable[[Labels], QgsTextFormat], detail: int = TOWN) -> bool:
        """Whether the style has a colour for it."""
        return bool(at(self.labels(15, detail)).color().isValid())


def shown_name(language: str) -> Value:
    """The name that is shown: in the language asked for where there is one."""
    asked: list[Value] = [["get", column(f"name:{language}")]] if language else []
    return ["coalesce", *asked, ["get", "name"], ""]
