"""The SQL that sorts raw OSM objects into the tables of the layer table, a whole table in one statement."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .layers import Attribute, LayerTable
from .rules import Term, alternative_sql, column, quoted


def _value(attribute: Attribute) -> str:
    """The attribute's value in its type; lengths in metres, also from feet (OSM wiki, Map features/Units)."""
    name = quoted(column(attribute.key))
    if attribute.kind == "text":
        return name
    if attribute.kind == "metres":
        number = f"CAST(REPLACE({name}, ',', '.') AS REAL)"
        feet = f"({name} LIKE '%''%' OR {name} LIKE '%ft%')"
        return f"CASE WHEN {name} GLOB '[0-9.-]*' THEN CASE WHEN {feet} THEN {number} * 0.3048 ELSE {number} END END"
    sql_type = "INTEGER" if attribute.kind == "integer" else "REAL"
    return f"CASE WHEN {name} GLOB '[0-9.-]*' THEN CAST({name} AS {sql_type}) END"


def _first_key(alternative: tuple[Term, ...]) -> str:
    """The key whose value is the object's class: that of the alternative's first positive term."""
    for term in alternative:
        if not term.negated:
            return term.key
    return alternative[0].key


def select(table: LayerTable, source: str, level: int) -> str:
    """SELECT of `table`'s rows from the raw layer `source` at detail `level`.

    Columns: geom (a GeoPackage blob), then `table.columns` but for `area`, which is measured later. An
    object whose kind comes only at a higher level is left out, also where a later kind would take it.
    """
    kinds, classes, shown = [], [], []
    number = 0
    for kind in table.kinds:
        for alternative in kind.rule:
            kinds.append(f"WHEN {alternative_sql(alternative)} THEN {number}")
            classes.append((number, quoted(column(_first_key(alternative))), kind.id))
            if kind.detail <= level:
                shown.append(number)
            number += 1
    if not shown:
        return ""
    ways = source == "multipolygons"
    identity = "COALESCE(osm_id, osm_way_id)" if ways else "osm_id"
    osm_type = {
        "points": "'node'",
        "lines": "'way'",
        "multipolygons": "CASE WHEN osm_id IS NULL THEN 'way' ELSE 'relation' END",
    }[source]
    columns = {
        "osm_id": f"CAST({identity} AS INTEGER)",
        "osm_type": osm_type,
        "class": "CASE alt " + " ".join(f"WHEN {n} THEN {name}" for n, name, _ in classes) + " END",
        "kind": "CASE alt " + " ".join(f"WHEN {n} THEN '{kind}'" for n, _, kind in classes) + " END",
        "name": "name",
        "ref": "ref",
        "layer": "COALESCE(CAST(layer AS INTEGER), 0)",
        "tunnel": "(tunnel IS NOT NULL AND tunnel <> 'no') OR COALESCE(covered, 'no') = 'yes'",
        "bridge": "bridge IS NOT NULL AND bridge <> 'no'",
        "link": "highway LIKE '%\\_link' ESCAPE '\\'",
    }
    for attribute in table.attributes:
        columns[attribute.column] = _value(attribute)
    listed = ", ".join(f"{columns[name]} AS {quoted(name)}" for name, _ in table.columns if name != "area")
    unless = " OR ".join(alternative_sql(alternative) for alternative in table.unless)
    where = f" WHERE NOT ({unless})" if unless else ""
    return (
        f"SELECT geom, {listed} FROM (SELECT *, CASE {' '.join(kinds)} END AS alt FROM raw.{quoted(source)}{where}) "
        f"WHERE alt IN ({','.join(map(str, shown))})"
    )
