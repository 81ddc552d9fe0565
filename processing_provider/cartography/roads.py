"""Roads: all casings below all fills, so that junctions are clean; tunnels below, bridges above by OSM layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from qgis.core import QgsSymbol

from .symbols import FLAT, ROUND, line, stroke
from .themes import Theme
from .widths import LINK, NO_CASING, Widths

# Drawing order of the fills, low to high: kind, width, colour token, whether it has links.
CLASSES = (
    ("service", "service", "service", False),
    ("pedestrian", "pedestrian", "pedestrian", False),
    ("living", "living", "minor", False),
    ("minor", "minor", "minor", False),
    ("tertiary", "tertiary", "tertiary", True),
    ("secondary", "secondary", "secondary", True),
    ("primary", "primary", "primary", True),
    ("trunk", "trunk", "trunk", True),
    ("motorway", "motorway", "motorway", True),
)
TITLES = {
    "service": "Service", "pedestrian": "Pedestrian", "living": "Living streets", "minor": "Minor",
    "tertiary": "Tertiary", "secondary": "Secondary", "primary": "Primary", "trunk": "Trunk", "motorway": "Motorway",
}  # fmt: skip
Case = tuple[str, QgsSymbol, str]


def _variants(kind: str, width: float, links: bool) -> Iterator[tuple[str, float]]:
    base = f"\"kind\"='{kind}'"
    if links:
        yield f'{base} AND "link"=0', width
        yield f'{base} AND "link"=1', width * LINK
    elif kind == "service":
        small = "\"service\" IN ('driveway','parking_aisle','drive-through')"
        yield f"{base} AND COALESCE({small}, FALSE)", width * 0.6
        yield f"{base} AND NOT COALESCE({small}, FALSE)", width
    else:
        yield base, width


def outlines(theme: Theme, widths: Widths) -> list[Case]:
    """The casings of all classes, of roads on the ground."""
    cases = []
    for kind, width_key, token, links in CLASSES:
        color, case = theme.color.get(token), theme.color.get(f"{token}_case")
        if not (color and case and theme.flags["casings"]):
            continue
        for expression, width in _variants(kind, widths.line(width_key), links):
            if width >= NO_CASING:
                # A round cap at a tunnel's mouth would bulge into the hill.
                for portal, cap in ((0, ROUND), (1, FLAT)):
                    symbol = line(stroke(case, width, cap))
                    cases.append((f'{expression} AND "portal"={portal}', symbol, TITLES[kind]))
    return cases


def fills(theme: Theme, widths: Widths, kind: str) -> list[Case]:
    """The fills of one class, of roads on the ground."""
    cases = []
    for name, width_key, token, links in CLASSES:
        color = theme.color.get(token)
        if name != kind or not color:
            continue
        for expression, width in _variants(kind, widths.line(width_key), links):
            cases.append((expression, line(_fill(theme, widths, token, width)), TITLES[kind]))
    return cases


def _fill(theme: Theme, widths: Widths, token: str, width: float, level: int = 0) -> object:
    color, case = theme.color[token], theme.color.get(f"{token}_case")
    if not theme.flags["casings"] or not case:
        return stroke(color or "", width, level=level)
    if width < NO_CASING:
        # Too thin for a casing: a white line would vanish on the land, so it takes the casing's colour.
        pale = (color or "").upper() in ("#FFFFFF", "#FDFDFD")
        return stroke(case if pale else color or "", width * 0.75, level=level)
    return stroke(color or "", width - 2 * widths.case, level=level)


def tunnels(theme: Theme, widths: Widths) -> list[Case]:
    """Roads in tunnels: a dashed casing round nearly the land's colour, or one dashed line."""
    cases = []
    color, case = theme.color.get("tunnel"), theme.color.get("tunnel_case")
    if not color:
        return []
    for number, (kind, width_key, _, links) in enumerate(CLASSES):
        for expression, width in _variants(kind, widths.line(width_key), links):
            if case:
                symbol = line(
                    stroke(case, width, FLAT, (1.2, 0.7), 0),
                    stroke(color, max(width - 2 * widths.case, 0.1), FLAT, level=1 + number),
                )
            else:
                symbol = line(stroke(color, max(width * 0.45, 0.12), FLAT, (0.9, 0.6), 1 + number))
            cases.append((expression, symbol, TITLES[kind]))
    return cases


def bridges(theme: Theme, widths: Widths) -> list[Case]:
    """Roads on bridges, the higher OSM layers above the lower ones."""
    cases = []
    for step, level in enumerate(('"layer"<=1', '"layer"=2', '"layer">=3')):
        for number, (kind, width_key, token, links) in enumerate(CLASSES):
            if not theme.color.get(token):
                continue
            for expression, width in _variants(kind, widths.line(width_key), links):
                strokes = [_fill(theme, widths, token, width, step * 40 + 10 + number)]
                if theme.color.get("bridge_case") and theme.flags["casings"]:
                    strokes.insert(
                        0, stroke(theme.color["bridge_case"] or "", width + widths.case, FLAT, (), step * 40)
                    )
                cases.append((f"{expression} AND {level}", line(*strokes), TITLES[kind]))
    return cases
