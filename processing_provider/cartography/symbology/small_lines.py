"""Lines that are small things rather than ways: piers, dams, platforms, running tracks, building sites, old railways.

Shared by pictures and by layers of a project; the scale is that of the page.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from types import MappingProxyType
from typing import Mapping, Tuple

from ..themes.loading import Theme
from ..themes.widths import Widths
from .roads import Case
from .symbols import FLAT, line, one_of, stroke

# The colour token of each kind of route, and the width of its line in mm.
ROUTES = {
    "road": "primary_case", "train": "rail", "ferry": "ferry", "subway": "subway", "tram": "tram",
    "bus": "bus", "cycling": "poi_shop", "hiking": "poi_health", "other": "text",
}  # fmt: skip
ROUTE, _ROUTE_EDGE = 0.45, 0.3
# A kind of route and the colour that routes have of their own, or empty.
Look = Tuple[str, str]
# Millimetres on paper, and metres on the ground times a thousand.
_LEAST, _PIER, _DAM, _PLATFORM, _TRACK = 0.2, 3000, 5000, 2500, 5000
_OVERGROUND = ("overground", "overhead", "surface", "bridge")
OVERGROUND = f"\"kind\"='conveyor' OR COALESCE({one_of('location', _OVERGROUND)}, FALSE)"


def pier_cases(theme: Theme, scale: int) -> list[Case]:
    """Piers and breakwaters in their own colour; dams as a strong line, weirs as a dashed one."""
    pier, dam, cases = theme.color.get("pier"), theme.color.get("dam"), []
    if pier:
        kinds = one_of("kind", ("pier", "breakwater"))
        cases.append((kinds, line(stroke(pier, max(_LEAST, _PIER / scale), FLAT)), "Piers"))
    if dam:
        cases += [
            ("\"kind\"='dam'", line(stroke(dam, max(0.4, min(_DAM / scale, 1.0)), FLAT)), "Dams"),
            ("\"kind\"='weir'", line(stroke(dam, max(0.25, min(_PIER / scale, 0.6)), FLAT, (0.7, 0.35))), "Weirs"),
        ]
    return cases


def platform_cases(theme: Theme, scale: int) -> list[Case]:
    """Platforms that are mapped as a line: as wide as one is, with the edge that those have which are areas."""
    fill, edge = theme.color.get("plaza"), theme.color.get("plaza_line")
    width = max(_LEAST, _PLATFORM / scale)
    strokes = [stroke(edge, width + 0.16, FLAT, level=0)] if edge else []
    strokes += [stroke(fill, width, FLAT, level=1)] if fill else []
    return [("TRUE", line(*strokes), "Platforms")] if strokes else []


def track_cases(theme: Theme, scale: int) -> list[Case]:
    """Running tracks that are mapped as a line."""
    color = theme.color.get("pitch")
    return [("TRUE", line(stroke(color, max(_LEAST, _TRACK / scale), FLAT)), "Running tracks")] if color else []


def construction_cases(theme: Theme, widths: Widths) -> list[Case]:
    """Roads that are being built, dashes in an edge; railways, thin dashes."""
    color, cases = theme.color, []
    road, case, rail = color.get("minor"), color.get("minor_case"), color.get("rail")
    width = 0.6 * widths.line("minor")
    if road and case and theme.flags["casings"] and width > 0.3:
        dashes = stroke(road, width - 0.12, FLAT, (1.6, 1.2), 1)
        cases.append(("\"kind\"='road'", line(stroke(case, width, FLAT), dashes), "Future roads"))
    elif road:
        tint = case if case and theme.flags["casings"] else road
        cases.append(("\"kind\"='road'", line(stroke(tint, width, FLAT, (1.6, 1.2))), "Future roads"))
    if rail:
        thin = widths.rail(0.22, 0.25)
        cases.append(("\"kind\"='railway'", line(stroke(rail, thin, FLAT, (1.8, 1.2))), "Future railways"))
    return cases


def is_overground(kind: object, location: object) -> bool:
    """Whether a pipeline or conveyor is seen from above: what lies below ground is in the data alone."""
    return kind == "conveyor" or location in _OVERGROUND


def pipeline_cases(theme: Theme, expression: str = "TRUE") -> list[Case]:
    """Pipelines and conveyors that are seen from above (see is_overground)."""
    color = theme.color.get("power")
    return [(expression, line(stroke(color, 0.16, FLAT, (2.2, 0.4))), "Pipelines")] if color else []


def protected_cases(theme: Theme) -> list[Case]:
    """The border of what is protected, thin and without a fill: its land looks as it does."""
    color = theme.color.get("protected")
    if not color:
        return []
    return [("TRUE", line(stroke(color, 0.16, FLAT, (1.6, 0.5))), "Protected areas")]


def route_color(theme: Theme, kind: str, own: str = "") -> str:
    """The colour of routes of a kind; their `own` one first."""
    return own or theme.color.get(ROUTES[kind]) or theme.color["text"] or ""


def route_cases(
    theme: Theme, looks: Mapping[Look, str] | None = None, widths: Mapping[str, float] = MappingProxyType({})
) -> list[Case]:
    """Routes in the colours of their kinds; or each kind and colour (the field `class`) of `looks`, which has labels.

    Lines of the kinds in `widths` are so many mm wide, and have an edge that parts them from what lies below.
    """
    if looks is None:
        return [
            (f"\"kind\"='{kind}'", line(stroke(route_color(theme, kind), ROUTE, FLAT)), kind.title()) for kind in ROUTES
        ]
    cases: list[Case] = []
    ground = theme.color["halo"] or "#FFFFFF"
    for (kind, own), label in sorted(looks.items(), key=lambda item: (list(ROUTES).index(item[0][0]), item[1])):
        strokes = [stroke(route_color(theme, kind, own), widths.get(kind, ROUTE), FLAT, level=1)]
        if kind in widths:
            strokes.insert(0, stroke(ground, widths[kind] + _ROUTE_EDGE, FLAT))
        cases.append((f"\"kind\"='{kind}' AND COALESCE(\"class\",'')='{own}'", line(*strokes), label))
    return cases
