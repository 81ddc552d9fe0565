"""Words for people: lists, the known word nearest to a mistyped one, and names that every file can hold."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Iterable, Mapping

from ..text.sentence import say

# Control characters, separators of lines, halves of letters, and what is no letter in Unicode.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TURNING_OR_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def readable(text: str) -> str:
    """The text with spaces for what no file can hold: control characters, halves of letters."""
    return _UNREADABLE.sub(" ", text)


def one_line(text: str, most: int = 0) -> str:
    """The text as one line that every file can hold, cut after `most` characters where that is not 0."""
    line = " ".join(readable(text).split())
    return line if not most or len(line) <= most else line[: most - 1] + "…"


def listed(words: Iterable[str], most: int = 40) -> str:
    """`a, b, c`, cut after `most` words."""
    every = list(words)
    named = ", ".join(every[:most])
    return say("{0} and {1} more", named, len(every) - most) if len(every) > most else named


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint ` (did you mean 'x'?)`, empty where nothing is near."""
    candidates = list(known)
    folded = {candidate.lower(): candidate for candidate in candidates}
    match = difflib.get_close_matches(word.lower(), list(folded), 1, 0.6)
    return say(" (did you mean {0}?)", repr(folded[match[0]])) if match else ""


def quoted(value: object, most: int = 60, plain: bool = False) -> str:
    """A value as it was given, cut after `most` characters, for a sentence; a text in quotes unless `plain`."""
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return repr(cut) if isinstance(value, str) and not plain else cut


def spoken(text: str, names: Mapping[str, str]) -> str:
    """A sentence with the names that its reader's door has for parameters, in place of Processing's own, as SOURCE.

    What is part of another word, of a path or of a quoted value stays.
    """
    words = "|".join(map(re.escape, names))
    return re.sub(rf"(?<![\w/'\"=.-])({words})(?![\w/'\"=-]|\.\w)", lambda found: names[found[0]], text)


def turning(text: str, marks: bool = False) -> str:
    """The first character that makes text read in another order than it stands, as `U+202E`; empty where there is none.

    Embeddings, overrides and isolates (UAX 9). With `marks` those of direction as well (LRM, RLM, ALM): in a text of
    two directions they are right, in the name of a file nobody sees them.
    """
    found = (_TURNING_OR_MARKS if marks else _TURNING).search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def is_line(text: str) -> bool:
    """Whether a text is one line of characters that every file format may hold: no controls, no halves of pairs."""
    return all(unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp") for letter in text) and not (
        set(text) & {"\ufffe", "\uffff"}
    )


def sized(count: int) -> str:
    """A number of bytes for people: `34 kB`, `1.2 MB`."""
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} B"
