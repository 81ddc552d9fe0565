"""Who gets how much, and when: the day's quota, the order of the queue, and what pollers see meanwhile."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from process_tree import Tree

from chaos_check import ORDER
from serving import StubServer

MANY = 2000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fairness") / "data"
    with StubServer(folder, CACHE="off", WEB_PROCESSES=4, WORKERS=4, LOG="warning") as server:
        yield server


def rows(server, sql, *values):
    with contextlib.closing(sqlite3.connect(server.data / "osm2cdr.sqlite", timeout=120)) as database:
        return database.execute(sql, values).fetchall()


def queue(server, key, count, name="good"):
    """So many jobs at once, as /api/render would put them in; their ids."""
    from osm2cdr.server.domain.jobs import Submission
    from osm2cdr.server.settings import Settings
    from osm2cdr.server.store.opening import open_store

    with contextlib.closing(open_store(Settings(data=server.data)).connect(durable=False)) as kept:
        caller = kept.keys.caller(key, time.time())
        spec = {"parameters": {"NAME": name, "FORMATS": "geojson"}, "formats": ["geojson"], "name": name}
        made = []
        for _ in range(count):
            wanted = Submission(spec, uuid.uuid4().hex, ("geojson",), 1.0, 300)
            made.append(kept.jobs.submit(caller, wanted, 10**6, time.time()).id)
        return made


def until(condition, seconds=600):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_two_hundred_at_once_get_ten(server):
    key = server.key("free")
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: server.post(key), range(200)))
    assert sorted(answer[0] for answer in answers) == [202] * 10 + [402] * 190
    for status, headers, body in answers:
        if status == 402:
            assert (body["code"], body["task_id"], body["limit"]) == ("quota_used_up", None, 10)
            assert body["reset_at"].endswith("T00:00:00Z")
            assert int(headers["Retry-After"]) > 0


def test_two_hundred_get_ten_while_web_processes_are_killed(server):
    key, choose, killed = server.key("free"), random.Random(2), []

    def submit(number):
        """Until there is an answer, with the same Idempotency-Key."""
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            status, _, body = server.post(key, {"Idempotency-Key": f"{key[-4:]}-{number}"})
            if status in (202, 402):
                return status, body["task_id"]
            time.sleep(0.1)
        raise AssertionError(f"no answer to {number}")

    def kill(number):
        if number % 4 == 0:
            until(lambda: Tree(server.process.pid).webs)
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(choose.choice(Tree(server.process.pid).webs), signal.SIGKILL)
                killed.append(number)
        return submit(number)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: (kill if number % 40 < 20 else submit)(number), range(200)))
    assert len(killed) >= 8
    tasks = {task for status, task in answers if status == 202}
    assert (len(answers), len(tasks), sum(status == 202 for status, _ in answers)) == (200, 10, 10)
    found = rows(
        server,
        "SELECT j.id, u.used FROM job j JOIN api_key k ON k.id = j.key_id JOIN usage u USING (account_id) "
        "WHERE k.prefix = ?",
        key[:10],
    )
    assert {row[0] for row in found} == tasks
    assert {row[1] for row in found} == {10}


def test_two_thousand_of_one_key_end_and_a_free_one_does_not_wait_for_them(server):
    many = server.key("enterprise")
    tasks = queue(server, many, MANY)
    free = server.key("free")
    # 720 of an Enterprise account's jobs stand an hour before now; what is queued later comes later.
    assert server.wait(free, server.job(free), 180)["status"] == "completed"
    left = "SELECT count(*) FROM job JOIN api_key k ON k.id = key_id WHERE k.prefix = ? AND state IN {}"
    assert rows(server, left.format("('queued', 'running')"), many[:10]) > [(0,)]
    until(lambda: rows(server, left.format("('queued', 'running')"), many[:10]) == [(0,)], 300)
    assert rows(server, left.format("('completed')"), many[:10]) == [(MANY,)]
    blobs = {row[0] for row in rows(server, "SELECT sha256 FROM job_file WHERE state = 'done'")}
    assert len(list((server.data / "blobs").glob("*/*"))) == len(blobs) >= MANY
    assert server.wait(many, tasks[-1])["status"] == "completed"


def test_an_enterprise_job_overtakes_two_hundred_free_ones(server):
    # Keys take a process each to make: no job waits for them.
    *free, enterprise = [server.key(tier) for tier in ["free"] * 20 + ["enterprise"]]
    waiting = [job for key in free for job in queue(server, key, 10, "nap")]
    task = server.job(enterprise)
    (submitted,) = rows(server, "SELECT id FROM event WHERE job_id = ? AND kind = 'submitted'", task)
    assert server.wait(enterprise, task)["status"] == "completed"
    (claimed,) = rows(server, "SELECT id FROM event WHERE job_id = ? AND kind = 'claimed'", task)
    between = rows(
        server, "SELECT count(*) FROM event WHERE kind = 'claimed' AND id > ? AND id < ?", submitted[0], claimed[0]
    )
    # At the next slot that is free: as many may have been given between as there are slots.
    assert between[0][0] <= 4
    # Just then, however late this test comes to look.
    before = "SELECT count(*) FROM event WHERE kind = 'claimed' AND id < ? AND job_id IN ({})"
    marks = ",".join("?" * len(waiting))
    assert rows(server, before.format(marks), claimed[0], *waiting)[0][0] < len(waiting) - 100
    server.change("UPDATE job SET state = 'cancelled' WHERE state = 'queued'")
    until(lambda: not rows(server, "SELECT 1 FROM job WHERE state = 'running'"))


def test_two_hundred_pollers_see_no_false_end(server):
    key, over, faults = server.key("enterprise"), threading.Event(), []
    tasks = queue(server, key, 40, "nap")

    def poll(number):
        choose, seen = random.Random(number), dict.fromkeys(tasks, ("queued", 0))
        while not over.is_set():
            task = choose.choice(tasks)
            status, _, text = server.call("GET", f"/api/status/{task}", key)
            if status:
                body = json.loads(text)
                now = body["status"], body["progress"]
                before = seen[task]
                back = ORDER[now[0]] < ORDER[before[0]] or now[1] < before[1]
                if status != 200 or now[0] == "failed" or back:
                    faults.append((status, before, now))
                seen[task] = now
            time.sleep(choose.uniform(1.0, 3.0))

    pollers = [threading.Thread(target=poll, args=(number,)) for number in range(200)]
    for poller in pollers:
        poller.start()
    try:
        choose, killed, more = random.Random(4), 0, []
        ended = f"SELECT count(*) FROM job WHERE state = 'completed' AND id IN ({','.join('?' * len(tasks))})"
        while killed < 10:
            time.sleep(0.5)
            children = Tree(server.process.pid).jobs
            if children:
                os.kill(choose.choice(children), signal.SIGKILL)
                killed += 1
            elif rows(server, ended, *tasks) == [(len(tasks),)]:
                # This process has 200 threads: where it comes late, the jobs have ended without it.
                more += queue(server, key, 10, "nap")
        until(lambda: rows(server, ended, *tasks) == [(len(tasks),)], 600)
        time.sleep(2)
    finally:
        over.set()
        for poller in pollers:
            poller.join()
    assert not faults, faults[:5]
    known = [*tasks, *more]
    requeued = f"SELECT count(*) FROM event WHERE kind = 'requeued' AND job_id IN ({','.join('?' * len(known))})"
    assert rows(server, requeued, *known)[0][0] >= 5
