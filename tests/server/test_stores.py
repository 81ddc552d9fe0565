"""The server has stores of its sources built; its jobs, which see nothing else of its folder, take areas from them."""

import os
import shutil

from areas import SAMPLE
from server_jobs import until
from serving import Server


def test_jobs_take_areas_from_the_store_that_the_server_has_built(tmp_path):
    source = tmp_path / "town.osm.pbf"
    shutil.copyfile(SAMPLE, source)
    with Server(tmp_path / "data", source, STORE="", WORKERS=1) as server:
        until(lambda: list((tmp_path / "data" / "stores").glob("[!.]*/header.json")))
        # The same to all who look at it, and nothing that could be read.
        state = source.stat()
        source.write_bytes(bytes(state.st_size))
        os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
        key = server.key()
        done = server.wait(key, server.post(key, formats=["geojson"])[2]["task_id"])
        assert done["status"] == "completed", done


def test_a_server_without_stores_builds_none(tmp_path):
    with Server(tmp_path / "data", SAMPLE, WORKERS=1) as server:
        key = server.key()
        assert server.wait(key, server.post(key, formats=["geojson"])[2]["task_id"])["status"] == "completed"
    assert not (tmp_path / "data" / "stores").exists()
