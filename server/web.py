"""One web process: `python -m osm2cdr.server.web FD SIGN`: a listening socket, and a pipe for signs of life."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys

from aiohttp import web

from .api.app import create_app, of_parser
from .api.counts import COUNTS
from .api.state import STATE
from .connection_limit import BATCH, ConnectionLimit, connections_within, raise_limit
from .domain.totals import counted
from .logs import set_up
from .settings import BACKLOG, Settings, from_environment
from .website.routes import add_website
from .workers.confine import die_with_parent

# How long calls may take to end when the process is told to stop, and how long those who have just connected may take
# to say what they want.
_STOP_SECONDS, _LAST_SECONDS = 10.0, 1.0
_SIGN_SECONDS = 1.0


def main(descriptor: int, sign: int) -> None:
    """Serve until told to stop."""
    die_with_parent()
    settings = from_environment()
    set_up(settings.log_level)
    web.RequestHandler.handle_error = of_parser  # type: ignore[assignment, method-assign]
    app = create_app(settings)
    add_website(app)
    asyncio.run(_serve(app, socket.socket(fileno=descriptor), sign, settings))


async def _serve(app: web.Application, listener: socket.socket, sign: int, settings: Settings) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=_STOP_SECONDS, handler_cancellation=False,
        keepalive_timeout=settings.idle_seconds, auto_decompress=False,
    )  # fmt: skip
    await runner.setup()
    assert runner.server is not None
    counts, refused = app[COUNTS], counted("osm2cdr_connections_refused")
    most = connections_within(raise_limit(), settings.connections)
    limit = ConnectionLimit(runner.server, most, lambda: counts.add(refused))
    counts.connections = lambda: limit.count
    loop.set_exception_handler(limit.on_trouble)
    server = await loop.create_server(limit, sock=listener, backlog=BATCH)
    # That was also how many may wait in the kernel, where it costs nothing.
    listener.listen(BACKLOG)
    living = asyncio.create_task(_live(sign))
    await stop.wait()
    # From here on who calls is refused, and whoever was let in is answered, once more and not again.
    app[STATE].is_leaving = True
    server.close()
    await asyncio.sleep(_LAST_SECONDS)
    await runner.cleanup()
    living.cancel()


async def _live(sign: int) -> None:
    """A sign of life to the supervisor, as long as the event loop turns."""
    while True:
        with contextlib.suppress(BlockingIOError):
            os.write(sign, b"!")
        await asyncio.sleep(_SIGN_SECONDS)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
