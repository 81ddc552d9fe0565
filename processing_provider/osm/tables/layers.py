"""The layer table: which OSM objects make which layer, from which detail level on.

The table itself is `layers.json`; everything that knows a layer's name, rule, attributes or CAD layer reads
it here. The order of the tables is the drawing order, the bottom one first; inside a table the first kind
whose rule holds takes the object.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .rules import Rule, parse_rule

# Columns that every table has, in this order, after the geometry.
COMMON = (
    ("osm_id", "INTEGER"),
    ("osm_type", "TEXT"),
    ("class", "TEXT"),
    ("kind", "TEXT"),
    ("name", "TEXT"),
    ("ref", "TEXT"),
    ("layer", "INTEGER"),
    ("tunnel", "INTEGER"),
    ("bridge", "INTEGER"),
)
# Keys that are read for the common columns.
COMMON_KEYS = ("name", "ref", "layer", "tunnel", "bridge", "covered", "area")
# The raw layers that a table is taken from: `rings` are the closed ways among the lines, as areas.
_SOURCES = {"point": ("points",), "line": ("lines",), "polygon": ("multipolygons", "rings")}
_SQL_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "metres": "REAL",
    "colour": "TEXT",
    "height": "REAL",
    "storeys": "REAL",
}


@dataclass(frozen=True)
class Cad:
    """A CAD layer: name by the US National CAD Standard, AutoCAD colour index, line weight in mm, line type."""

    layer: str
    color: int
    weight: float
    linetype: str


@dataclass(frozen=True)
class Kind:
    """A sub-layer: the objects that `rule` takes, shown from detail level `detail` on."""

    id: str
    title: str
    rule: Rule
    detail: int
    cad: Cad


@dataclass(frozen=True)
class Attribute:
    """A column beside the common ones: the OSM key it comes from, its name and type (SQL and own).

    `others` are keys that stand in for an absent one.
    """

    key: str
    column: str
    kind: str
    others: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """The column's type in SQLite."""
        return _SQL_TYPES[self.kind]


@dataclass(frozen=True)
class LayerTable:
    """One table of the map data; `source` names the raw layers that it is taken from."""

    name: str
    group: str
    geometry: str
    title: str
    kinds: tuple[Kind, ...]
    attributes: tuple[Attribute, ...]
    source: tuple[str, ...]
    unless: Rule
    # Only open ways: a closed one is in the table of areas.
    open: bool = False
    # What no other table takes, with all tags: at the finest level, where it is asked for (see `chosen`).
    rest: bool = False
    # A closed way is a line, in the table of lines, unless it is tagged `area=yes`.
    loops: bool = False
    # In pictures and from Overpass only where its group is asked for by name: it covers the map, or is far too much.
    asked: bool = False

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """All columns but key and geometry, as (name, SQL type)."""
        extra = [(attribute.column, attribute.sql_type) for attribute in self.attributes]
        if self.rest:
            extra.append(("tags", "TEXT"))
        if self.geometry == "polygon":
            extra.append(("area", "REAL"))
        if self.name in ("roads", "paths"):
            extra.insert(0, ("link", "INTEGER"))
        return COMMON + tuple(extra)

    @property
    def keys(self) -> set[str]:
        """Every OSM key that rules and attributes of this table look at."""
        rules = [kind.rule for kind in self.kinds] + [self.unless]
        keys = {term.key for rule in rules for alternative in rule for term in alternative}
        return keys | {key for attribute in self.attributes for key in (attribute.key, *attribute.others)}

    @property
    def listing(self) -> set[str]:
        """The keys whose values may be several at once (see several.py), as rules look at them."""
        terms = [term for kind in self.kinds for alternative in kind.rule for term in alternative]
        return {term.key for term in terms if term.values or not (term.negated or ":" in term.key)}

    def kind(self, name: str) -> Kind:
        """The first kind called `name`; KeyError where there is none."""
        for kind in self.kinds:
            if kind.id == name:
                return kind
        raise KeyError(name)


def _load() -> tuple[LayerTable, ...]:
    data = json.loads(Path(__file__).with_name("layers.json").read_text(encoding="utf-8"))
    attributes = {
        key: Attribute(key, value["column"], value["type"], tuple(value.get("or", ())))
        for key, value in data["attributes"].items()
    }
    return tuple(
        LayerTable(
            name=table["name"],
            group=table["group"],
            geometry=table["geometry"],
            title=table["title"],
            kinds=tuple(
                Kind(kind["id"], kind["title"], parse_rule(kind["rule"]), kind["detail"], Cad(**kind["cad"]))
                for kind in table["kinds"]
            ),
            attributes=tuple(attributes[key] for key in table.get("attributes", ())),
            source=tuple(table.get("source", _SOURCES[table["geometry"]])),
            unless=parse_rule(table.get("unless", "")),
            open=table.get("open", False),
            rest=table.get("rest", False),
            loops=table.get("loops", False),
            asked=table.get("asked", False),
        )
        for table in data["tables"]
    )


TABLES: tuple[LayerTable, ...] = _load()
BY_NAME: dict[str, LayerTable] = {table.name: table for table in TABLES}
# The ids that LAYERS takes. The land comes along always.
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(table.group for table in TABLES if table.group != "background"))


# The group of what no other table takes.
OTHERS = "others"


def chosen(groups: tuple[str, ...], rest: bool = False) -> tuple[LayerTable, ...]:
    """The tables of `groups` (all where empty), the ground beneath always among them; those of the `rest` if wanted."""
    return tuple(
        table for table in TABLES
        if (not groups or table.group in groups or table.name in ("land", "sea")) and (rest or not table.rest)
    )  # fmt: skip


def is_shown(table: LayerTable, groups: tuple[str, ...]) -> bool:
    """Whether a choice of groups (all where empty) brings a table where it must be asked for by name."""
    return not table.asked or table.group in groups
