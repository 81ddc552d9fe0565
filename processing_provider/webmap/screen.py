"""Paper on a screen: how many pixels a millimetre is, and how that goes with the zoom, as MapLibre's expressions.

Facts: MapLibre Style Specification, "Expressions". A pixel is one of CSS, a zoom that of tiles of 512 of them; painted
tiles are made by the same measure, so that both show one map.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, List, Mapping, Sequence, Union

from ..cartography.themes.loading import Theme
from ..cartography.themes.widths import Widths
from ..tiles.grid import HALF, SCREEN_DPI

# A value of a style: a number, a colour, or an expression.
Value = Union[float, str, bool, List[Any]]
Layer = Dict[str, Any]
MM = SCREEN_DPI / 25.4
POINT = SCREEN_DPI / 72
SOURCE = "map"
# Where widths are worked out; between two of them they go as on paper.
STOPS = (5, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20)
_SIZE = 512


def scale(zoom: int) -> int:
    """The scale 1:n of a zoom on the screen's paper."""
    return round(2 * HALF / 2**zoom / _SIZE * 1000 * MM)


class Screen:
    """The widths of one style on all zooms."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.color = theme.color
        self.widths = {zoom: Widths(theme, scale(zoom)) for zoom in STOPS}
        self._base = round(2 ** theme.width["exp"], 4)

    def curve(self, at: Callable[[Widths], Value], stops: Iterable[int] = STOPS) -> Value:
        """What `at` makes of the widths at each stop, and between them; a number where it is the same everywhere."""
        values = [(zoom, _rounded(at(self.widths[zoom]))) for zoom in stops]
        if all(value == values[0][1] for _, value in values) and not isinstance(values[0][1], list):
            return values[0][1]
        return ["interpolate", ["exponential", self._base], ["zoom"], *(part for pair in values for part in pair)]

    def steps(self, at: Callable[[Widths], Value]) -> Value:
        """What `at` makes of the widths, from each stop up to the next: for colours and dashes."""
        values = [(zoom, at(self.widths[zoom])) for zoom in STOPS]
        kept = [pair for before, pair in zip([None, *values], values) if before is None or before[1] != pair[1]]
        if len(kept) == 1:
            return kept[0][1]
        return ["step", ["zoom"], kept[0][1], *(part for pair in kept[1:] for part in pair)]

    def mm(self, at: Callable[[Widths], float]) -> Value:
        """Pixels of a width in mm."""
        return self.curve(lambda widths: at(widths) * MM)

    def dashes(self, width: Callable[[Widths], float], *lengths: Callable[[Widths], float] | float) -> Value:
        """Dashes and gaps in mm on a line whose width in mm is given: MapLibre counts them in widths."""

        def at(widths: Widths) -> Value:
            found = (part(widths) if callable(part) else part for part in lengths)
            return ["literal", [round(max(length / width(widths), 0.01), 2) for length in found]]

        steps = self.steps(at)
        # A constant needs no expression.
        return steps[1] if isinstance(steps, list) and steps[0] == "literal" else steps


def _rounded(value: Value) -> Value:
    return round(value, 3) if isinstance(value, float) else value


def one_of(key: str, words: Sequence[str]) -> Value:
    """Whether a feature's attribute is one of these words."""
    return ["in", ["get", key], ["literal", list(words)]]


def is_set(key: str) -> Value:
    """Whether a flag of a feature is 1; what is not there is not set."""
    return ["==", ["coalesce", ["get", key], 0], 1]


def unset(*keys: str) -> Value:
    """Whether none of these flags is set."""
    return ["all", *(["!", is_set(key)] for key in keys)]


def by_word(key: str, values: Mapping[str, Value], otherwise: Value) -> Value:
    """A value by a word of a feature."""
    if not values:
        return otherwise
    return ["match", ["get", key], *(part for pair in values.items() for part in pair), otherwise]


def fill(name: str, table: str, color: Value, rule: Value, sort: Value, minzoom: float = 0) -> Layer:
    """A layer of filled areas, those of a lower `sort` below."""
    return _layer(name, "fill", table, {"fill-color": color}, {"fill-sort-key": sort}, rule, minzoom)


def line(
    name: str,
    table: str,
    color: Value,
    width: Value,
    rule: Value | None = None,
    dash: Value | None = None,
    minzoom: float = 0,
    round_cap: bool = False,
    sort: Value | None = None,
) -> Layer:
    """A layer of lines, those of a lower `sort` below; dashed ones have flat ends."""
    paint: Dict[str, Value] = {"line-color": color, "line-width": width}
    if dash is not None:
        paint["line-dasharray"] = dash
    shape: Dict[str, Value] = {"line-cap": "round" if round_cap else "butt", "line-join": "round"}
    if sort is not None:
        shape["line-sort-key"] = sort
    return _layer(name, "line", table, paint, shape, rule, minzoom)


def circle(name: str, table: str, paint: Mapping[str, Value], rule: Value | None = None, minzoom: float = 0) -> Layer:
    """A layer of dots."""
    return _layer(name, "circle", table, {f"circle-{key}": value for key, value in paint.items()}, {}, rule, minzoom)


def symbol(
    name: str, table: str, layout: Mapping[str, Value], paint: Mapping[str, Value], rule: Value | None, minzoom: float,
    maxzoom: float = 24,
) -> Layer:  # fmt: skip
    """A layer of names, or of icons with names."""
    made = _layer(name, "symbol", table, paint, layout, rule, minzoom)
    if maxzoom < 24:
        made["maxzoom"] = maxzoom
    return made


def _layer(
    name: str, kind: str, table: str, paint: Mapping[str, Value], layout: Mapping[str, Value], rule: Value | None,
    minzoom: float,
) -> Layer:  # fmt: skip
    made: Layer = {"id": name, "type": kind, "source": SOURCE, "source-layer": table}
    if minzoom:
        made["minzoom"] = minzoom
    if rule is not None:
        made["filter"] = rule
    if layout:
        made["layout"] = dict(layout)
    made["paint"] = dict(paint)
    return made
