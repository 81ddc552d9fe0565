"""What cutters tell operations by: their colours, names, and which is worked at last."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

# The colours of the style `lineart`: what is engraved, what is scored, what is cut through; and those of what is no
# line of the map, so that it can be left out. LightBurn's palette has all of them.
ENGRAVE, SCORE, CUT = "#000000", "#0000FF", "#FF0000"
TEXT, FRAME = "#00E000", "#FF8000"
# Areas by the colour that they get where they are hatched: the operation, and the tokens of a style.
HATCHES = {
    "#00E0E0": ("Hatch water", ("water", "sea")),
    "#D0D000": ("Hatch green", ("park", "grass", "forest", "scrub", "cemetery", "pitch")),
}
NAMES = {
    ENGRAVE: "Engrave", SCORE: "Score", CUT: "Cut", TEXT: "Text", FRAME: "Frame",
    **{color: name for color, (name, _) in HATCHES.items()},
}  # fmt: skip
# What is worked at first and last, in this order; all else between, as it is painted.
FIRST = tuple(HATCHES)
LAST = (TEXT, SCORE, CUT, FRAME)


def name_of(color: str) -> str:
    """The name of the operation of a colour."""
    return NAMES.get(color, f"Lines {color}")


def in_order(colors: list[str]) -> list[str]:
    """The colours in the order of the work."""
    between = [color for color in colors if color not in FIRST + LAST]
    return [color for color in FIRST if color in colors] + between + [color for color in LAST if color in colors]
