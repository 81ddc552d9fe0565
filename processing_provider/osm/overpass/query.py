"""The Overpass QL of a job: one query for all its layers (OSM wiki, Overpass API/Overpass QL)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..layers import chosen
from ..rules import Term

Box = tuple[float, float, float, float]
# The kind of OSM object behind each source of a table.
_OBJECTS = {"points": "node", "lines": "way", "rings": "way", "multipolygons": "rel"}
_AREAS = '["type"~"^(multipolygon|boundary)$"]'


def query(box: Box, groups: tuple[str, ...], level: int, timeout: int) -> str:
    """Everything that the tables of `groups` may want at detail `level` in `box` (west, south, east, north).

    Only the first condition of each rule is asked for; the rules themselves sort the answer, as they do with an
    extract. Ways come with all their nodes and relations with all their members, however far they reach; so do the
    multipolygons that a way is the outer ring of. The text is the same for the same job.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for table in chosen(groups):
        for kind in table.kinds:
            if kind.detail > level:
                continue
            for alternative in kind.rule:
                term = _first(alternative)
                for source in table.source:
                    values = wanted.setdefault((_OBJECTS[source], term.key), set())
                    # An empty word stands for any value.
                    values.update(term.values or ("",))
    wanted.setdefault(("way", "natural"), set()).add("coastline")
    lines = []
    for (kind_of_object, key), values in sorted(wanted.items()):
        areas = _AREAS if kind_of_object == "rel" else ""
        lines.append(f"  {kind_of_object}{areas}{_filter(key, values)};")
    west, south, east, north = box
    return (
        f"[out:xml][timeout:{timeout}][bbox:{south:.7f},{west:.7f},{north:.7f},{east:.7f}];\n"
        "(\n" + "\n".join(lines) + "\n)->.found;\n"
        'way.found->.ways;\nrel(bw.ways)["type"="multipolygon"]->.around;\n'
        "(.found;.around;)->.all;\n(.all;.all >;);\nout body;\n"
    )


def _first(alternative: tuple[Term, ...]) -> Term:
    return next(term for term in alternative if not term.negated)


def _filter(key: str, values: set[str]) -> str:
    if "" in values:
        return f'["{key}"]["{key}"!="no"]'
    if len(values) == 1:
        return f'["{key}"="{next(iter(values))}"]'
    return f'["{key}"~"^({"|".join(sorted(values))})$"]'
