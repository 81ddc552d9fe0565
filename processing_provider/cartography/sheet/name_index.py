"""An index of a sheet: its groups, and what stands in a line of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from ...text.sentence import say

STREETS, PLACES, SIGHTS = say("Streets"), say("Places"), say("Sights")


@dataclass(frozen=True)
class IndexEntry:
    """A name and its cells, from the left and the top; `weight` is larger for what is missed more."""

    group: str
    name: str
    cells: tuple[str, ...]
    weight: float
