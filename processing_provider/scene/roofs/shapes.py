"""The shapes of roofs (OSM wiki, Key:roof:shape) as heights from 0 at the eave to 1 at the top."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Tuple

Steps = Tuple[Tuple[float, float], ...]

# Across the roof, from one long side (0) to the other (1); a skillion is high where it does not look to.
PROFILES: dict[str, Steps] = {
    "gabled": ((0.0, 0.0), (0.5, 1.0), (1.0, 0.0)),
    "skillion": ((0.0, 1.0), (1.0, 0.0)),
    "gambrel": ((0.0, 0.0), (0.2, 0.6), (0.5, 1.0), (0.8, 0.6), (1.0, 0.0)),
    "saltbox": ((0.0, 0.0), (0.33, 1.0), (1.0, 0.0)),
    "double_saltbox": ((0.0, 0.0), (0.25, 1.0), (0.75, 1.0), (1.0, 0.0)),
    "round": tuple(
        ((1 - math.cos(k * math.pi / 8)) / 2, math.sin(k * math.pi / 8) if k < 8 else 0.0) for k in range(9)
    ),
}
# From the middle (0) to the sides (1).
RADIAL: dict[str, Steps] = {
    "pyramidal": ((0.0, 1.0), (1.0, 0.0)),
    "dome": tuple((math.sin(k * math.pi / 12), math.cos(k * math.pi / 12) if k < 6 else 0.0) for k in range(7)),
    "onion": ((0.0, 1.0), (0.08, 0.75), (0.25, 0.55), (0.6, 0.38), (0.9, 0.2), (1.0, 0.0)),
}
# Sloped on all four sides; how high the gable is that the ends keep, and where a mansard's slope changes.
HIPPED: dict[str, Tuple[float, Steps]] = {
    "hipped": (0.0, ((0.0, 0.0), (1.0, 1.0))),
    "half-hipped": (0.5, ((0.0, 0.0), (1.0, 1.0))),
    "mansard": (0.0, ((0.0, 0.0), (0.35, 0.75), (1.0, 1.0))),
}
SHAPES = (*PROFILES, *RADIAL, *HIPPED)
FLAT = "flat"
_OTHER_NAMES = {
    "half_hipped": "half-hipped", "hipped-and-gabled": "half-hipped", "side_hipped": "hipped", "side_half-hipped":
    "half-hipped", "pitched": "gabled", "gable": "gabled", "hip": "hipped", "pyramid": "pyramidal", "cone": "pyramidal",
    "conical": "pyramidal", "tented": "pyramidal", "lean_to": "skillion", "shed": "skillion", "monopitch": "skillion",
    "barrel": "round", "arched": "round", "cupola": "dome", "quadruple_saltbox": "double_saltbox",
    "gabled_height_moved": "gabled", "gabled_row": "gabled", "half-dome": "dome",
}  # fmt: skip
# How high a roof is where nobody says so: this share of its width, at most so many metres.
RISE: dict[str, Tuple[float, float]] = {
    "skillion": (0.15, 3.0), "dome": (0.5, 30.0), "onion": (1.0, 30.0), "round": (0.4, 8.0), "pyramidal": (0.4, 8.0),
}  # fmt: skip
RISE_OF_OTHERS = (0.3, 4.0)


def shape_of(tag: object) -> str:
    """The shape that a value of roof:shape is drawn as; flat where it is none of them."""
    word = str(tag or "").split(";")[0].strip().lower()
    word = _OTHER_NAMES.get(word, word)
    return word if word in SHAPES else FLAT
