"""Each implementation of the store, and the few things that a supervisor does: these tests know the interface alone."""

import contextlib

import pytest

from osm2cdr.server.domain.jobs import Finished, Submission
from osm2cdr.server.settings import Settings
from osm2cdr.server.store.opening import open_store

NOW = 1_800_000_000.0
# Another one comes in here, by a function that makes an empty store in a folder.
IMPLEMENTATIONS = {"embedded": lambda folder: open_store(Settings(data=folder / "data"))}


class Bench:
    """A store with one connection, and short words for what tests do with it."""

    def __init__(self, store, rows):
        self.store, self.rows = store, rows

    def account(self, tier="pro", **more):
        """A new caller."""
        return self.rows.keys.caller(self.rows.keys.create(NOW, tier, **more), NOW)

    def wanted(self, formats=("svg",), memory=300, spec_hash="-", **more):
        spec = {"parameters": {}, "formats": list(formats), "name": "map"}
        return Submission(spec, spec_hash, tuple(formats), 1.0, memory, **more)

    def submit(self, caller, now=NOW, memory=300, formats=("svg",), cached=(), most=10**6, **more):
        return self.rows.jobs.submit(caller, self.wanted(formats, memory, **more), most, now, cached).id

    def claim(self, now=NOW, left=1 << 40, cache=None):
        return self.rows.queue.claim(left, cache, now)

    def done(self, claimed, now=NOW, sha256="0" * 64, formats=("svg",)):
        files = [Finished(name, sha256, name, 1, 1, ["A warning."], {"in_tables": 1}) for name in formats]
        return self.rows.outcomes.finish(claimed, files, {}, now)

    def job(self, job):
        return self.rows.views.find(job)

    def events(self, job):
        return [event.kind for event in self.rows.views.events(job)]


@pytest.fixture(params=IMPLEMENTATIONS)
def opened(request, tmp_path):
    """The same store once more, as another process has it."""
    return lambda: IMPLEMENTATIONS[request.param](tmp_path)


@pytest.fixture
def store(opened):
    """An empty one."""
    made = opened()
    made.prepare()
    return made


@pytest.fixture
def bench(store):
    with contextlib.closing(store.connect(durable=False)) as rows:
        yield Bench(store, rows)
