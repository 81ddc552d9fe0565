"""Sources are opened, their boxes read or counted; what is broken or goes away costs nobody a request."""

import bz2
import gzip
import json
import shutil
import struct
import zlib

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.sources.coverage import BrokenExtractError, box_of
from osm2cdr.processing_provider.sources.pbf import blobs as pbf_blobs
from osm2cdr.server.sources import Source, inward
from server_jobs import query, until
from serving import Server, StubServer

AWAY = {"min_lon": 10.0, "min_lat": 50.0, "max_lon": 10.01, "max_lat": 50.01}
PLACE = {"min_lon": 10.002, "min_lat": 50.002, "max_lon": 10.008, "max_lat": 50.008}
NODES = '<node id="1" lat="50.0" lon="10.0"/><node id="2" lat="50.01" lon="10.01"/>'
BOUNDS = '<bounds minlat="49" minlon="9" maxlat="51" maxlon="11"/>'
SAID, COUNTED = (9.0, 49.0, 11.0, 51.0), (10.0, 50.0, 10.01, 50.01)
SEEN = pytest.approx


def xml(inside=NODES):
    return f'<?xml version="1.0"?><osm version="0.6">{inside}</osm>'.encode()


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def signed(number):
    return varint((number << 1) ^ (number >> 63))


def field(number, value):
    return varint(number << 3 | 2) + varint(len(value)) + value if isinstance(value, bytes) else (
        varint(number << 3) + varint(value))  # fmt: skip


def blob(kind, block):
    inner = field(2, len(block)) + field(3, zlib.compress(block))
    header = field(1, kind) + field(3, len(inner))
    return struct.pack(">I", len(header)) + header + inner


def pbf(box=None, dense=True, features=(b"OsmSchema-V0.6",), nodes=((10.0, 50.0), (10.01, 50.01))):
    """A small extract: with the box in its header or without, its nodes dense or one by one."""

    def sint(number, value):
        return varint(number << 3) + signed(round(value))

    header = b"".join(field(4, word) for word in features)
    if box:
        west, south, east, north = (side * 1e9 for side in box)
        header += field(1, sint(1, west) + sint(2, east) + sint(3, north) + sint(4, south))
    spots = [(round(x * 1e7), round(y * 1e7)) for x, y in nodes]
    if dense:
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip([(0, 0), *spots], spots)]
        lats, lons = b"".join(signed(y) for _, y in steps), b"".join(signed(x) for x, _ in steps)
        group = field(2, field(1, signed(1) * len(spots)) + field(8, lats) + field(9, lons))
    else:
        group = b"".join(field(1, sint(1, n) + sint(8, y) + sint(9, x)) for n, (x, y) in enumerate(spots))
    return blob(b"OSMHeader", header) + (blob(b"OSMData", field(1, field(1, b"")) + field(2, group)) if nodes else b"")


BOXES = {
    "header.osm.pbf": (pbf(SAID), SAID),
    "dense.osm.pbf": (pbf(), COUNTED),
    "plain.osm.pbf": (pbf(dense=False), COUNTED),
    "beyond.osm.pbf": (pbf((-200.0, -95.0, 200.0, 95.0)), COUNTED),
    "said.osm": (xml(BOUNDS + NODES), SAID),
    "counted.osm": (xml(), COUNTED),
    "packed.osm.gz": (gzip.compress(xml()), COUNTED),
    "packed.osm.bz2": (bz2.compress(xml()), COUNTED),
    "overpass.json": (b'{"elements": [{"type": "node", "id": 1, "lat": 50.0, "lon": 10.0}, '
                      b'{"type": "way", "id": 1, "geometry": [{"lat": 50.01, "lon": 10.01}, null]}]}', COUNTED),
}  # fmt: skip
BROKEN = {
    "empty.osm.pbf": (b"", "is empty"),
    "garbage.osm.pbf": (b"no extract at all" * 100, "is no OSM extract"),
    "page.osm.pbf": (b"<html><body>404 Not Found</body></html>", "is no OSM extract"),
    "cut.osm.pbf": (SAMPLE.read_bytes()[:-100_000], "is cut off or damaged"),
    "tail.osm.pbf": (pbf(SAID) + b"more", "is cut off or damaged"),
    "header_alone.osm.pbf": (pbf(SAID, nodes=()), "holds no place"),
    "strange.osm.pbf": (pbf(SAID, features=(b"OsmSchema-V0.6", b"SpareNodes")), "demands SpareNodes"),
    "cut.osm": (xml(BOUNDS + NODES)[:-4], "is damaged"),
    "no_place.osm": (xml(""), "holds no place"),
    "cut.osm.gz": (gzip.compress(xml())[:-9], "is damaged"),
    "cut.json": (b'{"elements": [', "is damaged"),
    "other.json": (b"[]", "is damaged"),
    "roads.shp": (b"\0\0\x27\x0a" * 50, "is no OSM extract"),
}


