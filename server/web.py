"""One web process: `python -m osm2cdr.server.web FD`, on a listening socket that the supervisor holds."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import socket
import sys

from aiohttp import web

from .api.app import create_app, of_parser
from .engine.confine import die_with_parent
from .logs import set_up
from .settings import from_environment

# How long calls may take to end when the process is told to stop.
_STOP_SECONDS = 10.0


def main(descriptor: int) -> None:
    """Serve until told to stop."""
    die_with_parent()
    settings = from_environment()
    set_up(settings.log_level)
    listener = socket.socket(fileno=descriptor)
    web.RequestHandler.handle_error = of_parser  # type: ignore[assignment, method-assign]
    web.run_app(
        create_app(settings), sock=listener, print=None, access_log=None, shutdown_timeout=_STOP_SECONDS,
        handler_cancellation=False, keepalive_timeout=settings.idle_seconds, auto_decompress=False,
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
