"""Whether the process lives, whether the server can work, and its numbers for Prometheus."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import time

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from ..store import views
from ..store.room import free_bytes, free_mb, is_full
from .state import STATE


async def healthz(_request: web.Request) -> web.Response:
    """This process answers."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 where a task submitted now would be worked at: database, room on the disk, supervisor."""
    state = request.app[STATE]
    faults = []
    try:
        await state.ask(views.tally)
    except sqlite3.Error:
        faults.append("the database cannot be read")
    if free_mb(state.settings.data) < state.settings.min_free_mb or is_full(state.settings.data):
        faults.append("the disk is nearly full")
    supervisor = state.supervisor()
    if supervisor != "ready":
        faults.append(f"the supervisor is {supervisor or 'not there'}")
    out = [source.why_out() for source in state.sources if source.is_out]
    faults += ["no source can be read"] if len(out) == len(state.sources) else []
    words = {"status": "ready" if not faults else "not ready", "faults": faults + out}
    return web.json_response(words, status=503 if faults else 200)


async def metrics(request: web.Request) -> web.Response:
    """Kept in the database, so that all web processes tell the same and no crash can leave a counter wrong."""
    state = request.app[STATE]
    counts, oldest = await state.ask(lambda database: (views.tally(database), views.oldest_waiting(database)))
    registry = CollectorRegistry()
    jobs = Gauge("osm2cdr_jobs", "Jobs by state", ["state"], registry=registry)
    for word, number in counts.items():
        jobs.labels(word).set(number)
    Gauge("osm2cdr_queue_age_seconds", "Age of the oldest waiting job", registry=registry).set(
        time.time() - oldest if oldest else 0
    )
    Gauge("osm2cdr_disk_free_bytes", "Room on the disk of the results", registry=registry).set(
        free_bytes(state.settings.data)
    )
    return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
