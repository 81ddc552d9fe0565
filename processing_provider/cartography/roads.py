"""Roads: all casings below all fills, so that junctions are clean; tunnels below, bridges above by OSM layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from qgis.core import QgsSymbol

from .symbols import FLAT, ROUND, line, one_of, stroke
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
# Dashed ways: kind, dash and gap in widths.
_PATHS = (("path", 3.2, 2.2), ("cycleway", 4.0, 2.2), ("track", 6.0, 2.2), ("steps", 0.5, 0.45))
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


def paths(theme: Theme, widths: Widths) -> list[Case]:
    """Paths, cycleways, tracks and steps, dashed."""
    cases = []
    for kind, dash, gap in _PATHS:
        color = theme.color.get(kind)
        if color:
            width = max(0.13, widths.line(kind))
            kinds = ("path", "sidewalk") if kind == "path" else (kind,)
            symbol = line(stroke(color, width, FLAT, (width * dash, width * gap)))
            cases.append((one_of("kind", kinds), symbol, kind.title()))
    return cases


def rails(theme: Theme, widths: Widths) -> list[Case]:
    """Railways, sidings, trams and subways."""
    rail, tram, factor = theme.color.get("rail"), theme.color.get("tram"), widths.factor
    if not rail:
        return []
    wide = 0.62 * factor
    # At larger scales every track is mapped: dashes would turn a station into a black bar.
    if theme.flags["rail_style"] == "line" or widths.scale <= 6000:
        main = line(stroke(rail, min(wide, 0.42) * 0.5, FLAT))
    else:
        gap = stroke(theme.color.get("rail_gap") or "#FFFFFF", wide * 0.55, FLAT, (1.6 * factor, 1.6 * factor), 1)
        main = line(stroke(rail, wide, FLAT, level=0), gap)
    cases = [
        ("\"kind\"='rail'", main, "Railways"),
        ("\"kind\"='siding'", line(stroke(rail, 0.22 * factor, FLAT)), "Sidings"),
    ]
    if tram:
        kinds = ("tram", "light_rail", "funicular")
        cases.append((one_of("kind", kinds), line(stroke(tram, 0.24 * factor, FLAT)), "Tramways"))
        subway = theme.color.get("subway") or rail
        cases.append(("\"kind\"='subway'", line(stroke(subway, 0.4 * factor, FLAT)), "Subways"))
    return cases


def one_layer(theme: Theme, widths: Widths) -> list[Case]:
    """All roads as one layer: casings on level 0, fills above by class, tunnels dashed below everything."""
    cases: list[Case] = []
    for number, (kind, width_key, token, links) in enumerate(CLASSES):
        color, case = theme.color.get(token), theme.color.get(f"{token}_case")
        if not color:
            continue
        for expression, width in _variants(kind, widths.line(width_key), links):
            under = stroke(case or color, max(width * 0.45, 0.12), FLAT, (0.9, 0.6), 0)
            cases.append((f'{expression} AND "tunnel"=1', line(under), f"{TITLES[kind]}, tunnels"))
            strokes = [_fill(theme, widths, token, width, 2 + number)]
            if case and theme.flags["casings"] and width >= NO_CASING:
                strokes.insert(0, stroke(case, width, ROUND, (), 1))
            cases.append((f'{expression} AND "tunnel"=0', line(*strokes), TITLES[kind]))
    return cases
