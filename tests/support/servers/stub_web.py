"""A web process of the stub server, osm2cdr.server.web and one address more: /stub/block stops its event loop."""

import asyncio
import os
import sys
import time
from pathlib import Path

from osm2cdr.server import web
from osm2cdr.server.api import app, routes
from osm2cdr.server.workers import landlock


async def block(_request):
    """As a call would that computes where it should wait."""
    while True:
        time.sleep(60)


def main():
    """As `python -m osm2cdr.server.web`."""
    if os.environ.get("OSM2CDR_STUB_OLD_KERNEL"):
        landlock._CREATE = 100_000
    if os.environ.get("OSM2CDR_STUB_TIMES"):
        sys.path.append(str(Path(__file__).resolve().parent))
        import stub_times

        look, live = stub_times.begin(os.environ["OSM2CDR_STUB_TIMES"]), web._live

        async def living(sign):
            await asyncio.gather(live(sign), look())

        web._live = living
    app.ROUTES = (*app.ROUTES, routes.Route("GET", "/stub/block", block, "", hidden=True))
    web.main(*map(int, sys.argv[-2:]))


if __name__ == "__main__":
    main()
