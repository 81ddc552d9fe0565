"""What a file that somebody saved tells of itself: a server's remark that it stopped, and OSM XML of another name."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import re
from pathlib import Path

from ...text.sentence import say

_TAIL = 4096
_HEAD = 1024
_REMARK = re.compile(rb"<remark>(.*?)</remark>", re.S)
_XML = re.compile(rb"^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<osm[\s>]", re.S)


def stopped(remark: str) -> str:
    """The end of a sentence on an answer whose server stopped before its end; empty where it did not."""
    words = " ".join(remark.split()).rstrip(".")
    if "error" not in words:
        return ""
    return say("is not whole: the server stopped with {0}; ask it for less at once, or allow it more time", words)


def xml_stopped(path: Path) -> str:
    """The same of an unpacked file of OSM XML: a remark stands behind all elements."""
    with path.open("rb") as file:
        if not file.read(8).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return ""
        file.seek(max(0, path.stat().st_size - _TAIL))
        found = _REMARK.search(file.read())
    return stopped(html.unescape(found[1].decode("utf-8", "replace"))) if found else ""


def misnamed(path: Path, suffixes: tuple[str, ...]) -> str:
    """The end of a sentence on a file whose name is not that of an extract, with what to do; empty where it is."""
    if path.name.lower().endswith(suffixes):
        return ""
    try:
        with path.open("rb") as file:
            is_xml = _XML.match(file.read(_HEAD)) is not None
    except OSError:
        is_xml = False
    if is_xml:
        return say("holds OSM XML under another ending; call it {0}", path.with_suffix(".osm").name)
    return say("is no OSM extract; give one of {0}", ", ".join(suffixes))
