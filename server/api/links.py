"""Links that a browser can open without a key: signed, for one file, for a short while."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hmac
import time

from aiohttp import web

from ..store.secret import keyed_hash
from .client import is_proxied
from .state import State

# How long a link from /status works.
LINK_SECONDS = 3600
_LENGTH = 40


def signed_url(request: web.Request, state: State, task: str, name: str) -> str:
    """The address of a file with its signature."""
    expires = int(time.time()) + LINK_SECONDS
    return f"{base_url(request, state)}/api/download/{task}/{name}?expires={expires}&signature=" + _sign(
        state, task, name, expires
    )


def is_signed(request: web.Request, state: State, task: str, name: str) -> bool:
    """Whether the address carries a signature of ours that has not run out."""
    expires, signature = request.query.get("expires", ""), request.query.get("signature", "")
    if not expires.isascii() or not expires.isdigit() or len(expires) > 12 or int(expires) < time.time():
        return False
    return hmac.compare_digest(_sign(state, task, name, int(expires)).encode(), signature.encode("utf-8", "replace"))


def _sign(state: State, task: str, name: str, expires: int) -> str:
    return keyed_hash(state.secret, "link", f"{task}/{name}/{expires}").hex()[:_LENGTH]


def base_url(request: web.Request, state: State) -> str:
    """The address under which the caller sees this server."""
    if state.settings.base_url:
        return state.settings.base_url
    scheme, host = request.scheme, request.host
    if is_proxied(request, state.settings.proxies):
        scheme = request.headers.get("X-Forwarded-Proto", scheme).split(",")[0].strip()
        host = request.headers.get("X-Forwarded-Host", host).split(",")[0].strip()
    return f"{scheme}://{host}"
