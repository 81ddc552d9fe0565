"""The SQL that sorts raw OSM objects into the tables of the layer table, a whole table in one statement."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable, Iterator, NamedTuple, Sequence

from ...geo.sql import literal, quoted, sql
from .extra_tags import INSIGNIFICANT, RAW_COLUMN, REST_COLUMN
from .layers import Attribute, Kind, LayerTable
from .rules import Term, alternative_sql, column
from .several import COLUMN as SEVERAL
from .several import SEPARATOR

# The raw layer behind each source of a table.
RAW = {"points": "points", "lines": "lines", "multipolygons": "multipolygons", "rings": "lines", "routes": "routes"}
# A way whose WKB ends with the point that it begins with: the blob has an envelope (8 + 32 bytes), then 1 byte of
# order, 4 of type, 4 of the number of points, then 16 bytes for each; four points make a ring.
CLOSED = "(substr(geom, 50, 16) = substr(geom, -16) AND length(geom) >= 49 + 4 * 16)"


# Keys that make no sense on a line: an open way with one of them has lost nodes at the edge of a cut extract.
SURFACES = ("building", "landuse", "leisure")
# Keys of things that are lines also where they close.
LINES = ("highway", "barrier", "railway", "waterway", "power", "route", "aerialway")
# What a scan calls the coast, which no table has of its own.
COAST = "coast"
# Columns of a raw layer that are no keys.
_OWN = ("fid", "geom", "osm_id", "osm_way_id", SEVERAL, RAW_COLUMN, REST_COLUMN)
# Bits of a whole number of SQLite that are surely positive, and what its functions take at most in every build.
_WORD, _ARGUMENTS = 62, 90
# Highways that are no ways.
_SITES = ("platform", "rest_area", "services")


def is_area(table: LayerTable, alternative: tuple[Term, ...]) -> bool:
    """Whether a closed way with these tags is an area by itself: all are, but highways that are ways, and walls.

    Those are loops unless they are tagged `area=yes`.
    """
    term = alternative[0]
    return not table.loops and (term.key != "highway" or any(value in term.values for value in _SITES))


def _value(attribute: Attribute) -> str:
    """The attribute's value in its type (see numbers.py, colours.py)."""
    name = quoted(column(attribute.key))
    if attribute.others:
        name = f"COALESCE({', '.join(quoted(column(key)) for key in (attribute.key, *attribute.others))})"
    if attribute.kind == "colour":
        return f"osm_colour({name})"
    if attribute.kind == "text":
        return name
    # Python is not asked for each of the many that say nothing.
    return f"CASE WHEN {name} IS NOT NULL THEN osm_number({name}, '{attribute.kind}') END"


def _first_key(alternative: tuple[Term, ...]) -> str:
    """The key whose value is the object's class: that of the alternative's first positive term."""
    for term in alternative:
        if not term.negated:
            return term.key
    return alternative[0].key


def _class(alternative: tuple[Term, ...], listing: set[str]) -> str:
    """The object's class: the value of the alternative's first positive term; of several the one that it takes."""
    key = _first_key(alternative)
    name = quoted(column(key))
    if key not in listing:
        return name
    wanted = next((term.values for term in alternative if not term.negated), ())
    return f"CASE WHEN {SEVERAL} THEN osm_first({name}, {literal(SEPARATOR.join(wanted))}) ELSE {name} END"


class Field(NamedTuple):
    """Where a scan has what a table takes of a source: bits of one of its words, 0 for nothing, else alternative + 1.

    `shift` and `mask` are the bits of the word.
    """

    table: str
    source: str
    word: int
    shift: int
    mask: int


def alternatives(table: LayerTable) -> Iterator[tuple[Kind, tuple[Term, ...]]]:
    """All alternatives of a table in the order in which they are tried, each with its kind."""
    return ((kind, alternative) for kind in table.kinds for alternative in kind.rule)


