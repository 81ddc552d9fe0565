"""A child forked ahead takes the next job; where it is not there, jobs go on as without it."""

import os
import signal
import time

import pytest

from server_jobs import held, job_processes, name_of, spare_process, until
from serving import SMALL, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("spare") / "data", ENGINE="fork", CACHE="off", WORKERS=2) as server:
        yield server


def ready_spare(server):
    """The spare child, when it has drawn its village and sleeps."""
    pid = until(lambda: spare_process(server), tell=server.log.read_text)

    def used():
        return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[11:13]

    def rests():
        before = used()
        time.sleep(1)
        return before != ["0", "0"] and used() == before

    until(rests)
    return pid


def drawn(server, **body):
    """How many features the files of a job have, by their formats."""
    key = server.key("enterprise")
    status, _, answer = server.post(key, bbox=SMALL, formats=["geojson", "kml"], **body)
    assert status == 202, answer
    done = server.wait(key, answer["task_id"])
    assert (done["status"], done["error"]) == ("completed", None)
    return {file["format"]: file["features"] for file in done["files"]}


def test_it_takes_the_next_job_and_is_followed_by_another(server):
    pid = ready_spare(server)
    key = server.key()
    status, _, answer = server.post(key, bbox=SMALL, formats=["pdf", "svg", "cdr"], detail_level=5)
    assert status == 202
    with held(server, answer["task_id"]) as job:
        assert job == pid
        assert name_of(job) == "osm2cdr-job"
        assert job_processes(server) == [job]
        assert spare_process(server) == 0, "none is made while a job runs"
        # A second job has a child of its own, forked for it.
        first = drawn(server)
    assert server.wait(key, answer["task_id"])["status"] == "completed"
    assert ready_spare(server) != pid
    assert drawn(server) == first, "what it drew before is not in the files"


def test_one_that_was_killed_is_not_missed(server):
    os.kill(ready_spare(server), signal.SIGKILL)
    until(lambda: not spare_process(server))
    assert drawn(server)
    assert ready_spare(server)


def test_it_ends_with_its_parent(server):
    pid = ready_spare(server)
    server.stop()
    until(lambda: not name_of(pid))
    server.start()
    assert drawn(server)
