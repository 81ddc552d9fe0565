"""Queries to Overpass servers through QGIS's network stack, so that its proxies and certificates hold."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import time
from urllib.parse import urlsplit

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QByteArray, QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...errors import Cancelled, SourceError
from ...feedback import Feedback
from . import answers

VARIABLE = "OSM2CDR_OVERPASS"
ENDPOINTS = ("https://overpass-api.de/api/interpreter", "https://overpass.private.coffee/api/interpreter")
USER_AGENT = "osm2cdr/0.1 (+https://osm2cdr.ru)"
_TICK_MS = 100
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 30.0


def endpoints() -> tuple[str, ...]:
    """The servers to ask, in order; OSM2CDR_OVERPASS names others, separated by commas."""
    named = [entry.strip() for entry in os.environ.get(VARIABLE, "").split(",") if entry.strip()]
    return tuple(named) or ENDPOINTS


def fetch(text: str, servers: tuple[str, ...], timeout: int, feedback: Feedback) -> bytes:
    """The answer to a query, within `timeout` seconds in all; SourceError with what to do where there is none.

    A busy server is asked again, after as long as its /api/status says; one that cannot be reached gives way to the
    next.
    """
    deadline = time.monotonic() + timeout
    pause = _FIRST_WAIT
    failure: SourceError | None = None
    while True:
        busy: answers.Busy | None = None
        for server in servers:
            name = urlsplit(server).netloc
            try:
                status, body = _post(server, text, deadline, feedback, name)
                answers.check(status, body, name)
                return body
            except answers.Busy as error:
                busy = error
                pause = max(pause, min(_slot(server, deadline, feedback), _LONGEST_WAIT))
            except SourceError as error:
                if error.code != "overpass_unreachable":
                    raise
                failure = error
        if busy is None:
            raise failure or SourceError("overpass_unreachable", "No Overpass server is named.", "source")
        if time.monotonic() + pause >= deadline:
            raise SourceError(
                "overpass_busy", f"{busy.text}; try again in some minutes, or name an extract as SOURCE.", "source"
            )
        _wait(pause, f"{busy.text}, waiting", feedback)
        pause = min(pause * 2, _LONGEST_WAIT)


def _wait(seconds: float, text: str, feedback: Feedback) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        feedback.progress(0, text)
        time.sleep(min(0.2, max(0.0, end - time.monotonic())))


def _slot(server: str, deadline: float, feedback: Feedback) -> int:
    """Seconds until the server has a slot for us, by its status page; 0 where that does not help."""
    address = server.rsplit("/", 1)[0] + "/status"
    try:
        status, body = _post(address, "", min(deadline, time.monotonic() + 10), feedback, "")
    except SourceError:
        return 0
    return answers.seconds_to_wait(body.decode("utf-8", "replace")) if status == 200 else 0


def _post(address: str, text: str, deadline: float, feedback: Feedback, name: str) -> tuple[int, bytes]:
    """Status and body of one request (GET where `text` is empty), watched every 100 ms for cancel and deadline."""
    request = QNetworkRequest(QUrl(address))
    request.setAttribute(
        QNetworkRequest.Attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy
    )
    manager = QgsNetworkAccessManager.instance()
    # QGIS writes its own agent into every request; the servers want to know whom to write to.
    mark = QgsNetworkAccessManager.setRequestPreprocessor(lambda other: _identify(other, address))
    try:
        reply = _send(manager, request, text)
    finally:
        QgsNetworkAccessManager.removeRequestPreprocessor(mark)
    # QGIS gives up on a server that is silent for a minute; a query may take longer, and our own clock rules.
    own = reply.findChild(QTimer, "timeoutTimer")
    if own is not None:
        own.stop()
    loop, ended = QEventLoop(), []

    def watch() -> None:
        if feedback.cancelled:
            ended.append("cancelled")
        elif time.monotonic() > deadline:
            ended.append("late")
        if ended:
            reply.abort()
            loop.quit()
        elif name:
            received = reply.bytesAvailable() / 1e6
            feedback.progress(0, f"{name}: {received:.1f} MB" if received else f"waiting for {name}")

    timer = QTimer()
    timer.timeout.connect(watch)
    timer.start(_TICK_MS)
    reply.finished.connect(loop.quit)
    if not reply.isFinished():
        loop.exec()
    timer.stop()
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    body, reason, error = bytes(reply.readAll()), reply.errorString(), reply.error()
    reply.deleteLater()
    if "cancelled" in ended:
        raise Cancelled
    if "late" in ended:
        raise SourceError(
            "overpass_late",
            f"{name or 'The server'} did not answer in time; raise TIMEOUT, take a smaller area, or name an extract as "
            "SOURCE.",
            "source",
        )
    if status is None:
        raise SourceError(
            "overpass_unreachable", f"{name} cannot be reached ({reason.rstrip('.')}); check the network.", "source"
        )
    if int(status) == 200 and error != QNetworkReply.NetworkError.NoError:
        raise SourceError("overpass_cut", f"The answer of {name} broke off; try again.", "source")
    return int(status), body


def _send(manager: QgsNetworkAccessManager, request: QNetworkRequest, text: str) -> QNetworkReply:
    if not text:
        return manager.get(request)
    request.setRawHeader(b"Content-Type", b"application/x-www-form-urlencoded")
    return manager.post(request, QByteArray(b"data=" + bytes(QUrl.toPercentEncoding(text))))


def _identify(request: QNetworkRequest, address: str) -> None:
    if request.url() == QUrl(address):
        request.setRawHeader(b"User-Agent", USER_AGENT.encode())
