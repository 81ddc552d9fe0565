"""Labels: street names along merged lines, parks, water, house numbers; and what all text has in common."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable

from qgis.core import (
    QgsLabeling,
    QgsPalLayerSettings,
    QgsProperty,
    QgsPropertyCollection,
    QgsRuleBasedLabeling,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from ..themes.colors import contrast
from ..themes.loading import Theme
from ..themes.widths import Widths
from .symbols import MM, one_of

# Contrast that text needs on its ground: WCAG 2.2, 1.4.3.
LEGIBLE = 4.5
Rule = tuple[QgsPalLayerSettings, str]
# Ends the style of a name that lies beside its line.
BESIDE = "-beside"


@dataclass(frozen=True)
class TextStyle:
    """How the names of some kinds look: `priority` is QGIS's, 10 the highest."""

    name: str
    kinds: tuple[str, ...]
    text: QgsTextFormat
    priority: int


class Labels:
    """Label settings of one theme at one scale and detail level."""

    def __init__(self, theme: Theme, widths: Widths, detail: int) -> None:
        self.theme = theme
        self.widths = widths
        self.detail = detail

    def text(
        self,
        size: float,
        color: str,
        halo: str | None,
        halo_mm: float = 0.45,
        family: str = "",
        bold: bool = False,
        italic: bool = False,
        caps: bool = False,
        spacing: float = 0.0,
    ) -> QgsTextFormat:
        """A text format: size in points at 1:10,000, never below the style's least; a halo in mm."""
        result = QgsTextFormat()
        font = QFont(family or self.theme.font["family"])
        font.setBold(bold)
        font.setItalic(italic)
        if spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        if caps:
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        result.setFont(font)
        result.setNamedStyle({(1, 0): "Bold", (0, 1): "Italic"}.get((int(bold), int(italic)), "Regular"))
        result.setSize(self.widths.points(size))
        result.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
        result.setColor(QColor(color))
        if halo:
            buffer = QgsTextBufferSettings()
            buffer.setEnabled(True)
            buffer.setSize(halo_mm)
            buffer.setSizeUnit(MM)
            buffer.setColor(QColor(halo))
            buffer.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            result.setBuffer(buffer)
        return result

    def settings(self, text: QgsTextFormat, expression: str, placement: Any, priority: int) -> QgsPalLayerSettings:
        """Label settings with a placement and a priority from 0 to 10."""
        result = QgsPalLayerSettings()
        result.setFormat(text)
        result.fieldName = expression
        result.isExpression = True
        result.placement = placement
        result.priority = priority
        result.drawLabels = True
        result.multilineHeight = 0.9
        result.wrapChar = "\n"
        result.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
        return result

    def street_styles(self, is_beside: bool = False) -> list[TextStyle]:
        """The text of street names, the more important first; on their roads, or beside them with the theme's halo."""
        color = self.theme.color
        major = color.get("text_major") or color["text_street"]
        rows = [
            *((kind, 6.6, True, major, self._halo(kind), 10, (kind,)) for kind in ("motorway", "trunk", "primary")),
            ("secondary", 6.2, False, major, self._halo("secondary"), 10, ("secondary",)),
            ("tertiary", 6.0, False, color["text_street"], self._halo("tertiary"), 9, ("tertiary",)),
            ("minor", 5.4, False, color["text_street"], self._halo("minor"), 9, ("minor", "living", "pedestrian")),
        ]
        if self.detail >= 5:
            kinds = ("service", "path", "cycleway", "steps", "track")
            rows.append(("small", 4.8, False, color["text_street"], color["halo"], 8, kinds))
        else:
            rows.append(("small", 4.8, False, color["text_street"], color["halo"], 8, ("service",)))
        width, suffix = self.theme.font["street_halo"], BESIDE if is_beside else ""
        return [
            TextStyle(
                name + suffix, kinds,
                self.text(size, text or "", color["halo"] if is_beside else halo, width, bold=bold), rank,
            )
            for name, size, bold, text, halo, rank, kinds in rows
        ]  # fmt: skip

    def streets(self) -> list[Rule]:
        """Names along the streets of a layer, where QGIS finds them a place."""
        return [
            (self._along(style.text, style.priority), one_of("kind", style.kinds)) for style in self.street_styles()
        ]

    def placed(self, styles: Iterable[TextStyle], on_line: bool) -> list[Rule]:
        """Names whose place is known: along a line as long as the text, or in the middle of a point.

        Their layer has the text as `name`, the style's name as `kind` and points as `size`.
        """
        rules = []
        for style in styles:
            placement = QgsPalLayerSettings.Placement
            where = placement.Curved if on_line else placement.OverPoint
            result = self.settings(style.text, '"name"', where, style.priority)
            result.setDataDefinedProperties(_sized())
            if on_line:
                lines = result.lineSettings()
                flags = QgsLabeling.LinePlacementFlag
                lines.setPlacementFlags(QgsLabeling.LinePlacementFlags(flags.OnLine))
                result.setLineSettings(lines)
                # The line was drawn for the text: what it bends is meant.
                result.maxCurvedCharAngleIn = 60
                result.maxCurvedCharAngleOut = -60
            obstacles = result.obstacleSettings()
            obstacles.setIsObstacle(False)
            result.setObstacleSettings(obstacles)
            rules.append((result, f"\"kind\"='{style.name}'"))
        return rules

    def _along(self, text: QgsTextFormat, priority: int) -> QgsPalLayerSettings:
        result = self.settings(text, '"name"', QgsPalLayerSettings.Placement.Curved, priority)
        lines = result.lineSettings()
        flags = QgsLabeling.LinePlacementFlag
        lines.setPlacementFlags(QgsLabeling.LinePlacementFlags(flags.OnLine | flags.MapOrientation))
        lines.setMergeLines(True)
        result.setLineSettings(lines)
        result.maxCurvedCharAngleIn = 18
        result.maxCurvedCharAngleOut = -18
        result.repeatDistance = 70
        result.repeatDistanceUnit = MM
        obstacles = result.obstacleSettings()
        obstacles.setIsObstacle(False)
        result.setObstacleSettings(obstacles)
        return result

    def _halo(self, token: str) -> str | None:
        """The road's own colour where the text reads on it, else the theme's halo."""
        color = self.theme.color
        major = token in ("motorway", "trunk", "primary", "secondary")
        if major and color["halo_major"]:
            return color["halo_major"]
        road, text = color[token], (color["text_major"] if major else None) or color["text_street"]
        if self.theme.flags["casings"] and road and text and contrast(road, text) >= LEGIBLE:
            return road
        return color["halo"]

    def halo(self, text: str) -> str | None:
        """The halo of names of water and parks: their own, the ground's colour where they read on it, the theme's."""
        color, name = self.theme.color, text.replace("text_", "")
        ground = color[name]
        on_ground = ground if ground and contrast(ground, color[text] or ground) >= LEGIBLE else None
        return color[f"halo_{name}"] or on_ground or color["halo"]

    def area_style(
        self, name: str, token: str, family: str = "", size: float = 5.4, on_ground: bool = True
    ) -> TextStyle:
        """The text of names in areas and along rivers, in italics; with their ground's halo, or with the theme's."""
        halo = self.halo(token) if on_ground else self.theme.color["halo"]
        text = self.text(size, self.theme.color[token] or "", halo, 0.4, family, italic=True)
        return TextStyle(name, (), text, 8)

    def square_style(self) -> TextStyle:
        """The text of names of squares: small, like those of the streets that end there, but not along anything."""
        text = self.text(5.0, self.theme.color["text_street"] or "", self.theme.color["halo"], 0.4)
        return TextStyle("square", (), text, 8)

    def ground_style(self) -> TextStyle:
        """The text of names of grounds that have no colour of their own, as of squares, but in italics."""
        text = self.text(5.0, self.theme.color["text_street"] or "", self.theme.color["halo"], 0.4, italic=True)
        return TextStyle("ground", (), text, 8)

    def areas(self, token: str, family: str = "", size: float = 5.4) -> list[Rule]:
        """Names inside areas, in italics."""
        text = self.text(size, self.theme.color[token] or "", self.halo(token), 0.4, family, italic=True)
        return [(self.settings(text, 'wordwrap("name",12)', QgsPalLayerSettings.Placement.OverPoint, 6), "TRUE")]

    def housenumbers(self) -> list[Rule]:
        """House numbers, where nothing else wants the place."""
        text = self.text(3.6, self.theme.color["hn"] or "", self.theme.color["halo_hn"], 0.3)
        settings = self.settings(text, 'coalesce("name", "housenumber")', QgsPalLayerSettings.Placement.OverPoint, 0)
        # A number gives way: its point must keep no other name away.
        obstacle = settings.obstacleSettings()
        obstacle.setIsObstacle(False)
        settings.setObstacleSettings(obstacle)
        return [(settings, "TRUE")]


