"""SQL statements with names and texts of data in them: each is quoted on its way in, as its place says.

`{table!i}` takes an identifier, or several with commas between them; `{notice!t}` a text; `{most!n}` a whole number;
`{condition!s}` a piece of SQL that was made in the same way.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from string import Formatter
from typing import Any


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


class _Statement(Formatter):
    def convert_field(self, value: Any, conversion: Any) -> str:
        """What a place takes, by the letter behind its name; a place without a letter takes nothing."""
        if conversion == "i":
            return ", ".join(map(quoted, (value,) if isinstance(value, str) else value))
        if conversion == "t":
            return literal(str(value))
        if conversion == "n":
            return str(int(value))
        if conversion == "s":
            return str(value)
        raise ValueError(f"a place of an SQL statement has the conversion {conversion!r}")


def sql(statement: str, **parts: Any) -> str:
    """The statement with its places filled."""
    return _Statement().vformat(statement, (), parts)
