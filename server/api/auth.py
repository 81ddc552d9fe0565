"""Who calls."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import time

from aiohttp import web

from ..domain.accounts import Caller
from .client_address import client_address, network_of
from .errors import ApiError, unauthorized
from .state import STATE

HEADER = "X-API-Key"
CALLER = web.RequestKey("caller", Caller)
# What the route needs of a key, as its row says; of whom the website has let in nothing is asked.
SCOPE = web.RequestKey("scope", str)


async def authenticate(request: web.Request) -> Caller:
    """The caller by the key in the header; 401 where it is none, 429 where too many of an address were none, 403 where
    it may not do this.

    Where the website has said who it is, by a session that it looked at, that one.
    """
    if CALLER in request:
        return request[CALLER]
    state, now = request.app[STATE], time.time()
    key = request.headers.get(HEADER, "")
    caller = await state.ask(lambda rows: rows.keys.caller(key, now))
    if caller is None:
        if key:
            # Whoever guesses keys is slowed down; a good key is asked for first, and works from there all the same.
            where = network_of(client_address(request, state.settings.proxies))
            state.limit(f"{state.settings.bad_keys}/minute", "bad_key", where, "keys that are not valid")
        raise unauthorized()
    request[CALLER] = caller
    scope = request.get(SCOPE, "")
    if scope and scope not in caller.scopes:
        raise ApiError(403, "scope", f"This key may not do that: it has no scope {scope}.",
                       "Take a key that has it, or create one.", HEADER, scope=scope)  # fmt: skip
    return caller
