"""Names beside icons, and the icons as what no other name may cover."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

from qgis.core import QgsPalLayerSettings, QgsProperty, QgsPropertyCollection

from .labels import Labels, Rule
from .symbols import MM
from .themes import Theme

_POINTS = 4.8
_MM_PER_POINT = 25.4 / 72
# A label gives way to an obstacle of this weight where its own priority is below five times as much.
_HARD = 1.7


def color(theme: Theme, group: str) -> str | None:
    """The colour of a group's icons; None where the style shows none."""
    return theme.color.get(f"poi_{group}") or theme.color.get("poi")


def letter(labels: Labels) -> float:
    """The height of the letters of names in mm."""
    return _POINTS * labels.widths.text * _MM_PER_POINT


def obstacles(labels: Labels) -> list[Rule]:
    """Nothing written; what is drawn keeps labels away."""
    result = QgsPalLayerSettings()
    result.setFormat(labels.text(_POINTS, "#000000", None))
    result.drawLabels = False
    result.fieldName = "name"
    settings = result.obstacleSettings()
    settings.setIsObstacle(True)
    settings.setFactor(_HARD)
    result.setObstacleSettings(settings)
    return [(result, "TRUE")]


def names(labels: Labels, groups: Iterable[str]) -> list[Rule]:
    """Names beside the icons of some groups, the higher ranks first; the fields are kind, name, rank and size."""
    theme = labels.theme
    rules = []
    for group in groups:
        tint = theme.color.get(f"poi_{group}") or theme.color.get("text_poi")
        if not tint:
            continue
        text = labels.text(_POINTS, tint, theme.color["halo"], 0.4)
        placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
        settings = labels.settings(text, 'wordwrap("name",14)', placement, 3)
        settings.dist = 1.5
        settings.distUnits = MM
        dynamic = QgsPropertyCollection()
        dynamic.setProperty(QgsPalLayerSettings.Property.LabelDistance, QgsProperty.fromExpression('"size" / 2 + 0.3'))
        dynamic.setProperty(QgsPalLayerSettings.Property.Priority, QgsProperty.fromExpression('max(1, 7 - "rank")'))
        settings.setDataDefinedProperties(dynamic)
        rules.append((settings, f"\"kind\"='{group}'"))
    return rules
