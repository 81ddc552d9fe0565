"""What the files of an export are called: as asked for, else by the extract, or by the place that the data show."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ..errors import RequestError
from ..text.phrases import is_line, quoted, turning
from ..text.sentence import say

# Where nothing gives a name.
NAMELESS = "map"
_SAMPLE = "helsinki"
# Of the 255 that file systems allow; the format, the extension and what a writer puts beside it take the rest.
_NAME_BYTES = 200
_LETTERS = 100
_FORBIDDEN = r'[\\/:*?"<>|]'
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
# What follows the name of an extract, and what the usual download says of its age.
_ENDINGS = re.compile(r"(\.(osm|pbf|o5m|xml|json|gz|bz2|zip))+$", re.IGNORECASE)
_LATEST = re.compile(r"[-_.]latest$", re.IGNORECASE)
# A name that nobody chose is short.
_LONGEST = 60


def checked_name(name: str) -> str:
    """The name that somebody gave; RequestError where it cannot be a file's."""
    if turning(name, marks=True):
        raise RequestError(
            "bad_name", say("The name has the bidirectional control {0}, which nobody sees in a file's name; leave "
            "it out.", turning(name, marks=True)), "name",
        )  # fmt: skip
    bad = re.search(_FORBIDDEN, name)
    if bad:
        raise RequestError(
            "bad_name",
            say("The name {0} has {1}, which no file's name can have; leave it out.", quoted(name), bad[0]),
            "name",
        )
    if name.lower() in _RESERVED:
        raise RequestError(
            "bad_name",
            say("The name {0} is a device's on Windows, where no file can have it; take another.", quoted(name)),
            "name",
        )
    if len(name) > _LETTERS or len(name.encode()) > _NAME_BYTES:
        raise RequestError(
            "bad_name",
            say(
                "The name {0} is too long for a file's name; take one of {1} characters at most.",
                quoted(name),
                _LETTERS if len(name) > _LETTERS else len(name.encode()[:_NAME_BYTES].decode(errors="ignore")),
            ),
            "name",
        )
    if not is_line(name) or name.strip(". ") != name or not name:
        raise RequestError(
            "bad_name", say("The name {0} cannot be a file's name; use letters and digits.", quoted(name)), "name"
        )
    return name


def usable(text: str) -> str:
    """What of a text can be a file's name, with hyphens for blanks; empty where nothing can."""
    plain = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C" or letter.isspace())
    name = "-".join(re.sub(_FORBIDDEN, " ", plain).split())[:_LONGEST].strip("-_. ")
    while len(name.encode()) > _NAME_BYTES:
        name = name[:-1]
    return "" if name.lower() in _RESERVED else name


def of_source(source: str) -> str:
    """The name that an extract gives: `berlin` of `/data/berlin-latest.osm.pbf`; empty for Overpass."""
    from ..sources.opening import SAMPLE, is_overpass

    if is_overpass(source):
        return ""
    return _SAMPLE if source == SAMPLE else usable(_LATEST.sub("", _ENDINGS.sub("", Path(source).name)))


def numbered(name: str, number: int) -> str:
    """The name itself, then `name-2`, `name-3` ..."""
    return name if number == 1 else f"{name}-{number}"
