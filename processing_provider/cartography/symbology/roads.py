"""Roads: all casings below all fills, so that junctions are clean; tunnels below, bridges above by OSM layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from qgis.core import QgsSimpleLineSymbolLayer, QgsSymbol
from qgis.PyQt.QtCore import Qt

from ..features.reading import Thing
from ..themes.loading import Theme
from ..themes.widths import LINK, NO_BRIDGE, NO_CASING, Widths
from .symbols import FLAT, ROUND, line, luma, mixed, one_of, stroke

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
WIDTHS = {kind: width for kind, width, *_ in CLASSES}
RANKS = {kind: number for number, (kind, *_) in enumerate(CLASSES)}
MAIN = RANKS["tertiary"]
# Streets that lead nowhere far, and how much of the land's colour these have where they are thin lines.
_LESSER, _PALER = ("living", "pedestrian", "service"), 0.45
TITLES = {
    "service": "Service", "pedestrian": "Pedestrian", "living": "Living streets", "minor": "Minor",
    "tertiary": "Tertiary", "secondary": "Secondary", "primary": "Primary", "trunk": "Trunk", "motorway": "Motorway",
}  # fmt: skip
# Dashed ways: kind, dash and gap in widths.
PATHS = (("path", 3.2, 2.2), ("cycleway", 4.0, 2.2), ("track", 6.0, 2.2), ("steps", 0.5, 0.45))
PATH_RANKS = {"sidewalk": 0, **{kind: number for number, (kind, *_) in enumerate(PATHS)}}
# Main tracks lie above their sidings, what runs in streets above both.
RAIL_RANKS = {
    kind: number
    for number, kinds in enumerate(
        (("disused", "miniature"), ("siding",), ("rail",), ("tram", "light_rail", "funicular"), ("subway",))
    )
    for kind in kinds
}
Case = tuple[str, QgsSymbol, str]


def half_width(thing: Thing, widths: Widths) -> float:
    """Half the width on paper, casing included, of a road, in metres."""
    width = widths.line(WIDTHS[thing["kind"]]) * (LINK if thing["link"] else 1.0)
    return width / 2 * widths.scale / 1000


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
        if name != kind or not theme.color.get(token):
            continue
        for expression, width in _variants(kind, widths.line(width_key), links):
            for shade, is_lesser in _shades(kind, width):
                for portal, cap in ((0, ROUND), (1, FLAT)):
                    symbol = line(_fill(theme, widths, token, width, cap=cap, is_lesser=is_lesser))
                    cases.append((f'{expression}{shade} AND "portal"={portal}', symbol, TITLES[kind]))
    return cases


def _shades(kind: str, width: float) -> Iterator[tuple[str, bool]]:
    """Conditions beside a kind's own, and whether what fulfils them is a street that leads nowhere far."""
    if kind == "minor" and width < NO_CASING:
        # These lead to the next village.
        rural = "COALESCE(\"class\",'')='unclassified'"
        yield f" AND {rural}", False
        yield f" AND NOT {rural}", True
    else:
        yield "", kind in _LESSER


def _fill(
    theme: Theme,
    widths: Widths,
    token: str,
    width: float,
    level: int = 0,
    cap: Qt.PenCapStyle = ROUND,
    is_lesser: bool = False,
) -> QgsSimpleLineSymbolLayer:
    color, case = theme.color[token] or "", theme.color.get(f"{token}_case")
    if not theme.flags["casings"] or not case:
        return stroke(color, width, cap, level=level)
    if width < NO_CASING:
        return stroke(thin_color(theme, color, case, is_lesser), width * 0.75, cap, level=level)
    return stroke(color, width - 2 * widths.case, cap, level=level)


def thin_color(theme: Theme, color: str, case: str, is_lesser: bool) -> str:
    """The colour of a line too thin for a casing: a fill that hardly stands out from the land leans on its casing.

    Lesser streets lean back to the land, so that a town's grid does not outdo the roads that lead through it.
    """
    land = theme.color.get("land") or "#FFFFFF"
    contrast = abs(luma(color) - luma(land))
    found = case if contrast < 0.055 else mixed(color, case, 0.5) if contrast < 0.2 else color
    return mixed(found, land, _PALER) if is_lesser else found


def tunnels(theme: Theme, widths: Widths) -> list[Case]:
    """Roads in tunnels: a thin dashed casing round nearly the land's colour, or one dashed line.

    Ramps of garages and the like are one line: side by side their casings would be a thicket. Where no road has a
    casing main roads go on in the tunnels' colour, or they would seem to end.
    """
    cases = []
    color, case = theme.color.get("tunnel"), theme.color.get("tunnel_case")
    if not color:
        return []
    for number, (kind, width_key, _, links) in enumerate(CLASSES):
        for expression, width in _variants(kind, widths.line(width_key), links):
            width *= 0.85
            if case and kind != "service" and width >= NO_CASING:
                symbol = line(
                    stroke(case, width, FLAT, (1.6, 1.0), 0),
                    stroke(color, max(width - 1.5 * widths.case, 0.1), FLAT, level=1 + number),
                )
            elif not theme.flags["casings"] and number >= MAIN:
                symbol = line(stroke(color, width, FLAT, level=1 + number))
            else:
                symbol = line(stroke(case or color, min(max(width * 0.45, 0.12), 0.28), FLAT, (1.2, 0.9), 1 + number))
            cases.append((expression, symbol, TITLES[kind]))
    return cases


