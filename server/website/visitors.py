"""Who looks at a page: their session, and the proof that a form is one of ours.

The session is a random word in a cookie; of it only a hash is kept. Whoever signs in gets another word. The proof is a
keyed hash of that word, which stands in each page, beside the origin that the browser itself names.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hmac
import re
import secrets
import time
from dataclasses import dataclass
from typing import Mapping
from urllib.parse import urlsplit

from aiohttp import web

from ..api.client_address import client_address, network_of
from ..api.errors import ApiError
from ..api.links import base_url
from ..api.state import STATE, State
from ..domain.accounts import Caller
from ..domain.api_keys import keyed_hash
from ..domain.people import GUEST_SECONDS, SEEN_SECONDS, SESSION_SECONDS, Person
from ..domain.tiers import TIERS

_WORD = re.compile(r"[A-Za-z0-9_-]{43}")
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"


@dataclass(frozen=True)
class Visitor:
    """`word` is what the browser has, a new one where it had none; `person` None where nobody is signed in."""

    word: str
    person: Person | None
    is_new: bool


VISITOR = web.RequestKey("visitor", Visitor)
# Guests by the hash of where they come from, and when their rows were looked at: long before these could go.
_GUESTS: web.AppKey[dict[bytes, tuple[float, Caller]]] = web.AppKey("guests")
_GUEST_AGAIN, _MOST_GUESTS = GUEST_SECONDS / 48, 10_000


def mark_of(state: State, word: str) -> bytes:
    """What is kept of a session's or a letter's word."""
    return keyed_hash(state.secret, "session", word)


def csrf_of(state: State, word: str) -> str:
    """What a form of this visitor carries."""
    return keyed_hash(state.secret, "csrf", word).hex()[:40]


def is_safe(request: web.Request) -> bool:
    """Whether the browser came by TLS."""
    return base_url(request, request.app[STATE]).startswith("https://")


def cookie_name(request: web.Request) -> str:
    """With the prefix that binds it to host and TLS (RFC 6265bis 4.1.3.2), where there is TLS."""
    return "__Host-osm2cdr" if is_safe(request) else "osm2cdr_session"


async def visit(request: web.Request) -> Visitor:
    """Who is there; their session is noted as used."""
    state, now = request.app[STATE], time.time()
    word = request.cookies.get(cookie_name(request), "")
    if not _WORD.fullmatch(word):
        return Visitor(new_word(), None, True)
    mark = mark_of(state, word)
    person = await state.ask(lambda rows: rows.people.person(mark, now))
    if person is not None and person.seen < now - SEEN_SECONDS:
        await state.write(lambda rows: rows.people.touch_session(mark, now))
    return Visitor(word, person, False)


def new_word() -> str:
    """One that nobody has."""
    return secrets.token_urlsafe(32)


def give_word(request: web.Request, response: web.StreamResponse, word: str) -> None:
    """Let the browser keep it."""
    response.set_cookie(
        cookie_name(request), word, max_age=int(SESSION_SECONDS), path="/", httponly=True, secure=is_safe(request),
        samesite="Lax",
    )  # fmt: skip


def take_word(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser forget it."""
    response.del_cookie(cookie_name(request), path="/", httponly=True, secure=is_safe(request), samesite="Lax")


async def form(request: web.Request) -> Mapping[str, str]:
    """The fields of a form of ours; 403 where another page sent it."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise ApiError(415, "bad_content_type", "This is no form of this website.")
    fields = {name: str(value) for name, value in (await request.post()).items()}
    check_csrf(request, fields.get(CSRF_FIELD, ""))
    return fields


def check_csrf(request: web.Request, given: str) -> None:
    """403 where the call does not come from a page of ours."""
    state = request.app[STATE]
    origin = request.headers.get("Origin")
    ours = {urlsplit(base_url(request, state)).netloc, request.host}
    wanted = csrf_of(state, request[VISITOR].word)
    if (origin is not None and urlsplit(origin).netloc not in ours) or not hmac.compare_digest(
        given.encode("utf-8", "replace"), wanted.encode()
    ):
        raise ApiError(403, "csrf", "The page is too old, or was not opened here.", "Open the page anew.")


def where(request: web.Request) -> str:
    """The network that the visitor comes from."""
    return network_of(client_address(request, request.app[STATE].settings.proxies))


async def caller_of(request: web.Request) -> Caller | None:
    """The visitor as one that calls the API; None where nobody is signed in and guests may not."""
    state, person, now = request.app[STATE], request[VISITOR].person, time.time()
    if person is not None:
        account = person.account
        if person.key is not None:
            return Caller(account, person.key, "website", person.tier, person.email)
        return await state.write(lambda rows: rows.people.caller(account, now))
    if not state.settings.guests:
        return None
    tier, known = TIERS[state.settings.guests], request.app[_GUESTS]
    mark = keyed_hash(state.secret, "guest", where(request))
    seen, caller = known.get(mark, (0.0, None))
    if caller is None or not seen <= now < seen + _GUEST_AGAIN:
        if len(known) > _MOST_GUESTS:
            known.clear()
        caller = await state.write(lambda rows: rows.people.guest(mark, tier, now))
        known[mark] = now, caller
    return caller


def prepare(app: web.Application) -> None:
    """What visitors need of an application."""
    app[_GUESTS] = {}