def scan(raw: str, pairs: Iterable[tuple[LayerTable, str]], columns: Sequence[str]) -> tuple[str, list[Field]]:
    """SELECT of the tagged objects of a raw layer with what each table takes of each source, in one pass.

    `columns` are those of the raw layer. The result has the number of the row, the object's id and kind (0 node, 1 way,
    2 relation), then words, all of them whole numbers; the fields tell what is in their bits.
    """
    words: list[list[str]] = [[]]
    fields: list[Field] = []
    bit = 0
    coded = [
        (table.name, source, _codes(table, source), sum(1 for _ in alternatives(table))) for table, source in pairs
    ]
    if raw == RAW["lines"]:
        coded.append((COAST, raw, "CASE WHEN \"natural\" = 'coastline' THEN 1 ELSE 0 END", 1))
    for name, source, codes, most in coded:
        size = most.bit_length()
        if bit + size > _WORD:
            words.append([])
            bit = 0
        words[-1].append(f"(({codes}) << {bit})")
        fields.append(Field(name, source, len(words) - 1, bit, (1 << size) - 1))
        bit += size
    kind = {"points": "0", "lines": "1", "multipolygons": "CASE WHEN osm_id IS NULL THEN 1 ELSE 2 END", "routes": "2"}[
        raw
    ]
    listed = ", ".join(" | ".join(word) or "0" for word in words)
    where = _tagged(columns) if raw == RAW["lines"] else "1"
    return sql(
        "SELECT fid, {id!s}, {kind!s}, {listed!s} FROM {raw!i} WHERE {where!s}",
        id=f"CAST({_identity(raw)} AS INTEGER)", kind=kind, listed=listed, raw=raw, where=where,
    ), fields  # fmt: skip


def _identity(raw: str) -> str:
    return "COALESCE(osm_id, osm_way_id)" if raw == RAW["multipolygons"] else "osm_id"


def _tagged(columns: Sequence[str]) -> str:
    """Whether a row has a tag that says anything: all ways of a file are read, most of them parts of areas."""
    keys = [name for name in columns if name not in (*_OWN, *map(column, INSIGNIFICANT))]
    some = " OR ".join(_any(keys[start : start + _ARGUMENTS]) for start in range(0, len(keys), _ARGUMENTS))
    rest = RAW_COLUMN if RAW_COLUMN in columns else REST_COLUMN
    return f"{some} OR osm_tagged({rest})"


def _any(keys: Sequence[str]) -> str:
    listed = ", ".join(map(quoted, keys))
    return f"COALESCE({listed}) IS NOT NULL" if len(keys) > 1 else f"{listed} IS NOT NULL"


def _codes(table: LayerTable, source: str) -> str:
    """Which alternative takes an object, from 1 on; 0 for none. Most have none of the keys, which is soon seen."""
    keys = {column(_first_key(alternative)) for _, alternative in alternatives(table)}
    return f"CASE WHEN {_any(sorted(keys))} THEN {_number(table, source, 1, _limits(table, source))} ELSE 0 END"


def _number(table: LayerTable, source: str, first: int, limits: Sequence[str] = ()) -> str:
    """The number of the alternative that takes an object, counted from `first`; 0 for none, where it is not NULL.

    Of the rows that list several values each is looked at, which takes longer.
    """
    cases = []
    for several in (True, False):
        whens = " ".join(
            f"WHEN {' AND '.join([_rule(table, alternative, source, several), *limits])} THEN {number}"
            for number, (_, alternative) in enumerate(alternatives(table), first)
        )
        cases.append(f"CASE {whens}{' ELSE 0' * bool(first)} END")
    return f"CASE WHEN {SEVERAL} THEN {cases[0]} ELSE {cases[1]} END"


def _rule(table: LayerTable, alternative: tuple[Term, ...], source: str, several: bool) -> str:
    rule = alternative_sql(alternative, several)
    return f"{rule} AND area = 'yes'" if source == "rings" and not is_area(table, alternative) else rule


def _limits(table: LayerTable, source: str) -> list[str]:
    """What must hold beside a rule: what else the object is, and whether it closes."""
    unless = " OR ".join(map(alternative_sql, table.unless))
    conditions = [f"NOT ({unless})"] if unless else []
    if source == "rings":
        surfaces = " OR ".join(
            alternative_sql(alternative) for _, alternative in alternatives(table) if alternative[0].key in SURFACES
        )
        cut = f" OR (({surfaces}) AND COALESCE(leisure, '') <> 'track')" if surfaces else ""
        conditions.append(f"({CLOSED}{cut}) AND COALESCE(area, '') <> 'no'")
    elif source == "lines":
        line = "COALESCE(area, '') = 'no'" if table.open else "COALESCE(area, '') <> 'yes'"
        conditions.append(f"({line} OR NOT {CLOSED})")
    return conditions


