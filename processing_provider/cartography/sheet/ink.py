"""Colours, letters and sizes of what stands round a map."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from ...request.papers import LEAST, POINT
from ..fonts.scripts import Faces, han_region, is_straight
from .decorations import Lettering
from .texts import credit

if TYPE_CHECKING:
    from ..rendering.picture import Picture


class Ink:
    """Colours and letters of one theme."""

    def __init__(self, picture: Picture) -> None:
        color, font = picture.theme.color, picture.theme.font
        self.paper = color.get("paper") or picture.background
        self.text = color.get("text") or "#000000"
        self.frame = color.get("frame") or self.text
        self.caps = font["place_caps"]
        self.place = font["place"]
        # The height of small texts: faces of small build are set larger, as on the map.
        self.size = max(picture.page.sheet.text * font["size"], LEAST)
        # No text of the style is smaller.
        self.least = font["least"] * POINT
        self.size = max(self.size, self.least)
        self.family = font["family"]
        notice = credit(picture)
        others = () if notice.isascii() else Faces().chain(self.family, notice, lambda: han_region([notice], "")) or ()
        # Letters that join need the font's substitutions.
        self.small = Lettering(self.family, figures=not is_straight(notice), others=others)
        self.strong = Lettering(self.family, bold=True, figures=True)
