"""Pages: templates with what all of them show, and the headers that go with each."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, Awaitable, Callable
from urllib.parse import urlencode

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..api.errors import ApiError
from ..api.state import STATE
from ..version import VERSION
from .assets import address_of
from .faults import in_language
from .texts import COOKIE, LANGUAGES, language_of, speaker, told
from .visitors import VISITOR, csrf_of, give_word, visit

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# Nothing of anyone else's, nothing written into the page itself; MapLibre's workers are blobs, its signs are data.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; worker-src blob:; child-src blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}  # fmt: skip
_YEAR = 365 * 86400
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def page(handler: Handler) -> Handler:
    """A handler of a page: it knows its visitor, and its errors are pages."""

    async def call(request: web.Request) -> web.StreamResponse:
        try:
            request[VISITOR] = await visit(request)
            return await handler(request)
        except ApiError as error:
            if VISITOR not in request:
                raise
            response = render(request, "error.html", error.status, fault=in_language(language_of(request), error))
            response.headers.update(error.headers)
            return response

    call.__name__ = handler.__name__
    return call


def render(request: web.Request, name: str, status: int = 200, **values: Any) -> web.Response:
    """A page of a template."""
    state, visitor, language = request.app[STATE], request[VISITOR], language_of(request)
    others = {word: _in_language(request, word) for word in LANGUAGES if word != language}
    text = _TEMPLATES.get_template(name).render(
        t=speaker(language), told=lambda word: told(language, word), language=language, languages=LANGUAGES,
        others=others, person=visitor.person, csrf=csrf_of(state, visitor.word), asset=address_of, path=request.path,
        mails=bool(state.settings.smtp_host), ways=state.settings.providers,
        guests=state.settings.guests, version=VERSION, day=day, data=data,
        **values,
    )  # fmt: skip
    response = web.Response(
        text=text, status=status, content_type="text/html", headers={**SAFE, "Cache-Control": "no-store"}
    )
    if visitor.is_new:
        give_word(request, response, visitor.word)
    if request.query.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=_YEAR, path="/", samesite="Lax", httponly=True)
    return response


def _in_language(request: web.Request, word: str) -> str:
    """The same page in another language; of a form that was sent, the page that it stands on."""
    return f"{request.path}?{urlencode({**request.query, 'lang': word})}"


def day(seconds: float | None) -> str:
    """For people, in UTC."""
    return "" if seconds is None else time.strftime("%Y-%m-%d %H:%M", time.gmtime(seconds))


def data(name: str, value: Any) -> Markup:
    """Data as JSON in a page: whatever it holds, no tag is ended by it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/json" id="{name}">{safe}</script>')


def go(address: str) -> web.Response:
    """To another page, by GET."""
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store", **SAFE})
