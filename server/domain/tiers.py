"""The tiers: `tiers.json` is the table, the catalogue of formats says which tier a format begins at."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ...processing_provider.formats.catalogue import FORMATS


@dataclass(frozen=True)
class Tier:
    """What a tier may do.

    `per_day` is None where there is no limit; `bonus_seconds` is how much earlier its jobs stand in the queue;
    `submits` and `polls` are rates of the short window, as `300/minute`; results are kept `keep_days`.
    """

    id: str
    name: str
    per_day: int | None
    max_km2: float
    formats: frozenset[str]
    bonus_seconds: int
    keep_days: int
    max_waiting: int
    submits: str
    polls: str

    def may_write(self, format_id: str) -> bool:
        """Whether the format belongs to this tier."""
        return FORMATS[format_id].tier in self.formats


def _load() -> dict[str, Tier]:
    rows = json.loads(Path(__file__).with_name("tiers.json").read_text(encoding="utf-8"))
    return {name: Tier(id=name, **{**row, "formats": frozenset(row["formats"])}) for name, row in rows.items()}


# From the smallest to the largest.
TIERS: dict[str, Tier] = _load()


def lowest(formats: tuple[str, ...], km2: float) -> Tier | None:
    """The first tier that allows an area and all of the formats; None where none does."""
    for tier in TIERS.values():
        if km2 <= tier.max_km2 and all(tier.may_write(item) for item in formats):
            return tier
    return None
