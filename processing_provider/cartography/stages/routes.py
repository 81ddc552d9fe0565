"""Routes in their own colours, where they are asked for: over streets, below names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..features.reading import Thing, merged
from ..symbology.small_lines import route_cases
from .builder import Builder


def routes(builder: Builder) -> None:
    """One layer of all routes; where several share a street, the last one covers the others."""
    things = [
        Thing(thing.geometry, {"kind": thing["kind"], "class": thing["colour"] or ""})
        for thing in builder.things("routes")
    ]
    colours = {str(thing["class"]) for thing in things}
    builder.add("Routes", "line", merged(things, ("kind", "class")), route_cases(builder.theme, colours))
