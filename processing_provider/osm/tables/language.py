"""Names in the language asked for, and in Latin letters where there is no font for those of the place.

Keys: https://wiki.openstreetmap.org/wiki/Multilingual_names. `name:zh-Hant` is the name in that language and script; a
language without a name of its own takes that of the wider one (RFC 4647, 3.4): `zh-Hant-HK`, `zh-Hant`, `zh`.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping, Sequence

from ...errors import RequestError
from ...geo.sql import quoted
from ...text.sentence import say
from .extra_tags import wider
from .map_data import Tabular
from .rules import column, raw_column

# Keys whose values are in Latin letters, in the order of preference.
LATIN_KEYS = (
    "name:en", "int_name", "name:ja-Latn", "name:ja_rm", "name:zh-Latn-pinyin", "name:zh_pinyin", "name:ko-Latn",
    "name:ko_rm", "name:sr-Latn", "name:fr", "name:de", "name:es",
)  # fmt: skip
# Columns of what is drawn beside `name`: the local one where that is in the language asked for, and one in Latin
# letters. No OSM key becomes a column of such a name.
LOCAL, LATIN = "_local", "_latin"
_CODE = re.compile(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}$")
# In the language asked for, and in Latin letters.
Pair = tuple["str | None", "str | None"]


def normalized(code: str) -> str:
    """An OSM language code as its keys have it (`zh-Hant`, `pt-BR`, `ja_rm`); RequestError where it is none."""
    if not _CODE.match(code):
        raise RequestError(
            "bad_language",
            say(
                "The language {0} is no language code; give one such as en, ru, zh-Hant or sr-Latn, or "
                "nothing for the names of the place.",
                repr(code),
            ),
            "language",
        )
    first, *rest = re.split(r"(?=[-_])", code)
    return first.lower() + "".join(_subtag(part) for part in rest)


def _subtag(part: str) -> str:
    sign, word = part[0], part[1:]
    if sign == "-" and len(word) == 4 and word.isalpha():
        return sign + word.title()
    if sign == "-" and len(word) == 2 and word.isalpha():
        return sign + word.upper()
    return sign + word.lower()


@dataclass(frozen=True)
class Names:
    """The names that are read beside `name`: those of a language (or empty), and those in Latin letters."""

    language: str = ""
    latin: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All OSM keys that are looked at."""
        return tuple(dict.fromkeys((*self.spoken, *(LATIN_KEYS if self.latin else ()))))

    @property
    def spoken(self) -> tuple[str, ...]:
        """The keys of names in the language, the nearest first."""
        parts = re.split(r"(?=[-_])", self.language) if self.language else []
        return tuple("name:" + "".join(parts[:count]) for count in range(len(parts), 0, -1))

    @property
    def sql(self) -> tuple[str, ...]:
        """Two expressions on what was read (see extract.read): a Pair; none where nothing is wanted."""
        if not self.keys:
            return ()
        return _first(self.spoken), _first(LATIN_KEYS if self.latin else ())


NO_NAMES = Names()


def spoken_in(tags: Mapping[str, str], names: Names) -> str | None:
    """The name in the language of `names` that an object's tags give; None where they give none."""
    return next((tags[key] for key in names.spoken if key in tags), None)


def _first(keys: Sequence[str]) -> str:
    """The first that is there."""
    listed = [quoted(raw_column(key)) for key in keys]
    return "NULL" if not listed else listed[0] if len(listed) == 1 else f"COALESCE({', '.join(listed)})"


def with_language(
    table: Tabular, rows: list[tuple[object, ...]], pairs: Sequence[Pair], language: str
) -> tuple[Tabular, list[tuple[object, ...]]]:
    """`table` and its rows with a column for the names in `language`, such as `name_ru`, where it has any."""
    name = column(f"name:{language}")
    if name in {known.lower() for known, _ in table.columns} or all(spoken is None for spoken, _ in pairs):
        return table, rows
    return wider(table, (name,)), [(*row, spoken) for row, (spoken, _) in zip(rows, pairs)]


def from_columns(table: Tabular, rows: list[tuple[object, ...]], language: str) -> list[Pair]:
    """The names in `language` of rows that came with a column of them, as `with_language` makes it; empty without."""
    names = [name for name, _ in table.columns]
    if not language or "name" not in names or column(f"name:{language}") not in names:
        return []
    place = names.index(column(f"name:{language}"))
    return [(None if row[place] is None else str(row[place]), None) for row in rows]


def for_display(
    table: Tabular, rows: list[tuple[object, ...]], pairs: Sequence[Pair]
) -> tuple[Tabular, list[tuple[object, ...]]]:
    """What is drawn of `table`: `name` in the language asked for, LOCAL and LATIN beside it."""
    place = [name for name, _ in table.columns].index("name")
    result = []
    for row, (spoken, latin) in zip(rows, pairs):
        if spoken is None:
            result.append((*row, None, latin))
        else:
            result.append((*row[:place], spoken, *row[place + 1 :], row[place], latin))
    return wider(table, (LOCAL, LATIN)), result
