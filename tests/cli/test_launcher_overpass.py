"""The launcher with Overpass as its source: files in the end, or one sentence."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from overpass_data import DATE, body, recorded

from areas import ROOT
from overpass_server import Play


def launch(*arguments, **environment):
    return subprocess.run(
        [str(ROOT / "bin" / "osm2cdr"), "export", *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@recorded
@pytest.mark.parametrize("named", [True, False])
def test_the_launcher_end_to_end(serve, tmp_path, named):
    server = serve(Play(body("full.osm.gz"), packed=True))
    out = tmp_path / "out"
    box = "7.4165,43.736,7.4285,43.744"
    arguments = ["--source", server.url] if named else []
    done = launch(
        "--bbox", box, *arguments, "--formats", "gpkg,geojson", "--timeout", "60", "--json", "--out", str(out),
        OSM2CDR_OVERPASS=server.url,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {Path(row["path"]).name for row in rows} == {"Monte-Carlo_gpkg.gpkg", "Monte-Carlo_geojson.geojson"}
    assert {path.name for path in out.iterdir()} == {"Monte-Carlo_gpkg.gpkg", "Monte-Carlo_geojson.geojson"}
    assert len(server.queries) == 1
    assert "[timeout:60]" in server.queries[0]
    assert server.agents[0][0].startswith("osm2cdr/")
    said = b"\n".join(path.read_bytes() for path in out.iterdir())
    assert DATE.encode() in said
    assert f"Overpass API, 127.0.0.1:{server.port}".encode() in said
    database = sqlite3.connect(out / "Monte-Carlo_gpkg.gpkg")
    try:
        assert database.execute("SELECT count(*) FROM buildings").fetchone()[0] > 200
    finally:
        database.close()


@recorded
def test_the_launcher_and_a_bad_server(serve, tmp_path):
    for play, words in (
        (Play(body("remark_200_timeout.xml")), "ran out of time"),
        (Play(body("error_429_rate_limited.html"), 429), "busy"),
    ):
        out = tmp_path / "out"
        done = launch(
            "--bbox", "7.42,43.737,7.425,43.74", "--source", serve(play, status=b"").url, "--formats", "svg",
            "--timeout", "4", "--out", str(out),
        )  # fmt: skip
        assert done.returncode == 1
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not out.exists()
