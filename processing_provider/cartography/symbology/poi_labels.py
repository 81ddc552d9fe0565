"""Names beside icons, and the icons as what no other name may cover."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable

from qgis.core import QgsPalLayerSettings, QgsTextFormat

from ..themes.colors import contrast
from ..themes.loading import Theme
from .label_styles import Labels, Rule, TextStyle
from .symbols import MM, mixed

_POINTS = 4.8
# Names of what is of a lower rank than this are smaller, and less coloured, than the names of streets.
_LOUD = 3
_QUIET, _QUIET_POINTS, _QUIET_SHARE = "-quiet", 4.3, 0.6
_MM_PER_POINT = 25.4 / 72
# The halo of names in mm; how much wider it is on houses against which they have less contrast than this.
_HALO, _WIDER, _LEGIBLE = 0.4, 1.6, 3.0
# A label gives way to an obstacle of this weight where its own priority is below five times as much.
_HARD = 1.7


def color(theme: Theme, group: str) -> str | None:
    """The colour of a group's icons; None where the style shows none."""
    return theme.color.get(f"poi_{group}") or theme.color.get("poi")


def letter(labels: Labels) -> float:
    """The height of the letters of names in mm."""
    return labels.widths.points(_POINTS) * _MM_PER_POINT


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


def style_of(group: str, rank: int) -> str:
    """The name of the style that a point's name is written in."""
    return group if rank <= _LOUD else group + _QUIET


def point_styles(labels: Labels, groups: Iterable[str]) -> list[TextStyle]:
    """How the names of points of interest look: for each group of icons, of landmarks and of all others."""
    return [
        TextStyle(group + suffix, (group,), _format(labels, group, bool(suffix)), priority)
        for group in groups
        if color(labels.theme, group) and labels.theme.color.get("text_poi")
        for suffix, priority in (("", 4), (_QUIET, 3))
    ]


def _format(labels: Labels, group: str, is_quiet: bool) -> QgsTextFormat:
    theme = labels.theme
    plain = theme.color.get("text_poi") or ""
    tint = theme.color.get(f"poi_{group}") or plain
    text = mixed(tint, plain, _QUIET_SHARE) if is_quiet else tint
    return labels.text(_QUIET_POINTS if is_quiet else _POINTS, text, theme.color["halo"], halo_mm(theme, text, _HALO))


def halo_mm(theme: Theme, ink: str, plain: float) -> float:
    """How wide a halo is in mm: `plain`, and more where houses are nearer to the ink than to the halo."""
    halo = theme.color["halo"]
    houses = [house for token in ("building", "building_major") if (house := theme.color.get(token))]
    if halo and any(contrast(ink, house) < _LEGIBLE < contrast(halo, house) for house in houses):
        return plain * _WIDER
    return plain


def names(labels: Labels, groups: Iterable[str]) -> list[Rule]:
    """Names beside the icons of a project's layer, whose labels QGIS places."""
    rules = []
    for style in point_styles(labels, groups):
        if style.name not in style.kinds:
            continue
        placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
        settings = labels.settings(style.text, 'wordwrap("name",14)', placement, 3)
        settings.dist = 1.5
        settings.distUnits = MM
        rules.append((settings, f"\"kind\"='{style.name}'"))
    return rules
