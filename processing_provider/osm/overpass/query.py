"""The one query for a box: what the layer table's rules take at a detail level, whole, as Overpass QL text.

Language: https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL. The query may fetch a little more than the
rules take (what a rule shuts out is left to the sorting), never less.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from ..detail import DETAILS
from ..layers import LayerTable, chosen
from ..rules import Term

Box = tuple[float, float, float, float]
# Bytes of memory that a query may take on the server, and how far the public servers let it go.
MAX_SIZE = 1 << 29
_ELEMENTS = {"points": ("node",), "lines": ("way",), "multipolygons": ("way", "relation"), "rings": ("way",)}
# The relations that the OSM driver makes polygons of.
_AREAS = '["type"~"^(boundary|multipolygon)$"]'
# Wanted values by key; None where every value is.
_Filter = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Query:
    """`head` holds the settings, which change nothing in the data; `body` what is asked for."""

    head: str
    body: str

    @property
    def text(self) -> str:
        """The whole query."""
        return f"{self.head}\n{self.body}"


def build(box: Box, groups: tuple[str, ...], level: int, timeout: int, around: bool = True) -> Query:
    """The query for `box` (west, south, east, north) and the tables of `groups`; the same text for the same request.

    With `around`, polygons whose edge lies wholly outside the box but which hold it are asked for as well; a server
    without areas refuses that.
    """
    west, south, east, north = (f"{value:.7f}" for value in box)
    bounds = f"({south},{west},{north},{east})"
    wanted: dict[str, set[_Filter]] = {"node": set(), "way": set(), "relation": set()}
    polygons: set[_Filter] = set()
    for table in _shown(groups, level):
        filters = _filters(table, level)
        for source in table.source:
            for element in _ELEMENTS[source]:
                wanted[element] |= filters
            if source == "multipolygons":
                polygons |= filters
    wanted["way"].add((("natural", ("coastline",)),))
    lines = []
    for element, filters in wanted.items():
        kind = _AREAS if element == "relation" else ""
        lines += [f"{element}{kind}{_text(item)}{bounds};" for item in _merged(filters)]
    middle = ""
    if around and polygons:
        middle = f"is_in({(box[1] + box[3]) / 2:.7f},{(box[0] + box[2]) / 2:.7f})->.around;\n"
        for element, kind in (("way", ""), ("relation", _AREAS)):
            lines += [f"{element}(pivot.around){kind}{_text(item)};" for item in _merged(polygons)]
    body = middle + "(\n" + "\n".join(f" {line}" for line in lines) + "\n);\n(._;>;);\nout body;"
    return Query(f"[out:xml][timeout:{timeout}][maxsize:{MAX_SIZE}];", body)


def _shown(groups: tuple[str, ...], level: int) -> list[LayerTable]:
    tables = [table for table in chosen(groups) if table.name not in ("land", "sea")]
    return [table for table in tables if table.name != "buildings" or DETAILS[level].min_building is not None]


def _filters(table: LayerTable, level: int) -> set[_Filter]:
    """One filter per alternative that is shown at `level`: its positive terms."""
    found = set()
    for kind in table.kinds:
        for alternative in kind.rule if kind.detail <= level else ():
            positive = [term for term in alternative if not term.negated]
            if positive:
                found.add(_filter(positive))
    return found


def _filter(terms: list[Term]) -> _Filter:
    return tuple(sorted((term.key, tuple(sorted(term.values))) for term in terms))


def _merged(filters: set[_Filter]) -> list[_Filter]:
    """The same with one filter per key where it stands alone, and without those that another one holds already."""
    alone: dict[str, set[str]] = {}
    every = set()
    for item in filters:
        if len(item) == 1:
            key, values = item[0]
            alone.setdefault(key, set()).update(values)
            if not values:
                every.add(key)
    result: list[_Filter] = [((key, () if key in every else tuple(sorted(alone[key]))),) for key in alone]

    def held(item: _Filter) -> bool:
        return any(key in every or (values and set(values) <= alone.get(key, set())) for key, values in item)

    result += [item for item in filters if len(item) > 1 and not held(item)]
    return sorted(result)


def _text(item: _Filter) -> str:
    parts = []
    for key, values in item:
        if not values:
            parts.append(f'["{key}"]')
        elif len(values) == 1:
            parts.append(f'["{key}"="{values[0]}"]')
        else:
            parts.append(f'["{key}"~"^({"|".join(values)})$"]')
    return "".join(parts)
