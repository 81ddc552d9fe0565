"""The six detail levels: what is too small to show, and how far lines may be simplified."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Detail:
    """One level: the scale it is drawn for, minimum areas in m2, the tolerance of simplification in metres.

    `min_area` is for polygons but buildings (a quarter of it for water); `min_building` is None where no
    building is shown. Buildings are never simplified above level 3.
    """

    level: int
    design_scale: int
    min_area: float
    min_building: float | None
    tolerance: float

    def smallest(self, table: str) -> float:
        """The smallest area in m2 that a polygon of `table` is shown with."""
        if table == "buildings":
            return self.min_building or 0.0
        return self.min_area / 4 if table == "water" else self.min_area


def _load() -> dict[int, Detail]:
    data = json.loads(Path(__file__).with_name("detail.json").read_text(encoding="utf-8"))
    return {int(level): Detail(int(level), **values) for level, values in data.items()}


DETAILS: dict[int, Detail] = _load()
