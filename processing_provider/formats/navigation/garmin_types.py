"""What Garmin's devices call the things of a map: `garmin_types.csv`, by table, kind and class of the layer table.

The numbers are those of cGPSmapper's manual (points, lines and areas, the types that every device draws by itself);
`end` is the last level of a map (see LEVELS) that a thing is seen at. The most special row counts; a table without one
has no such things on Garmin's devices, and is left out.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

# Bits of a coordinate at each level, the finest first: all is seen up to some 200 m on the device's scale, then less
# at 800 m, 3 km and 12 km; the last level has nothing but land, water, borders and cities.
LEVELS = (24, 22, 20, 18, 16)
# What lies under everything.
BACKGROUND = 0x4B
# What stands for a table that nobody knows, of a project's own layers.
_UNKNOWN = {"point": (0x6600, 0), "line": (0x16, 0), "polygon": (0x13, 0)}
# Tables that are no things on a map of these devices: the background stands for land, borders are lines.
_NOT_HELD = frozenset(
    ("land", "admin_areas", "bridges", "trees", "trees_lines", "power_points", "housenumbers", "barriers_areas")
)


@dataclass(frozen=True)
class Garmin:
    """A type's number, and the last level at which it is seen."""

    type: int
    end: int


def _load() -> dict[tuple[str, str, str], Garmin]:
    with Path(__file__).with_name("garmin_types.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["kind"], row["class"]): Garmin(int(row["type"], 16), int(row["end"]))
            for row in csv.DictReader(file)
        }


_TYPES = _load()
_KNOWN = frozenset(table for table, _, _ in _TYPES)


def is_held(table: str) -> bool:
    """Whether things of a table are shown on Garmin's devices."""
    return table not in _NOT_HELD


def garmin(table: str, geometry: str, kind: str | None, value: str | None) -> Garmin:
    """What a thing of a table is, by its kind and class; `geometry` is `point`, `line` or `polygon`."""
    found = (_TYPES.get((table, kind or "", of)) for of in (value or "", ""))
    known = next((one for one in found if one), None) or _TYPES.get((table, "", ""))
    if known is not None:
        return known
    if table in _KNOWN:
        raise ValueError(f"garmin_types.csv: {table} has no {kind}.")
    return Garmin(*_UNKNOWN[geometry])
