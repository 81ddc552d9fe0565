"""One HTTP exchange through QGIS's own network stack: its proxies, its certificates, in any thread."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...errors import Cancelled, SourceError, WriteError
from ...feedback import Feedback
from ...text.sentence import say
from .answers import EXTRACT, Elsewhere, Exchange

# Milliseconds between two looks at progress and cancel.
_LOOK = 200
_REDIRECTS = 4
_Error = QNetworkReply.NetworkError
_FAULTS = {
    _Error.ConnectionRefusedError: "refused",
    _Error.RemoteHostClosedError: "cut",
    _Error.HostNotFoundError: "host",
    _Error.TimeoutError: "timeout",
    _Error.OperationCanceledError: "timeout",
    _Error.SslHandshakeFailedError: "tls",
    _Error.ProxyConnectionRefusedError: "proxy",
    _Error.ProxyConnectionClosedError: "proxy",
    _Error.ProxyNotFoundError: "proxy",
    _Error.ProxyTimeoutError: "proxy",
    _Error.ProxyAuthenticationRequiredError: "login",
}


def user_agent() -> str:
    """Who asks: the public servers turn away what does not say so."""
    metadata = Path(__file__).parents[3] / "metadata.txt"
    try:
        found = re.search(r"^version=(.+)$", metadata.read_text(encoding="utf-8"), re.M)
    except OSError:
        found = None
    return f"osm2cdr/{found[1].strip() if found else '0'} (+https://osm2cdr.ru)"


def exchange(url: str, query: str | None, target: Path, deadline: float, feedback: Feedback) -> Exchange:
    """Send `query` (None: only get) and write the answer's body, unpacked, into `target`.

    Raises Cancelled within a second, and SourceError where time.monotonic() passes `deadline`.
    """
    host = urlsplit(url).netloc
    for _ in range(_REDIRECTS):
        reply = _send(url, query)
        try:
            fault = _receive(reply, host, target, deadline, feedback)
            status = int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)
            place = reply.header(QNetworkRequest.KnownHeaders.LocationHeader) or reply.rawHeader(b"Location")
            words = reply.errorString()
        finally:
            reply.deleteLater()
        if status not in (301, 302, 303, 307, 308) or not place:
            return Exchange(host, status, target, fault, words)
        # Followed by hand: by itself Qt would ask the new place without the query.
        place = place.toString() if isinstance(place, QUrl) else bytes(place).decode("latin-1")
        after = urljoin(url, place)
        if urlsplit(after).scheme not in ("http", "https") or (url.startswith("https:") and after.startswith("http:")):
            return Exchange(host, status, target, "", words)
        url = after
    raise Elsewhere(
        "overpass_redirects", say(f"{{0}} leads round in a circle; check its address, or {EXTRACT}.", host), "source"
    )


def _send(url: str, query: str | None) -> Any:
    request = QNetworkRequest(QUrl(url))
    attribute = QNetworkRequest.Attribute
    request.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    request.setAttribute(attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
    request.setAttribute(attribute.CacheSaveControlAttribute, False)
    if hasattr(request, "setDecompressedSafetyCheckThreshold"):
        # Map data shrink well: Qt 6 takes what is packed so tightly for an attack.
        request.setDecompressedSafetyCheckThreshold(-1)
    agent = user_agent().encode("ascii")
    manager = QgsNetworkAccessManager.instance()

    def name(prepared: Any) -> None:
        prepared.setRawHeader(b"User-Agent", agent)

    # QGIS writes its own name over ours; a preprocessor comes after that. It lives only while this request is made.
    ours = QgsNetworkAccessManager.setRequestPreprocessor(name)
    try:
        if query is None:
            reply = manager.get(request)
        else:
            kind = QNetworkRequest.KnownHeaders.ContentTypeHeader
            request.setHeader(kind, "application/x-www-form-urlencoded")
            reply = manager.post(request, QByteArray(urlencode({"data": query}).encode("ascii")))
    finally:
        QgsNetworkAccessManager.removeRequestPreprocessor(ours)
    # QGIS ends every request after 60 silent seconds; a query may rightly take longer, and has its own end.
    timer = reply.findChild(QTimer, "timeoutTimer")
    if timer is not None:
        timer.stop()
        timer.setInterval(24 * 3600 * 1000)
    return reply


def _receive(reply: Any, host: str, target: Path, deadline: float, feedback: Feedback) -> str:
    """Write the body as it comes; what the network met, empty where nothing. No Python runs in a slot."""
    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(_LOOK)
    timer.timeout.connect(loop.quit)
    reply.finished.connect(loop.quit)
    timer.start()
    begun, size = time.monotonic(), 0
    try:
        with target.open("wb") as file:
            while True:
                done = reply.isFinished()
                if not done:
                    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
                size += file.write(bytes(reply.readAll()))
                if done:
                    break
                now = time.monotonic()
                if now >= deadline:
                    raise out_of_time(host)
                feedback.progress(_share(now - begun), _words(host, now - begun, size))
    except (Cancelled, SourceError):
        reply.abort()
        raise
    except OSError as error:
        reply.abort()
        raise WriteError(
            "write_failed", say("The answer of {0} could not be written: {1}.", host, error.strerror or error)
        ) from error
    finally:
        timer.stop()
    met = reply.error()
    return "" if met == _Error.NoError else _FAULTS.get(met, "other")


def out_of_time(host: str) -> SourceError:
    """The time is up, whoever spent it."""
    return SourceError(
        "overpass_timeout",
        say(
            f"The Overpass server {{0}} gave no whole answer within TIMEOUT; raise TIMEOUT, choose a "
            f"smaller area or fewer layers, or {EXTRACT}.",
            host,
        ),
        "source",
    )


def _share(seconds: float) -> float:
    """Percent of a work whose length nobody knows: rises always, never reaches the end."""
    return 95 * seconds / (seconds + 15)


def _words(host: str, seconds: float, size: int) -> str:
    if not size:
        return say("waiting for {0}, {1} s", host, f"{seconds:.0f}")
    return say("loading from {0}, {1} MB", host, f"{size / 1e6:.1f}")
