"""Links that a browser can open without a key: signed, for one file, for a short while."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hmac
import time

from aiohttp import web

from ..domain.api_keys import keyed_hash
from .client_address import is_proxied
from .state import State

# How long a link from /status works.
LINK_SECONDS = 3600
_LENGTH = 40


def signed_url(request: web.Request, state: State, task: str, name: str, key: int) -> str:
    """The address of a file with its signature; `key` is the number of the key that asked, with which it ends."""
    expires = int(time.time()) + LINK_SECONDS
    address = f"{base_url(request, state)}/api/download/{task}/{name}?expires={expires}&by={key}&signature="
    return address + _sign(state, task, name, expires, key)


def signer(request: web.Request, state: State, task: str, name: str) -> int | None:
    """The number of the key that a link was made for; None where it has no signature of ours or has run out."""
    expires, key = _number(request.query.get("expires", "")), _number(request.query.get("by", ""))
    if expires is None or key is None or expires < time.time():
        return None
    signature = request.query.get("signature", "").encode("utf-8", "replace")
    return key if hmac.compare_digest(_sign(state, task, name, expires, key).encode(), signature) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _sign(state: State, task: str, name: str, expires: int, key: int) -> str:
    return keyed_hash(state.secret, "link", f"{task}/{name}/{expires}/{key}").hex()[:_LENGTH]


def base_url(request: web.Request, state: State) -> str:
    """The address under which the caller sees this server."""
    if state.settings.base_url:
        return state.settings.base_url
    scheme, host = request.scheme, request.host
    if is_proxied(request, state.settings.proxies):
        scheme = request.headers.get("X-Forwarded-Proto", scheme).split(",")[0].strip()
        host = request.headers.get("X-Forwarded-Host", host).split(",")[0].strip()
    return f"{scheme}://{host}"
