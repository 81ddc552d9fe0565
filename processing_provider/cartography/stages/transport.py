"""What traffic runs on: paths, roads, railways on the ground, then bridges, one OSM layer above the other."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsSymbol

from ..features.lines import Node, node, parts, tips
from ..features.reading import Thing, merged
from ..symbology import roads
from ..symbology.small_lines import construction_cases
from ..symbology.symbols import FLAT, line, stroke
from ..themes.widths import Widths
from .arrows import arrows
from .bridge_ends import Index, directed, flat_tips, outside, over_edge, stubs
from .builder import Builder
from .overview_roads import connected, evened

ROAD_KEYS = ("kind", "class", "name", "ref", "layer", "service", "link", "oneway")
_PATH_KEYS = ("kind", "name")
# How far roads go on beyond the page, in metres on paper: enough for those that leave it at a narrow angle.
_BEYOND = 0.012
# On smaller scales the tracks of a plain are a brown grid, whatever the level of detail.
_WITHOUT_TRACKS = 60_000
# The last levels at which roads are evened out, and those left out that lead nowhere; what leads somewhere.
_EVENED, _CONNECTED, _LEADING = 3, 2, roads.RANKS["secondary"]
# Lines up to so many mm on paper have ends that nobody sees.
_HAIRLINE = 0.1


def network(builder: Builder) -> None:
    """Paths, roads, railways, bridges."""
    theme, widths = builder.theme, builder.widths
    ways = directed(_led(builder))
    paths = builder.things("paths") if theme.flags["paths"] else []
    # Where rails were, something else is now.
    rails = [thing for thing in builder.things("railways") if not thing["tunnel"] and thing["kind"] != "abandoned"]
    # What is of a class lies together, for who takes the map apart.
    rails.sort(key=lambda thing: roads.RAIL_RANKS.get(thing["kind"], 0))
    over = {"paths": _by_level(paths), "roads": _by_level(ways), "rails": _by_level(rails)}

    on_ground = [thing for thing in paths if not thing["tunnel"] and not thing["bridge"]]
    if builder.page.scale > _WITHOUT_TRACKS:
        on_ground = [thing for thing in on_ground if thing["kind"] != "track"]
    on_ground = sorted(merged(on_ground, _PATH_KEYS), key=lambda thing: roads.PATH_RANKS.get(thing["kind"], 0))
    builder.add("Paths", "line", on_ground, roads.paths(theme, widths))
    builder.add("Under construction", "line", builder.things("construction"), construction_cases(theme, widths), True)
    surface = merged([thing for thing in ways if not thing["tunnel"] and not thing["bridge"]], ROAD_KEYS)
    # A casing of a higher class lies above those of the lower ones.
    surface.sort(key=lambda thing: roads.RANKS[thing["kind"]])
    mouths = {
        node(point) for thing in ways if thing["tunnel"] for part in parts(thing.geometry) for point in tips(part)
    }
    surface = over_edge(surface, builder.page, _BEYOND * builder.page.scale)
    cased, filled = _joined_to_plazas(builder, surface, mouths)
    builder.add("Roads – outlines", "line", cased, roads.outlines(theme, widths))
    for kind, *_ in roads.CLASSES:
        of_kind = [thing for thing in filled if thing["kind"] == kind]
        builder.add(f"Roads – {roads.TITLES[kind]}", "line", of_kind, roads.fills(theme, widths, kind))
    builder.add("Railways", "line", [t for t in rails if not t["bridge"]], roads.rails(theme, widths), True)

    below = list(surface)
    for number, level in enumerate(sorted({level for kind in over.values() for level in kind})):
        height = f", level {level}" if number else ""
        builder.add(f"Path bridges{height}", "line", over["paths"].get(level, []), _path_bridges(builder), True)
        deck = over_edge(merged(over["roads"].get(level, []), ROAD_KEYS), builder.page, _BEYOND * builder.page.scale)
        builder.add(f"Road bridges{height} – outlines", "line", deck, roads.bridge_outlines(theme, widths))
        top = flat_tips(deck, mouths.__contains__, lambda thing: _tip(thing, widths))
        lower = stubs(deck, Index(below), lambda thing: 5 * roads.half_width(thing, widths)) if deck else []
        builder.add(f"Road bridges{height}", "line", top + lower, roads.bridges(theme, widths), True)
        builder.add(
            f"Railway bridges{height}", "line", over["rails"].get(level, []), roads.rails(theme, widths, True), True
        )
        below += deck
    if builder.detail >= 5:
        arrows(builder, below)


def _led(builder: Builder) -> list[Thing]:
    """The roads; on overviews only those that lead somewhere, and without short pieces of another class."""
    ways = builder.things("roads")
    if builder.detail > _EVENED:
        return ways
    ways = evened(ways, builder.paper, roads.RANKS, roads.MAIN)
    return connected(ways, builder.paper, roads.RANKS, _LEADING) if builder.detail <= _CONNECTED else ways


def _tip(thing: Thing, widths: Widths) -> float:
    """How far a flat end reaches, in metres; nothing of a line so thin that nobody sees how it ends."""
    half = roads.half_width(thing, widths)
    return 2.4 * half if 2 * half > _HAIRLINE * widths.scale / 1000 else 0.0


def _by_level(things: list[Thing]) -> dict[int, list[Thing]]:
    """Bridges by OSM layer; one without a layer is on layer 1."""
    result: dict[int, list[Thing]] = {}
    for thing in things:
        if thing["bridge"] and not thing["tunnel"]:
            result.setdefault(thing["layer"] or 1, []).append(thing)
    return result


def _joined_to_plazas(builder: Builder, surface: list[Thing], mouths: set[Node]) -> tuple[list[Thing], list[Thing]]:
    """Roads for casings and for fills, flat at tunnels; pedestrian streets end where a plaza takes over."""

    def length(thing: Thing) -> float:
        return _tip(thing, builder.widths)

    plazas = [t for t in builder.things("plazas") if t["kind"] == "plaza"] if builder.color.get("plaza") else []
    walked = [thing for thing in surface if thing["kind"] == "pedestrian"]
    driven = flat_tips([t for t in surface if t["kind"] != "pedestrian"], mouths.__contains__, length)
    if not plazas or not walked:
        flat = flat_tips(walked, mouths.__contains__, length)
        return _sorted(driven + flat), driven + flat
    index, mm = Index(plazas), builder.page.scale / 1000
    result = []
    # The fill reaches a little into the plaza, over its outline.
    for inset in (0.0, 0.25 * mm):
        rest, cuts = outside(walked, index, inset)
        ends = mouths | cuts
        result.append(driven + flat_tips(rest, ends.__contains__, length))
    return _sorted(result[0]), result[1]


def _sorted(things: list[Thing]) -> list[Thing]:
    return sorted(things, key=lambda thing: roads.RANKS[thing["kind"]])


def _path_bridges(builder: Builder) -> list[tuple[str, QgsSymbol, str]]:
    case, land, color = builder.color.get("bridge_case"), builder.color.get("land"), builder.color.get("path")
    if not (case and land and color):
        return roads.paths(builder.theme, builder.widths)
    width = max(0.13, builder.widths.line("path"))
    under = (stroke(case, width + 0.5, FLAT, level=0), stroke(land, width + 0.34, FLAT, level=1))
    return [("TRUE", line(*under, stroke(color, width, FLAT, (width * 3.2, width * 2.2), 2)), "Bridges")]
