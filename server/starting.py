"""What is answered while the server starts: that it lives, and is not ready yet."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import re
import select
import socket
import threading
import uuid
from typing import Any

# A start takes a second or two, in which calls wait in the socket's queue. One that takes longer is told of: a large
# database is brought up to date, or a source without a box is read.
PATIENCE_SECONDS = 5.0
_LOOK_SECONDS, _CALL_SECONDS, _RETRY, _LONGEST = 0.1, 1.0, 5, 8192
_REFUSED = {"error": "The server is starting.", "code": "starting", "hint": "Wait as long as Retry-After says."}
# To who looks: in each language of the pages, as nothing of these is loaded yet. It asks again by itself.
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="3"><title>osm2cdr</title>
<style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto 0; max-width: 26rem; padding: 0 1rem }</style>
<p>The server is starting. The page opens by itself when it is ready.</p>
<p lang="ru">Сервер запускается. Страница откроется сама, когда он будет готов.</p>
</html>
"""
_HTML = re.compile(rb"^accept:[^\r\n]*\btext/html\b", re.IGNORECASE | re.MULTILINE)
_ANSWERS: dict[bytes, tuple[str, dict[str, Any]]] = {
    b"/healthz": ("200 OK", {"status": "ok"}),
    b"/readyz": (
        "503 Service Unavailable",
        {"status": "not ready", "faults": ["the supervisor is starting"], "warnings": []},
    ),
}


class Starting:
    """A thread at the listening socket, until the web processes take it over."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="starting", daemon=True)

    def __enter__(self) -> Starting:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Answer no more; who calls now waits for a web process."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        if self._over.wait(PATIENCE_SECONDS):
            return
        self._listener.setblocking(False)
        while not self._over.is_set():
            if select.select([self._listener], [], [], _LOOK_SECONDS)[0]:
                with contextlib.suppress(OSError):
                    connection, _ = self._listener.accept()
                    with connection:
                        _answer(connection)


def _answer(connection: socket.socket) -> None:
    connection.settimeout(_CALL_SECONDS)
    head = b""
    while b"\r\n\r\n" not in head and len(head) < _LONGEST:
        data = connection.recv(_LONGEST)
        if not data:
            return
        head += data
    path = (head.split(b" ", 2)[1:2] or [b""])[0].partition(b"?")[0]
    word, words = _ANSWERS.get(path, ("503 Service Unavailable", _REFUSED))
    number = uuid.uuid4().hex
    if words is _REFUSED:
        words = {**words, "request_id": number}
        # As render.py and status.py answer.
        words |= {"task_id": None} if path == b"/api/render" else {}
        words |= {"status": "processing"} if path.startswith(b"/api/status/") else {}
    is_page = words.get("code") == "starting" and not path.startswith((b"/api/", b"/site/")) and _HTML.search(head)
    kind, body = ("text/html", _PAGE.encode()) if is_page else ("application/json", json.dumps(words).encode())
    again = "" if word.startswith("200") else f"Retry-After: {_RETRY}\r\n"
    # As of the web process: to programs of other origins the calls alone.
    again += "Access-Control-Allow-Origin: *\r\n" if path.startswith(b"/api/") else ""
    start = (
        f"HTTP/1.1 {word}\r\nServer: osm2cdr\r\nX-Request-Id: {number}\r\n{again}"
        f"Content-Type: {kind}; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(start.encode() + (b"" if head.startswith(b"HEAD ") else body))
    # A body that nobody reads would take the answer back (RST).
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(_LONGEST):
        pass
