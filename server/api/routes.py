"""The table of what the server answers: method, path, handler, and what the documentation says of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Awaitable, Callable, Mapping

from aiohttp import web

from . import answers, docs, download, estimate, health, render, socket, status, tables, tasks
from .answers import Error
from .schemas import RenderRequest

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Parameter:
    """One of the query or the headers; those of the path are known by their names."""

    name: str
    text: str
    schema: Mapping[str, Any]
    place: str = "query"


@dataclass(frozen=True)
class Route:
    """One row.

    `answers` are what success looks like by its code: a model, a media type, or None for no body; `errors` the codes
    that it may end with, but for 500 that every call may; `error` their shape. `links` say where an answer leads: its
    code, the name of another route, and the parameters of that one by runtime expressions. `open` where no key is
    needed; `signed` where a signed link does too; what is `hidden` is not documented.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    text: str = ""
    answers: Mapping[int, Any] = field(default_factory=dict)
    errors: tuple[int, ...] = ()
    error: type[Error] = Error
    body: Any = None
    parameters: tuple[Parameter, ...] = ()
    links: tuple[tuple[int, str, Mapping[str, str]], ...] = ()
    group: str = "Tasks"
    open: bool = False
    signed: bool = False
    hidden: bool = False

    @property
    def name(self) -> str:
        """What programs call it; no two have the same."""
        return self.handler.__name__


_IF_NONE_MATCH = Parameter("If-None-Match", "An ETag: 304 where nothing changed.", {"type": "string"}, "header")
_SUBMIT = Parameter(
    "Idempotency-Key", "The same key with the same request makes one task, however often it is sent.",
    {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"}, "header",
)  # fmt: skip
_DOWNLOAD = (
    Parameter("expires", "Of a signed link.", {"type": "string"}),
    Parameter("signature", "Of a signed link.", {"type": "string"}),
    Parameter("Range", "One range of bytes.", {"type": "string", "examples": ["bytes=0-1023"]}, "header"),
    Parameter("If-Range", "The range only of this ETag, else all.", {"type": "string"}, "header"),
    Parameter("If-Match", "An ETag: 412 where the file is another one.", {"type": "string"}, "header"),
    _IF_NONE_MATCH,
)
_PAGE = (
    Parameter("limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": tasks.MOST, "default": 50}),
    Parameter("before", "The `next` of the page before.", {"type": "string", "pattern": "^[0-9a-f]{32}$"}),
    Parameter("state", "Those in this state alone.", {"enum": list(status.WORDS)}),
)
_BODY = (400, 401, 408, 413, 415, 429, 503)
_ETAG = (_IF_NONE_MATCH,)
_TASK = {"id": "$response.body#/task_id"}
_FILE = {**_TASK, "format": "$response.body#/files/0/format"}
_OUR = "Server"
_TABLES = "Formats, styles, layers"

ROUTES = (
    Route("POST", "/api/render", render.submit, "Create a task",
          "Answers at once; ask /api/status until the task is completed or failed. Only an accepted task counts "
          "against the day's quota.", {202: answers.Task}, (402, 409, *_BODY), answers.RenderError, RenderRequest,
          (_SUBMIT,), ((202, "status", _TASK), (202, "cancel", _TASK),
                       (202, "download", {**_TASK, "format": "$request.body#/formats/0"}))),
    Route("POST", "/api/estimate", estimate.estimate, "What a task would take",
          "The same body as for /api/render; makes nothing and counts against nothing.", {200: estimate.Estimate},
          _BODY, body=RenderRequest),
    Route("GET", "/api/status/{id}", status.status, "How a task is",
          "Every answer carries the task's true status word, errors too.", {200: answers.Status},
          (401, 404, 410, 429, 503), answers.StatusError,
          links=((200, "download", _FILE), (200, "cancel", _TASK))),
    Route("GET", "/api/download/{id}/{format}", download.download, "Download a result",
          "With your key, or by the signed link in `files[].url` of the status, which needs none.",
          {200: "*/*", 206: "*/*", 304: None}, (401, 404, 409, 410, 412, 416, 503), parameters=_DOWNLOAD, signed=True),
    Route("GET", "/api/download/{id}", download.without_format, "The format is required", open=True, hidden=True),
    Route("GET", "/ws/task/{id}", socket.close_at_once, "Closes at once with 1001; poll instead", open=True,
          hidden=True),
    Route("GET", "/api/tasks", tasks.listing, "Your tasks, the newest first", "", {200: answers.Tasks},
          (400, 401, 429, 503), parameters=_PAGE,
          links=((200, "listing", {"before": "$response.body#/next"}),
                 (200, "status", {"id": "$response.body#/tasks/0/task_id"}))),
    Route("DELETE", "/api/tasks/{id}", tasks.cancel, "Cancel a task, or delete its results",
          "202 where it runs and is being stopped.", {200: answers.Cancelled, 202: answers.Cancelled},
          (401, 404, 429, 503), links=((200, "status", _TASK), (202, "status", _TASK))),
    Route("GET", "/api/formats", tables.formats, "The formats, and what this server writes", "",
          {200: answers.Formats, 304: None}, parameters=_ETAG, group=_TABLES, open=True),
    Route("GET", "/api/styles", tables.styles, "The map styles", "", {200: answers.Styles, 304: None},
          parameters=_ETAG, group=_TABLES, open=True),
    Route("GET", "/api/layers", tables.layers, "The groups of layers", "", {200: answers.Layers, 304: None},
          parameters=_ETAG, group=_TABLES, open=True),
    Route("GET", "/api/me", tables.me, "Your tier and what is used of it", "", {200: answers.Me}, (401, 429, 503),
          group="You"),
    Route("GET", "/api/openapi.json", docs.openapi, "This document", "", {200: "application/json", 304: None},
          parameters=_ETAG, group=_OUR, open=True),
    Route("GET", "/api/docs", docs.page, "The page to read and try it", open=True, hidden=True),
    Route("GET", "/api/docs/{name}", docs.asset, "What that page loads", open=True, hidden=True),
    Route("GET", "/healthz", health.healthz, "The process lives", "", {200: answers.Health}, group=_OUR, open=True),
    Route("GET", "/readyz", health.readyz, "The server can work", "", {200: answers.Ready, 503: answers.Ready},
          group=_OUR, open=True),
    Route("GET", "/metrics", health.metrics, "Numbers for Prometheus", "", {200: "text/plain"}, (503,), group=_OUR,
          open=True),
)  # fmt: skip
