"""Asks Overpass servers in turn, politely: one request at a time, and a wait where a server has no room."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import urlsplit

from ...errors import SourceError
from ...feedback import Feedback
from ...text.sentence import say
from . import cache
from .answers import Busy, Elsewhere, Good, NoAreas, check_xml, judge, slot_seconds
from .query import Query

DEFAULT_ENDPOINTS = ("https://overpass-api.de/api/interpreter", "https://overpass.private.coffee/api/interpreter")
# Takes the place of the list, comma separated.
VARIABLE = "OSM2CDR_OVERPASS"
RULES = (
    "The data come from public Overpass servers, run by volunteers for all: keep to small areas, and give an extract "
    "in SOURCE for large or many ones; the rules are at https://wiki.openstreetmap.org/wiki/Overpass_API."
)
# Seconds to wait for a busy server where it does not say how long: the first time, then twice that, and at most.
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 30.0
_STATUS_SECONDS = 5.0
_LOOK = 0.2


def endpoints(source: str) -> tuple[str, ...]:
    """The servers that a SOURCE names: itself, or the list."""
    if source not in ("", "overpass"):
        return (source,)
    named = [word.strip() for word in os.environ.get(VARIABLE, "").split(",") if word.strip()]
    return tuple(named) or DEFAULT_ENDPOINTS


class Client:
    """One job's talk with the servers; all of it ends at `deadline` (time.monotonic())."""

    def __init__(self, servers: tuple[str, ...], deadline: float, folder: Path) -> None:
        self.servers = servers
        self.deadline = deadline
        self.folder = folder
        # Hosts whose data were used, in order.
        self.hosts: dict[str, None] = {}
        self.asked = 0

    def fetch(self, queries: tuple[Query, ...], feedback: Feedback) -> tuple[Path, Good]:
        """A file with the answer to the first of `queries`; the others stand in for servers without areas.

        Raises SourceError with one sentence, and Cancelled.
        """
        for server in self.servers:
            for query in queries:
                found = cache.find(server, query.body)
                if found is not None:
                    try:
                        good = check_xml(found, urlsplit(server).netloc)
                    except SourceError:
                        found.unlink(missing_ok=True)
                        continue
                    self.hosts[urlsplit(server).netloc] = None
                    return found, good
        return self._ask(queries, feedback)

    def _ask(self, queries: tuple[Query, ...], feedback: Feedback) -> tuple[Path, Good]:
        rounds, left, last = 0, list(self.servers), SourceError("", "")
        rising = _Rising(feedback)
        while left:
            busy, waits = [], []
            for server in left:
                try:
                    return self._ask_one(server, queries, rising)
                except Busy as error:
                    last = error
                    busy.append(server)
                    waits.append(self._wait_for(server, rounds, rising))
                except Elsewhere as error:
                    last = last if isinstance(last, Busy) else error
                except SourceError:
                    # The time that was left after it had been busy did not suffice: that it was says what to do.
                    if isinstance(last, Busy) and time.monotonic() >= self.deadline:
                        raise last from None
                    raise
            left = busy
            if left:
                rounds += 1
                self._sleep(min(waits), last, rising)
        raise last

    def _ask_one(self, server: str, queries: tuple[Query, ...], feedback: Feedback) -> tuple[Path, Good]:
        for query in queries[:-1]:
            try:
                return self._try(server, query, feedback)
            except NoAreas:
                continue
        return self._try(server, queries[-1], feedback)

    def _try(self, server: str, query: Query, feedback: Feedback) -> tuple[Path, Good]:
        from .transport import exchange

        self.asked += 1
        target = self.folder / f"answer{self.asked}.osm"
        good = judge(exchange(server, query.text, target, self.deadline, feedback))
        self.hosts[urlsplit(server).netloc] = None
        # The next tile is asked of the one that answered.
        self.servers = (server, *(other for other in self.servers if other != server))
        cache.keep(server, query.body, target)
        return target, good

    def _wait_for(self, server: str, rounds: int, feedback: Feedback) -> float:
        """Seconds until `server` has a slot again: what it says itself, else more from time to time."""
        from .transport import exchange

        backoff = min(_FIRST_WAIT * 2**rounds, _LONGEST_WAIT)
        target = self.folder / "status.txt"
        until = min(self.deadline, time.monotonic() + _STATUS_SECONDS)
        try:
            answer = exchange(_status_url(server), None, target, until, feedback)
        except SourceError:
            return backoff
        said = slot_seconds(target.read_text("utf-8", errors="replace")) if answer.status == 200 else None
        # A slot that is said to be free now was none just before.
        return backoff if said is None else max(said, min(backoff, 1.0 + rounds))

    def _sleep(self, seconds: float, reason: SourceError, feedback: Feedback) -> None:
        end = time.monotonic() + seconds
        if end >= self.deadline:
            raise reason
        while (now := time.monotonic()) < end:
            feedback.progress(0, say("the server is busy, next try in {0} s", f"{end - now:.0f}"))
            time.sleep(_LOOK)


def _status_url(server: str) -> str:
    return server.rsplit("/", 1)[0] + "/status" if server.endswith("/interpreter") else server.rstrip("/") + "/status"


class _Rising(Feedback):
    """A feedback that never goes back, however often a request starts anew."""

    def __init__(self, inner: Feedback) -> None:
        super().__init__()
        self._inner = inner
        self._most = 0.0

    def progress(self, percent: float, text: str = "") -> None:
        """Report the highest percent so far."""
        self._most = max(self._most, percent)
        self._inner.progress(self._most, text)

    def check(self) -> None:
        """Raise Cancelled where the user asked to stop."""
        self._inner.check()