def rest_rings() -> str:
    """SELECT of those of the ways in temp.taken that are areas though no table knows them: closed, and not of a kind
    that is a line as a rule."""
    lines = " AND ".join(f"{quoted(column(key))} IS NULL" for key in LINES)
    return sql(
        "SELECT fid FROM temp.taken CROSS JOIN {raw!i} USING (fid) WHERE {closed!s} AND COALESCE(area, '') <> 'no' "
        "AND (area = 'yes' OR ({lines!s}))",
        raw=RAW["rings"], closed=CLOSED, lines=lines,
    )  # fmt: skip


def select(
    table: LayerTable,
    source: str,
    level: int,
    tags: bool = False,
    more: tuple[str, ...] = (),
    taken: bool = False,
) -> str:
    """SELECT of `table`'s rows from the raw layer `source` at detail `level`.

    `rings` are closed ways as areas.
    Columns: geom (a GeoPackage blob), then `table.columns` but for `area`, which is measured later, then the
    expressions `more`, then all tags where `tags` are wanted.

    To be run on a connection of extract.connect(), which knows the functions of its own. Where the rows are `taken`,
    those that Classification.take() has chosen.
    An object whose kind comes only at a higher level is left out, also where a later kind would take it.
    """
    raw = RAW[source]
    listed_kinds = list(enumerate(alternatives(table)))
    shown = [number for number, (kind, _) in listed_kinds if kind.detail <= level]
    if not shown and not (table.rest and taken):
        return ""
    osm_type = {
        "points": "'node'",
        "lines": "'way'",
        "rings": "'way'",
        "routes": "'relation'",
        "multipolygons": "CASE WHEN osm_id IS NULL THEN 'way' ELSE 'relation' END",
    }[source]
    classes = " ".join(f"WHEN {n} THEN {_class(rule, table.listing)}" for n, (_, rule) in listed_kinds)
    kinds = " ".join(f"WHEN {n} THEN '{kind.id}'" for n, (kind, _) in listed_kinds)
    columns = {
        "osm_id": f"CAST({_identity(raw)} AS INTEGER)",
        "osm_type": osm_type,
        "class": f"CASE alt {classes or 'WHEN 0 THEN 0'} END",
        "kind": f"CASE alt {kinds or 'WHEN 0 THEN 0'} END",
        "name": "name",
        "ref": "ref",
        "layer": "CASE WHEN layer IS NULL THEN 0 ELSE COALESCE(osm_number(layer, 'integer'), 0) END",
        "tunnel": "(tunnel IS NOT NULL AND tunnel <> 'no') OR COALESCE(covered, 'no') = 'yes'",
        "bridge": "bridge IS NOT NULL AND bridge <> 'no'",
        "link": "highway LIKE '%\\_link' ESCAPE '\\'",
    }
    for attribute in table.attributes:
        columns[attribute.column] = _value(attribute)
    if table.rest:
        columns.update(kind=f"'{table.kinds[0].id}'", tags=f"osm_json({RAW_COLUMN})")
        columns["class"] = f"osm_main({RAW_COLUMN})"
    listed = ", ".join(f"{columns[name]} AS {quoted(name)}" for name, _ in table.columns if name != "area")
    listed += "".join(f", {expression}" for expression in more)
    if tags:
        listed += f", {RAW_COLUMN}"
    if taken:
        return sql(
            "SELECT geom, {listed!s} FROM temp.taken CROSS JOIN {raw!i} USING (fid) ORDER BY fid",
            listed=listed, raw=raw,
        )  # fmt: skip
    limits = _limits(table, source)
    where = f" WHERE {' AND '.join(limits)}" if limits else ""
    return sql(
        "SELECT geom, {listed!s} FROM (SELECT *, {number!s} AS alt FROM {raw!i}{where!s}) "
        "WHERE alt IN ({shown!s})",
        listed=listed, number=_number(table, source, 0), raw=raw, where=where, shown=",".join(map(str, shown)),
    )  # fmt: skip
