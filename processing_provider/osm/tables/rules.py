"""The layer table's rules: which OSM tags a kind takes, as text, as terms, as SQL.

A rule is `alternative | alternative`, an alternative `term & term`, a term one of
`key` (there, and not "no"), `!key` (absent or "no"), `key=a,b` (one of these), `key!=a,b` (absent or another).
Of a value that lists several (`cafe;bar`, see several.py) each counts.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass

from ...geo.sql import literal, quoted
from .several import SEPARATOR, split

_TERM = re.compile(r"^(!?)([a-z][a-z0-9_:]*)(?:(!?=)([^=&|]+))?$")


@dataclass(frozen=True)
class Term:
    """One condition on one key; `values` is empty where only presence counts."""

    key: str
    values: tuple[str, ...]
    negated: bool

    def sql(self, several: bool = False) -> str:
        """The condition in SQLite, true or false, never NULL; for rows that list `several` values by a function."""
        name = quoted(column(self.key))
        if self.values and several:
            return f"({'NOT ' if self.negated else ''}osm_has({name}, {literal(SEPARATOR.join(self.values))}))"
        if self.values:
            words = ",".join(map(literal, self.values))
            return f"({name} IS NULL OR {name} NOT IN ({words}))" if self.negated else f"({name} IN ({words}))"
        there = f"({name} IS NOT NULL AND {name} <> 'no')"
        return f"(NOT {there})" if self.negated else there

    def holds(self, tags: dict[str, str]) -> bool:
        """The same condition on the tags of one object."""
        value = tags.get(self.key)
        if self.values:
            return bool(set(split(value)) & set(self.values)) != self.negated
        return (value is not None and value != "no") != self.negated


Rule = tuple[tuple[Term, ...], ...]


def column(key: str) -> str:
    """The column that GDAL's OSM driver gives to an OSM key (attribute_name_laundering)."""
    return re.sub(r"[^a-z0-9_]", "_", key.lower())


def raw_column(key: str) -> str:
    """The column of a key in a raw layer: the driver puts _ for : and leaves all other letters."""
    return key.replace(":", "_")


def parse_rule(text: str) -> Rule:
    """The alternatives of a rule; ValueError where it does not parse."""
    return tuple(
        tuple(_term(term.strip(), text) for term in alternative.split("&"))
        for alternative in text.split("|")
        if text.strip()
    )


def _term(word: str, rule: str) -> Term:
    match = _TERM.match(word)
    if match is None or (match[1] and match[3]):
        raise ValueError(f"{word!r} in the rule {rule!r} is not a term")
    values = tuple(value.strip() for value in match[4].split(",")) if match[4] else ()
    return Term(match[2], values, bool(match[1]) or match[3] == "!=")


def alternative_sql(alternative: tuple[Term, ...], several: bool = False) -> str:
    """All terms of one alternative in SQLite (see Term.sql)."""
    return "(" + " AND ".join(term.sql(several) for term in alternative) + ")"
