"""Sources that are packed: unpacked once, beside the database, and not by each task."""

import bz2
import gzip
import json
from pathlib import Path

import pytest

from server_jobs import query, until
from serving import Server, StubServer

PLACE = {"min_lon": 10.002, "min_lat": 50.002, "max_lon": 10.008, "max_lat": 50.008}
HOUSE = "".join(
    f'<node id="{number}" lat="{50 + y / 1e4}" lon="{10 + x / 1e4}"/>'
    for number, (x, y) in enumerate(((0, 0), (100, 100), (40, 40), (60, 40), (60, 60), (40, 60)), 1)
) + (
    '<way id="1"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="3"/><tag k="building" v="yes"/></way>'
)  # fmt: skip


def xml(inside):
    return f'<?xml version="1.0"?><osm version="0.6">{inside}</osm>'.encode()


@pytest.mark.parametrize(("ending", "packed"), [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_a_packed_source_is_unpacked_once_and_not_by_each_task(tmp_path, ending, packed):
    source = tmp_path / f"town.osm.{ending}"
    source.write_bytes(packed(xml(HOUSE)))

    def made(server, key):
        """What a task got as its source, and its state at the end."""
        task = server.post(key, bbox=PLACE, formats=["geojson"])[2]["task_id"]
        spec = json.loads(query(server, "SELECT spec FROM job WHERE id = ?", task)[0][0])
        assert server.wait(key, task)["status"] == "completed"
        return Path(spec["parameters"]["SOURCE"])

    with Server(tmp_path / "data", source, CACHE="off") as server:
        key = server.key("pro")
        read = made(server, key)
        assert (read.name, read.read_bytes()) == ("town.osm", xml(HOUSE))
        before = read.stat()
    # A start that finds it there does not unpack it again.
    with Server(tmp_path / "data", source, CACHE="off") as server:
        assert made(server, key).stat().st_mtime_ns == before.st_mtime_ns
        # A new one takes its place, at which tasks that wait will look.
        draft = tmp_path / "draft"
        draft.write_bytes(packed(xml(HOUSE + " ")))
        draft.replace(source)
        until(lambda: read.read_bytes() == xml(HOUSE + " ") and server.get("/readyz")[1]["faults"] == [])
        assert made(server, key) == read
    # What is no source any more takes no room.
    with StubServer(tmp_path / "data") as server:
        until(lambda: not list((server.data / "unpacked").iterdir()))


def test_a_packed_source_that_is_cut_off_says_so(tmp_path):
    source = tmp_path / "town.osm.gz"
    source.write_bytes(gzip.compress(xml(HOUSE))[:-9])
    server = StubServer(tmp_path / "data", source)
    server.start(ready=False)
    try:
        assert server.process.wait(300) == 2
    finally:
        server.stop()
    assert "The source town.osm.gz is cut off or damaged; fetch or pack it again." in server.log.read_text()