def flipped():
    """The sample with a byte of its last block changed."""
    data = bytearray(SAMPLE.read_bytes())
    data[-5000] ^= 255
    return bytes(data)


@pytest.mark.parametrize("name", BOXES)
def test_a_box_is_read_or_counted(tmp_path, name):
    data, box = BOXES[name]
    (tmp_path / name).write_bytes(data)
    assert box_of(tmp_path / name) == SEEN(box)


@pytest.mark.parametrize("name", [*BROKEN, "flipped.osm.pbf"])
def test_what_is_broken_says_so(tmp_path, name):
    data, text = BROKEN[name] if name in BROKEN else (flipped(), "damaged")
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BrokenExtractError, match=text):
        box_of(tmp_path / name)


def test_a_box_in_whole_metres_stays_in_the_source():
    box = (7.4092045, 43.7233496, 7.4486375, 43.7516904)
    source = Source("town", "town.osm.pbf", box)
    assert source.covers(*inward(box))
    assert inward(box) == (7.40921, 43.72335, 7.44863, 43.75169)
    assert inward(SAID) == SAID


@pytest.mark.parametrize("name", ["garbage.osm.pbf", "cut.osm.pbf", "gone.osm.pbf", "no_place.osm"])
def test_with_no_source_left_the_start_fails_with_a_sentence(tmp_path, name):
    if name in BROKEN:
        (tmp_path / name).write_bytes(BROKEN[name][0])
    server = StubServer(tmp_path / "data", tmp_path / name)
    server.start(ready=False)
    try:
        assert server.process.wait(300) == 2
    finally:
        server.stop()
    said = server.log.read_text()
    assert "osm2cdr: No source of OSM2CDR_SOURCE can be used: " + name in said
    assert "Traceback" not in said


def used(server, key):
    return server.get("/api/me", key)[1]["used_today"]


@pytest.fixture
def places(tmp_path):
    """A server with a broken source, one without suffix of a box, and the sample; all of them files of its own."""
    broken, counted, good = (tmp_path / name for name in ("broken.osm.pbf", "counted.osm", "good.osm.pbf"))
    broken.write_bytes(b"no extract at all" * 100)
    counted.write_bytes(xml())
    shutil.copy(SAMPLE, good)
    with StubServer(tmp_path / "data", f"{broken},{counted},{good}", CACHE="off", WEB_PROCESSES=2) as server:
        server.broken, server.counted, server.good = broken, counted, good
        yield server


def out(server):
    """What /readyz says is out."""
    status, words = server.get("/readyz")
    return status, words["status"], sorted(text.split()[0] for text in words["faults"])


def replace(path, data):
    """As a mirror does: the new file is whole when it gets the name."""
    draft = path.with_name("draft")
    draft.write_bytes(data)
    draft.replace(path)


def test_of_several_sources_the_rest_serve(places):
    key = places.key("pro")
    assert out(places) == (200, "ready", ["broken.osm.pbf"])
    assert '"source": "broken.osm.pbf"' in places.log.read_text()
    assert places.wait(key, places.job(key))["status"] == "completed"
    assert places.wait(key, places.job(key, bbox=PLACE))["status"] == "completed"
    # Nobody takes the world for covered because a box is not known.
    status, _, body = places.post(key, bbox={**AWAY, "min_lat": -50.01, "max_lat": -50.0})
    assert (status, body["code"]) == (400, "area_not_covered")
    assert used(places, key) == 2


