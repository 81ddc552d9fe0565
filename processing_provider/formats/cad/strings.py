"""Texts as DXF holds them, so that a name stays a name.

Autodesk, DXF Reference 2010 ("ASCII Control Characters in DXF Files", "Text", "Extended Data"). A caret is written as a
caret and a blank; what the code page has not, as `\\U+XXXX`, a letter beyond 16 bits as its two halves in UTF-16. TEXT
has no way to say that `%%c` is no diameter which all programs heed (`%%%` is one to AutoCAD, but not to LibreCAD and
GDAL), so a word joiner, which is not seen, stands between the signs of what would be a code.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Iterator

from ...text.phrases import readable

# The registered application of the extended data.
APPLICATION = "OSM2CDR"
_JOINER = "\u2060"
# %%c, %%d, %%p, %%u, %%nnn (TEXT); \P, \~, {\f (LibreCAD, in TEXT too); \U+, \M+ (all strings).
_CODES = re.compile(r"%(?=%)|\\(?=[P~]|[UuMm]\+)|\{(?=\\)")
_ESCAPE = re.compile(r"\\(?=[UuMm]\+)")
# AutoCAD reads at most 255 characters of a TEXT, and bytes of a string of extended data.
LONGEST = 255
FIELDS = ("osm_type", "osm_id", "class", "name")


def one_line(text: str) -> str:
    """A text as an entity can show it: one line, nothing unreadable."""
    return readable(text).strip()


def shown(text: str, codepage: str = "") -> str:
    """A line as the text of a TEXT or an attribute, at most as long as CAD programs read."""
    return _encoded(_unread(text), codepage)


def typed(text: str, codepage: str) -> str:
    """The same as somebody types it, where a caret is a caret."""
    return _escapes(_unread(text), codepage)


def _unread(text: str) -> str:
    return _CODES.sub(lambda sign: sign[0] + _JOINER, text[:LONGEST])


def string(text: str, codepage: str = "") -> str:
    """A line as any other string."""
    # In UTF-8 nothing has to be read back from an escape.
    return _encoded(_ESCAPE.sub(r"\\U+005C", text) if codepage else text, codepage)


class Known:
    """Strings of extended data as they are written: osm_type, osm_id, class and name as `key=value`, long ones go on in
    strings `key+=value`. Those of an object are few, and classes come again and again.
    """

    def __init__(self, codepage: str) -> None:
        self._codepage = codepage
        self._made: dict[tuple[str, str], list[str]] = {}

    def of(self, osm_type: object, osm_id: object, name_of_class: object, name: object) -> list[str]:
        """Those of one object, in the order of FIELDS; what it has not is left out."""
        known = [] if osm_type is None else [*self._pairs("osm_type", str(osm_type))]
        if osm_id is not None:
            known += [f"osm_id={osm_id}"] if isinstance(osm_id, int) else self._pairs("osm_id", str(osm_id))
        for key, value in (("class", name_of_class), ("name", name)):
            if value is not None:
                known += self._pairs(key, str(value))
        return known

    def _pairs(self, key: str, value: str) -> list[str]:
        made = self._made.get((key, value))
        if made is None:
            made = self._made[key, value] = [text for _, text in pairs(key, value, self._codepage)]
        return made


def pairs(key: str, value: str, codepage: str = "") -> Iterator[tuple[int, str]]:
    """One value as strings of extended data, each within the limit of bytes; none where nothing is left of it."""
    head, part = f"{key}=", ""
    line = one_line(value)
    whole = string(head + line, codepage)
    if line and len(_bytes(whole, codepage)) <= LONGEST:
        yield 1000, whole
        return
    for letter in line:
        if len(_bytes(string(head + part + letter, codepage), codepage)) > LONGEST:
            yield 1000, string(head + part, codepage)
            head, part = f"{key}+=", ""
        part += letter
    if part:
        yield 1000, string(head + part, codepage)


def layer_name(name: str) -> str:
    """A name as a layer of AutoCAD 2000 and later may have it."""
    return re.sub(r'[<>/\\":;?*|=`,]', "_", readable(name))[:LONGEST]


def _encoded(text: str, codepage: str) -> str:
    """With carets and, where there is a code page, with what it has not as escapes."""
    return _escapes(text.replace("^", "^ "), codepage)


def _escapes(text: str, codepage: str) -> str:
    if not codepage or text.isascii():
        return text
    return "".join(_escaped(letter, codepage) for letter in text)


def _escaped(letter: str, codepage: str) -> str:
    try:
        letter.encode(codepage)
    except UnicodeEncodeError:
        units = letter.encode("utf-16-be")
        return "".join(f"\\U+{units[n : n + 2].hex().upper()}" for n in range(0, len(units), 2))
    return letter


def _bytes(text: str, codepage: str) -> bytes:
    return text.encode(codepage or "utf-8")
