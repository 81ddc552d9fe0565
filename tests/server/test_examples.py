"""The documented Python examples, byte for byte but for address and key, run against a server."""

import json
import re
import subprocess
from types import SimpleNamespace

import pytest
from lxml import etree

from documented import CENTRE, CITIES, FOLDER, REFERENCE, bare, cities, example
from serving import PYTHON, Server

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documented")
    with Server(folder / "data", cities(folder, (2, 1))) as server:
        yield server


def run(server, name, key, folder):
    """What an example printed, line by line; it runs in `folder`."""
    script = folder / name
    script.write_text(example(name, f"{server.url}/api", key), encoding="utf-8")
    return subprocess.run([PYTHON, script], cwd=folder, capture_output=True, text=True, timeout=240, check=False)


@pytest.mark.skipif(not REFERENCE.exists(), reason=f"{REFERENCE} is not there")
def test_the_examples_are_the_documented_ones():
    reference = bare(REFERENCE.read_text(encoding="utf-8"))
    names = sorted(path.name for path in FOLDER.iterdir())
    assert names == ["batch.py", "browser.js", "minimal.py", "node.js", "poll.js", "retry.py"]
    for name in names:
        assert bare((FOLDER / name).read_text(encoding="utf-8")) in reference, name


def test_the_minimal_example(server, tmp_path):
    done = run(server, "minimal.py", server.key("free"), tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    task = re.fullmatch(r"Task created: ([0-9a-f]{32})", lines[0])[1]
    assert lines[-2] == "Status: completed (100%)"
    path = tmp_path / f"export_{task}.geojson"
    assert lines[-1] == f"Saved: {path.name} ({path.stat().st_size} bytes)"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    assert len(data["features"]) > 1000
    assert {feature["type"] for feature in data["features"]} == {"Feature"}
    spots = [spot for feature in data["features"] for spot in positions(feature["geometry"]["coordinates"])]
    for axis in (0, 1):
        assert min(spot[axis] for spot in spots) >= CENTRE[axis] - 1e-6
        assert max(spot[axis] for spot in spots) <= CENTRE[axis + 2] + 1e-6


def positions(coordinates):
    """All positions of a geometry."""
    if not coordinates or isinstance(coordinates[0], (int, float)):
        return [coordinates] if coordinates else []
    return [spot for part in coordinates for spot in positions(part)]


def test_the_batch_example(server, tmp_path):
    done = run(server, "batch.py", server.key("enterprise"), tmp_path)
    assert done.returncode == 0, done.stderr
    # Each city has 180 seconds of its own: one that takes longer is told as such.
    assert done.stdout.splitlines() == [f"{name}: {name}.svg" for name in CITIES]
    for name in CITIES:
        root = etree.parse(tmp_path / f"{name}.svg").getroot()
        assert root.tag == f"{SVG}svg"
        assert len(root.findall(f".//{SVG}path")) > 20, name
        assert "© OpenStreetMap contributors" in "".join(root.itertext())


@pytest.mark.parametrize(("tier", "ended"), [("free", ()), ("basic", ()), ("pro", ("spb", "kazan"))])
def test_the_batch_example_ends_where_the_tier_is_too_small(server, tmp_path, tier, ended):
    key = server.key(tier)
    done = run(server, "batch.py", key, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{n}: {n}.svg" if n in ended else f"{n}: FAILED: {n}" for n in CITIES]
    assert sorted(path.stem for path in tmp_path.glob("*.svg")) == sorted(ended)
    if not ended:
        # Nobody pays for what was refused.
        assert server.get("/api/me", key)[1]["used_today"] == 0


def test_the_areas_of_the_batch_example_need_their_tiers(server):
    wanted = {"moscow": ("enterprise", 1218), "spb": ("pro", 433), "kazan": ("pro", 104)}
    key = server.key("free")
    for name, (tier, km2) in wanted.items():
        box = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), CITIES[name]))
        status, _, body = server.post(key, bbox=box, map_style="minimal")
        assert (status, body["code"], body["task_id"], body["upgrade_tier"]) == (402, "area_too_large", None, tier)
        assert body["used"] == pytest.approx(km2, rel=0.01)
    # Where the example goes on from there.
    status, body = server.get("/api/status/None", key)
    assert (status, body["status"]) == (404, "failed")


def test_the_documented_wait_after_429(server):
    """The snippet of the document takes Retry-After for a whole number."""
    import requests

    session, key = requests.Session(), server.key("free")
    for _ in range(400):
        response = session.post(f"{server.url}/api/render", data=b"{}", headers={"X-API-Key": key})
        if response.status_code == 429:
            break
        assert response.status_code == 400
    slept = []
    code = compile((FOLDER / "retry.py").read_text(encoding="utf-8"), "retry.py", "exec")
    exec(code, {"response": response, "time": SimpleNamespace(sleep=slept.append)})
    assert 1 <= slept[0] <= 60
    assert response.json()["task_id"] is None
