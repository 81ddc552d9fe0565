"""A style for each table of the map data by itself, as layers of a QGIS project have it.

A picture draws more layers than there are tables (casings below, bridges above, merged lines for names); here every
table is one layer, and symbol levels keep its casings below its fills.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator

from qgis.core import QgsNullSymbolRenderer, QgsRuleBasedRenderer, QgsVectorLayer

from ...geo.sql import quoted
from ...osm.tables.rules import column
from ..fonts import font_files
from ..symbology import icons, label_styles, place_labels, poi_labels, roads
from ..symbology.areas import AREAS, area_cases, building_cases
from ..symbology.label_styles import Labels
from ..symbology.poi_choice import shown
from ..symbology.poi_table import GROUPS, Look, expressions
from ..symbology.roads import Case
from ..symbology.small_lines import (
    OVERGROUND,
    construction_cases,
    pier_cases,
    pipeline_cases,
    platform_cases,
    route_cases,
    track_cases,
)
from ..symbology.symbols import FLAT, dot, edge, line, one_of, rules, stroke, svg_marker
from ..themes.loading import Theme
from ..themes.widths import Widths
from .legend import name_classes

# Lines and points that one symbol is enough for: table, colour token, width in mm or size, dashes in mm.
_LINES = {
    "aeroways_lines": ("aeroway", 1.0, ()),
    "barriers": ("barrier", 0.1, ()),
    "ferries": ("ferry", 0.2, (1.6, 1.2)),
    "aerialways": ("rail", 0.2, ()),
    "power": ("power", 0.15, ()),
    "trees_lines": ("tree", 0.6, (0.8, 0.6)),
}
# Areas of which the edge alone is shown: they cover others.
_EDGES = {"admin_areas": ("boundary", 0.3, (2.4, 0.8, 0.5, 0.8)), "protected_areas": ("protected", 0.3, (1.6, 0.5))}
_POINTS = {"power_points": ("power", 0.8)}
# Above it the names of streets and houses would cover the map.
_NAMES_UP_TO = 30_000


def apply_style(layer: QgsVectorLayer, table: str, theme: Theme, scale: int, detail: int, language: str = "") -> bool:
    """Give `layer`, which holds the table `table`, its renderer and labels for `scale`, whatever it had before.

    False where the style draws nothing of it: then it shows nothing.
    """
    font_files.register()
    widths = Widths(theme, scale)
    cases, levels = _cases(table, theme, widths)
    renderer: QgsRuleBasedRenderer | None = rules(cases, levels)
    names = label_styles.drawn(_names(table, Labels(theme, widths, detail), scale))
    if renderer is not None:
        name_classes(renderer, table)
    # A renderer of rules without any fetches no objects, and so shows no names either.
    layer.setRenderer(renderer if renderer is not None else QgsNullSymbolRenderer())
    spoken = column(f"name:{language}")
    if names and language and layer.fields().lookupField(spoken) >= 0:
        for settings, _ in names:
            settings.fieldName = settings.fieldName.replace('"name"', f'coalesce({quoted(spoken)},"name")')
    label_styles.apply(layer, names)
    return renderer is not None or bool(names)


def _cases(table: str, theme: Theme, widths: Widths) -> tuple[list[Case], bool]:
    color = theme.color
    if table == "buildings":
        return building_cases(theme), False
    if table == "land":
        return area_cases(theme, ("land",)), False
    if table in AREAS:
        kinds, outline, width = AREAS[table]
        return area_cases(theme, kinds, outline, width), False
    if table == "roads":
        return roads.one_layer(theme, widths), True
    if table == "paths":
        return roads.paths(theme, widths), False
    if table == "railways":
        return roads.rails(theme, widths), True
    if table in _EDGES:
        token, width, dash = _EDGES[table]
        tint = color.get(token)
        return ([("TRUE", edge(tint, width, dash), "")] if tint else []), False
    if table in ("piers_lines", "plazas_lines", "green_lines"):
        of_table = {"piers_lines": pier_cases, "plazas_lines": platform_cases, "green_lines": track_cases}
        return of_table[table](theme, widths.scale), table == "plazas_lines"
    if table == "routes":
        return route_cases(theme), False
    if table == "construction":
        return construction_cases(theme, widths), True
    if table == "pipelines":
        return pipeline_cases(theme, OVERGROUND), False
    if table == "waterways" and color.get("water_line"):
        tint = color["water_line"] or ""
        return [
            (one_of("kind", ("river", "canal")), line(stroke(tint, widths.line("river"))), "Rivers"),
            (one_of("kind", ("stream", "ditch")), line(stroke(tint, widths.line("stream"))), "Streams"),
        ], False
    if table == "boundaries" and color.get("boundary"):
        return [("TRUE", line(stroke(color["boundary"] or "", 0.3, FLAT, (2.4, 0.8, 0.5, 0.8))), "Boundaries")], False
    if table == "trees" and color.get("tree"):
        return [
            ("TRUE", dot(color["tree"] or "", color.get("tree_line") or color["tree"] or "", 4.0, True), "Trees")
        ], False
    if table == "pois":
        return [
            (_of_classes(text, classes), svg_marker(icons.svg(item.icon), tint, item.mm + 0.8), item.group.title())
            for item, text, classes, tint in _points(theme)
        ], False
    if table in _LINES and color.get(_LINES[table][0]):
        token, width, dash = _LINES[table]
        return [("TRUE", line(stroke(color[token] or "", width, FLAT, dash)), "")], False
    if table in _POINTS and color.get(_POINTS[table][0]):
        token, size = _POINTS[table]
        return [("TRUE", dot(color[token] or "", color.get("halo") or "#FFFFFF", size), "")], False
    return [], False


def _points(theme: Theme) -> Iterator[tuple[Look, str, tuple[str, ...], str]]:
    """Each entry that the style shows: the expression of its points, the classes that are meant (none: all), colour."""
    wanted = {id(entry): classes for entry, classes in shown(theme)}
    for entry, expression in expressions():
        if id(entry) in wanted:
            yield entry, expression, wanted[id(entry)], poi_labels.color(theme, entry.group) or ""


def _of_classes(expression: str, classes: tuple[str, ...]) -> str:
    return f"({expression}) AND {one_of('class', classes)}" if classes else expression


def _names(table: str, made: Labels, scale: int) -> list[label_styles.Rule]:
    if table == "places":
        return place_labels.places(made)
    if scale > _NAMES_UP_TO:
        return []
    if table == "roads":
        return made.streets()
    if table == "green":
        return [(settings, '"kind"=\'park\' AND "name" IS NOT NULL') for settings, _ in made.areas("text_park")]
    if table == "water":
        family = made.theme.font["water"]
        return [(settings, '"name" IS NOT NULL') for settings, _ in made.areas("text_water", family, 6.0)]
    if table == "housenumbers" and made.theme.color.get("hn") and made.detail >= 5:
        return made.housenumbers()
    if table == "pois" and made.detail >= 5 and "pois" in made.theme.flags["labels"]:
        return poi_labels.names(made, GROUPS)
    return []
