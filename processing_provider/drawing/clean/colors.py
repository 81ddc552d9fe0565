"""Colours for the press."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..model import Color


def cmyk(color: Color) -> tuple[int, int, int, int]:
    """Percent of cyan, magenta, yellow and black, all grey as black (GCR): a grey line prints with one plate."""
    red, green, blue = color.red / 255, color.green / 255, color.blue / 255
    light = max(red, green, blue)
    if light == 0:
        return 0, 0, 0, 100
    parts = (round(100 * (light - part) / light) for part in (red, green, blue))
    cyan, magenta, yellow = parts
    return cyan, magenta, yellow, round(100 * (1 - light))


def over(color: Color, ground: Color) -> Color:
    """An opaque colour that looks like `color` on `ground`."""
    if color.alpha >= 1:
        return color
    share = color.alpha
    red, green, blue = (
        round(top * share + below * (1 - share))
        for top, below in ((color.red, ground.red), (color.green, ground.green), (color.blue, ground.blue))
    )
    return Color(red, green, blue)
