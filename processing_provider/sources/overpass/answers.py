"""What an answer of an Overpass server really is: a status of 200 alone says nothing.

The servers report running out of time or memory in a `remark` behind whatever came before, refuse an equal query
with a page of HTML and the status 200, and proxies on the way answer with pages of their own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from ...errors import SourceError
from ...text.sentence import say

ELEMENTS = ("node", "way", "relation")
EXTRACT = "take an extract with SOURCE"
_HEAD = 4096
_REASON = re.compile(r"Error</strong>\s*:\s*(.*?)\s*</p>", re.S)
_REMARK = re.compile(r'"remark"\s*:\s*"((?:[^"\\]|\\.)*)"')
_TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.S | re.I)
_BUSY_WORDS = ("rate_limited", "duplicate_query", "dispatcher_client", "too busy", "protocol_error")


class Busy(SourceError):
    """The server has no room now; the same request may do later."""


class Elsewhere(SourceError):
    """This server will not do; another one may."""


class NoAreas(SourceError):
    """The server has no areas: the query has to do without."""


@dataclass(frozen=True)
class Exchange:
    """What came back: `status` is 0 where nothing did, `fault` names what the network met (see transport)."""

    host: str
    status: int
    path: Path
    fault: str = ""
    words: str = ""


@dataclass(frozen=True)
class Good:
    """Map data: how many elements, and the date of the data (ISO 8601)."""

    elements: int
    date: str


def judge(exchange: Exchange) -> Good:
    """The data of an answer; raises Busy, Elsewhere, NoAreas or SourceError with one sentence."""
    host, status = exchange.host, exchange.status
    if exchange.fault in ("cut", "timeout") and status == 200:
        raise _cut(host)
    if exchange.fault and not status:
        raise _network(exchange)
    page = _start(exchange.path)
    reasons = [html.unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in _REASON.findall(page)]
    reason = "; ".join(dict.fromkeys(reasons))
    if any(word in reason.lower() for word in _BUSY_WORDS) or status in (429, 504):
        raise Busy(
            "overpass_busy", say(f"The Overpass server {{0}} is busy; wait some minutes, or {EXTRACT}.", host), "source"
        )
    if status == 407:
        raise Elsewhere(
            "proxy_login",
            "The network's proxy wants a user name and a password (407); give them in QGIS's network settings.",
            "source",
        )
    if reason:
        raise _refused(host, reason)
    if status != 200:
        raise _status(host, status, page)
    return _data(exchange, page)


def _data(exchange: Exchange, page: str) -> Good:
    host, begin = exchange.host, page.lstrip("\ufeff \r\n\t")
    if begin.startswith("{"):
        found = _REMARK.search(_end(exchange.path))
        if found and "error" in found[1]:
            raise _remark(host, found[1].replace('\\"', '"'))
        if not _end(exchange.path).rstrip().endswith("}"):
            raise _cut(host)
        raise _foreign(host, say("JSON in place of OSM XML"))
    if "<osm" not in begin:
        title = _TITLE.search(page)
        if not begin:
            raise _foreign(host, say("nothing"))
        web = "<html" in begin.lower()
        raise _foreign(
            host, say("a web page ({0})", html.unescape(title[1])[:60]) if web and title else say("no map data")
        )
    return check_xml(exchange.path, host)


def check_xml(path: Path, host: str) -> Good:
    """Read an OSM XML file through; raises SourceError where it is cut, broken or carries a server's error."""
    from qgis.PyQt.QtCore import QFile, QIODevice, QXmlStreamReader

    file = QFile(str(path))
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QXmlStreamReader(file)
    count, date, remark = 0, "", ""
    try:
        if reader.readNextStartElement() and reader.name() == "osm":
            date = reader.attributes().value("timestamp")
            while reader.readNextStartElement():
                name = reader.name()
                if name == "remark":
                    remark = reader.readElementText().strip()
                    continue
                if name in ELEMENTS:
                    count += 1
                elif name == "meta":
                    date = reader.attributes().value("osm_base") or date
                reader.skipCurrentElement()
            # What follows the last element.
            while not reader.atEnd():
                reader.readNext()
        error = reader.error()
    finally:
        file.close()
    if "error" in remark:
        raise _remark(host, remark)
    if error == QXmlStreamReader.Error.PrematureEndOfDocumentError:
        raise _cut(host)
    if error != QXmlStreamReader.Error.NoError:
        raise Elsewhere(
            "overpass_broken",
            say(
                f"The answer of the Overpass server {{0}} is no valid UTF-8 XML ({{1}}, line {{2}}); try "
                f"again, or {EXTRACT}.",
                host,
                reader.errorString().strip(". "),
                reader.lineNumber(),
            ),
            "source",
        )
    return Good(count, date)


