"""The body of a call: JSON as RFC 8259 has it, and nothing that two readers could understand in two ways."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import math
from typing import Any

from aiohttp import web

from ...processing_provider.text.phrases import quoted
from .errors import ApiError
from .state import STATE

# Nesting that no request needs, and digits that no number of one has.
_MAX_DEPTH, _MAX_DIGITS = 32, 40
_HINT = "Send a JSON object in UTF-8, as in the examples of /api/docs."


class _BadJsonError(Exception):
    """Why a body is refused: code and sentence."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


async def json_body(request: web.Request) -> Any:
    """What the call's body holds; 400, 408, 413 or 415 where it cannot be taken."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise ApiError(415, "bad_encoding", f"The body is packed with {quoted(coding)}; this server unpacks nothing.",
                       "Send it plain, without Content-Encoding.", "Content-Encoding",
                       headers={"Accept-Encoding": "identity"})  # fmt: skip
    kind = request.content_type.lower()
    if "Content-Type" in request.headers and kind != "application/json" and not kind.endswith("+json"):
        raise ApiError(415, "bad_content_type", f"The body is called {quoted(kind)}; it must be application/json.",
                       "Send the header Content-Type: application/json.", "Content-Type")  # fmt: skip
    try:
        body = await asyncio.wait_for(request.read(), request.app[STATE].settings.idle_seconds)
    except asyncio.TimeoutError as error:
        raise ApiError(408, "slow_body", "The body did not come in time.", "Send it at once.", "body") from error
    return await asyncio.to_thread(read_json, body)


def read_json(body: bytes) -> Any:
    """What a body holds; 400 that says why it cannot be understood."""
    try:
        data = json.loads(
            body.decode("utf-8"), parse_constant=_refuse_constant, parse_int=_whole, parse_float=_decimal,
            object_pairs_hook=_members,
        )  # fmt: skip
        _check_depth(data)
        # A lone surrogate is no character: no file and no database takes it.
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except _BadJsonError as error:
        raise ApiError(400, error.code, error.text, _HINT, "body") from error
    except UnicodeDecodeError as error:
        raise ApiError(400, "bad_json", f"The body is not UTF-8 (byte {error.start}).", _HINT, "body") from error
    except UnicodeEncodeError as error:
        raise ApiError(400, "bad_text", "A text of the body holds half a surrogate pair.",
                       "Write characters as such, or as both halves of a pair.", "body") from error  # fmt: skip
    except RecursionError as error:
        raise ApiError(400, "bad_json", "The body is nested too deeply.", _HINT, "body") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        text = f"The body is not valid JSON ({where})." if body.strip() else "The body is empty."
        raise ApiError(400, "bad_json", text, _HINT, "body") from error
    return data


def _refuse_constant(word: str) -> Any:
    raise _BadJsonError("bad_number", f"{word} is no number of JSON.")


def _whole(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise _BadJsonError("bad_number", f"The number {quoted(text, 20)} has {len(text)} digits.")
    return int(text)


def _decimal(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _BadJsonError("bad_number", f"The number {quoted(text, 20)} is too large.")
    return number


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's members; RFC 8259 leaves open which of two with one name counts."""
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadJsonError("duplicate_field", f"The field {quoted(twice)} is given twice.")
    return members


def _check_depth(data: Any) -> None:
    level = [data]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise _BadJsonError("bad_json", "The body is nested too deeply.")
