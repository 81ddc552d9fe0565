"""Kill -9 of everything that a server is made of, at random, while clients go on: `make chaos`."""

import collections
import contextlib
import json
import os
import queue
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from chaos_visitor import SignedIn
from process_tree import Tree

from chaos_check import ORDER, check
from chaos_start import STEPS
from serving import PYTHON, Server

CLIENTS = 8
# How often each kind of process is killed; the stopped ones are let go on a little later.
KINDS = {"child": 50, "web": 20, "parent": 7, "supervisor": 5, "all": 4, "stopped child": 4, "stopped supervisor": 3}
FORMATS = ("geojson",) * 6 + ("svg", "svg", "kml", "png")
# So many more tasks have ended before the next kill, or so many seconds have passed: the same on a slow machine.
ENDS, SECONDS = (1, 4), 10
# Between the end of a supervisor and the start of the next, as RestartSec= of systemd has it.
RESTART_SECONDS = 0.1
GIVE_UP_SECONDS = 1800


class Chaos:
    """One run: `jobs` exports, each of a box of its own, on a server that is killed all the while."""

    def __init__(self, folder, jobs, seed, **settings):
        self.jobs, self.random = jobs, random.Random(seed)
        self.server = Server(folder / "data", CACHE="off", WEB_PROCESSES=2, WORKERS=2, LOG="warning", **settings)
        self.steps_log = folder / "steps"
        self.server.env["CHAOS_STEPS"] = str(self.steps_log)
        self.todo = queue.SimpleQueue()
        self.accepted, self.faults, self.tries = {}, [], collections.Counter()
        self.kills, self.leased, self.exits = [], 0, collections.Counter()
        self.over, self.ended, self.lock = threading.Event(), 0, threading.Lock()

    def run(self):
        """To the end of every task, then everything is checked; the numbers."""
        try:
            return self._run()
        finally:
            self.over.set()
            if self.server.process.poll() is None:
                self.server.stop(signal.SIGKILL)

    def _run(self):
        start = time.monotonic()
        self._start()
        self._until_answers()
        self.person = SignedIn(self.server, self.tries, self.faults)
        self.key = self.person.key
        numbers = list(range(self.jobs))
        for number in numbers:
            self.todo.put(number)
        clients = [threading.Thread(target=self._client, args=(number,), daemon=True) for number in range(CLIENTS)]
        keeper = threading.Thread(target=self._keep, daemon=True)
        visitor = threading.Thread(target=self.person.watch, args=(self.over,), daemon=True)
        for thread in (*clients, keeper, visitor):
            thread.start()
        while any(thread.is_alive() for thread in clients):
            assert time.monotonic() - start < GIVE_UP_SECONDS, self.server.log.read_text()[-3000:]
            self._wait()
            # At the end those that wait for another attempt are left in peace.
            if not self.todo.empty():
                self._kill(self._next_kind())
        self.over.set()
        keeper.join()
        visitor.join()
        seconds = time.monotonic() - start
        if self.server.process.poll() is not None:
            self._start()
        self._until_answers()
        if not self.person.look():
            self.faults.append("who was signed in is so no more")
        found = check(self.server, self.key, self.accepted)
        found["faults"] = self.faults + found["faults"]
        return {**self._numbers(), **found, "jobs": self.jobs, "seconds": round(seconds, 1)}

    def _start(self):
        """As systemd would; the first ones die at each step of publishing, later ones at some."""
        step = next((step for step in STEPS if step not in self.steps), None)
        if step is None and self.random.random() < 0.15:
            step = self.random.choice(STEPS)
        environment = dict(self.server.env)
        if step:
            environment["CHAOS_DIE"] = f"{step} {self.random.randint(2, 6)}"
        with self.server.log.open("ab") as log:
            self.server.process = subprocess.Popen(
                [PYTHON, "-m", "chaos_start"], env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def _keep(self):
        while not self.over.wait(0.02):
            code = self.server.process.poll()
            if code is not None:
                self.exits[code] += 1
                if not self.over.wait(RESTART_SECONDS):
                    self._start()

    @property
    def steps(self):
        """How often each step was hit."""
        return collections.Counter(self.steps_log.read_text().split() if self.steps_log.exists() else ())

    def _wait(self):
        wanted = self.ended + self.random.randint(*ENDS)
        deadline = time.monotonic() + SECONDS
        while self.ended < min(wanted, self.jobs) and time.monotonic() < deadline:
            time.sleep(0.02)
        # At any moment of what runs then.
        time.sleep(self.random.uniform(0, 0.5))

    def _next_kind(self):
        """Each kind once, in any order, then any as often as `KINDS` says: no run leaves one out by chance."""
        missing = sorted(KINDS.keys() - {kind for kind, _, _ in self.kills})
        if missing:
            return self.random.choice(missing)
        return self.random.choices(list(KINDS), list(KINDS.values()))[0]

    def _kill(self, kind):
        tree = Tree(self.server.process.pid)
        if "child" in kind and not tree.jobs:
            return
        leased = bool(self._running())
        moment, job = time.time(), ""
        if "child" in kind:
            victim = self.random.choice(tree.jobs)
            job = self._job_of(victim)
            if kind == "child":
                self._signal(signal.SIGKILL, victim)
            else:
                self._hold(victim, self.random.uniform(1, 4))
        elif kind == "stopped supervisor":
            self._hold(tree.supervisor, self.random.uniform(1, 4))
        elif kind == "all":
            victims = [tree.supervisor, *tree.parents, *tree.webs, *tree.jobs]
            self.random.shuffle(victims)
            self._signal(signal.SIGKILL, *victims)
        else:
            victims = {"web": tree.webs, "parent": tree.parents, "supervisor": [tree.supervisor]}[kind]
            if not victims:
                return
            self._signal(signal.SIGKILL, self.random.choice(victims))
        self.leased += leased
        self.kills.append((kind, moment, job))

    @staticmethod
    def _signal(number, *pids):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _hold(self, pid, seconds):
        self._signal(signal.SIGSTOP, pid)
        time.sleep(seconds)
        self._signal(signal.SIGCONT, pid)

    @staticmethod
    def _job_of(pid):
        with contextlib.suppress(OSError):
            return Path(os.readlink(f"/proc/{pid}/fd/1")).parent.name[:32]
        return ""

    def _rows(self, sql):
        with contextlib.closing(sqlite3.connect(f"file:{self.server.data}/osm2cdr.sqlite?mode=ro", uri=True)) as db:
            return db.execute(sql).fetchall()

    def _running(self):
        with contextlib.suppress(sqlite3.Error):
            return self._rows("SELECT id FROM job WHERE state = 'running' AND lease_token IS NOT NULL")
        return []

    def _until_answers(self):
        while self.server.get("/readyz")[0] != 200:
            time.sleep(0.1)

    def _client(self, number):
        choose = random.Random(number)
        while True:
            try:
                job = self.todo.get_nowait()
            except queue.Empty:
                return
            try:
                self._follow(*self._submit(job, choose))
            except Exception as error:
                self.faults.append(f"client: {error!r}")
            with self.lock:
                self.ended += 1

    def _post(self, key, **wanted):
        return self.server.post(self.key, {"Idempotency-Key": key}, **wanted)

    def _submit(self, number, choose):
        """Until it is accepted, with the same Idempotency-Key."""
        name, key = choose.choice(FORMATS), uuid.uuid4().hex
        west = 24.9440 + number * 1e-6
        box = {"min_lon": west, "min_lat": 60.1745, "max_lon": west + 0.002, "max_lat": 60.1755}
        while True:
            wanted = {"bbox": box, "formats": [name], "detail_level": 2}
            # Every tenth by the website's page, of the same account.
            by_page = number % 10 == 0
            post = self.person.post if by_page else self._post
            status, _, body = post(key, **wanted)
            self.tries["submit", status] += 1
            if status == 202:
                self.accepted[body["task_id"]] = key
                return body["task_id"], name
            if status and status < 500:
                raise AssertionError(f"submit: {status} {body}")
            time.sleep(choose.uniform(0.05, 0.3))

    def _follow(self, task, name):
        """As a client that knows the status word alone; what it must never see is a fault."""
        before = "queued"
        while before not in ("completed", "failed"):
            time.sleep(0.2)
            status, _, text = self.server.call("GET", f"/api/status/{task}", self.key)
            self.tries["status", status] += 1
            if not status:
                continue
            word = json.loads(text)["status"]
            if status == 200 and ORDER[word] < ORDER[before]:
                self.faults.append(f"{task} went from {before} to {word}")
            if status != 200 and word == "failed":
                self.faults.append(f"{task}: {status} {text}")
            before = word if status == 200 else before

    def _numbers(self):
        claims = collections.defaultdict(list)
        for job, at in self._rows("SELECT job_id, at FROM event WHERE kind = 'claimed' ORDER BY at"):
            claims[job].append(at)
            claims[""].append(at)
        recovery = collections.defaultdict(list)
        for kind, moment, job in self.kills:
            if kind in ("child", "parent", "supervisor", "all"):
                later = next((at for at in claims[job] if at > moment), None)
                if later is not None:
                    recovery[kind].append(later - moment)
        return {
            "kills": dict(collections.Counter(kind for kind, _, _ in self.kills)), "leased": self.leased,
            "steps": dict(self.steps), "exits": dict(self.exits),
            "recovery": {kind: spread(times) for kind, times in recovery.items()},
            "calls": {f"{what} {status or 'no answer'}": count for (what, status), count in self.tries.items()},
        }  # fmt: skip


def spread(times):
    """p50, p95 and the longest, in seconds."""
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
    return [round(value, 2) for value in (statistics.median(times), min(cuts[18], max(times)), max(times))]


def told(found):
    """The numbers as lines of a table."""
    kills = sum(found["kills"].values()) + sum(found["steps"].values())
    rows = [
        ("jobs accepted, each with an Idempotency-Key", found["jobs"]),
        ("ended", ", ".join(f"{count} {state}" for state, count in found["ended"].items())),
        ("kills", f"{kills}: " + ", ".join(f"{count} {kind}" for kind, count in found["kills"].items())),
        ("of those, while a job was leased", f"{found['leased']} + every one at a step of publishing"),
        ("supervisor killed at a step of publishing", ", ".join(f"{n} {step}" for step, n in found["steps"].items())),
        ("attempts at a job", found["attempts"]),
        *(
            (f"seconds from the kill of {kind} to the next claim{' of its job' if kind == 'child' else ''}",
             "p50 {}, p95 {}, longest {}".format(*times))
            for kind, times in found["recovery"].items()
        ),
        ("calls", ", ".join(f"{count} {what}" for what, count in sorted(found["calls"].items()))),
        ("files downloaded, compared by SHA-256 and opened", found["opened"]),
        ("seconds", found["seconds"]),
        ("faults", len(found["faults"])),
    ]  # fmt: skip
    return "\n".join(f"| {name} | {value} |" for name, value in rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="osm2cdr-chaos-", ignore_cleanup_errors=True) as place:
        outcome = Chaos(Path(place), int(sys.argv[1]), int(sys.argv[2]), ENGINE=sys.argv[3]).run()
    sys.stdout.write("\n".join([told(outcome), *outcome["faults"], ""]))
    sys.exit(1 if outcome["faults"] else 0)
