"""Overpass as the server's source: what may go well the next time is tried again, and no network has a clear end."""

import pytest
from overpass_data import BOX, SMALL

from overpass_server import Play
from overpass_server import Server as Overpass
from ports import free_port
from server_jobs import kinds, query
from serving import Server

AREA = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), BOX))
# The answer cut off in the middle, and a gateway that has lost its server.
FAULTS = {"overpass_cut": Play(SMALL, cut=200), "overpass_http": Play(b"", 502)}


def run(tmp_path, source):
    """A task over `source` to its end, its waits left out: its status, what happened to it."""
    with Server(tmp_path / "data", source, CACHE="off", WORKERS=1) as server:
        server.env["OSM2CDR_CACHE"] = str(tmp_path / "cache")
        key = server.key("free")
        status, _, body = server.post(key, bbox=AREA, formats=["geojson"], config={"timeout": 30})
        assert status == 202, body
        task = body["task_id"]
        while server.get(f"/api/status/{task}", key)[1]["status"] not in ("completed", "failed"):
            server.change("UPDATE job SET run_after = 0 WHERE id = ?", task)
        used = server.get("/api/me", key)[1]["used_today"]
        reasons = query(server, "SELECT detail FROM event WHERE job_id = ? AND kind = 'requeued'", task)
        return server.wait(key, task), kinds(server, task), [reason for (reason,) in reasons], used


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_that_passes_is_nobody_s(tmp_path, code):
    overpass = Overpass([FAULTS[code], FAULTS[code], Play(SMALL)])
    try:
        done, happened, reasons, used = run(tmp_path, overpass.url)
    finally:
        overpass.close()
    assert (done["status"], done["error"], done["attempt"], reasons) == ("completed", None, 3, [code, code]), done
    assert happened == ["submitted", "claimed", "requeued", "claimed", "requeued", "claimed", "completed"]
    assert used == 1


def test_a_fault_that_stays_ends_and_costs_nothing(tmp_path):
    overpass = Overpass([FAULTS["overpass_http"]])
    try:
        done, _, reasons, used = run(tmp_path, overpass.url)
    finally:
        overpass.close()
    assert (done["status"], done["error_code"], done["attempt"], len(reasons)) == ("failed", "overpass_http", 3, 2)
    assert "failed with 502" in done["error"]
    assert used == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [(f"http://127.0.0.1:{free_port()}/api/interpreter", "refuses connections"),
     ("http://overpass.invalid/api/interpreter", "was not found")],
    ids=["refused", "no-such-host"],
)  # fmt: skip
def test_without_a_network_the_end_comes_soon(tmp_path, source, words):
    """It names the setting that cures it."""
    done, happened, _, used = run(tmp_path, source)
    assert (done["status"], done["error_code"], done["attempt"]) == ("failed", "overpass_unreachable", 2)
    assert words in done["error"]
    assert done["error"].endswith("take an extract with OSM2CDR_SOURCE.")
    assert happened == ["submitted", "claimed", "requeued", "claimed", "failed"]
    assert used == 0
