"""POST /site/sheet: the page that a request would have, so that people see its true proportions before it is made."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from ...processing_provider.errors import RequestError
from ...processing_provider.request.pages import make_page
from ..api import schemas
from ..api.auth import authenticate
from ..api.body import json_body
from ..api.errors import ApiError
from ..api.state import STATE


async def sheet(request: web.Request) -> web.StreamResponse:
    """Sizes in mm from the sheet's upper left corner: `map` and `head` are left, top, width, height."""
    caller = await authenticate(request)
    request.app[STATE].limit(caller.tier.polls, "poll", caller.key)
    data = await json_body(request)
    return web.json_response(await asyncio.to_thread(_laid_out, data), headers={"Cache-Control": "no-store"})


def _laid_out(data: Any) -> dict[str, Any]:
    try:
        page = make_page(schemas.to_request(schemas.parse(data)))
    except RequestError as error:
        raise ApiError(400, error.code, error.text, "", error.field) from error
    found, factor = page.sheet, page.magnify
    return {
        "width": round(found.width * factor, 1), "height": round(found.height * factor, 1),
        "scale": page.printed_scale,
        "map": [side * factor for side in (found.left, found.top, found.map_width, found.map_height)],
        "head": [side * factor for side in found.head] if found.head else None,
    }  # fmt: skip
