"""/ws/task/{id}: documented as a stub that closes at once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from aiohttp import WSCloseCode, web


async def close_at_once(request: web.Request) -> web.WebSocketResponse:
    """Accept, and close with 1001 (going away), whoever asks for whatever task."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.close(code=WSCloseCode.GOING_AWAY, message=b"Poll /api/status instead.")
    return socket
