"""The scale in figures and as a bar."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass

# Lengths of a bar that are told at a glance, and the parts that it is cut into.
_LENGTHS = ((5, 5), (4, 4), (3, 3), (2, 4), (1, 4))


@dataclass(frozen=True)
class Bar:
    """A bar of `metres` on the ground in `parts` equal parts."""

    metres: float
    parts: int

    def length(self, scale: int) -> float:
        """Its length on paper in mm."""
        return self.metres * 1000 / scale

    @property
    def labels(self) -> dict[int, str]:
        """What is written at which part's edge; the unit stands behind the last."""
        unit, factor = ("km", 1000.0) if self.metres >= 1000 else ("m", 1.0)
        marks = [0, self.parts // 2, self.parts] if self.parts % 2 == 0 else [0, self.parts]
        texts = {mark: f"{self.metres * mark / self.parts / factor:g}" for mark in marks}
        texts[self.parts] += f" {unit}"
        return texts


def longest_bar(scale: int, most_mm: float) -> Bar | None:
    """The longest round bar of at most `most_mm`; None where not even a metre fits."""
    most = most_mm * scale / 1000
    if most < 1:
        return None
    magnitude = 10 ** math.floor(math.log10(most))
    length, parts = next((pair for pair in _LENGTHS if pair[0] * magnitude <= most * (1 + 1e-9)), _LENGTHS[-1])
    return Bar(float(length * magnitude), parts)


def in_figures(scale: int) -> str:
    """`1 : 10 000`."""
    return f"1 : {scale:,}".replace(",", " ")