def bridge_outlines(theme: Theme, widths: Widths) -> list[Case]:
    """The casings of roads on bridges of one OSM layer; none where roads are too thin to show two dark lines."""
    cases: list[Case] = []
    case = theme.color.get("bridge_case")
    if not case or not theme.flags["casings"]:
        return cases
    for kind, width_key, token, links in CLASSES:
        for expression, width in _variants(kind, widths.line(width_key), links):
            if theme.color.get(token) and width >= NO_BRIDGE:
                cases.append((expression, line(stroke(case, width + widths.case, FLAT)), TITLES[kind]))
    return cases


def bridges(theme: Theme, widths: Widths) -> list[Case]:
    """The fills of roads on bridges of one OSM layer, and of the roads on the ground at their ends (`portal` 1)."""
    cases = []
    for number, (kind, width_key, token, links) in enumerate(CLASSES):
        if not theme.color.get(token):
            continue
        for expression, width in _variants(kind, widths.line(width_key), links):
            for portal, cap in ((0, ROUND), (1, FLAT)):
                symbol = line(_fill(theme, widths, token, width, number, cap))
                cases.append((f'{expression} AND "portal"={portal}', symbol, TITLES[kind]))
    return cases


def paths(theme: Theme, widths: Widths) -> list[Case]:
    """Paths, cycleways, tracks and steps, dashed."""
    cases = []
    for kind, dash, gap in PATHS:
        color = theme.color.get(kind)
        if color:
            width = max(0.13, widths.line(kind))
            kinds = ("path", "sidewalk") if kind == "path" else (kind,)
            symbol = line(stroke(color, width, FLAT, (width * dash, width * gap)))
            cases.append((one_of("kind", kinds), symbol, kind.title()))
    return cases


def rails(theme: Theme, widths: Widths, bridge: bool = False) -> list[Case]:
    """Railways, sidings, trams and subways; on a `bridge` railways have a casing over the land's colour."""
    rail, tram, factor = theme.color.get("rail"), theme.color.get("tram"), widths.factor
    if not rail:
        return []
    case, land = theme.color.get("bridge_case"), theme.color.get("land")
    cased = bridge and case and land and theme.flags["casings"]

    def symbol(width: float, *strokes: QgsSimpleLineSymbolLayer) -> QgsSymbol:
        if not cased or width < 0.15:
            return line(*strokes)
        under = (stroke(case or "", width + 0.55, FLAT, level=0), stroke(land or "", width + 0.35, FLAT, level=1))
        return line(*under, *strokes)

    wide, thin = widths.rail(0.62), widths.rail(0.22, 0.25)
    # At larger scales every track is mapped: dashes would turn a station into a black bar.
    if theme.flags["rail_style"] == "line" or widths.scale <= 6000:
        wide = widths.rail(0.31, 0.21)
        main = symbol(wide, stroke(rail, wide, FLAT, level=2))
    else:
        gap = stroke(theme.color.get("rail_gap") or "#FFFFFF", wide * 0.55, FLAT, (1.6 * factor, 1.6 * factor), 3)
        main = symbol(wide, stroke(rail, wide, FLAT, level=2), gap)
    yard = "COALESCE(\"service\" IN ('yard','siding','spur','crossover'), FALSE)"
    cases = [
        ("\"kind\"='rail'", main, "Railways"),
        (one_of("kind", ("siding", "miniature")), symbol(thin, stroke(rail, thin, FLAT, level=2)), "Sidings"),
        ("\"kind\"='disused'", symbol(thin, stroke(rail, thin, FLAT, (1.4, 1.0), 2)), "Disused"),
    ]
    if tram:
        kinds = one_of("kind", ("tram", "light_rail", "funicular"))
        cases.append((kinds, line(stroke(tram, widths.rail(0.24, 0.2), FLAT, level=2)), "Tramways"))
        subway = theme.color.get("subway") or rail
        cases += [
            (f"\"kind\"='subway' AND NOT {yard}", line(stroke(subway, widths.rail(0.4), FLAT, level=2)), "Subways"),
            (f"\"kind\"='subway' AND {yard}", line(stroke(subway, thin, FLAT, level=2)), "Subway yards"),
        ]
    return cases


def rail_tunnels(theme: Theme, widths: Widths) -> list[Case]:
    """Railways and subways under ground: thin and dashed."""
    rail, subway = theme.color.get("rail"), theme.color.get("subway")
    if not rail:
        return []
    thin = widths.rail(0.22, 0.25)
    return [
        (f"\"kind\"{sign}'subway'", line(stroke(color, thin, FLAT, (1.4, 0.9))), title)
        for sign, color, title in (("<>", rail, "Railways"), ("=", subway or rail, "Subways"))
    ]


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
