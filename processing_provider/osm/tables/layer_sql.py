"""The SQL that sorts raw OSM objects into the tables of the layer table, a whole table in one statement."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...geo.sql import quoted, sql
from .extra_tags import RAW_COLUMN
from .layers import Attribute, LayerTable
from .rules import Term, alternative_sql, column

# The raw layer behind each source of a table.
RAW = {"points": "points", "lines": "lines", "multipolygons": "multipolygons", "rings": "lines"}
# A way whose WKB ends with the point that it begins with: the blob has an envelope (8 + 32 bytes), then 1 byte of
# order, 4 of type, 4 of the number of points, then 16 bytes for each; four points make a ring.
CLOSED = "(substr(geom, 50, 16) = substr(geom, -16) AND length(geom) >= 49 + 4 * 16)"


# Keys that make no sense on a line: an open way with one of them has lost nodes at the edge of a cut extract.
SURFACES = ("building", "landuse", "leisure")


def is_area(alternative: tuple[Term, ...]) -> bool:
    """Whether a closed way with these tags is an area by itself: all are, but highways that are no platforms.

    A closed highway is a loop unless it is tagged `area=yes`.
    """
    term = alternative[0]
    return term.key != "highway" or "platform" in term.values


def _value(attribute: Attribute) -> str:
    """The attribute's value in its type (see numbers.py)."""
    name = quoted(column(attribute.key))
    return name if attribute.kind == "text" else f"osm_number({name}, '{attribute.kind}')"


def _first_key(alternative: tuple[Term, ...]) -> str:
    """The key whose value is the object's class: that of the alternative's first positive term."""
    for term in alternative:
        if not term.negated:
            return term.key
    return alternative[0].key


def select(table: LayerTable, source: str, level: int, tags: bool = False, more: tuple[str, ...] = ()) -> str:
    """SELECT of `table`'s rows from the raw layer `source` at detail `level`.

    `rings` are closed ways as areas.
    Columns: geom (a GeoPackage blob), then `table.columns` but for `area`, which is measured later, then the
    expressions `more`, then all tags where `tags` are wanted.

    To be run on a connection of extract.connect(), which knows the function osm_number.
    An object whose kind comes only at a higher level is left out, also where a later kind would take it.
    """
    kinds, classes, shown = [], [], []
    number = 0
    raw = RAW[source]
    for kind in table.kinds:
        for alternative in kind.rule:
            rule = alternative_sql(alternative)
            if source == "rings" and not is_area(alternative):
                rule += " AND area = 'yes'"
            kinds.append(f"WHEN {rule} THEN {number}")
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
        "rings": "'way'",
        "multipolygons": "CASE WHEN osm_id IS NULL THEN 'way' ELSE 'relation' END",
    }[source]
    columns = {
        "osm_id": f"CAST({identity} AS INTEGER)",
        "osm_type": osm_type,
        "class": "CASE alt " + " ".join(f"WHEN {n} THEN {name}" for n, name, _ in classes) + " END",
        "kind": "CASE alt " + " ".join(f"WHEN {n} THEN '{kind}'" for n, _, kind in classes) + " END",
        "name": "name",
        "ref": "ref",
        "layer": "COALESCE(osm_number(layer, 'integer'), 0)",
        "tunnel": "(tunnel IS NOT NULL AND tunnel <> 'no') OR COALESCE(covered, 'no') = 'yes'",
        "bridge": "bridge IS NOT NULL AND bridge <> 'no'",
        "link": "highway LIKE '%\\_link' ESCAPE '\\'",
    }
    for attribute in table.attributes:
        columns[attribute.column] = _value(attribute)
    listed = ", ".join(f"{columns[name]} AS {quoted(name)}" for name, _ in table.columns if name != "area")
    listed += "".join(f", {expression}" for expression in more)
    if tags:
        listed += f", {RAW_COLUMN}"
    unless = " OR ".join(alternative_sql(alternative) for alternative in table.unless)
    conditions = [f"NOT ({unless})"] if unless else []
    if source == "rings":
        surfaces = " OR ".join(
            alternative_sql(alternative)
            for kind in table.kinds for alternative in kind.rule if alternative[0].key in SURFACES
        )  # fmt: skip
        cut = f" OR (({surfaces}) AND COALESCE(leisure, '') <> 'track')" if surfaces else ""
        conditions.append(f"({CLOSED}{cut}) AND COALESCE(area, '') <> 'no'")
    elif source == "lines":
        conditions.append(f"NOT {CLOSED}" if table.open else f"NOT (COALESCE(area, '') = 'yes' AND {CLOSED})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return sql(
        "SELECT geom, {listed!s} FROM (SELECT *, CASE {kinds!s} END AS alt FROM {raw!i}{where!s}) "
        "WHERE alt IN ({shown!s})",
        listed=listed, kinds=" ".join(kinds), raw=raw, where=where, shown=",".join(map(str, shown)),
    )  # fmt: skip
