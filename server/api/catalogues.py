"""What there is: formats, styles, layers, and what the caller's tier has of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import json
import time
from functools import cache
from typing import Any, Callable

from aiohttp import web

from ...processing_provider.cartography.themes.loading import FOLDER, aliases
from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.osm.tables.layers import GROUPS, TABLES
from ..domain.quota_rules import next_day
from ..domain.tiers import TIERS
from . import schemas
from .auth import authenticate
from .download import has_etag
from .state import STATE, State
from .status import moment


def public(request: web.Request, name: str, make: Callable[[], dict[str, Any]]) -> web.Response:
    """What is the same for all callers as long as the process lives: made once, with an ETag."""
    made = request.app[STATE].public
    if name not in made:
        text = json.dumps(make(), ensure_ascii=False).encode()
        made[name] = text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    text, etag = made[name]
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300"}
    if has_etag(request.headers.get("If-None-Match"), etag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=text, content_type="application/json", charset="utf-8", headers=headers)


async def formats(request: web.Request) -> web.Response:
    """All of the catalogue, and what of it this server writes."""
    return public(request, "formats", lambda: _formats(request.app[STATE]))


def _formats(state: State) -> dict[str, Any]:
    rows = [
        {**row, "media_type": FORMATS[row["id"]].media_type, "tiers": _tiers_of(row["id"])} for row in state.formats
    ]
    return {"formats": rows, "total": len(rows), "available": sum(bool(row["available"]) for row in rows)}


async def styles(request: web.Request) -> web.Response:
    """The map styles and the other names that they go by."""
    return public(request, "styles", _styles)


def _styles() -> dict[str, Any]:
    others: dict[str, list[str]] = {}
    for alias, name in aliases().items():
        others.setdefault(name, []).append(alias)
    rows = [{"id": name, "about": about(name), "aliases": others.get(name, [])} for name in schemas.styles()]
    return {"styles": rows}


async def layers(request: web.Request) -> web.Response:
    """The groups of layers, with their tables and the detail level at which each begins."""
    return public(request, "layers", _layers)


def _layers() -> dict[str, Any]:
    rows = []
    for group in GROUPS:
        tables = [table for table in TABLES if table.group == group]
        rows.append(
            {
                "id": group,
                "tables": [table.name for table in tables],
                "from_detail": min(kind.detail for table in tables for kind in table.kinds),
            }
        )
    return {"layers": rows}


async def me(request: web.Request) -> web.Response:
    """The caller's tier, its limits, and what is used of them."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    now, tier = time.time(), caller.tier
    used = await state.ask(lambda rows: rows.accounts.used_today(caller.account, now))
    writable = _writable(state, tier.id)
    return web.json_response(
        {
            "key": f"{caller.prefix}...", "scopes": list(caller.scopes),
            "email": caller.email or None, "tier": tier.id, "tier_name": tier.name,
            "requests_per_day": tier.per_day, "used_today": used,
            "left_today": None if tier.per_day is None else max(0, tier.per_day - used),
            "reset_at": moment(next_day(now)), "max_area_km2": tier.max_km2, "keep_days": tier.keep_days,
            "formats": writable, "formats_available": len(writable),
            "formats_in_tier": sum(tier.may_write(name) for name in FORMATS),
        },
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


def _writable(state: State, tier: str) -> list[str]:
    return [row["id"] for row in state.formats if row["available"] and TIERS[tier].may_write(row["id"])]


def _tiers_of(name: str) -> list[str]:
    return [tier.id for tier in TIERS.values() if tier.may_write(name)]


@cache
def about(name: str) -> str:
    """What a style says of itself."""
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return str(data.get("about", ""))
