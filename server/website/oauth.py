"""Sign in by another service: there, and back again, in the same browser, once, within ten minutes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import logging
import re
import time
from urllib.parse import urlencode

from aiohttp import web

from ..api.errors import ApiError
from ..api.links import base_url
from ..api.state import STATE, State
from ..domain.api_keys import keyed_hash
from ..domain.identities import IdentityError
from ..provider_settings import Provider
from . import providers
from .rendering import go
from .signing import inside, limit_network, open_session
from .visitors import VISITOR, give_word, mark_of, new_word, where

LOG = logging.getLogger("osm2cdr.web")
_CODE = re.compile(r"[\x21-\x7e]{1,2048}")


def _provider(request: web.Request) -> Provider:
    """404 where the operator has not set it up."""
    for provider in request.app[STATE].settings.providers:
        if provider.id == request.match_info["provider"]:
            return provider
    raise ApiError(404, "not_found", "There is nothing at this address.")


def _back(request: web.Request, state: State, provider: Provider) -> str:
    """Where the service leads people back to, as it is told it: of another address it takes no code."""
    return f"{base_url(request, state)}/account/with/{provider.id}/back"


def _secrets(state: State, word: str) -> tuple[str, str]:
    """The verifier (RFC 7636) and the nonce that belong to a word, which comes back; they are kept nowhere."""
    return keyed_hash(state.secret, "verifier", word).hex(), keyed_hash(state.secret, "nonce", word).hex()


def _again(notice: str, after: str) -> web.Response:
    """To the form, which tells why; from there people still come to where they wanted to go."""
    words = {"notice": notice} if after in ("", inside("")) else {"notice": notice, "next": after}
    return go(f"/account/sign-in?{urlencode(words, safe='/')}")


async def leave(request: web.Request) -> web.StreamResponse:
    """To the service."""
    state, provider, visitor, now = request.app[STATE], _provider(request), request[VISITOR], time.time()
    after = inside(request.query.get("next", ""))
    if visitor.person is not None:
        return go(after)
    limit_network(state, request)
    word = new_word()
    mark, mine = mark_of(state, word), mark_of(state, visitor.word)
    try:
        address = await providers.authorization(provider, _back(request, state, provider), word, *_secrets(state, word))
    except providers.ProviderError as error:
        LOG.warning("sign-in", extra={"provider": provider.id, "error": str(error)})
        return _again("unreachable", after)
    await state.write(lambda rows: rows.identities.send(mark, mine, provider.id, after, now))
    response = go(address)
    if visitor.is_new:
        give_word(request, response, visitor.word)
    return response


async def come_back(request: web.Request) -> web.StreamResponse:
    """From there: with a code, or with why there is none."""
    state, provider, now, query = request.app[STATE], _provider(request), time.time(), request.query
    limit_network(state, request, "back_from")
    word, code = query.get("state", ""), query.get("code", "")
    mark, mine = mark_of(state, word), mark_of(state, request[VISITOR].word)
    # It is used up by this, whatever comes of it: a second time nobody gets in.
    after = await state.write(lambda rows: rows.identities.take(mark, mine, provider.id, now))
    if after is None:
        return _again("late", "")
    if "error" in query:
        return _again("denied" if query["error"] == "access_denied" else "failed", after)
    # RFC 9207: the answer of another service is none of this one.
    if not _CODE.fullmatch(code) or query.get("iss", provider.url).rstrip("/") != provider.url:
        return _again("failed", after)
    try:
        claim = await providers.claim(provider, _back(request, state, provider), code, *_secrets(state, word))
        account, how = await state.write(lambda rows: rows.identities.enter(claim, now))
    except providers.ProviderError as error:
        LOG.warning("sign-in", extra={"provider": provider.id, "error": str(error)})
        return _again("failed", after)
    except IdentityError as error:
        return _again(str(error), after)
    address = where(request)
    if how != "known":
        kind = "registered" if how == "new" else "linked"
        await state.write(lambda rows: rows.people.note(account, kind, now, provider.name, address))
    response = go(after)
    await open_session(request, response, account, "sign_in", provider.name)
    return response