def test_a_source_that_is_replaced_or_comes_back(places):
    key = places.key("pro")
    places.good.unlink()
    status, headers, body = places.post(key)
    assert (status, body["code"], used(places, key)) == (503, "source_out", 0)
    assert headers["Retry-After"].isdigit()
    assert out(places)[2] == ["broken.osm.pbf", "good.osm.pbf"]
    shutil.copy(SAMPLE, places.good)
    until(lambda: out(places)[2] == ["broken.osm.pbf"])
    assert places.wait(key, places.job(key))["status"] == "completed"
    # Garbage, then an extract of another place.
    replace(places.good, b"garbage" * 100)
    until(lambda: "is no OSM extract" in json.dumps(places.get("/readyz")[1]["faults"][1:]))
    assert places.post(key)[0] == 503
    replace(places.good, pbf(COUNTED))
    until(lambda: out(places)[2] == ["broken.osm.pbf"])
    assert places.post(key)[0] == 400
    # What was broken at the start may be mended, too.
    shutil.copy(SAMPLE, places.broken)
    until(lambda: out(places)[2] == [])
    assert places.wait(key, places.job(key))["status"] == "completed"
    # With none left the server is not ready, and goes on when there is one.
    for path in (places.broken, places.counted, places.good):
        path.unlink()
    assert out(places)[:2] == (503, "not ready")
    places.counted.write_bytes(xml())
    until(lambda: out(places)[:2] == (200, "ready"))


@pytest.mark.parametrize("harm", ["gone", "another", "garbage"])
def test_a_task_whose_source_fails_is_given_back(tmp_path, harm):
    """While it runs; it is tried again, in case that the source comes back."""
    good = tmp_path / "good.osm.pbf"
    shutil.copy(SAMPLE, good)
    with StubServer(tmp_path / "data", good, CACHE="off", STUB_GO=tmp_path / "go") as server:
        key = server.key("free")
        task = server.job(key, "wait")
        until(lambda: query(server, "SELECT 1 FROM event WHERE job_id = ? AND kind = 'claimed'", task))
        if harm == "gone":
            good.unlink()
        else:
            replace(good, flipped() if harm == "another" else b"garbage" * 100)
        (tmp_path / "go").touch()
        until(lambda: query(server, "SELECT 1 FROM event WHERE job_id = ? AND detail = 'bad_source'", task))
        # Its last try, without the waiting.
        server.change("UPDATE job SET attempt = 3, run_after = 0 WHERE id = ?", task)
        done = server.wait(key, task)
        assert (done["status"], done["error_code"]) == ("failed", "bad_source")
        assert str(tmp_path) not in done["error"]
        assert used(server, key) == 0
        assert "a source cannot be read" in server.log.read_text()


def test_a_source_that_comes_back_is_waited_for(tmp_path):
    good = tmp_path / "good.osm.pbf"
    shutil.copy(SAMPLE, good)
    with StubServer(tmp_path / "data", good, CACHE="off", STUB_GO=tmp_path / "go") as server:
        key = server.key("free")
        task = server.job(key, "wait")
        until(lambda: query(server, "SELECT 1 FROM event WHERE job_id = ? AND kind = 'claimed'", task))
        good.rename(tmp_path / "away")
        (tmp_path / "go").touch()
        until(lambda: query(server, "SELECT 1 FROM event WHERE job_id = ? AND detail = 'bad_source'", task))
        (tmp_path / "away").rename(good)
        server.change("UPDATE job SET run_after = 0 WHERE id = ?", task)
        assert server.wait(key, task)["status"] == "completed"
        assert used(server, key) == 1


def test_what_the_map_data_are_to_blame_for_is_given_back(tmp_path):
    """Damage that no look at the beginning and end of a file can tell: the reading itself fails."""
    with SAMPLE.open("rb") as file:
        header, *blobs = pbf_blobs(file)
    data = bytearray(SAMPLE.read_bytes())
    middle = blobs[len(blobs) // 2]
    data[middle.offset + 100 : middle.offset + 200] = bytes(100)
    hurt = tmp_path / "hurt.osm.pbf"
    hurt.write_bytes(pbf((24.8, 60.1, 25.0, 60.2), nodes=()) + bytes(data[header.offset + header.size :]))
    with Server(tmp_path / "data", hurt) as server:
        key = server.key("free")
        task = server.post(key)[2]["task_id"]
        until(lambda: query(server, "SELECT 1 FROM event WHERE job_id = ? AND kind IN ('requeued', 'completed')", task))
        server.change("UPDATE job SET run_after = 0 WHERE id = ?", task)
        done = server.wait(key, task)
        assert (done["status"], done["error_code"], used(server, key)) == ("failed", "bad_source", 0)
        assert str(tmp_path) not in done["error"]
        assert "a source cannot be read" in server.log.read_text()