def _sized() -> QgsPropertyCollection:
    properties = QgsPropertyCollection()
    properties.setProperty(QgsPalLayerSettings.Property.Size, QgsProperty.fromField("size"))
    return properties


def drawn(rules: Iterable[Rule]) -> list[Rule]:
    """The rules whose text has a colour: a token that is None draws nothing."""
    return [rule for rule in rules if rule[0].format().color().isValid()]


def apply(layer: QgsVectorLayer, rules: Iterable[Rule]) -> None:
    """Give a layer its label rules in place of those that it had; without any it has no labels."""
    root = QgsRuleBasedLabeling.Rule(None)
    for settings, expression in drawn(rules):
        root.appendChild(QgsRuleBasedLabeling.Rule(settings, 0, 0, expression))
    named = bool(root.children())
    layer.setLabeling(QgsRuleBasedLabeling(root) if named else None)
    layer.setLabelsEnabled(named)


def obstacles() -> list[Rule]:
    """No label, but something that labels of other layers rather stand beside."""
    settings = QgsPalLayerSettings()
    settings.drawLabels = False
    obstacle = settings.obstacleSettings()
    obstacle.setIsObstacle(True)
    obstacle.setFactor(0.6)
    settings.setObstacleSettings(obstacle)
    return [(settings, "TRUE")]
