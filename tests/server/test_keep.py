"""What is kept and what is made anew: the cache of identical requests, twins, expiry, files that went away."""

import contextlib
import json
import os
import shutil
import threading
import time

import pytest

from areas import SAMPLE
from osm2cdr.server.settings import Settings
from osm2cdr.server.store.opening import open_store
from osm2cdr.server.workers.tidier import sweep
from server_jobs import held, kinds, query, state, until
from serving import BOX, ENGINES, SMALL, Server

DAY = 86400


@pytest.fixture(scope="module", params=ENGINES)
def server(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("keep")
    source = folder / "source.osm.pbf"
    shutil.copy(SAMPLE, source)
    with Server(folder / "data", f"{source},sample", ENGINE=request.param, WEB_PROCESSES=2, WORKERS=1) as server:
        server.source = source
        yield server


def submit(server, key, **fields):
    status, _, body = server.post(key, **fields)
    assert status == 202, body
    return body


def made(server, key, **fields):
    """A task at its end, and whether it was served from the cache at once."""
    body = submit(server, key, **fields)
    done = server.wait(key, body["task_id"])
    assert done["status"] == "completed", done
    cached = kinds(server, body["task_id"]) == ["submitted", "cached"]
    assert cached == (body["status"] == "completed")
    return done, cached


def box(number):
    """Another box for each test."""
    return {**SMALL, "min_lon": SMALL["min_lon"] + number * 1e-5}


def hashes(done):
    return {file["format"]: file["sha256"] for file in done["files"]}


def blob(server, sha256):
    return server.data / "blobs" / sha256[:2] / sha256


def test_the_same_request_is_served_at_once(server):
    key, other = server.key("pro"), server.key("basic")
    first, cached = made(server, key, bbox=box(1), formats=["svg", "geojson"])
    assert not cached
    spelled = {"map_style": "default", "detail_level": 3, "config": {"dpi": 300, "text": "auto", "layers": []}}
    for who, fields in (
        (key, {"formats": ["geojson", "svg"]}),
        (other, {"formats": ["svg", "geojson"], **spelled}),
        (other, {"formats": ["svg", "geojson"], "config": {"map_style": "default", "detail_level": 3}}),
    ):
        done, cached = made(server, who, bbox=box(1), **fields)
        assert (cached, hashes(done)) == (True, hashes(first)), fields
        assert [file["format"] for file in done["files"]] == fields["formats"]
        for file in done["files"]:
            body = server.call("GET", f"/api/download/{done['task_id']}/{file['format']}", who)[2]
            assert len(body) == file["bytes"]
    assert server.get("/api/me", other)[1]["used_today"] == 2, "the cache is not free"
    for fields in ({"map_style": "dark"}, {"detail_level": 4}, {"config": {"title": "T"}}, {"bbox": box(2)},
                   {"formats": ["svg"]}, {"config": {"language": "sv"}}):  # fmt: skip
        assert not made(server, key, **{"bbox": box(1), "formats": ["svg", "geojson"], **fields})[1], fields


def test_a_geometry_is_the_same_request_too(server):
    key, side = server.key(), box(3)
    ring = [[side["min_lon"], side["min_lat"]], [side["max_lon"], side["min_lat"]],
            [side["max_lon"], side["max_lat"]], [side["min_lon"], side["min_lat"]]]  # fmt: skip
    area = {"bbox": None, "geometry": {"type": "Polygon", "coordinates": [ring]}, "formats": ["geojson"]}
    assert [made(server, key, **area)[1] for _ in range(2)] == [False, True]


def test_other_data_are_no_hit(server):
    key = server.key()
    assert [made(server, key, bbox=box(4))[1] for _ in range(2)] == [False, True]
    os.utime(server.source, (1, 1))
    # Until it has been looked at, the next source serves.
    until(lambda: server.get("/readyz")[1]["faults"] == [])
    assert [made(server, key, bbox=box(4))[1] for _ in range(2)] == [False, True]


def test_twins_run_once(server):
    """Submitted while the first one runs: they wait for its files, however many they are; each is charged."""
    keys = [server.key("free") for _ in range(3)]
    first = submit(server, keys[0], bbox=box(5))["task_id"]
    with held(server, first):
        twins = [(key, submit(server, key, bbox=box(5))["task_id"]) for key in keys]
    tasks = [(keys[0], first), *twins]
    done = [server.wait(key, task) for key, task in tasks]
    assert len({json.dumps(hashes(item)) for item in done}) == 1
    assert [kinds(server, task) for _, task in twins] == [["submitted", "cached"]] * 3
    assert [server.get("/api/me", key)[1]["used_today"] for key in keys] == [2, 1, 1]


def test_a_lost_format_is_no_hit(server):
    """A model of an area without buildings: the rest are delivered, and nothing of it is taken for whole later."""
    key = server.key()
    fields = {"bbox": BOX, "formats": ["svg", "stl", "geojson"], "detail_level": 2}
    for _ in range(2):
        done, cached = made(server, key, **fields)
        assert not cached
        assert [file["status"] for file in done["files"]] == ["completed", "failed", "completed"]
        assert "no buildings" in done["error"]
        assert done["files"][1]["error"] in done["error"]
        codes = [server.call("GET", f"/api/download/{done['task_id']}/{name}", key)[0] for name in fields["formats"]]
        assert codes == [200, 404, 200]


def test_a_file_that_was_deleted_by_hand_is_made_again(server):
    key = server.key()
    done, _ = made(server, key, bbox=box(6))
    blob(server, done["files"][0]["sha256"]).unlink()
    status, _, body = server.call("GET", f"/api/download/{done['task_id']}/svg", key)
    assert status == 410, body
    again, cached = made(server, key, bbox=box(6))
    assert not cached
    assert server.call("GET", f"/api/download/{again['task_id']}/svg", key)[0] == 200


def test_results_expire_and_their_files_go_with_the_last(server):
    key, other = server.key("free"), server.key("pro")
    mine, _ = made(server, key, bbox=box(7))
    theirs, cached = made(server, other, bbox=box(7))
    assert cached
    keep = query(server, "SELECT expires - finished FROM job WHERE id IN (?, ?) ORDER BY finished",
                 mine["task_id"], theirs["task_id"])  # fmt: skip
    assert [round(row[0] / DAY) for row in keep] == [1, 7]
    path = blob(server, mine["files"][0]["sha256"])
    for done, who, left in ((mine, key, True), (theirs, other, False)):
        task = done["task_id"]
        server.change("UPDATE job SET expires = ? WHERE id = ?", time.time() - 1, task)
        status, body = server.get(f"/api/status/{task}", who)
        assert (status, body["status"]) == (410, "failed"), "at once, not when it is tidied"
        assert server.call("GET", f"/api/download/{task}/svg", who)[0] == 410
        os.utime(path)
        tidy(server)
        assert path.exists(), "a young file is left alone: it may be one that is being published"
        os.utime(path, (1, 1))
        tidy(server)
        assert state(server, task) == "expired"
        assert path.exists() == left
    assert not made(server, key, bbox=box(7))[1]


def tidy(server):
    """What the supervisor does every few minutes."""
    store = open_store(Settings(data=server.data))
    with contextlib.closing(store.connect()) as rows:
        rows.upkeep.expire(time.time())
        sweep(store, rows)


def test_a_download_goes_on_while_its_file_expires(server):
    key = server.key()
    done, _ = made(server, key, bbox=box(8), formats=["png"], config={"dpi": 600})
    task, file = done["task_id"], done["files"][0]
    assert file["bytes"] > 1 << 20
    got, gone = [], threading.Event()

    def slowly():
        import urllib.request

        request = urllib.request.Request(f"{server.url}/api/download/{task}/png", headers={"X-API-Key": key})
        with urllib.request.urlopen(request, timeout=300) as answer:
            got.append(answer.read(1000))
            gone.wait(60)
            got.append(answer.read())

    reader = threading.Thread(target=slowly)
    reader.start()
    until(lambda: got)
    blob(server, file["sha256"]).unlink()
    server.change("UPDATE job SET state = 'expired', expires = ? WHERE id = ?", time.time(), task)
    assert server.get(f"/api/status/{task}", key)[0] == 410
    gone.set()
    reader.join()
    assert len(b"".join(got)) == file["bytes"]


def test_what_ended_long_ago_is_forgotten(server):
    key = server.key()
    old, newer = submit(server, key, bbox=box(9))["task_id"], submit(server, key, bbox=box(10))["task_id"]
    for task, days in ((old, 91), (newer, 89)):
        server.wait(key, task)
        server.change("UPDATE job SET state = 'expired', expires = ? WHERE id = ?", time.time() - days * DAY, task)
    tidy(server)
    assert server.get(f"/api/status/{old}", key)[0] == 404
    assert server.get(f"/api/status/{newer}", key)[0] == 410
    assert query(server, "SELECT count(*) FROM event WHERE job_id = ?", old) == [(0,)]


def test_keys_count_at_once_in_every_process(server):
    """Of two web processes each sees what the launcher does, and what the other has answered."""
    key = server.key()
    assert [server.get("/api/me", key)[0] for _ in range(12)] == [200] * 12
    tasks = {server.post(key, {"Idempotency-Key": "one"}, bbox=box(11))[2]["task_id"] for _ in range(12)}
    assert len(tasks) == 1
    server.launcher("keys", "revoke", key)
    assert [server.get("/api/me", key)[0] for _ in range(12)] == [401] * 12


def test_without_a_cache_everything_is_made(server):
    assert server.stop() == 0
    server.env["OSM2CDR_CACHE"] = "off"
    server.start()
    key = server.key()
    assert [made(server, key, bbox=box(12))[1] for _ in range(2)] == [False, False]
