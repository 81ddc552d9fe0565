"""What a step does, for people: where nothing is told of it but its word."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Mapping

from ..formats.catalogue import FORMATS
from ..text.sentence import say

WORDS: Mapping[str, str] = {
    "download": say("downloading"), "read": say("reading the map data"), "sort": say("sorting the map data"),
    "cut": say("cutting at the edge"), "style": say("drawing layers"), "draw": say("drawing"),
    "raise": say("raising buildings"), "measure": say("measuring heights"),
    "print": say("making parts for the printer"), "toolpaths": say("laying the ways of the tool"),
}  # fmt: skip


def doing(step: str) -> str:
    """A step in words: a stage, or a format that is being written; the word itself where it is neither."""
    if step in FORMATS:
        return say("writing {0}", say(FORMATS[step].name))
    return WORDS.get(step, step)
