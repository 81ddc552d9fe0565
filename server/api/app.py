"""The aiohttp application: routes, and what goes round every call."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid
from typing import Any, AsyncIterator

from aiohttp import web

from ..domain.totals import counted, observed
from ..settings import Settings
from ..store.errors import StoreUnavailableError
from .auth import CALLER, HEADER, SCOPE
from .client_address import client_address
from .counts import COUNTS, Counts
from .docs import DOCUMENT
from .errors import TASK, WORD, ApiError, unavailable
from .openapi import document
from .routes import ROUTES, Handler
from .state import STATE, State

LOG = logging.getLogger("osm2cdr.web")
# A polygon of some thousand points fits.
MAX_BODY = 512 * 1024
REQUEST_ID = web.RequestKey("request_id", str)
_SERVER = "osm2cdr"
_METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH")
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After, ETag, Content-Disposition, Content-Length, Location, X-Request-Id",
}
_PREFLIGHT = {
    **_CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        f"{HEADER}, Content-Type, Idempotency-Key, Range, If-Match, If-None-Match, If-Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def create_app(settings: Settings) -> web.Application:
    """The application of one web process."""
    app = web.Application(middlewares=[_around, _errors], client_max_size=MAX_BODY)
    app[STATE] = State(settings)
    app[DOCUMENT] = document
    for route in ROUTES:
        handler = _scoped(route.handler, route.scope)
        app.router.add_route(route.method, route.path, handler)
        if route.method == "GET":
            app.router.add_route("HEAD", route.path, handler)
    app.on_response_prepare.append(_add_headers)
    app[COUNTS] = Counts(app[STATE])
    app.cleanup_ctx.append(_counting)
    return app


def _scoped(handler: Handler, scope: str) -> Handler:
    """It knows what its row asks of a key."""

    async def call(request: web.Request) -> web.StreamResponse:
        request[SCOPE] = scope
        return await handler(request)

    return call


async def _counting(app: web.Application) -> AsyncIterator[None]:
    """What was counted is brought into the database until the end, and then the threads end."""
    task = asyncio.create_task(app[COUNTS].run())
    yield
    task.cancel()
    await task
    await app[COUNTS].flush()
    app[STATE].close()


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    if request.app[STATE].is_leaving:
        response.force_close()
    # Nobody needs to know of which versions.
    response.headers["Server"] = _SERVER
    if REQUEST_ID in request:
        response.headers["X-Request-Id"] = request[REQUEST_ID]
    if _is_api(request):
        for name, value in _CORS.items():
            response.headers.setdefault(name, value)


def _is_api(request: web.Request) -> bool:
    """Whether programs of other origins may read it: the calls, not the pages, and nothing of the operator's."""
    return request.path.startswith("/api/") and not f"{request.path}/".startswith("/api/docs/")


@web.middleware
async def _around(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A number for each call, and a line in the log at its end."""
    given = request.headers.get("X-Request-Id", "")
    request[REQUEST_ID] = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
    start, status = time.perf_counter(), 0
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        caller, took = request.get(CALLER), time.perf_counter() - start
        _count(request, status, took)
        LOG.info(
            "request",
            extra={
                "request_id": request[REQUEST_ID], "method": request.method, "path": request.path[:200],
                "status": status, "ms": round(took * 1000, 1),
                "client": client_address(request, request.app[STATE].settings.proxies),
                "key": caller.prefix if caller else None, **({"task": request[TASK]} if TASK in request else {}),
            },
        )  # fmt: skip


def _count(request: web.Request, status: int, seconds: float) -> None:
    """By the route's pattern: addresses are without number."""
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "other"
    method = request.method if request.method in _METHODS else "other"
    counts = request.app[COUNTS]
    # 0 where the caller has gone before the answer.
    counts.add(counted("osm2cdr_http_requests", method=method, route=route, code=str(status)))
    counts.add(observed("osm2cdr_http_request_seconds", seconds, route=route))


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error leaves as the same JSON; of what nobody foresaw only its number, the rest is in the log."""
    if request.method == "OPTIONS" and _is_api(request):
        # A browser asks before it calls from another origin; no key is needed for asking.
        return web.Response(status=204, headers=_PREFLIGHT)
    try:
        return await handler(request)
    except ApiError as error:
        fault = error
    except web.HTTPException as error:
        if error.status < 400:
            raise
        fault = _of_http(error)
    except ConnectionResetError:
        raise
    except Exception as error:
        if isinstance(error, StoreUnavailableError):
            LOG.warning("database", extra={"request_id": request[REQUEST_ID], "error": str(error)})
            fault = unavailable("storage", "The server cannot read its storage just now.", 5)
        else:
            LOG.exception("unexpected", extra={"request_id": request[REQUEST_ID]})
            fault = _internal()
    body = fault.body(request[REQUEST_ID])
    if request.path.rstrip("/") == "/api/render":
        body["task_id"] = None
    if request.path.startswith("/api/status/"):
        body["status"] = "failed" if fault.status in (401, 403, 404, 410) else request.get(WORD, "processing")
    return web.json_response(body, status=fault.status, headers=fault.headers)


def _internal() -> ApiError:
    return ApiError(500, "internal", "Something went wrong in the server.", "Try again; tell its operator the id.")


def of_parser(
    _protocol: web.RequestHandler, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None,
    message: str | None = None,
) -> web.StreamResponse:  # fmt: skip
    """In place of RequestHandler.handle_error(): what aiohttp refuses before the application sees it, in our shape.

    The address may be unknown, so the body has what both documented loops read.
    """
    number = uuid.uuid4().hex
    if status >= 500:
        LOG.error("protocol", exc_info=exc, extra={"request_id": number})
        fault = _internal()
    else:
        fault = ApiError(status, "bad_http", "The request is not valid HTTP, or its headers are too many or too long.",
                         "Send at most 128 headers of at most 8,190 bytes each.")  # fmt: skip
    body = {**fault.body(number), "task_id": None, "status": "processing"}
    response = web.json_response(body, status=status, headers={"X-Request-Id": number, "Server": _SERVER})
    response.force_close()
    return response


def _of_http(error: web.HTTPException) -> ApiError:
    """aiohttp's own errors in our words."""
    words = {
        404: ("not_found", "There is nothing at this address.", "See /api/docs."),
        405: ("method_not_allowed", "This address does not take that method.", "See /api/docs."),
        413: ("body_too_large", f"The body is larger than {MAX_BODY // 1024} KiB.", "Send a simpler geometry."),
    }
    code, text, hint = words.get(error.status, ("bad_request", "The request is not valid HTTP.", ""))
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    more: dict[str, Any] = {"field": "body", "limit": MAX_BODY} if error.status == 413 else {}
    return ApiError(error.status, code, text, hint, headers=headers, **more)
