"""Texts of PostScript's Document Structuring Conventions (3.0, 4.6)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

# A comment has 255 letters at most, its keyword included.
LONGEST = 230


def text(words: str) -> str:
    """A text of the DSC: a PostScript string whose bytes beyond ASCII are escaped UTF-8."""
    result = ""
    for byte in " ".join(words.split()).encode("utf-8", "replace"):
        letter = chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"
        if letter in "()\\":
            letter = "\\" + letter
        if len(result) + len(letter) > LONGEST:
            break
        result += letter
    return f"({result})"
