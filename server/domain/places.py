"""Places that people look for by name: settlements, streets and sights, and how names are compared."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping

# The languages whose own names of a place are kept beside the name on the spot.
SPOKEN = ("en", "ru")
_WORD = re.compile(r"\w+")
_MOST_WORDS, _LONGEST = 8, 60


@dataclass(frozen=True)
class Place:
    """`kind` is one of website/places.py, `inside` the settlement that it lies in or near, `spoken` names by language,
    `box` west, south, east, north in degrees: of a point both sides are the same."""

    name: str
    kind: str
    inside: str
    spoken: Mapping[str, str]
    box: tuple[float, float, float, float]


def folded(text: str) -> str:
    """As names are compared: ß is ss, ё is е, and of letters of either case there is one."""
    return text.casefold().replace("ё", "е")


def words_of(text: str) -> list[str]:
    """What somebody typed, word by word; the first few of them."""
    return [word[:_LONGEST] for word in _WORD.findall(folded(text))[:_MOST_WORDS]]
