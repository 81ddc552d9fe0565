"""The table of what the server answers: method, path, handler, and a sentence for the documentation."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Awaitable, Callable

from aiohttp import web

from . import download, health, render, socket, status, tables, tasks

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Route:
    """One row. `open` where no key is needed."""

    method: str
    path: str
    handler: Handler
    summary: str
    open: bool = False


ROUTES = (
    Route("POST", "/api/render", render.submit, "Create a task"),
    Route("GET", "/api/status/{id}", status.status, "How a task is"),
    Route("GET", "/api/download/{id}/{format}", download.download, "Download a result"),
    Route("GET", "/api/download/{id}", download.without_format, "The format is required", True),
    Route("GET", "/ws/task/{id}", socket.close_at_once, "Closes at once with 1001; poll instead", True),
    Route("GET", "/api/tasks", tasks.listing, "Your tasks, the newest first"),
    Route("DELETE", "/api/tasks/{id}", tasks.cancel, "Cancel a task, or delete its results"),
    Route("GET", "/api/formats", tables.formats, "The formats, and what this server writes", True),
    Route("GET", "/api/styles", tables.styles, "The map styles", True),
    Route("GET", "/api/layers", tables.layers, "The groups of layers", True),
    Route("GET", "/api/me", tables.me, "Your tier and what is used of it"),
    Route("GET", "/healthz", health.healthz, "The process lives", True),
    Route("GET", "/readyz", health.readyz, "The server can work", True),
    Route("GET", "/metrics", health.metrics, "Numbers for Prometheus", True),
)
