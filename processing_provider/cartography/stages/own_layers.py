"""Somebody else's layers in a picture: in their own style where they have one, else in the theme's colours."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsSymbol

from ...sources.project_layers import Input, tables
from ..features.reading import open_table
from ..symbology.symbols import dot, fill, line, rules, stroke
from ..themes.loading import Theme

if TYPE_CHECKING:
    from .builder import Builder


def own_layers(builder: Builder, inputs: tuple[Input, ...]) -> None:
    """Add the tables that `inputs` made."""
    made_of = {table.name: item for item, table in tables(inputs)}
    for table in builder.data.tables:
        builder.feedback.check()
        item = made_of[table.name]
        layer = open_table(builder.data.path, table.name, table.title)
        layer.setCrs(builder.crs)
        plain = rules([("TRUE", _symbol(builder.theme, table.geometry), table.title)])
        layer.setRenderer(item.renderer.clone() if item.renderer else plain)
        if item.labeling:
            layer.setLabeling(item.labeling.clone())
            layer.setLabelsEnabled(True)
        builder.layers.append(layer)
        builder.objects[table.title] = table.features


def _symbol(theme: Theme, geometry: str) -> QgsSymbol:
    color = theme.color
    if geometry == "polygon":
        return fill(color.get("building") or "#CCCCCC", color.get("building_line") or "#888888", 0.1)
    if geometry == "line":
        return line(stroke(color.get("text_place") or "#333333", 0.3))
    return dot(color.get("poi") or "#333333", color.get("halo") or "#FFFFFF", 1.5)
