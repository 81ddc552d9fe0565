"""The page to read and try the API: Swagger UI (Apache-2.0, from flask-swagger-ui), all of it served from here."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Sequence

from aiohttp import web

from .catalogues import public
from .errors import ApiError
from .state import STATE

# Who makes the document, which lists the calls of this module, too.
Box = tuple[float, float, float, float]
DOCUMENT: web.AppKey[Callable[[Box, Sequence[str]], dict[str, Any]]] = web.AppKey("document")
_PACKAGE = "flask_swagger_ui"
_HERE = Path(__file__).with_name("pages")
# What the page loads, and its media type.
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon-32x32.png": "image/png",
    "LICENSE": "text/plain",
}  # fmt: skip
_OWN = {"docs.js": "text/javascript", "docs.css": "text/css"}
# Nothing of anyone else's, nothing written into the page itself; data: are Swagger UI's icons.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
}  # fmt: skip


async def openapi(request: web.Request) -> web.Response:
    """The documentation for programs."""
    document = request.app[DOCUMENT]
    state = request.app[STATE]
    written = [row["id"] for row in state.formats if row["available"]]
    return public(request, "openapi", lambda: document(state.example_box, written))


async def home(request: web.Request) -> web.Response:
    """The page on which a person makes a map, who typed the address alone; programs are told of the documentation."""
    where = {"docs": "/api/docs", "openapi": "/api/openapi.json"}
    if "text/html" in request.headers.get("Accept", ""):
        return web.Response(status=302, headers={"Location": "/export", "Vary": "Accept"})
    return web.json_response(where, headers={"Vary": "Accept"})


async def page(_request: web.Request) -> web.Response:
    """The documentation for people."""
    text = (_HERE / "docs.html").read_text(encoding="utf-8")
    return web.Response(text=text, content_type="text/html", headers={**_SAFE, "Cache-Control": "no-cache"})


async def asset(request: web.Request) -> web.Response:
    """One of the files that the page loads."""
    name = request.match_info["name"]
    folder = _HERE if name in _OWN else _bundle() if name in _ASSETS else None
    if folder is None or not (folder / name).is_file():
        raise ApiError(404, "not_found", "There is nothing at this address.", "See /api/docs.")
    kind = _OWN.get(name) or _ASSETS[name]
    return web.Response(
        body=(folder / name).read_bytes(), content_type=kind, charset=None if kind.startswith("image/") else "utf-8",
        headers={**_SAFE, "Cache-Control": "public, max-age=3600"},
    )  # fmt: skip


@lru_cache(maxsize=1)
def _bundle() -> Path | None:
    """Where Swagger UI's files lie; the package itself, which wants Flask, is never imported."""
    found = importlib.util.find_spec(_PACKAGE)
    return Path(found.origin).parent / "dist" if found is not None and found.origin else None
