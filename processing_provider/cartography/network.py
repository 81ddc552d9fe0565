"""What was built: tunnels, houses, walls, paths, roads, railways, bridges, trees, boundaries."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsSymbol

from . import roads
from .areas import building_cases
from .builder import Builder
from .features import ends, merged, read
from .symbols import FLAT, dot, line, stroke

_ROAD_KEYS = ("kind", "class", "name", "ref", "layer", "service", "link")


def built(builder: Builder) -> None:
    """Tunnels, buildings, walls."""
    ways, rails = read(builder.data, "roads"), read(builder.data, "railways")
    if builder.theme.flags["tunnels"]:
        under = merged([thing for thing in ways if thing["tunnel"]], _ROAD_KEYS)
        builder.add("Road tunnels", "line", under, roads.tunnels(builder.theme, builder.widths), True)
        if builder.color.get("rail"):
            thin = stroke(builder.color["rail"] or "", 0.22 * builder.widths.factor, FLAT, (1.4, 0.9))
            builder.add("Rail tunnels", "line", [t for t in rails if t["tunnel"]], [("TRUE", line(thin), "Tunnels")])
    houses = [thing for thing in read(builder.data, "buildings") if thing["kind"] != "part"]
    builder.add("Buildings", "polygon", houses, building_cases(builder.theme))
    if builder.color.get("barrier"):
        symbol = line(stroke(builder.color["barrier"] or "", 0.1))
        builder.add("Walls and fences", "line", read(builder.data, "barriers"), [("TRUE", symbol, "Barriers")])


def network(builder: Builder) -> None:
    """Paths, roads, railways, bridges."""
    ways = read(builder.data, "roads")
    paths = read(builder.data, "paths") if builder.theme.flags["paths"] else []
    on_ground = [thing for thing in paths if not thing["tunnel"] and not thing["bridge"]]
    builder.add("Paths", "line", merged(on_ground, ("kind", "name")), roads.paths(builder.theme, builder.widths))
    surface = merged([t for t in ways if not t["tunnel"] and not t["bridge"]], _ROAD_KEYS)
    mouths = {end for thing in ways if thing["tunnel"] for end in ends(thing.geometry)}
    for thing in surface:
        is_portal = thing.geometry.length() > 25 and any(end in mouths for end in ends(thing.geometry))
        thing.values["portal"] = int(is_portal)
    builder.add("Roads – outlines", "line", surface, roads.outlines(builder.theme, builder.widths))
    for kind, *_ in roads.CLASSES:
        of_kind = [thing for thing in surface if thing["kind"] == kind]
        builder.add(f"Roads – {roads.TITLES[kind]}", "line", of_kind, roads.fills(builder.theme, builder.widths, kind))
    rails = [thing for thing in read(builder.data, "railways") if not thing["tunnel"]]
    builder.add("Railways", "line", rails, roads.rails(builder.theme, builder.widths), True)
    over = [thing for thing in paths if thing["bridge"] and not thing["tunnel"]]
    builder.add("Path bridges", "line", over, _path_bridges(builder), True)
    bridges = merged([t for t in ways if t["bridge"] and not t["tunnel"]], _ROAD_KEYS)
    builder.add("Road bridges", "line", bridges, roads.bridges(builder.theme, builder.widths), True)
    if builder.color.get("ferry"):
        symbol = line(stroke(builder.color["ferry"] or "", 0.2, FLAT, (1.6, 1.2)))
        builder.add("Ferries", "line", read(builder.data, "ferries"), [("TRUE", symbol, "Ferries")])


def _path_bridges(builder: Builder) -> list[tuple[str, QgsSymbol, str]]:
    case, land, color = builder.color.get("bridge_case"), builder.color.get("land"), builder.color.get("path")
    if not (case and land and color):
        return roads.paths(builder.theme, builder.widths)
    width = max(0.13, builder.widths.line("path"))
    under = (stroke(case, width + 0.5, FLAT, level=0), stroke(land, width + 0.3, FLAT, level=1))
    return [("TRUE", line(*under, stroke(color, width, FLAT, (width * 3.2, width * 2.2), 2)), "Bridges")]


def points(builder: Builder) -> None:
    """Trees and boundaries."""
    tree = builder.color.get("tree")
    if builder.theme.flags["trees"] and tree:
        symbol = dot(tree, builder.color.get("tree_line") or tree, 4.0, metres=True)
        builder.add("Trees", "point", read(builder.data, "trees"), [("TRUE", symbol, "Trees")])
    boundary = builder.color.get("boundary")
    if boundary:
        cases = [
            ("\"kind\"='country'", line(stroke(boundary, 0.35, FLAT, (2.4, 0.8, 0.5, 0.8))), "Countries"),
            ("\"kind\"<>'country'", line(stroke(boundary, 0.2, FLAT, (1.6, 0.8))), "Regions and municipalities"),
        ]
        builder.add("Boundaries", "line", merged(read(builder.data, "boundaries"), ("kind",)), cases)
