"""The server: a small job by it, by the bare warm algorithm and by a cold qgis_process; and many clients that poll."""

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
FORMATS = ("geojson", "svg", "pdf", "png")
ROUNDS = 5
CLIENTS, EVERY, SECONDS = 400, 2.0, 30.0


class Running:
    """A server of its own on a folder of its own."""

    def __init__(self, folder: Path, source: str, **settings: str) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "build" / "plugins"), "OSM2CDR_DATA": str(folder),
            "OSM2CDR_PORT": str(port), "OSM2CDR_SOURCE": source, "OSM2CDR_CACHE": "off", "OSM2CDR_LOG": "warning",
            **settings,
        }  # fmt: skip
        self.process = subprocess.Popen([PYTHON, "-m", "osm2cdr.server"], env=self.environment)
        while not self._ready():
            time.sleep(0.1)
        launcher = [str(ROOT / "bin" / "osm2cdr"), "keys", "create", "--tier", "enterprise"]
        done = subprocess.run(launcher, env=self.environment, capture_output=True, text=True, check=True)
        self.key = done.stdout.split()[-1]

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def call(self, path: str, body: Any = None) -> Any:
        """JSON of an answer."""
        headers = {"X-API-Key": self.key, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=60) as answer:
            return json.load(answer)

    def submit(self, box: str, name: str, detail: int = 3) -> str:
        """The id of a new task."""
        sides = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), map(float, box.split(","))))
        return str(self.call("/api/render", {"bbox": sides, "formats": [name], "detail_level": detail})["task_id"])

    def seconds(self, box: str, name: str) -> float:
        """From POST to completed."""
        start = time.perf_counter()
        task = self.submit(box, name)
        while self.call(f"/api/status/{task}")["status"] != "completed":
            time.sleep(0.005)
        return time.perf_counter() - start


@contextmanager
def running(source: str, **settings: str) -> Iterator[Running]:
    """A server until the end of the block; `settings` are more of its environment."""
    with tempfile.TemporaryDirectory() as folder:
        server = Running(Path(folder) / "data", source, **settings)
        try:
            yield server
        finally:
            server.process.send_signal(signal.SIGINT)
            server.process.wait()


def cold(source: str, box: str, name: str) -> float:
    """A qgis_process from its start to its end."""
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.request_argument import ALGORITHM, export_parameters
    from osm2cdr.processing_provider.tools import child_environment, qgis_process

    request = make_request({"bbox": box, "formats": name, "detail": 3, "source": source})
    with tempfile.TemporaryDirectory() as folder:
        parameters = {**export_parameters(request), "OUTPUT_FOLDER": f"{folder}/files"}
        arguments = [f"--{key}={value}" for key, value in parameters.items()]
        environment = child_environment(ROOT, Path(folder))
        start = time.perf_counter()
        subprocess.run(
            [str(qgis_process()), "run", ALGORITHM, *arguments], env=environment, check=True, capture_output=True
        )
        return time.perf_counter() - start


def small_jobs(source: str, box: str) -> str:
    """A row for each format, by turns."""
    command = [PYTHON, str(ROOT / "bench" / "warm_runner.py"), source, box]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PROJ_DATA": "/usr/share/proj"}
    rows = []
    with running(source) as server, subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as warm:  # fmt: skip
        assert warm.stdin is not None
        assert warm.stdout is not None
        warm.stdout.readline()
        for name in FORMATS:
            times: dict[str, list[float]] = {"warm": [], "server": [], "next": [], "cold": []}
            for number in range(ROUNDS + 1):
                print(name, file=warm.stdin, flush=True)
                took = {"warm": float(warm.stdout.readline()), "server": server.seconds(box, name)}
                took["next"] = server.seconds(box, name)
                # Meanwhile the server has a child ready again.
                took["cold"] = cold(source, box, name)
                for way in times:
                    # The first round makes all of them warm.
                    times[way] += [took[way]] if number else []
            middle = {way: statistics.median(values) for way, values in times.items()}
            rows.append(
                f"| {name} | {middle['warm']:.2f} | {middle['server']:.2f} | {middle['server'] / middle['warm']:.2f} | "
                f"{middle['next']:.2f} | {middle['cold']:.2f} | {middle['cold'] / middle['server']:.1f} |"
            )
        warm.stdin.close()
    head = (
        "| format | warm algorithm, s | POST to completed, s | ratio | the next at once, s | "
        "cold qgis_process, s | of the server's |"
    )
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|", *rows])


async def _poll(server: Running, tasks: list[str]) -> tuple[list[float], dict[int, int]]:
    import aiohttp

    times: list[float] = []
    codes: dict[int, int] = {}
    end = time.perf_counter() + SECONDS

    async def client(session: aiohttp.ClientSession, number: int) -> None:
        await asyncio.sleep(EVERY * number / CLIENTS)
        while time.perf_counter() < end:
            start = time.perf_counter()
            async with session.get(f"{server.url}/api/status/{tasks[number % len(tasks)]}") as answer:
                await answer.read()
                codes[answer.status] = codes.get(answer.status, 0) + 1
            times.append(time.perf_counter() - start)
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - start)))

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(headers={"X-API-Key": server.key}, connector=connector) as session:
        await asyncio.gather(*(client(session, number) for number in range(CLIENTS)))
    return times, codes


def polling(source: str, box: str) -> str:
    """Many clients beside two jobs that run all the while."""
    with running(source) as server:
        west, south, east, north = map(float, box.split(","))
        # Each a little smaller than the one before, more of them than are done in the time.
        tasks = [server.submit(f"{west + n * 1e-5},{south},{east},{north}", "pdf", 5) for n in range(120)]
        time.sleep(3)
        times, codes = asyncio.run(_poll(server, tasks))
        states = [server.call(f"/api/status/{task}")["status"] for task in tasks]
    cuts = statistics.quantiles(times, n=100)
    done, left = states.count("completed"), states.count("queued") + states.count("processing")
    told = ", ".join(f"{count:,} x {code}" for code, count in sorted(codes.items()))
    return (
        f"{CLIENTS} clients, a poll every {EVERY:.0f} s each for {SECONDS:.0f} s, beside two running jobs ({done} "
        f"ended meanwhile, {left} were left): {told}; half of the answers came within "
        f"{cuts[49] * 1000:.0f} ms, 95 % within {cuts[94] * 1000:.0f} ms, 99 % within {cuts[98] * 1000:.0f} ms."
    )


def report(source: str, box: str) -> tuple[str, str]:
    """The table of the small jobs, and the sentence on polling."""
    return small_jobs(source, box), polling(source, box)
