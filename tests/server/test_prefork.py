"""Children forked ahead take the next jobs; where they are not there, jobs go on as without them."""

import os
import signal
import time

import pytest

from osm2cdr.server.workers.fork.prefork import MOST
from server_jobs import held, job_processes, name_of, spare_processes, until
from serving import SMALL, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("spare") / "data", ENGINE="fork", CACHE="off", WORKERS=2) as server:
        yield server


def ready_spares(server):
    """The spare children, when all of them have drawn their village and sleep."""
    pids = until(lambda: len(found := spare_processes(server)) == MOST and found, tell=server.log.read_text)

    def used():
        return [open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[11:13] for pid in pids]

    def rest():
        before = used()
        time.sleep(1)
        return ["0", "0"] not in before and used() == before

    until(rest)
    return pids


def drawn(server, **body):
    """How many features the files of a job have, by their formats."""
    key = server.key("enterprise")
    status, _, answer = server.post(key, bbox=SMALL, formats=["geojson", "kml"], **body)
    assert status == 202, answer
    done = server.wait(key, answer["task_id"])
    assert (done["status"], done["error"]) == ("completed", None)
    return {file["format"]: file["features"] for file in done["files"]}


def test_one_takes_the_next_job_and_is_followed_by_another(server):
    pids = ready_spares(server)
    key = server.key()
    status, _, answer = server.post(key, bbox=SMALL, formats=["pdf", "svg", "cdr"], detail_level=5)
    assert status == 202
    with held(server, answer["task_id"]) as job:
        assert job in pids
        assert name_of(job) == "osm2cdr-job"
        assert job_processes(server) == [job]
        # The other one takes the job right behind it.
        first = drawn(server)
    assert server.wait(key, answer["task_id"])["status"] == "completed"
    assert not set(pids) & set(ready_spares(server))
    assert drawn(server) == first, "what it drew before is not in the files"


def test_those_that_were_killed_are_not_missed(server):
    for pid in ready_spares(server):
        os.kill(pid, signal.SIGKILL)
    assert drawn(server)
    assert ready_spares(server)


def test_they_are_not_made_for_ever(server):
    """Where they end by themselves, a few are tried for each job."""
    ready_spares(server)
    tried = set()
    for _ in range(3 * MOST):
        for pid in spare_processes(server):
            tried.add(pid)
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)
    assert len(tried) <= 2 * MOST
    assert not spare_processes(server)
    assert drawn(server)
    assert ready_spares(server)


def test_they_end_with_their_parent(server):
    pids = ready_spares(server)
    server.stop()
    until(lambda: not any(map(name_of, pids)))
    server.start()
    assert drawn(server)
