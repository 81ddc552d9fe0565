"""Whose data it is, broken into lines and set: whole where it fits, else what it says first."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...osm.tables.map_data import NOTICE
from ...request.papers import LEAST
from .decorations import LINE, Piece, Text
from .ink import Ink
from .texts import credit

if TYPE_CHECKING:
    from ..rendering.picture import Picture

# What a page says that has no room for more: https://osmfoundation.org/wiki/Licence/Attribution_Guidelines.
_SHORTEST = "© OpenStreetMap"


def is_whole(picture: Picture, lines: list[str]) -> bool:
    """Whether these lines are all of the notice."""
    return "".join("".join(lines).split()).replace("·", "") == "".join(credit(picture).split()).replace("·", "")


def notice_lines(
    picture: Picture, ink: Ink, width: float, text: float, lines: int, height: float = math.inf
) -> tuple[list[str], float]:
    """The notice broken between its parts where they fit, else between words; what it says first where all does not.

    Never below the style's least, nor over more than half of `height`; nothing where not even its first word fits.
    """
    whole = credit(picture)
    if not whole or width <= 0:
        return [], text
    size = text
    while size > ink.least * 0.999:
        room = lines + (size < LEAST * 0.999)
        if found := _broken(whole, ink, width / size, room):
            return found, size
        size = max(size * 0.97, LEAST if size > LEAST * 1.001 else ink.least) if size > ink.least * 1.001 else 0.0
    size = ink.least
    room = int(min(height / 2 / (LINE * size), 2 * lines))
    parts = whole.split(" · ")
    shorter = [" · ".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if parts[0] == NOTICE.split(", ")[0]:
        shorter.append(_SHORTEST)
    for form in shorter:
        if found := _broken(form, ink, width / size, room):
            return found, size
    return [], size


def _broken(text: str, ink: Ink, width: float, most: int) -> list[str] | None:
    """A text in at most so many lines of `width` em, as few as can be; None where it does not fit."""
    # Between parts a line may break; inside a part, and inside an address, it should not.
    loose = text.replace("/", "/\u2060")
    bound = loose.replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
    for form in (bound, loose):
        for count in range(1, most + 1):
            if broken := ink.small.wrapped(form, width, count):
                return [line.replace("\u00a0", " ").replace("\u2060", "").strip("· ") for line in broken]
    return None


def notice_pieces(lines: list[str], size: float, ink: Ink, right: float, base: float) -> list[Piece]:
    """The lines, the last one on the base line, all up to the right edge."""
    return [
        Text("notice", line, ink.small, size, right, base - (len(lines) - 1 - number) * LINE * size, ink.text, 1.0)
        for number, line in enumerate(lines)
    ]
