"""Errors of the API: one JSON shape for all of them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from typing import Any

from aiohttp import web

# The status word of the task that a call asks for, as soon as it is known.
WORD = web.RequestKey("word", str)
# The task that a call made.
TASK = web.RequestKey("task", str)


class ApiError(Exception):
    """An answer that is no success.

    `code` is for programs, `text` one sentence for people, `hint` what to do; `field` names what of the request is at
    fault, `extra` adds members (a limit, when it is reset); `retry_after` is in seconds.
    """

    def __init__(
        self, status: int, code: str, text: str, hint: str = "", field: str = "", retry_after: float | None = None,
        headers: dict[str, str] | None = None, **extra: Any,
    ) -> None:  # fmt: skip
        super().__init__(text)
        self.status, self.code, self.text, self.hint, self.field = status, code, text, hint, field
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, math.ceil(retry_after)))
        self.extra = extra

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON object: error, code, hint, request_id, field and limit where there is one."""
        words: dict[str, Any] = {"error": self.text, "code": self.code, "hint": self.hint or "See /api/docs."}
        if self.field:
            words["field"] = self.field
        return {**words, **self.extra, "request_id": request_id}


def unauthorized() -> ApiError:
    """The same answer for a key that is missing, malformed, unknown or revoked."""
    return ApiError(
        401, "bad_key", "The API key is missing or not valid.",
        "Send your key in the header X-API-Key.", "X-API-Key", headers={"WWW-Authenticate": 'ApiKey realm="osm2cdr"'},
    )  # fmt: skip


def no_task() -> ApiError:
    """For a task that is not there and for one of somebody else's."""
    return ApiError(404, "no_task", "There is no such task.", "Use the task_id that /api/render answered.",
                    "task_id")  # fmt: skip


def unavailable(code: str, text: str, retry_after: float) -> ApiError:
    """The server cannot do it just now."""
    return ApiError(503, code, text, f"Try again in {math.ceil(retry_after)} seconds.", retry_after=retry_after)
