"""Routes in their own colours, where they are asked for or the style shows them: over streets, below names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Iterable

from ...osm.tables.layers import BY_NAME
from ..features.reading import Thing, merged
from ..symbology.small_lines import ROUTE, ROUTES, Look, route_cases
from .builder import Builder

# Width in mm by kind, in styles that show routes of themselves: what has tracks of its own leads.
_WIDTHS = {"bus": 0.34, "tram": 0.55, "subway": 0.8, "train": 0.6}
# A class of a legend is called by the numbers of its lines, as far as so many letters go.
_LETTERS = 24
_TITLES = {kind.id: kind.title for kind in BY_NAME["routes"].kinds}
_KINDS = list(ROUTES)


def routes(builder: Builder) -> None:
    """One layer of all routes; where several share a street, the last one covers the others, buses lying lowest."""
    things = [
        Thing(thing.geometry, {"kind": thing["kind"], "class": thing["colour"] or "", "ref": thing["ref"] or ""})
        for thing in builder.things("routes")
    ]
    if not things:
        return
    own = builder.theme.flags.get("routes") or ()
    widths = {kind: _WIDTHS.get(kind, ROUTE) for kind in own}
    looks: dict[Look, set[str]] = {}
    for thing in things:
        looks.setdefault((thing["kind"], str(thing["class"])), set()).add(str(thing["ref"]))
    lines = merged(things, ("kind", "class"))
    if own:
        lines.sort(key=lambda thing: -_KINDS.index(thing["kind"]))
    labels = {look: _label(look[0], refs) for look, refs in looks.items()}
    builder.add("Routes", "line", lines, route_cases(builder.theme, labels, widths), bool(own))


def _label(kind: str, refs: Iterable[str]) -> str:
    """What a legend calls routes of one kind and colour: by their numbers, or by the kind where these are many."""
    numbers = ", ".join(sorted(filter(None, refs), key=_by_number))
    return numbers if 0 < len(numbers) <= _LETTERS else _TITLES[kind]


def _by_number(ref: str) -> tuple[str, int, str]:
    """Letters first, then by number: M1, M2, M10."""
    found = re.search(r"\d+", ref)
    return re.split(r"\d", ref)[0], int(found.group()) if found else 0, ref
