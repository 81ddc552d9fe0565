"""What is built, and what runs below it: tunnels, houses, walls, cliffs."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...request.pages import SPECK_MM2
from ..features.reading import merged
from ..symbology import roads
from ..symbology.areas import AREAS, area_cases, building_cases
from ..symbology.symbols import line, stroke
from .bridge_ends import directed
from .builder import Builder
from .transport import ROAD_KEYS


def built(builder: Builder) -> None:
    """Tunnels, buildings, walls."""
    theme, widths = builder.theme, builder.widths
    if theme.flags["tunnels"]:
        ways = directed(thing for thing in builder.things("roads") if thing["tunnel"])
        under = merged(ways, ROAD_KEYS)
        under.sort(key=lambda thing: roads.RANKS[thing["kind"]])
        builder.add("Road tunnels", "line", under, roads.tunnels(theme, widths), True)
        unused = ("disused", "abandoned")
        rails = [thing for thing in builder.things("railways") if thing["tunnel"] and thing["kind"] not in unused]
        builder.add("Rail tunnels", "line", merged(rails, ("kind",)), roads.rail_tunnels(theme, widths))
    houses = [thing for thing in builder.things("buildings") if thing["kind"] != "part"]
    mm2 = (builder.page.scale / 1000) ** 2
    houses = [t for t in houses if t["kind"] == "landmark" or t.area >= SPECK_MM2 * mm2]
    # Landmarks last: an outline that they share with a house is theirs.
    houses.sort(key=lambda thing: thing["kind"] == "landmark")
    builder.add("Buildings", "polygon", houses, building_cases(theme))
    kinds, outline, width = AREAS["barriers_areas"]
    hedges = builder.things("barriers_areas")
    builder.add("Walls and hedges, areas", "polygon", hedges, area_cases(theme, kinds, outline, width))
    barrier = builder.color.get("barrier")
    if barrier:
        walls = "\"kind\"='city_wall'"
        cases = [
            (walls, line(stroke(barrier, max(0.35, 2000 / builder.page.scale))), "City walls"),
            (f"NOT ({walls})", line(stroke(barrier, 0.1)), "Barriers"),
        ]
        builder.add("Walls and fences", "line", builder.things("barriers"), cases)
