"""What there is: formats, styles, layers, and what the caller's tier has of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from ...processing_provider.cartography.themes import FOLDER, aliases
from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.osm.layers import GROUPS, TABLES
from ..store import jobs
from ..tiers import TIERS
from . import schemas
from .auth import authenticate
from .state import STATE, State
from .status import moment

_CACHE = {"Cache-Control": "public, max-age=300"}


async def formats(request: web.Request) -> web.Response:
    """All of the catalogue, and what of it this server writes."""
    state = request.app[STATE]
    rows = [
        {**row, "media_type": FORMATS[row["id"]].media_type, "tiers": _tiers_of(row["id"])} for row in state.formats
    ]
    available = sum(bool(row["available"]) for row in rows)
    return web.json_response({"formats": rows, "total": len(rows), "available": available}, headers=_CACHE)


async def styles(_request: web.Request) -> web.Response:
    """The map styles and the other names that they go by."""
    others: dict[str, list[str]] = {}
    for alias, name in aliases().items():
        others.setdefault(name, []).append(alias)
    rows = [{"id": name, "about": _about(name), "aliases": others.get(name, [])} for name in schemas.styles()]
    return web.json_response({"styles": rows}, headers=_CACHE)


async def layers(_request: web.Request) -> web.Response:
    """The groups of layers, with their tables and the detail level at which each begins."""
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
    return web.json_response({"layers": rows}, headers=_CACHE)


async def me(request: web.Request) -> web.Response:
    """The caller's tier, its limits, and what is used of them."""
    state = request.app[STATE]
    caller = await authenticate(request)
    state.limit(caller.tier.polls, "poll", caller.key)
    now, tier = time.time(), caller.tier
    used = jobs.used_today(state.read, caller.account, now)
    return web.json_response(
        {
            "key": f"{caller.prefix}...", "email": caller.email or None, "tier": tier.id, "tier_name": tier.name,
            "requests_per_day": tier.per_day, "used_today": used,
            "left_today": None if tier.per_day is None else max(0, tier.per_day - used),
            "reset_at": moment(jobs.next_day(now)), "max_area_km2": tier.max_km2, "keep_days": tier.keep_days,
            "formats": _writable(state, tier.id),
            "formats_in_tier": sum(tier.may_write(name) for name in FORMATS),
        },
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


def _writable(state: State, tier: str) -> list[str]:
    return [row["id"] for row in state.formats if row["available"] and TIERS[tier].may_write(row["id"])]


def _tiers_of(name: str) -> list[str]:
    return [tier.id for tier in TIERS.values() if tier.may_write(name)]


def _about(name: str) -> str:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return str(data.get("about", ""))