def _remark(host: str, words: str) -> SourceError:
    lower = words.lower()
    if "timed out" in lower:
        return SourceError(
            "overpass_timeout",
            say(
                f"The Overpass server {{0}} ran out of time; choose a smaller area or fewer layers, raise "
                f"TIMEOUT, or {EXTRACT}.",
                host,
            ),
            "source",
        )
    if "out of memory" in lower:
        return SourceError(
            "overpass_memory",
            say(
                f"The Overpass server {{0}} ran out of memory; choose a smaller area or fewer layers, or {EXTRACT}.",
                host,
            ),
            "source",
        )
    return _refused(host, words)


def _refused(host: str, reason: str) -> SourceError:
    reason = " ".join(reason.split())[:300].rstrip(".")
    if "area" in reason and "No such file" in reason:
        return NoAreas("overpass_no_areas", say("The Overpass server {0} has no areas: {1}.", host, reason), "source")
    return SourceError(
        "overpass_error",
        say(f"The Overpass server {{0}} could not answer the query: {{1}}; {EXTRACT}.", host, reason),
        "source",
    )


def _status(host: str, status: int, page: str) -> SourceError:
    title = _TITLE.search(page)
    words = f" ({html.unescape(title[1])[:60]})" if title else ""
    if status in (403, 406):
        text = say(
            "{0}, or a proxy on the way to it, refused the request with {1}{2}; check the network", host, status, words
        )
    elif status in (404, 410) or 300 <= status < 400:
        text = say("There is no Overpass server at {0}: it answered {1}{2}; check its address", host, status, words)
    elif status == 400:
        text = say("The Overpass server {0} did not understand the query (400){1}; try another server", host, words)
    elif status == 413:
        text = say("The Overpass server {0} finds the request too large (413); choose fewer layers", host)
    else:
        text = say("The Overpass server {0} failed with {1}{2}; try again later", host, status, words)
    return Elsewhere("overpass_http", say(f"{{0}}, or {EXTRACT}.", text), "source")


def _foreign(host: str, what: str) -> SourceError:
    return Elsewhere(
        "overpass_foreign",
        say(
            f"{{0}} sent {{1}}, as no Overpass server does; check its address and the network, or {EXTRACT}.",
            host,
            what,
        ),
        "source",
    )


def _cut(host: str) -> SourceError:
    return Elsewhere(
        "overpass_cut",
        say(
            f"The answer of the Overpass server {{0}} was cut off; try again, choose a smaller area, or {EXTRACT}.",
            host,
        ),
        "source",
    )


def _network(exchange: Exchange) -> SourceError:
    what = {
        "refused": say("refuses connections"),
        "host": say("was not found"),
        "tls": say("could not prove who it is (TLS)"),
        "proxy": say("cannot be reached through the proxy of QGIS's settings"),
        "cut": say("closed the connection"),
        "login": say("is behind a proxy that wants a user name and a password"),
    }.get(exchange.fault, say("cannot be reached ({0})", exchange.words.strip(". ")))
    return Elsewhere(
        "overpass_unreachable",
        say(f"The server {{0}} {{1}}; check the network, or {EXTRACT}.", exchange.host, what),
        "source",
    )


def _start(path: Path) -> str:
    with path.open("rb") as file:
        return _text(file.read(_HEAD))


def _end(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _HEAD))
        return _text(file.read())


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def slot_seconds(status: str) -> float | None:
    """Seconds until /api/status promises a slot (0: there is one now); None where it says nothing of it.

    A server that has a slot shut counts it down beyond zero: a negative number means now.
    """
    if re.search(r"^[1-9]\d* slots? available now", status, re.M):
        return 0.0
    waits = [float(text) for text in re.findall(r"Slot available after:[^\n]*?\bin (-?\d+) seconds?", status)]
    return max(0.0, min(waits)) if waits else None
