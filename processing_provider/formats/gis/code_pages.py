"""The code page that holds most of a table's letters, and texts in one, letters that it lacks by their like."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from contextlib import closing
from functools import lru_cache
from typing import Mapping, Sequence

from ...geo.sql import quoted, sql
from ...osm.tables.map_data import MapData, Table

# The alphabets of Windows, the first of those that hold as many letters;
# then those that write all but ASCII in two bytes.
ALPHABETS = ("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256")
EAST_ASIAN = ("cp932", "cp936", "cp949", "cp950")
# These are taken where they hold so much more of the letters.
_WORTH = 1.1
# What is alike and has no decomposition.
_ALIKE = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "\u2010": "-",
    "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2018": "'", "\u2019": "'",
    "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "«": '"', "»": '"', "\u2116": "No.", "\u20ac": "EUR",
}  # fmt: skip


def code_page(view: MapData, table: Table) -> str:
    """The code page (Python's name) that holds most letters of the texts of a table."""
    return best(letters_of(view, table, [name for name, kind in table.columns if kind == "TEXT"]))


def letters_of(view: MapData, table: Table, columns: Sequence[str]) -> Counter[str]:
    """How often each letter beyond ASCII is in columns of a table, those of them that it has."""
    letters: Counter[str] = Counter()
    there = {name for name, _ in table.columns}
    with closing(sqlite3.connect(view.path)) as database:
        for name in filter(there.__contains__, columns):
            query = sql("SELECT {name!i} FROM {table!i} WHERE {more!s}", name=name, table=table.name, more=_more(name))
            for (text,) in database.execute(query):
                letters.update(text)
    return Counter({letter: count for letter, count in letters.items() if not letter.isascii()})


def best(
    letters: Mapping[str, int], alphabets: Sequence[str] = ALPHABETS, east_asian: Sequence[str] = EAST_ASIAN
) -> str:
    """The code page for letters that are so many."""
    held = {
        page: sum(count for letter, count in letters.items() if _has(page, letter))
        for page in (*alphabets, *east_asian)
    }
    alphabet = max(alphabets, key=held.__getitem__)
    other = max(east_asian, key=held.__getitem__, default=alphabet)
    return other if held[other] > held[alphabet] * _WORTH else alphabet


def in_code_page(text: str, codec: str) -> str:
    """The text with letters of the code page alone: others by what they look like, or a question mark."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return "".join(_like(letter, codec) for letter in unicodedata.normalize("NFC", text))
    return text


def _more(name: str) -> str:
    """The condition that a column's text is more than ASCII."""
    return f"LENGTH(CAST({quoted(name)} AS BLOB)) > LENGTH({quoted(name)})"


@lru_cache(maxsize=65536)
def _has(page: str, letter: str) -> bool:
    try:
        letter.encode(page)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=65536)
def _like(letter: str, codec: str) -> str:
    if _has(codec, letter):
        return letter
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(sign))
    for other in (plain, _ALIKE.get(letter, ""), _ALIKE.get(plain, "")):
        if other and _has(codec, other):
            return other
    kind = unicodedata.category(letter)
    if kind[0] == "Z":
        return " "
    # What is not seen needs no sign in its place.
    return "" if kind in ("Cf", "Mn") else "?"
