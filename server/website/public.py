"""Pages for everybody: formats with their samples, styles, how the service is, terms; and the samples themselves."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import re
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ..api.catalogues import about
from ..api.errors import ApiError
from ..api.schemas import styles
from ..api.state import STATE, State
from ..domain.keeping import FORGET_SECONDS
from ..domain.people import SESSION_SECONDS
from ..domain.tiers import TIERS
from ..settings import CHECKOUT
from ..store.interfaces import StoreConnection
from . import assets
from .export import PURPOSES, purpose_of
from .faults import in_words
from .rendering import SAFE, render
from .texts import language_of, told

_SAMPLES = CHECKOUT / "docs" / "samples"
_NAME = re.compile(r"helsinki_[a-z0-9_]+(\.[a-z0-9]{2,8}){1,2}")
_DAY = 86400


@lru_cache(maxsize=1)
def samples() -> Mapping[str, tuple[Path, int]]:
    """The sample of each format that has one, and its bytes."""
    found = {}
    for path in sorted(_SAMPLES.glob("helsinki_*")):
        word = path.name.removeprefix("helsinki_").partition(".")[0]
        if word in FORMATS and _NAME.fullmatch(path.name):
            found[word] = path, path.stat().st_size
    return found


async def formats_page(request: web.Request) -> web.StreamResponse:
    """All of the catalogue by what files are for, what this server writes first."""
    state, language = request.app[STATE], language_of(request)
    return render(request, "formats.html", **_catalogue(state, language))


@lru_cache(maxsize=8)
def _catalogue(state: State, language: str) -> Mapping[str, Any]:
    rows = [_format(state, language, row) for row in state.formats]
    groups = [(word, [row for row in rows if row["for"] == word]) for word in PURPOSES]
    return {
        "groups": [(word, sorted(some, key=_order)) for word, some in groups if some], "total": len(rows),
        "written": sum(row["available"] for row in rows), "tiers": _tiers(state, language),
    }  # fmt: skip


def _order(row: Mapping[str, Any]) -> tuple[bool, str]:
    return not row["available"], row["name"].lower()


def _format(state: State, language: str, row: Mapping[str, Any]) -> dict[str, Any]:
    item, (kept, size) = FORMATS[row["id"]], samples().get(row["id"], (None, 0))
    reader = told(language, item.reader)
    return {
        "id": item.id, "name": told(language, item.name), "end": item.extension, "for": purpose_of(item),
        "available": bool(row["available"]), "why": in_words(language, "", str(row["reason"])),
        "tier": told(language, TIERS[item.tier].name), "reader": reader, "reader_is_names": reader == item.reader,
        "sample": f"/samples/{kept.name}" if kept else "", "kb": max(1, round(size / 1000)),
    }  # fmt: skip


def _tiers(state: State, language: str) -> list[dict[str, Any]]:
    """What each tier has."""
    return [
        {"name": told(language, tier.name), "per_day": tier.per_day, "km2": tier.max_km2, "days": tier.keep_days,
         "formats": sum(bool(row["available"]) and tier.may_write(row["id"]) for row in state.formats)}
        for tier in TIERS.values()
    ]  # fmt: skip


async def sample(request: web.Request) -> web.StreamResponse:
    """A file to be kept, never one to be shown: a picture may hold a script."""
    name = request.match_info["name"]
    gone = ApiError(404, "not_found", "There is nothing at this address.")
    path = next((path for path, _ in samples().values() if path.name == name), None)
    if path is None:
        raise gone
    try:
        body = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise gone from error
    return web.Response(
        body=body, content_type="application/octet-stream",
        headers={**SAFE, "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "max-age=86400",
                 "Content-Disposition": f'attachment; filename="{path.name}"'},
    )  # fmt: skip


async def styles_page(request: web.Request) -> web.StreamResponse:
    """Each style with its picture."""
    language = language_of(request)
    looks = [
        {"name": name, "about": told(language, about(name)), "picture": assets.address_of(f"style-{name}.webp")}
        for name in styles()
        if assets.has(f"style-{name}.webp")
    ]
    return render(request, "styles.html", looks=looks)


async def status_page(request: web.Request) -> web.StreamResponse:
    """How the service is just now: of the rows that /metrics counts."""
    state, now = request.app[STATE], time.time()

    def ask(rows: StoreConnection) -> tuple[tuple[int, int, float], dict[str, int], float | None]:
        return rows.views.pace(now), rows.views.tally(), rows.views.oldest_waiting()

    (waiting, running, took), tally, oldest = await state.ask(ask)
    sources = await asyncio.to_thread(lambda: [(source.title, source.box, source.is_out) for source in state.sources])
    return render(
        request, "status.html", is_ready=state.supervisor() == "ready", waiting=waiting, running=running, took=took,
        workers=state.settings.workers, kept=tally.get("completed", 0), failed=tally.get("failed", 0),
        age=max(0.0, now - oldest) if oldest and waiting else 0.0, sources=sources, moment=now,
        written=sum(bool(row["available"]) for row in state.formats), total=len(state.formats),
    )  # fmt: skip


async def terms_page(request: web.Request) -> web.StreamResponse:
    """Whose the map data are, what is kept of people, and the licence of the program."""
    return render(
        request, "terms.html", session_days=round(SESSION_SECONDS / _DAY), forget_days=round(FORGET_SECONDS / _DAY),
        tiers=[(tier.name, tier.keep_days) for tier in TIERS.values()],
    )  # fmt: skip
