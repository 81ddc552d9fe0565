"""How well one colour reads on another."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#RRGGBB), 1 to 21: WCAG 2.2, "contrast ratio" and "relative luminance"."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
