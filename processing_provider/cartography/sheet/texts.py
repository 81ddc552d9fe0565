"""The texts of a sheet without what no font here has: never boxes in their place, and what is left out is told."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from ...osm.tables.map_data import NOTICE
from ...text.phrases import listed
from ...text.sentence import say
from ..fonts import font_files
from ..fonts.scripts import Faces
from ..themes.loading import load_theme

if TYPE_CHECKING:
    from ...feedback import Feedback
    from ..rendering.picture import Picture

# Letters that a sentence names.
_MOST = 5


def shown(family: str, text: str) -> str:
    """The text without the letters that no font here has."""
    lost = Faces().unknown(family, text) if not text.isascii() else ""
    return " ".join("".join(letter for letter in text if letter not in lost).split()) if lost else text


def is_shown(title: str, style: str) -> bool:
    """Whether fonts here have any letter of a title, as a style draws it."""
    # Else the first job of a process would know none of the bundled ones.
    font_files.register()
    return bool(shown(load_theme(style).font["place"], title))


def _warn(is_title: bool, family: str, text: str, feedback: Feedback) -> None:
    """One warning of the letters that the title, or else the notice, is drawn without."""
    lost = Faces().unknown(family, text) if not text.isascii() else ""
    if not lost:
        return
    letters = listed((f"{letter} (U+{ord(letter):04X})" for letter in lost), _MOST)
    if is_title:
        feedback.warning(
            "no_font_for_title",
            say(
                "The title is drawn without {0}, which no font on this machine has; write it in other "
                "letters, or install a font that has them.",
                letters,
            ),
        )
    else:
        feedback.warning(
            "no_font_for_notice",
            say(
                "The notice is drawn without {0}, which no font on this machine has; write it beside the "
                "picture, or install a font that has them.",
                letters,
            ),
        )


def warn_of_lost(picture: Picture, feedback: Feedback, title: str = "") -> None:
    """Tell which letters of title and notice no font here has: they are left out.

    `title` is the one asked for, where the page has none since no letter of it can be drawn.
    """
    sheet, font = picture.page.sheet, picture.theme.font
    if not sheet.bare:
        _warn(True, font["place"], picture.page.title or title, feedback)
        _warn(True, font["place"], picture.page.subtitle, feedback)
    if not sheet.bare:
        _warn(False, font["family"], _whole_credit(picture), feedback)


def credit(picture: Picture) -> str:
    """Whose data it is, and of which day, in letters that fonts here have."""
    return shown(picture.theme.font["family"], _whole_credit(picture))


def _whole_credit(picture: Picture) -> str:
    parts = picture.notice.split(", ") if picture.notice == NOTICE else [picture.notice] if picture.notice else []
    if parts and picture.date:
        parts.append(f"data of {picture.date[:10]}")
    return " · ".join(parts)
