"""What of the map lies beneath its names, put on the page: what they should not hide, and what they run along."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..occupancy.kinds import Kind
from ..stages.builder import Builder

# Kind, table, the kinds of its things (all where empty), width in mm (0: as drawn).
_LINES: tuple[tuple[Kind, str, tuple[str, ...], float], ...] = (
    (Kind.PATH, "paths", (), 0.3),
    (Kind.SERVICE_ROAD, "roads", ("service",), 0.0),
    (Kind.STREET, "roads", ("minor", "living", "pedestrian"), 0.0),
    (Kind.RAILWAY, "railways", ("rail", "siding", "tram", "light_rail", "funicular", "subway", "disused"), 0.5),
    (Kind.MAIN_ROAD, "roads", ("motorway", "trunk", "primary", "secondary", "tertiary"), 0.0),
    (Kind.TRACK, "railways", ("rail", "siding", "tram", "light_rail", "funicular", "subway"), 0.45),
)


def put(builder: Builder) -> None:
    """Put houses, water, roads and railways on the page; nothing of tunnels."""
    paper = builder.paper
    paper.put(Kind.HOUSE, (thing.geometry for thing in builder.things("buildings")))
    paper.put(Kind.WATER, (thing.geometry for thing in builder.things("water") + builder.sea))
    for kind, table, chosen, width in _LINES:
        things = [t for t in builder.things(table) if not t["tunnel"] and (not chosen or t["kind"] in chosen)]
        for drawn in chosen if not width else ("",):
            shapes = [t.geometry for t in things if not drawn or t["kind"] == drawn]
            paper.put(kind, shapes, width or builder.widths.line(drawn))
