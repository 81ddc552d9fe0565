"""The one query for a box: what the layer table's rules take at a detail level, whole, as Overpass QL text.

Language: https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL. The query may fetch a little more than the
rules take (what a rule shuts out is left to the sorting), never less.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from ...osm.tables.detail import DETAILS
from ...osm.tables.layers import LayerTable, chosen, is_shown
from ...osm.tables.rules import Term

Box = tuple[float, float, float, float]
# Bytes of memory that a query may take on the server, and how far the public servers let it go.
MAX_SIZE = 1 << 29
_ELEMENTS = {
    "points": ("node",),
    "lines": ("way",),
    "multipolygons": ("way", "relation"),
    "rings": ("way",),
    "routes": (),
}
# The relations that the OSM driver makes polygons of.
_AREAS = '["type"~"^(boundary|multipolygon)$"]'
# How far in degrees an area round the box may reach from it to be found, as a way and as a relation.
_FAR_WAYS, _FAR_RELATIONS = 0.1, 0.5
# A plan and a site plan of one area are asked for alike, so that one answer, kept in the cache, serves both.
_ASKED_AS = {5: 6}
_COAST = ("natural", ("coastline",))
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

    Polygons whose edge lies wholly outside the box but which hold it must cross a ray that leads away from it, as far
    as it goes. With `around`, the large ones are asked for as the server knows them; one without areas refuses that.
    """
    level = _ASKED_AS.get(level, level)
    west, south, east, north = (f"{value:.7f}" for value in box)
    bounds = f"({south},{west},{north},{east})"
    wanted: dict[str, set[_Filter]] = {"node": set(), "way": set(), "relation": set()}
    polygons: set[_Filter] = set()
    around_it: set[_Filter] = set()
    for table in _shown(groups, level):
        filters = _filters(table, level)
        for source in table.source:
            for element in _ELEMENTS[source]:
                wanted[element] |= filters
            if source == "multipolygons":
                polygons |= filters
                # No house is built round an area.
                around_it |= filters if table.name != "buildings" else set()
    wanted["way"].add((_COAST,))
    lines = []
    for element, filters in wanted.items():
        kind = _AREAS if element == "relation" else ""
        lines += [f"{element}{kind}{_text(item)}{bounds};" for item in _merged(filters)]
    for element, kind, far in (("way", "", _FAR_WAYS), ("relation", _AREAS, _FAR_RELATIONS)):
        ray = _ray(box, far)
        lines += [f"{element}{kind}{_text(item)}{ray};" for item in _merged(around_it)]
    middle = after = ""
    levels = _levels(groups, level)
    if any("routes" in table.source for table in _shown(groups, level)):
        middle += f'relation["type"="route"]["route"]{bounds}->.routes;\n'
        lines.append(f"way(r.routes){bounds};")
        after += ".routes;"
    if levels:
        # Borders are relations whose ways need no tag of it; of these only what lies in the box.
        middle += f'relation["boundary"="administrative"]["admin_level"~"^({"|".join(levels)})$"]{bounds}->.borders;\n'
        lines.append(f"way(r.borders){bounds};")
        after += ".borders;"
    if around and polygons:
        middle += f"is_in({(box[1] + box[3]) / 2:.7f},{(box[0] + box[2]) / 2:.7f})->.around;\n"
        for element, kind in (("way", ""), ("relation", _AREAS)):
            lines += [f"{element}(pivot.around){kind}{_text(item)};" for item in _merged(polygons)]
    body = middle + "(\n" + "\n".join(f" {line}" for line in lines) + "\n);\n(._;>;" + after + ");\nout body;"
    return Query(f"[out:xml][timeout:{timeout}][maxsize:{MAX_SIZE}];", body)


def _ray(box: Box, far: float) -> str:
    """The bounds of a box without height that leads eastward from `box`."""
    middle = (box[1] + box[3]) / 2
    return f"({middle:.7f},{box[2]:.7f},{middle:.7f},{min(box[2] + far, 180.0):.7f})"


def _shown(groups: tuple[str, ...], level: int) -> list[LayerTable]:
    tables = [table for table in chosen(groups) if table.name not in ("land", "sea") and is_shown(table, groups)]
    return [table for table in tables if table.name != "buildings" or DETAILS[level].min_building is not None]


def _levels(groups: tuple[str, ...], level: int) -> list[str]:
    """The values of admin_level whose borders are shown."""
    terms = [
        term
        for table in _shown(groups, level)
        for kind in table.kinds
        for alternative in kind.rule
        for term in alternative
        if kind.detail <= level and term.key == "admin_level" and not term.negated
    ]
    return sorted({value for term in terms for value in term.values}, key=int)


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
        elif (key, values) == _COAST:
            parts.append(f'["{key}"="{values[0]}"]')
        else:
            # A value may list several: cafe;bar.
            parts.append(f'["{key}"~"(^|;) *({"|".join(values)}) *(;|$)"]')
    return "".join(parts)
