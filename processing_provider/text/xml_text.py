"""Texts as XML takes them (XML 1.0, sections 2.4 and 3.3.3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

# What a reader would take for a blank within an attribute.
_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def escape(text: str) -> str:
    """A text between tags."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def quoteattr(text: str) -> str:
    """The value of an attribute with its quotes, single ones where the text has double ones alone."""
    value = escape(text)
    for space, reference in _SPACES.items():
        value = value.replace(space, reference)
    if '"' not in value:
        return f'"{value}"'
    return "'" + value + "'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'
