"""The clear text of STEP files (ISO 10303-21), which IFC and AP214 share: numbered entities, strings, numbers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Iterable

from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say

_NO_TIME = "1970-01-01T00:00:00"
END = "ENDSEC;\nEND-ISO-10303-21;\n"
_ENTITY = re.compile(r"^#(\d+)=(\w+)\(", re.MULTILINE)


class Entities:
    """Entities in the order in which they were added, each with its number from 1 on."""

    def __init__(self) -> None:
        self._made: list[str] = []
        self.count = 0

    def add(self, name: str, *values: str) -> str:
        """Add an entity; `#12`, by which others name it."""
        self.count += 1
        self._made.append(f"#{self.count}={name}({','.join(values)});\n")
        return f"#{self.count}"

    def complex(self, *parts: str) -> str:
        """Add an entity of several types."""
        self.count += 1
        self._made.append(f"#{self.count}=({' '.join(parts)});\n")
        return f"#{self.count}"

    def taken(self) -> list[str]:
        """What was added since the last time."""
        made, self._made = self._made, []
        return made


def string(text: str) -> str:
    """A string: apostrophes and backslashes doubled, what is not ASCII as its code (ISO 10303-21, 6.4.3)."""
    made = []
    for letter in one_line(text):
        code = ord(letter)
        if 32 <= code < 127:
            made.append({"'": "''", "\\": "\\\\"}.get(letter, letter))
        else:
            made.append(f"\\X2\\{code:04X}\\X0\\" if code < 0x10000 else f"\\X4\\{code:08X}\\X0\\")
    return "'" + "".join(made).replace("\\X0\\\\X2\\", "").replace("\\X0\\\\X4\\", "\\X0\\\\X4\\") + "'"


def real(value: float) -> str:
    """A number, which has to have a point."""
    text = f"{value:.6f}".rstrip("0")
    return "0." if text in ("-0.", "0.") else text


def numbers(values: Iterable[float]) -> str:
    """Some of them in brackets."""
    return f"({','.join(real(value) for value in values)})"


def refs(values: Iterable[str]) -> str:
    """Names of entities in brackets."""
    return f"({','.join(values)})"


def head(schema: str, described: Iterable[str], name: str, date: str) -> str:
    """The head, and the beginning of the data."""
    time = date[:19] if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", date) else _NO_TIME
    return (
        f"ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION({refs(string(one) for one in described)},'2;1');\n"
        f"FILE_NAME({string(name)},'{time}',(''),(''),'osm2cdr','osm2cdr','');\nFILE_SCHEMA(('{schema}'));\nENDSEC;\nDATA;\n"
    )


def prove(text: str, label: str, wanted: dict[str, int]) -> None:
    """Raise WriteError unless the file is whole, and so many of its entities are of these names."""
    found = _ENTITY.findall(text)
    counts: dict[str, int] = {}
    for _, name in found:
        counts[name] = counts.get(name, 0) + 1
    if not text.startswith("ISO-10303-21;") or not text.endswith(END):
        raise WriteError("not_proven", say("{0} does not open again.", label))
    if any(counts.get(name, 0) != count for name, count in wanted.items()):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", label))
