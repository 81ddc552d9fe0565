"""The server's first round: a key, a task, its files, its errors."""

import json
import re
import sqlite3

import pytest

from serving import BOX, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


def test_a_task_becomes_files(server):
    key = server.key("pro")
    status, headers, task = server.post(key, bbox=BOX, formats=["svg", "geojson"], map_style="dark", detail_level=4)
    assert (status, task["status"]) == (202, "queued")
    assert headers["Location"] == f"/api/status/{task['task_id']}"
    done = server.wait(key, task["task_id"])
    assert (done["status"], done["progress"], done["error"]) == ("completed", 100, None)
    assert [file["format"] for file in done["files"]] == ["svg", "geojson"]
    for file in done["files"]:
        status, headers, body = server.call("GET", f"/api/download/{task['task_id']}/{file['format']}", key)
        assert (status, len(body)) == (200, file["bytes"])
        assert headers["ETag"] == f'"sha256-{file["sha256"]}"'
        assert server.call("GET", file["url"])[2] == body
    assert json.loads(body)["type"] == "FeatureCollection"


def test_the_address_alone_leads_a_browser_to_the_website_and_a_program_to_the_calls(server):
    wanted, shown = (
        server.call("GET", path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})[2]
        for path in ("/export", "/")
    )
    # All but the tokens of forms, which are others each time.
    titles = [re.findall(rb"<title>.*?</title>|<h1.*?</h1>", page, re.DOTALL) for page in (wanted, shown)]
    assert titles[0] == titles[1]
    assert b"OpenStreetMap" in shown
    status, _, body = server.call("GET", "/")
    assert status == 200
    for address in json.loads(body).values():
        assert server.call("GET", address)[0] == 200


def test_keys_are_kept_as_hashes(server):
    key = server.key("basic", "--email", "a@example.org", "--name", "atlas")
    assert "atlas" in server.launcher("keys", "list").stdout
    database = sqlite3.connect(server.data / "osm2cdr.sqlite")
    assert key not in "".join(database.iterdump())
    assert server.get("/api/me", key)[1]["tier"] == "basic"
    fresh = server.launcher("keys", "rotate", key).stdout.strip()
    assert server.get("/api/me", key)[0] == 401
    assert server.get("/api/me", fresh)[1]["email"] == "a@example.org"
    server.launcher("keys", "revoke", fresh)
    assert server.get("/api/me", fresh)[0] == 401
    assert key not in server.log.read_text()
