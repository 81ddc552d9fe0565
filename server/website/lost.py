"""Addresses at which nothing is, for who came by a browser: a page in their words, where a program gets JSON."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from aiohttp import web

from ..api.errors import ApiError
from .rendering import Handler, page

# What only programs call, and what pages load.
_CALLED = ("/api/", "/site/", "/ws/", "/static/")


@web.middleware
async def lost(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The inmost one: it alone sees that no address fits."""
    try:
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        # A program that takes anything names no HTML, and a form that was sent to nowhere was not ours.
        if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("Accept", ""):
            raise
        if request.path.startswith(_CALLED):
            raise
    return await _nothing(request)


@page
async def _nothing(_request: web.Request) -> web.StreamResponse:
    raise ApiError(404, "not_found", "There is nothing at this address.")
