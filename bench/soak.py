"""An hour of calls to one server: `bench/soak.py SECONDS [qgis]`; exits 1 where memory or descriptors grow to the end.

Jobs are those of the tests' stand-in for QGIS, or with `qgis` real ones, at a pace that leaves room for others.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from scale import Caller, everything, fill

ROWS = 20
# How much more the last quarter may have than the second, in parts of it and in what is less than any sign.
MORE, SLACK = 0.04, 2.0
PAUSE, QGIS_PAUSE = 1.0, 10.0
HEAD = ("minutes", "calls", "95 % within, ms", "web MB", "fds", "threads", "supervisor MB", "fds", "parent MB", "fds",
        "database MB")  # fmt: skip
# Those of HEAD that must not grow.
FLAT = {3: "web MB", 4: "web descriptors", 5: "web threads", 6: "supervisor MB", 7: "supervisor descriptors",
        8: "parent MB", 9: "parent descriptors"}  # fmt: skip


def sizes(pid: int) -> tuple[float, int, int]:
    """Memory of its own in MB, descriptors and threads of a process; pages of files can be read again."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.strip()}
    return int(found["RssAnon"]) / 1024, len(os.listdir(f"/proc/{pid}/fd")), int(found["Threads"])


def processes(supervisor: int) -> tuple[int, int]:
    """The web process and the parent of the jobs."""
    from osm2cdr.server.workers.process_table import children

    found = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children(supervisor)}
    web = next(pid for pid, words in found.items() if b"osm2cdr.server.web" in words)
    parent = next(pid for pid, words in found.items() if b"parent" in words.split(b"\0")[-2] or b".parent" in words)
    return web, parent


class Work(threading.Thread):
    """One client, again and again until it is told to stop."""

    def __init__(self, caller: Caller, number: int, pause: float) -> None:
        super().__init__()
        self.caller, self.number, self.pause = caller, number, pause
        self.stop = threading.Event()
        self.fault: BaseException | None = None

    def run(self) -> None:
        """All calls, then a pause."""
        turn = 0
        try:
            while not self.stop.wait(self.pause):
                turn += 1
                everything(self.caller, self.number * 1000 + turn, f"{30:032x}")
        except BaseException as error:
            self.fault = error


def measure(server: Any, workers: list[Work], seconds: float) -> list[list[float]]:
    """A row for each part of the time, as HEAD names them."""
    pids = processes(server.process.pid)
    begin, rows = time.monotonic(), []
    while len(rows) < ROWS and not any(worker.fault for worker in workers):
        time.sleep(max(0.0, begin + (len(rows) + 1) * seconds / ROWS - time.monotonic()))
        times: list[float] = []
        for worker in workers:
            kept, worker.caller.times = worker.caller.times, {}
            times += [value for values in kept.values() for value in values]
        web, supervisor, parent = sizes(pids[0]), sizes(server.process.pid), sizes(pids[1])
        size = (server.data / "osm2cdr.sqlite").stat().st_size / 2**20
        slow = statistics.quantiles(times, n=20, method="inclusive")[18] * 1e3
        rows.append([(time.monotonic() - begin) / 60, len(times), slow, *web, *supervisor[:2], *parent[:2], size])
        print(line(rows[-1]), flush=True)
    assert processes(server.process.pid) == pids, "a process was started again"
    return rows


def line(row: list[float]) -> str:
    """A row of the table."""
    return f"| {' | '.join(str(value) if isinstance(value, int) else f'{value:.1f}' for value in row)} |"


def grown(rows: list[list[float]]) -> list[str]:
    """What the last quarter has more of than the second, one sentence each."""
    quarter, faults = len(rows) // 4, []
    for place, name in FLAT.items():
        before = statistics.mean(row[place] for row in rows[quarter : 2 * quarter])
        after = statistics.mean(row[place] for row in rows[-quarter:])
        print(f"{name}: {before:.1f} in the second quarter, {after:.1f} in the last")
        if after > before * (1 + MORE) + SLACK:
            faults.append(f"{name} grew from {before:.1f} to {after:.1f}.")
    return faults


def soak(folder: Path, seconds: float, qgis: bool) -> int:
    """The table and what it says; 1 where something grew."""
    from serving import Server, StubServer

    key, _ = fill(folder / "data", 20_000)
    kind = Server if qgis else StubServer
    with kind(folder / "data", WORKERS=2, CACHE="off", LOG="warning") as server:
        # What sleeps goes; what is submitted from here on is worked at.
        server.launcher("accounts", "disable", "2")
        server.change("UPDATE job SET state = 'cancelled', cancel_requested = 1 WHERE state = 'queued'")
        server.change("UPDATE job SET cancel_requested = 1 WHERE state = 'running'")
        pause = QGIS_PAUSE if qgis else PAUSE
        workers = [Work(Caller(server.port, key), number, pause) for number in range(4)]
        print(f"| {' | '.join(HEAD)} |\n|{'---:|' * len(HEAD)}", flush=True)
        for worker in workers:
            worker.start()
        try:
            rows = measure(server, workers, seconds)
        finally:
            for worker in workers:
                worker.stop.set()
            for worker in workers:
                worker.join()
        for worker in workers:
            if worker.fault is not None:
                raise worker.fault
    faults = grown(rows)
    print(" ".join(faults) or "Flat.")
    return 1 if faults else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        sys.exit(soak(Path(place), float(sys.argv[1]), sys.argv[2:] == ["qgis"]))
