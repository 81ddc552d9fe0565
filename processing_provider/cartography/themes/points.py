"""Which points of interest a map shows where its style is not to say it: none, few, many, or some kinds of them.

The words are those of the table of icons: its groups (`food`, `transport`), and classes of OpenStreetMap (`museum`).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from ...errors import RequestError
from ...text.phrases import listed, nearest, quoted
from ...text.sentence import say
from .loading import Flags, Theme

AMOUNTS = ("none", "few", "many")
_TABLE = Path(__file__).parents[1] / "symbology" / "pois.json"
# What has a rank above it is left out of a few: sights, stations, hospitals, universities stay.
_FEW = 2
_ALL = 9


@lru_cache(maxsize=1)
def point_words() -> tuple[tuple[str, ...], frozenset[str]]:
    """The groups of the table of icons in its order, and all classes that it knows."""
    entries = json.loads(_TABLE.read_text(encoding="utf-8"))["icons"]
    groups = tuple(dict.fromkeys(entry["group"] for entry in entries))
    return groups, frozenset(word for entry in entries for word in (*entry.get("classes", ()), *entry.get("kinds", ())))


def checked_points(word: str) -> str:
    """The choice in its plainest form, empty for what the style says; RequestError of the field `pois` for another."""
    words = list(dict.fromkeys(part.strip().lower() for part in word.split(",") if part.strip()))
    groups, classes = point_words()
    if len(words) == 1 and words[0] in AMOUNTS:
        return words[0]
    for part in words:
        if part not in groups and part not in classes:
            known = (*AMOUNTS, *groups)
            raise RequestError(
                "unknown_points",
                say(
                    "There are no points of interest {0}{1}; there are {2}, and classes such as museum; several "
                    "with commas, the first three each alone.",
                    quoted(part), nearest(part, [*known, *sorted(classes)]), listed(known),
                ),
                "pois",
            )  # fmt: skip
    return ",".join(words)


def with_points(theme: Theme, word: str) -> Theme:
    """The style with the points of interest that `checked_points` gave; itself where that is empty."""
    if not word:
        return theme
    labels = [label for label in theme.flags["labels"] if label != "pois"]
    if word != "none":
        labels.append("pois")
    classes = None if word in AMOUNTS else word.split(",")
    rank = _FEW if word == "few" else _ALL
    flags = {**theme.flags, "labels": labels, "poi_classes": classes, "poi_rank": rank}
    return replace(theme, flags=cast(Flags, flags))
