"""What an Overpass answer really is: data, a wish to wait, or a refusal.

An Overpass server says much in a 200: a query that ran out of time or memory ends with a `remark`, a busy dispatcher
answers in HTML, and a killed one cuts the document off.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import re

from ...errors import SourceError

_REMARK = re.compile(rb"<remark>(.*?)</remark>", re.DOTALL)
_ERROR = re.compile(rb"<strong[^>]*>\s*Error\s*</strong>\s*:?(.*?)</p>", re.DOTALL | re.IGNORECASE)
_BASE = re.compile(rb'osm_base="([^"]+)"')
_SLOT = re.compile(r"in (-?\d+) seconds")
_SMALLER = "take a smaller area or a lower detail level, or name an extract as SOURCE"


class Busy(Exception):
    """The server has no room now; `text` is the reason as a phrase."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def check(status: int, body: bytes, server: str) -> None:
    """Return where `body` is a whole answer; raise Busy where waiting helps, else SourceError with what to do."""
    head = body[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    page = head[:200].lower().startswith((b"<!doctype html", b"<html")) or b"<html" in head[:600].lower()
    said = _said(body) if page else ""
    if status == 429 or (page and ("rate_limited" in said or "duplicate_query" in said)):
        raise Busy(f"{server} allows no more queries at the moment")
    if status in (502, 503, 504) or (page and ("timeout" in said.lower() or "busy" in said.lower())):
        raise Busy(f"{server} is too busy")
    if status == 400:
        raise SourceError(
            "overpass_query", f"{server} did not understand the query: {said or 'no reason given'}.", "source"
        )
    if status in (401, 403, 406, 407):
        raise SourceError(
            "overpass_refused", f"{server} or a proxy before it refused the query (HTTP {status}); check the network "
            "settings of QGIS, or name another server or an extract as SOURCE.", "source",
        )  # fmt: skip
    if status != 200:
        raise SourceError(
            "overpass_failed", f"{server} answered with HTTP {status}; try later or name another SOURCE.", "source"
        )
    if page or b"<osm" not in head:
        raise SourceError(
            "overpass_no_data",
            f"{server} answered with something that is no OpenStreetMap data; check the address and the network.",
            "source",
        )
    remark = _REMARK.search(body[-4000:])
    if remark:
        text = html.unescape(remark[1].decode("utf-8", "replace")).strip()
        if "error" in text.lower():
            cause = "memory" if "memory" in text.lower() else "time"
            raise SourceError("overpass_limit", f"{server} ran out of {cause} for this area; {_SMALLER}.", "source")
    if not body.rstrip().endswith(b"</osm>"):
        raise SourceError("overpass_cut", f"The answer of {server} broke off; try again.", "source")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            "overpass_encoding", f"The answer of {server} is not UTF-8; try another server.", "source"
        ) from error


def _said(body: bytes) -> str:
    """The reason that an HTML page of Overpass gives."""
    found = [re.sub(rb"<[^>]+>", b" ", part) for part in _ERROR.findall(body)]
    text = html.unescape(b" ".join(found).decode("utf-8", "replace"))
    return re.sub(r"\s+", " ", text).strip().rstrip(".")[:300]


def date(body: bytes) -> str:
    """When the server's data were current (ISO 8601); empty where it does not say."""
    found = _BASE.search(body[:4000])
    return found[1].decode("ascii", "replace") if found else ""


def seconds_to_wait(status_page: str) -> int:
    """Seconds until a slot is free, by the text of /api/status; 0 where one is or nothing is said."""
    if re.search(r"[1-9]\d* slots available now", status_page):
        return 0
    waits = [int(number) for number in _SLOT.findall(status_page)]
    return max(0, min(waits)) if waits else 0
