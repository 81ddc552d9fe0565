"""What lies beneath the names: what they should not hide, and what they must keep off."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from ..stages.builder import Builder
from .occupancy import Paper

# What a place's name should not hide: table, kinds (all where empty), width in mm (0: as drawn), cost from 0 to 1.
_HIDDEN: tuple[tuple[str, tuple[str, ...], float, float], ...] = (
    ("paths", (), 0.3, 0.2),
    ("roads", ("service",), 0.0, 0.3),
    ("roads", ("minor", "living", "pedestrian"), 0.0, 0.7),
    ("railways", (), 0.5, 0.8),
    ("roads", ("motorway", "trunk", "primary", "secondary", "tertiary"), 0.0, 1.0),
)
_TRACKS = ("rail", "siding", "tram", "light_rail", "funicular", "subway")


def look(builder: Builder, paper: Paper) -> None:
    """Where the things are that names should not hide."""
    paper.houses = paper.mask(thing.geometry for thing in builder.things("buildings"))
    paper.water = paper.mask(thing.geometry for thing in builder.things("water") + builder.sea)
    paper.obstruct(paper.houses, 0.25)
    paper.obstruct(paper.water, 0.8)
    for table, kinds, width, cost in _HIDDEN:
        things = [t for t in builder.things(table) if not t["tunnel"] and (not kinds or t["kind"] in kinds)]
        for kind in kinds if not width and table == "roads" else ("",):
            shown = [t.geometry for t in things if not kind or t["kind"] == kind]
            mask = paper.mask(shown, width or (builder.widths.line(kind) if kind else 0))
            paper.obstruct(mask, cost)
            if table == "roads":
                paper.roads |= mask
    tracks = [t for t in builder.things("railways") if not t["tunnel"] and t["kind"] in _TRACKS]
    paper.rails = paper.mask([t.geometry for t in tracks], 0.45)


def reserve_icons(builder: Builder, paper: Paper) -> None:
    """Keep names off what other layers keep all labels away from, and rather off what they would keep free."""
    for layer in builder.layers:
        rules = layer.labeling().rootRule().children() if layer.labelsEnabled() else []
        kept = [rule.settings().obstacleSettings().factor() for rule in rules if _is_obstacle(rule.settings())]
        if kept:
            margin = 0.3 / paper.per_metre
            mask = paper.mask(feature.geometry().buffer(margin, 2) for feature in layer.getFeatures())
            if max(kept) > 1:
                paper.taken[mask] = -1
            else:
                paper.marks |= mask


def _is_obstacle(settings: Any) -> bool:
    """Whether a layer keeps names away: more than any label does, or without writing anything itself."""
    obstacle = settings.obstacleSettings()
    return bool(obstacle.isObstacle() and (obstacle.factor() > 1 or not settings.drawLabels))
