"""The website: many people at the page, each with the calls of a browser, beside two jobs that run all the while.

.ci/bench bench/visitors.py [PEOPLE] [SECONDS]
"""

import asyncio
import json
import re
import statistics
import sys
import time
from dataclasses import dataclass, field

import aiohttp

import server

SAMPLE = "sample"
CORNER = (24.9368, 60.1652, 24.9516, 60.1775)
PEOPLE, SECONDS = 200, 60.0
# Between two things that somebody does, in seconds.
PAUSE = 2.0
_ARRIVALS = 15.0
_FILES = re.compile(r'(?:src|href)="(/static/[^"]+)"')


@dataclass
class Seen:
    """Seconds of each kind of call, and how many answers were of which code."""

    times: dict[str, list[float]] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)

    def add(self, kind: str, seconds: float, code: int) -> None:
        """One more."""
        self.times.setdefault(kind, []).append(seconds)
        self.codes[code] = self.codes.get(code, 0) + 1


class Person:
    """A browser: its cookies, the files that it has already, the proof of its page."""

    def __init__(self, url: str, connector: aiohttp.TCPConnector, seen: Seen, number: int) -> None:
        jar = aiohttp.CookieJar(unsafe=True)
        # The server believes this machine as a proxy: each is at an address of their own.
        headers = {"X-Forwarded-For": f"198.18.{number // 256}.{number % 256}"}
        self.session = aiohttp.ClientSession(
            url, connector=connector, connector_owner=False, cookie_jar=jar, headers=headers
        )
        self.seen, self.number, self.proof, self.kept = seen, number, "", set[str]()

    async def ask(self, kind: str, method: str, path: str, body: object = None) -> str:
        """One call, timed to its last byte."""
        headers = {"X-CSRF-Token": self.proof} if self.proof else {}
        start = time.perf_counter()
        async with self.session.request(method, path, json=body, headers=headers) as answer:
            data = await answer.read()
        self.seen.add(kind, time.perf_counter() - start, answer.status)
        return data.decode("utf-8", "replace")

    async def page(self, path: str) -> None:
        """A page, and what the browser has not of it."""
        text = await self.ask(path.split("?")[0], "GET", path)
        found = re.search(r'name="csrf" content="(\w+)"', text)
        self.proof = found[1] if found else ""
        for name in _FILES.findall(text):
            # The pictures of styles come as they are scrolled to.
            if name not in self.kept and not name.endswith(".webp"):
                self.kept.add(name)
                await self.ask("files", "GET", name)

    async def live(self, end: float) -> None:
        """Comes, moves the box about, looks for a place, changes formats, goes to the account, comes again."""
        # They come one after the other.
        await asyncio.sleep(_ARRIVALS * (self.number % PEOPLE) / PEOPLE)
        west, south, east, north = CORNER
        while time.perf_counter() < end:
            await self.page("/export")
            found = json.loads(await self.ask("map", "GET", "/site/map/default")).get("map")
            if found and found not in self.kept:
                self.kept.add(found)
                await self.ask("files", "GET", f"/site/maps/{found}/style.json")
            for step in range(4):
                await asyncio.sleep(PAUSE)
                inner = {"min_lon": west + step * 1e-4, "min_lat": south, "max_lon": east, "max_lat": north}
                body = {"bbox": inner, "formats": ["svg", "pdf"][: 1 + step % 2]}
                await self.ask("estimate", "POST", "/site/estimate", body)
            await self.ask("places", "GET", "/site/places?q=man")
            await asyncio.sleep(PAUSE)
            await self.page("/account/sign-in")
            await asyncio.sleep(PAUSE)
        await self.session.close()


async def visits(url: str, people: int, seconds: float) -> Seen:
    """All of them."""
    seen, end = Seen(), time.perf_counter() + seconds
    connector = aiohttp.TCPConnector(limit=0)
    await asyncio.gather(*(Person(url, connector, seen, number).live(end) for number in range(people)))
    await connector.close()
    return seen


def main(people: int, seconds: float) -> None:
    """Print a table."""
    more = {"OSM2CDR_GUESTS": "free", "OSM2CDR_TRUSTED_PROXIES": "127.0.0.1", "OSM2CDR_WORKERS": "2"}
    with server.running(SAMPLE, **more) as one:
        west, south, east, north = CORNER
        tasks = [one.submit(f"{west + n * 1e-5},{south},{east},{north}", "pdf", 5) for n in range(200)]
        time.sleep(3)
        seen = asyncio.run(visits(one.url, people, seconds))
        states = [one.call(f"/api/status/{task}")["status"] for task in tasks]
    print(
        f"{people} people, {seconds:.0f} s; jobs: {states.count('completed')} completed, "
        f"{states.count('processing')} run"
    )
    print(json.dumps(seen.codes))
    everything = [value for values in seen.times.values() for value in values]
    for kind, values in [*sorted(seen.times.items()), ("all", everything)]:
        cuts = statistics.quantiles(values, n=100)
        print(f"| {kind} | {len(values):,} | {cuts[49] * 1000:.0f} | {cuts[94] * 1000:.0f} | {cuts[98] * 1000:.0f} |")


if __name__ == "__main__":
    given = [*sys.argv[1:], *[str(PEOPLE), str(SECONDS)][len(sys.argv) - 1 :]]
    main(int(given[0]), float(given[1]))
