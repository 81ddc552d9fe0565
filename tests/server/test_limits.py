"""What a job may take: each limit has its word and its sentence, and costs the jobs beside it nothing."""

import json
import os
import time

import pytest
from process_tree import Tree

from serving import StubServer

# More than any of the good ones needs on a busy machine.
SECONDS = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("limits")
    settings = {"CACHE": "off", "JOB_SECONDS": SECONDS, "JOB_MEMORY_MB": 256, "JOB_FILE_MB": 16, "WORKERS": 4}
    server = StubServer(folder / "data", LOG="warning", **settings)
    with server:
        yield server


def parent(server):
    return Tree(server.process.pid).parents


LIMITS = {
    "eat": "out_of_memory",
    "eat_by_forks": "out_of_memory",
    "eat_at_once": "out_of_memory",
    "throw": "out_of_memory",
    "toil": "timeout",
    "sleep": "timeout",
    "deaf": "timeout",
    "deadlock": "timeout",
    "big": "file_too_large",
}


def test_each_limit_is_told_and_good_jobs_go_on(server):
    key = server.key("pro")
    before = parent(server)
    bad = {server.job(key, name): name for name in LIMITS}
    good = [server.job(key) for _ in range(10)]
    for task, name in bad.items():
        body = server.wait(key, task)
        assert (name, body["status"], body["error_code"]) == (name, "failed", LIMITS[name])
        assert body["error"].count(".") == 1
        assert body["error"].endswith(".")
        assert body["attempt"] == 1
        assert body["files"][0]["error_code"] == LIMITS[name]
    assert {server.wait(key, task)["status"] for task in good} == {"completed"}
    assert parent(server) == before
    # What the request itself is to blame for costs one of the day's.
    assert server.get("/api/me", key)[1]["used_today"] == len(bad) + len(good)


@pytest.mark.parametrize("name", ["segfault", "half"])
def test_a_crash_is_tried_four_times_and_costs_nothing(server, name):
    key = server.key("free")
    formats = ["svg", "png"] if name == "half" else ["svg"]
    task = server.job(key, name, formats=formats)
    deadline = time.monotonic() + 300
    while server.get(f"/api/status/{task}", key)[1]["status"] != "failed":
        # The back-off is another test's.
        server.change("UPDATE job SET run_after = 0 WHERE id = ?", task)
        assert time.monotonic() < deadline
        time.sleep(0.1)
    body = server.wait(key, task)
    assert (body["error_code"], body["attempt"]) == ("worker_lost", 4)
    assert [file["status"] for file in body["files"]] == ["failed"] * len(formats)
    assert server.get("/api/me", key)[1]["used_today"] == 0
    assert server.wait(key, server.job(key))["status"] == "completed"


def test_what_a_job_leaves_behind_ends_with_it(server):
    key = server.key("pro")
    done = server.wait(key, server.job(key, "stray"))
    assert done["status"] == "completed"
    strays = done["files"][0]["warnings"][0].split()
    assert len(strays) == 2
    assert [pid for pid in strays if os.path.exists(f"/proc/{pid}")] == []


def test_a_parent_that_hangs_is_replaced(server):
    """Its jobs do not end with it: they are given back."""
    key = server.key("pro")
    (before,) = parent(server)
    os.kill(before, 19)
    body = server.wait(key, server.job(key))
    assert (body["status"], body["attempt"]) == ("completed", 1)
    assert parent(server) != [before]


def test_files_are_whole(server):
    key = server.key("pro")
    task = server.job(key, formats=["svg", "geojson"])
    for file in server.wait(key, task)["files"]:
        status, _, body = server.call("GET", file["url"])
        assert (status, json.loads(body)["features"][1]) == (200, file["format"])
