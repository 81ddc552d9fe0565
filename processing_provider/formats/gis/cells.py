"""Texts that a spreadsheet would take for a formula, made harmless: https://owasp.org/www-community/attacks/CSV_Injection"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

# What a formula begins with, in wide letters too; a tab or a line's end before it makes no difference to Excel.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where a list is separated by semicolons or tabs, a cell begins behind each.
_SEPARATORS = (";", "\t")
_MARK = "'"


def harmless(text: str) -> str:
    """The text with an apostrophe before whatever would begin a formula."""
    for separator in _SEPARATORS:
        for start in _STARTS:
            text = text.replace(separator + start, separator + _MARK + start)
    return _MARK + text if text.startswith(_STARTS) else text


def harmless_sql(column: str) -> str:
    """The same of a quoted column in SQLite."""
    value = column
    for separator in _SEPARATORS:
        for start in _STARTS:
            value = f"REPLACE({value}, {_char(separator + start)}, {_char(separator + _MARK + start)})"
    starts = ", ".join(map(_char, _STARTS))
    return f"CASE WHEN SUBSTR({column}, 1, 1) IN ({starts}) THEN {_char(_MARK)} || {value} ELSE {value} END"


def _char(text: str) -> str:
    return f"CHAR({', '.join(str(ord(letter)) for letter in text)})"
