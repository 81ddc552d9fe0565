"""Overpass: a server of the tests that plays the whole range, from data to a refused connection."""

import gzip
import json
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from areas import ROOT, SHARED
from osm2cdr.processing_provider import pipeline
from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.overpass import answers, client
from osm2cdr.processing_provider.osm.overpass.query import query
from osm2cdr.processing_provider.request import make_request
from readers import gpkg

RECORDED = SHARED / "overpass"
BOX = (7.415, 43.735, 7.430, 43.745)
XML = "application/osm3s+xml"
pytestmark = pytest.mark.skipif(not RECORDED.exists(), reason=f"{RECORDED} is not there")


def recorded(name):
    data = (RECORDED / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


@contextmanager
def server(*plan, status_page=b"Rate limit: 2\n2 slots available now.\n"):
    """A server that answers the n-th query by the n-th of `plan`, and on with the last; yields address and log."""
    log = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(status_page)))
            self.end_headers()
            self.wfile.write(status_page)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            log.append({"query": parse_qs(body)["data"][0], "agent": self.headers["User-Agent"]})
            step = plan[min(len(log), len(plan)) - 1]
            step(self)

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{web.server_port}/api/interpreter", log
    finally:
        web.shutdown()
        web.server_close()


def answer(body, status=200, kind=XML, zipped=False, location=""):
    def send(handler):
        data = gzip.compress(body) if zipped else body
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        if zipped:
            handler.send_header("Content-Encoding", "gzip")
        if location:
            handler.send_header("Location", location)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def cut_body(handler):
    """Half of what the length promises, then the end of the connection."""
    body = recorded("full.osm.gz")
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def slow_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" " * 100)
            time.sleep(0.2)
    except OSError:
        pass


@pytest.fixture(autouse=True)
def quick(qgis, monkeypatch, tmp_path):
    monkeypatch.setattr(client, "_FIRST_WAIT", 0.2)
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "cache"))


def ask(address, timeout=20, feedback=None):
    return client.fetch("out;", (address,), timeout, feedback or Feedback())


FULL = "full.osm.gz"


def test_data_come_plain_and_zipped():
    whole = recorded(FULL)
    for zipped in (False, True):
        with server(answer(whole, zipped=zipped)) as (address, log):
            assert ask(address) == whole
        assert log[0]["agent"].startswith("osm2cdr/")
        assert log[0]["query"] == "out;"
    assert answers.date(whole)


@pytest.mark.parametrize(
    "first",
    [
        lambda: answer(recorded("error_429_rate_limited.html"), 429, "text/html"),
        lambda: answer(recorded("error_504_busy.html"), 504, "text/html"),
        lambda: answer(recorded("error_200_duplicate_query.html"), 200, "text/html"),
    ],
)
def test_a_busy_server_is_asked_again(first):
    with server(first(), answer(recorded(FULL))) as (address, log):
        assert ask(address) == recorded(FULL)
    assert len(log) == 2


def test_a_busy_server_stays_busy():
    with server(answer(b"<html></html>", 429, "text/html")) as (address, log):
        before = time.monotonic()
        with pytest.raises(SourceError, match="try again in some minutes"):
            ask(address, timeout=3)
        assert time.monotonic() - before < 4
    assert 2 <= len(log) < 10


def test_the_status_page_says_how_long_to_wait():
    page = recorded("status.txt").decode()
    assert answers.seconds_to_wait(page) >= 0
    assert answers.seconds_to_wait("Rate limit: 2\nSlot available after: x, in 7 seconds.\n") == 7
    assert answers.seconds_to_wait("Slot available after: x, in -2 seconds.\n") == 0
    assert answers.seconds_to_wait("1 slots available now.\nSlot available after: x, in 9 seconds.\n") == 0


BAD = [
    ("remark time", lambda: answer(recorded("remark_200_timeout.xml")), "ran out of time.*smaller area"),
    (
        "remark memory",
        lambda: answer(
            b"<?xml version='1.0'?>\n<osm>\n<remark> runtime error: Query run out of memory </remark>\n</osm>"
        ),
        "ran out of memory.*smaller area",
    ),
    ("400", lambda: answer(recorded("error_400_syntax.html"), 400, "text/html"), "did not understand the query: \\w+"),
    ("403", lambda: answer(b"<html>proxy</html>", 403, "text/html"), "refused the query"),
    ("407", lambda: answer(b"<html>proxy</html>", 407, "text/html"), "refused the query|cannot be reached"),
    ("406", lambda: answer(b"", 406), "refused the query"),
    ("500", lambda: answer(b"oops", 500, "text/plain"), "HTTP 500"),
    (
        "html",
        lambda: answer(b"<!DOCTYPE html><html><body>Log in</body></html>", 200, "text/html"),
        "no OpenStreetMap data",
    ),
    ("json", lambda: answer(recorded("empty_200.json"), 200, "application/json"), "no OpenStreetMap data"),
    ("xml cut", lambda: answer(recorded(FULL)[:50_000]), "broke off"),
    ("cut body", lambda: cut_body, "broke off"),
    ("encoding", lambda: answer(recorded(FULL).replace(b'v="', b'v="\xff\xfe', 1)), "not UTF-8"),
    ("redirect", lambda: answer(b"", 302, location="/login"), "no OpenStreetMap data"),
]


