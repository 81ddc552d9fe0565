"""GET /site/places?q=: places by name in the server's own data; nobody else is asked."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import threading
from typing import Any

from aiohttp import web

from ..api.errors import ApiError
from ..api.state import STATE, State
from ..domain.places import Place
from ..sources import Source, file_state
from ..store.errors import StoreError
from ..store.opening import has_places, open_places
from ..store.places import Places
from .rendering import SAFE
from .texts import Speak, language_of, speaker
from .visitors import where

_RATE = "600/minute"
_MOST, _LONGEST = 8, 200


class Indexes:
    """The places of each source that has them, open; any thread."""

    def __init__(self) -> None:
        self._open: dict[str, Places] = {}
        self._lock = threading.Lock()

    def of(self, state: State, source: Source) -> Places | None:
        """None where they are not made, or not yet."""
        mark = file_state(source.read)
        with self._lock:
            known = self._open.get(mark)
            if known is None and mark:
                known = open_places(state.settings.places, mark)
                if known is not None:
                    self._open[mark] = known
            return known


_INDEXES: web.AppKey[Indexes] = web.AppKey("places")


def can_search(state: State) -> bool:
    """Whether there is anything to be found, or will be soon: where stores are built."""
    files = [source for source in state.sources if source.is_file]
    made = any(has_places(state.settings.places, file_state(source.read)) for source in files)
    return made or (state.settings.has_stores and bool(files))


async def search(request: web.Request) -> web.StreamResponse:
    """The first few places of all sources, those of the first source first."""
    state, text = request.app[STATE], request.query.get("q", "")
    state.limit(_RATE, "places", where(request), "searches")
    if len(text) > _LONGEST:
        raise ApiError(400, "too_long", "That is no name of a place.", "Give a shorter one.", "q")
    found = await asyncio.to_thread(_found, request.app[_INDEXES], state, text)
    language = language_of(request)
    t = speaker(language)
    rows = [_told(t, language, place) for place in found]
    return web.json_response({"places": rows}, headers={**SAFE, "Cache-Control": "no-store"})


def _found(indexes: Indexes, state: State, text: str) -> list[Place]:
    places: list[Place] = []
    for source in state.sources:
        if source.is_file and not source.is_out:
            try:
                known = indexes.of(state, source)
                places += known.found(text, _MOST) if known is not None else []
            except StoreError:
                # One that cannot be read finds nothing.
                continue
    return places[:_MOST]


def _told(t: Speak, language: str, place: Place) -> dict[str, Any]:
    """As the page shows it, in its language where the place has a name in that."""
    spoken = place.spoken.get(language, "")
    other = place.name if spoken and spoken != place.name else ""
    return {
        "name": spoken or place.name, "other": other, "kind": place.kind, "what": _kinds(t)[place.kind],
        "inside": place.inside, "box": place.box,
    }  # fmt: skip


def _kinds(t: Speak) -> dict[str, str]:
    return {
        "city": t("city"), "town": t("town"), "airport": t("airport"), "suburb": t("district"),
        "village": t("village"), "quarter": t("quarter"), "area": t("municipality"), "hamlet": t("hamlet"),
        "neighbourhood": t("neighbourhood"), "station": t("station"), "square": t("square"), "street": t("street"),
        "park": t("park, grounds"), "reserve": t("nature reserve"), "water": t("water"), "river": t("river"),
        "sight": t("sight, culture"), "hospital": t("hospital"), "worship": t("place of worship"),
        "school": t("school"), "forest": t("forest"), "peak": t("peak"), "path": t("path"), "locality": t("locality"),
    }  # fmt: skip


def prepare(app: web.Application) -> None:
    """What the search needs of an application."""
    app[_INDEXES] = Indexes()
