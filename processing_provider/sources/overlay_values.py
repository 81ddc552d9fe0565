"""What a feature of a user's own data is called, and how it is to look: simplestyle 1.1, or GDAL's feature style."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
import re

from osgeo import ogr

from ..geo.gdal_settings import attempt
from ..text.phrases import one_line

# Characters of a name and of a description.
NAME, _DESCRIPTION = 120, 2000
_TITLES, _TEXTS = ("title", "name"), ("description", "desc", "cmt")
_COLOR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)
# In GDAL's feature style: the colour of a tool, its alpha behind it.
_TOOL = r"{0}\([^)]*?\b{1}:(#[0-9a-f]{{6}})([0-9a-f]{{2}})?"
# Pixels of simplestyle as millimetres on paper, and how wide a line can be; markers of its three sizes in mm.
_PIXEL, _WIDTHS = 0.35, (0.15, 5.0)
_SIZES = {"small": 1.8, "medium": 2.6, "large": 3.6}


def columns(layer: ogr.Layer) -> dict[str, int]:
    """The places of a layer's fields by their names in small letters."""
    definition = layer.GetLayerDefn()
    return {
        definition.GetFieldDefn(number).GetName().lower(): number for number in range(definition.GetFieldCount())
    }  # fmt: skip


def values_of(
    feature: ogr.Feature, fields: dict[str, int], title: str, shared: ogr.StyleTable | None = None
) -> tuple[object, ...]:
    """The values of OverlayTable's columns; `shared` are styles that features refer to by their names."""

    def told(*names: str) -> str:
        for name in names:
            if name in fields and feature.IsFieldSetAndNotNull(fields[name]):
                value = attempt(feature.GetFieldAsString, fields[name])
                text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
                if text.strip():
                    return text
        return ""

    style = str(attempt(feature.GetStyleString) or "")
    if style.startswith("@"):
        style = str((attempt(shared.Find, style[1:]) if shared is not None else None) or "")
    stroke, _ = _tool(style, "PEN", "c")
    symbol, _ = _tool(style, "SYMBOL", "c")
    brush, clear = _tool(style, "BRUSH", "fc")
    # By the geometry, one of them is meant: a marker has no line.
    is_point = ogr.GT_Flatten(feature.GetGeometryRef().GetGeometryType()) in (ogr.wkbPoint, ogr.wkbMultiPoint)
    color = _color(told("marker-color")) if is_point else _color(told("stroke"))
    pixels = _number(told("stroke-width"))
    opacity = _number(told("fill-opacity"))
    return (
        one_line(told(*_TITLES), NAME) or None,
        one_line(told(*_TEXTS), _DESCRIPTION) or None,
        title,
        color or (symbol if is_point else stroke) or None,
        None if pixels is None else min(max(pixels * _PIXEL, _WIDTHS[0]), _WIDTHS[1]),
        _color(told("fill")) or brush or None,
        min(max(opacity, 0.0), 1.0) if opacity is not None else clear if brush else None,
        _SIZES.get(told("marker-size").strip().lower()),
    )


def _color(text: str) -> str:
    """A colour as #RRGGBB; empty where it is none."""
    found = _COLOR.match(text.strip())
    if not found:
        return ""
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits.upper()}"


def _tool(style: str, tool: str, parameter: str) -> tuple[str, float]:
    """Colour and opacity of a tool in a feature style; an empty colour where it has none."""
    found = re.search(_TOOL.format(tool, parameter), style, re.IGNORECASE)
    return (found[1].upper(), int(found[2] or "FF", 16) / 255) if found else ("", 1.0)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