@pytest.mark.parametrize(("name", "plan", "words"), BAD, ids=[row[0] for row in BAD])
def test_every_refusal_is_one_sentence(name, plan, words):
    with server(plan()) as (address, _), pytest.raises(SourceError, match=words) as caught:
        ask(address, timeout=8)
    assert caught.value.text.endswith(".")
    assert "\n" not in caught.value.text


def test_a_refused_connection_gives_way_to_the_next_server():
    with server(answer(recorded(FULL))) as (address, _):
        closed = "http://127.0.0.1:9/api/interpreter"
        assert client.fetch("out;", (closed, address), 20, Feedback()) == recorded(FULL)
        with pytest.raises(SourceError, match="cannot be reached"):
            ask(closed)


def test_a_slow_body_ends_with_the_timeout_and_cancel_within_a_second():
    with server(slow_body) as (address, _):
        before = time.monotonic()
        with pytest.raises(SourceError, match="raise TIMEOUT"):
            ask(address, timeout=2)
        assert time.monotonic() - before < 3
        started = time.monotonic()
        with pytest.raises(Cancelled):
            ask(address, 20, Feedback(None, None, lambda: time.monotonic() - started > 1))
        assert time.monotonic() - started < 2


def test_progress_moves_while_the_server_thinks():
    said = []
    with server(lambda handler: (time.sleep(2.5), answer(recorded(FULL))(handler))) as (address, _):
        ask(address, 20, Feedback(lambda percent, step, text: said.append(time.monotonic())))
    assert max(b - a for a, b in zip(said, said[1:])) < 1


def test_the_query_follows_layers_and_level():
    wide, narrow = query(BOX, (), 6, 180), query(BOX, ("roads",), 1, 180)
    assert '["building"]["building"!="no"]' in wide
    assert "building" not in narrow
    assert '["highway"~"^(motorway|' in narrow
    assert "residential" not in narrow
    assert '["natural"="coastline"]' in narrow
    assert "[bbox:43.7350000,7.4150000,43.7450000,7.4300000]" in wide
    assert wide == query(BOX, (), 6, 180)


def export(source, folder, name="gpkg"):
    fields = {"bbox": BOX, "formats": name, "detail": 6, "source": str(source)}
    (result,) = pipeline.run(make_request(fields), folder, Feedback())
    assert result.error is None, result.error
    return result


def test_one_area_by_extract_and_by_overpass(tmp_path):
    with server(answer(recorded(FULL), zipped=True)) as (address, log):
        online = export(address, tmp_path / "online")
        again = export(address, tmp_path / "again")
        assert len(log) == 1, "the second time the kept answer is taken"
    offline = export(SHARED / "monaco.osm.pbf", tmp_path / "offline")
    seen, other = gpkg(online.path), gpkg(offline.path)
    assert seen.layers == other.layers == gpkg(again.path).layers
    assert seen.box == other.box
    assert seen.texts == other.texts
    import sqlite3

    import shapely

    head = (0, 32, 48, 48, 64)
    for table in seen.layers:
        read = []
        for result in (online, offline):
            database = sqlite3.connect(result.path)
            rows = database.execute(f'SELECT osm_type, osm_id, geom FROM "{table}" ORDER BY 1, 2').fetchall()
            shapes = shapely.from_wkb([row[2][8 + head[(row[2][3] >> 1) & 7] :] for row in rows])
            read.append(([row[:2] for row in rows], shapely.normalize(shapes)))
            database.close()
        assert read[0][0] == read[1][0], table
        # Text and PBF differ in the last bit of a double.
        assert shapely.equals_exact(read[0][1], read[1][1], 1e-9).all(), table


def test_the_launcher_takes_an_address(tmp_path):
    out = tmp_path / "out"
    command = [str(ROOT / "bin" / "osm2cdr"), "export", "--bbox", ",".join(map(str, BOX)), "--formats", "geojson"]
    with server(answer(recorded(FULL))) as (address, _):
        done = subprocess.run(
            [*command, "--source", address, "--out", str(out)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    data = json.loads((out / "map_geojson.geojson").read_text(encoding="utf-8"))
    assert data["date"] == answers.date(recorded(FULL))
    assert "Overpass (127.0.0.1" in data["source"]
    with server(answer(recorded("error_400_syntax.html"), 400, "text/html")) as (address, _):
        done = subprocess.run(
            [*command, "--source", address, "--out", str(out)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "did not understand" in done.stderr
