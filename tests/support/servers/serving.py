"""A server of its own for a test: started, called, killed, started again."""

import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

import contract
from areas import ROOT, SAMPLE, TESTS
from ports import free_port

# What the processes of a test import: the stand-in for QGIS, and who kills.
HELPERS = (TESTS / "support", TESTS / "support" / "servers", TESTS / "chaos")
PYTHON = ROOT / ".venv" / "bin" / "python"
BOX = {"min_lon": 24.9368, "min_lat": 60.1652, "max_lon": 24.9516, "max_lat": 60.1775}
SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
# For tests that go through engines; the others take the first.
ENGINES = os.environ.get("OSM2CDR_TEST_ENGINES", "fork").split(",")


class Server:
    """`data` is its folder, `within` what stands before its commands; `env` are settings without their OSM2CDR_."""

    module = "osm2cdr.server"

    def __init__(self, data, source=SAMPLE, within=(), **env):
        self.data = data
        self.within = list(within)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        settings = {"DATA": data, "PORT": self.port, "SOURCE": source, "ENGINE": ENGINES[0], "MIN_FREE_MB": 0}
        settings.update({"STORE": "off", **env})
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("OSM2CDR_")}
        self.env.update({f"OSM2CDR_{name}": str(value) for name, value in settings.items()})
        self.env["PYTHONSAFEPATH"] = "1"
        self.env["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT / "build" / "plugins", *HELPERS)))
        self.command = [PYTHON, "-m", self.module]
        self.process = None

    def start(self, ready=True):
        """Start it, and wait until it works at tasks."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.within, *self.command], env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 300
        while ready and self.get("/readyz", key=None)[0] != 200:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.1)
        return self

    def stop(self, number=signal.SIGINT, seconds=120):
        """Stop it by a signal; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop(signal.SIGKILL if self.process.poll() is None else signal.SIGINT)

    def key(self, tier="enterprise", *more):
        """A new key of a tier."""
        done = self.launcher("keys", "create", "--tier", tier, *more)
        return done.stdout.splitlines()[-1]

    def launcher(self, *arguments):
        """bin/osm2cdr on this server's folder."""
        return subprocess.run(
            [*self.within, ROOT / "bin" / "osm2cdr", *arguments], env=self.env, capture_output=True, text=True,
            check=True,
        )  # fmt: skip

    def call(self, method, path, key=None, data=None, headers=None):
        """(status, headers, bytes), as documented; status 0 where nobody answers."""
        url = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(url, data, dict(headers or {}), method=method)
        if key:
            request.add_header("X-API-Key", key)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                answered = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            answered = error.code, error.headers, error.read()
        except (OSError, http.client.HTTPException):
            return 0, {}, b""
        contract.check(method, url, *answered)
        return answered

    def get(self, path, key=None, **headers):
        """(status, JSON)."""
        status, _, body = self.call("GET", path, key, headers=headers)
        return status, json.loads(body) if body else None

    def post(self, key, headers=None, **fields):
        """POST /api/render of the small box as SVG, or of other fields: (status, headers, JSON)."""
        body = {"bbox": SMALL, "formats": ["svg"], **fields}
        body = {name: value for name, value in body.items() if value is not None}
        headers = {"Content-Type": "application/json", **(headers or {})}
        status, answered, text = self.call("POST", "/api/render", key, json.dumps(body).encode(), headers)
        return status, answered, json.loads(text) if text else None

    def change(self, sql, *values):
        """Change a row of its database behind its back."""
        with contextlib.closing(sqlite3.connect(self.data / "osm2cdr.sqlite", timeout=120)) as database, database:
            database.execute(sql, values)

    def rows(self, sql, *values):
        """What its database has."""
        with contextlib.closing(sqlite3.connect(self.data / "osm2cdr.sqlite", timeout=120)) as database:
            return database.execute(sql, values).fetchall()

    def wait(self, key, task, seconds=600):
        """The status at the task's end."""
        deadline = time.monotonic() + seconds
        while True:
            status, body = self.get(f"/api/status/{task}", key)
            if status == 200 and body["status"] in ("completed", "failed"):
                return body
            assert time.monotonic() < deadline, (status, body, self.log.read_text()[-2000:])
            time.sleep(0.1)


class StubServer(Server):
    """Without QGIS: for what is told of jobs, not of maps."""

    module = "stub_start"

    def job(self, key, name="good", **fields):
        """The task of a job that does what its name says, see stub_start."""
        status, _, body = self.post(key, config={"name": name}, **fields)
        assert status == 202, body
        return body["task_id"]
