"""The scale in figures and as a bar."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass

# Lengths of a bar that are told at a glance, and the parts that it is cut into.
_LENGTHS = ((5, 5), (4, 4), (3, 3), (2, 4), (1, 4))

# The units of both systems, the larger first, by their lengths in metres.
_METRES, _MILES = (("km", 1000.0), ("m", 1.0)), (("mi", 1609.344), ("ft", 0.3048))


@dataclass(frozen=True)
class Bar:
    """A bar of `metres` on the ground in `parts` equal parts."""

    metres: float
    parts: int
    is_in_miles: bool = False

    def length(self, scale: int) -> float:
        """Its length on paper in mm."""
        return self.metres * 1000 / scale

    @property
    def labels(self) -> dict[int, str]:
        """What is written at which part's edge; the unit stands behind the last."""
        unit, factor = next(
            unit for unit in (_MILES if self.is_in_miles else _METRES) if self.metres >= unit[1] * 0.999
        )
        marks = [0, self.parts // 2, self.parts] if self.parts % 2 == 0 else [0, self.parts]
        texts = {mark: f"{self.metres * mark / self.parts / factor:g}" for mark in marks}
        texts[self.parts] += f" {unit}"
        return texts


def longest_bar(scale: int, most_mm: float, in_miles: bool = False) -> Bar | None:
    """The longest round bar of at most `most_mm`, in metres, or in miles or feet; None where none of them fits."""
    metres = most_mm * scale / 1000
    unit = next((length for _, length in (_MILES if in_miles else _METRES) if metres >= length), None)
    if unit is None:
        return None
    most = metres / unit
    magnitude = 10 ** math.floor(math.log10(most))
    length, parts = next((pair for pair in _LENGTHS if pair[0] * magnitude <= most * (1 + 1e-9)), _LENGTHS[-1])
    return Bar(float(length * magnitude) * unit, parts, in_miles)


def in_figures(scale: int) -> str:
    """`1 : 10 000`."""
    return f"1 : {scale:,}".replace(",", " ")
