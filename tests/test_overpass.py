"""The Overpass source against a server that plays real answers, good and bad: data, or one sentence."""

import gzip
import itertools
import json
import os
import re
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from areas import ROOT, SHARED
from osm2cdr.processing_provider import pipeline
from osm2cdr.processing_provider.errors import Cancelled, RequestError, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import dates, extract, sources, stage
from osm2cdr.processing_provider.osm.layers import TABLES
from osm2cdr.processing_provider.osm.overpass import cache, client, query, split
from osm2cdr.processing_provider.osm.overpass.answers import slot_seconds
from osm2cdr.processing_provider.request import make_request
from overpass_server import Play, Server, later

RECORDED = SHARED / "overpass"
MONACO = SHARED / "monaco.osm.pbf"
# Box B of the recorded answers: west, south, east, north.
BOX = (7.415, 43.735, 7.430, 43.745)
DATE = "2021-04-21T20:21:46Z"
SMALL = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="Overpass API">\n'
    f'<meta osm_base="{DATE}"/>\n'
    '  <node id="1" lat="43.74" lon="7.42"><tag k="place" v="town"/><tag k="name" v="Мона&#60;ко > x"/></node>\n'
    '  <node id="2" lat="43.741" lon="7.421"/>\n'
    '  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way>\n'
    "</osm>\n"
).encode()
recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"the recorded answers are not in {RECORDED}")


def body(name):
    path = RECORDED / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.fixture(autouse=True)
def places(monkeypatch, tmp_path):
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(client, "_FIRST_WAIT", 0.2)
    monkeypatch.setattr(split, "PAUSE", 0.05)


@pytest.fixture
def serve():
    servers = []

    def start(*plays, **more):
        servers.append(Server(plays[0] if callable(plays[0]) else plays, **more))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def ask(qgis, tmp_path):
    """ask(source): what sources.open_source gives for a small box."""
    numbers = itertools.count()

    def run(source, box=BOX, groups=(), level=4, timeout=20, feedback=None):
        folder = tmp_path / f"work{next(numbers)}"
        folder.mkdir()
        source = source.url if isinstance(source, Server) else source
        return sources.open_source(source, box, groups, level, timeout, folder, feedback or Feedback())

    return run


def one_sentence(caught, *words):
    text = caught.value.text
    assert text.endswith(".")
    assert "\n" not in text
    assert "Traceback" not in text
    for word in words:
        assert word in text, text


# --- good answers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("play", [Play(SMALL), Play(SMALL, packed=True), Play(b"\xef\xbb\xbf" + SMALL)])
def test_a_good_answer_is_a_file_a_name_and_a_date(serve, ask, play):
    server = serve(play)
    found = ask(server)
    assert found.date == DATE
    assert found.name == f"Overpass API, 127.0.0.1:{server.port}"
    assert found.path.read_bytes() == play.body
    agent, accepted = server.agents[0]
    version = re.search(r"^version=(.+)$", (ROOT / "metadata.txt").read_text(encoding="utf-8"), re.M)[1]
    assert agent == f"osm2cdr/{version} (+https://osm2cdr.ru)"
    assert "gzip" in accepted
    assert "[timeout:20]" in server.queries[0]


def test_an_empty_answer_is_an_area_without_data(serve, qgis, tmp_path):
    empty = re.sub(rb"  <.*>\n", b"", SMALL)
    assert b"<node" not in empty
    fields = {"bbox": BOX, "formats": "gpkg", "source": serve(Play(empty)).url}
    [result] = pipeline.run(make_request(fields), tmp_path / "out", Feedback())
    assert result.error.code == "no_data"


@recorded
def test_one_area_through_the_extract_and_through_overpass(serve, ask, tmp_path):
    """The same tables, objects and geometries, whichever way they came."""
    server = serve(Play(body("full.osm.gz"), packed=True))
    found = ask(server)
    assert found.date == DATE
    saved = ask(str(RECORDED / "full.json.gz"))
    assert saved.date == DATE
    staged = []
    for number, path in enumerate((MONACO, found.path, saved.path)):
        folder = tmp_path / str(number)
        folder.mkdir()
        staged.append(stage.stage(extract.read(path, BOX, folder, Feedback()), (), 6, Feedback()))
    one, *others = (described(each) for each in staged)
    assert sum(len(rows) for rows in one.values()) > 1500
    for other in others:
        assert set(one) == set(other)
        for name in one:
            assert one[name] == other[name], name
    # A ray that leads away from the box is read as well, and meets other coasts.
    coast = [{line.ExportToWkt() for line in each.coastline} for each in staged]
    assert coast[0] >= coast[1]
    assert coast[1]


@recorded
def test_a_saved_answer_with_geometry_is_enough(ask, tmp_path):
    """`out geom` has no nodes of their own: their places stand beside their numbers."""
    found = ask(str(RECORDED / "highways_geom.json.gz"))
    rows = stage.stage(extract.read(found.path, BOX, tmp_path, Feedback()), ("roads",), 6, Feedback()).rows
    assert len(rows["roads"].blobs) > 300


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "no elements"),
        ("{", "no answer of an Overpass server"),
        ('{"elements": [{"type": "way", "id": 1, "bounds": {}}]}', "out body"),
        ('{"elements": [], "remark": "runtime error: Query timed out."}', "timed out"),
    ],
)
def test_a_bad_saved_answer_is_one_sentence(ask, tmp_path, text, words):
    path = tmp_path / "saved.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        ask(str(path))
    one_sentence(caught, "saved.json", words)


def described(staged):
    """Each table's rows that reach into the box as sorted values; geometries by their normalised text."""
    west, south, east, north = BOX

    def near(geometry):
        xmin, xmax, ymin, ymax = geometry.GetEnvelope()
        return xmin <= east and xmax >= west and ymin <= north and ymax >= south

    return {
        name: sorted(
            (repr(values), geometry.Normalize().ExportToWkt())
            for geometry, values in zip(rows.geometries, rows.values)
            if near(geometry)
        )
        for name, rows in staged.rows.items()
    }


# --- the query ----------------------------------------------------------------------------------------------------


def test_the_query_is_the_same_text_for_the_same_request():
    assert query.build(BOX, (), 4, 180) == query.build(BOX, (), 4, 180)
    assert query.build(BOX, (), 4, 180).body == query.build(BOX, (), 4, 20).body
    text = query.build(BOX, ("roads",), 1, 30).text
    assert text == (
        "[out:xml][timeout:30][maxsize:536870912];\n(\n"
        ' way["highway"~"^(motorway|motorway_link|primary|primary_link|trunk|trunk_link)$"]'
        "(43.7350000,7.4150000,43.7450000,7.4300000);\n"
        ' way["natural"="coastline"](43.7350000,7.4150000,43.7450000,7.4300000);\n'
        ");\n(._;>;);\nout body;"
    )


def test_an_overview_downloads_no_buildings():
    for level, there in ((1, False), (2, False), (3, True), (6, True)):
        assert ('["building"]' in query.build(BOX, (), level, 180).text) == there
    assert '["building"]' not in query.build(BOX, ("roads", "water"), 6, 180).text


def selected(text, elements):
    """What the query's statements take of `elements` (by type and id), with all that they refer to.

    Boxes and areas are not looked at: all elements lie in the box.
    """
    taken = set()
    for line in text.split("(\n", 1)[1].split("\n);")[0].splitlines():
        kind, rest = re.match(r"^ (node|way|relation)((?:\(pivot\.around\))?(?:\[.*\])?)", line).groups()
        if "pivot" in rest:
            continue
        tests = re.findall(r'\["([^"]+)"(?:(=|~)"([^"]*)")?\]', rest)
        for key, element in elements.items():
            if key[0] == kind and all(
                fits(element.get("tags", {}).get(name), sign, word) for name, sign, word in tests
            ):
                taken.add(key)
    result = set(taken)
    for key in taken:
        if key[0] == "relation":
            result |= {(m["type"], m["ref"]) for m in elements[key]["members"] if m["type"] != "relation"}
    for key in list(result):
        if key[0] == "way" and key in elements:
            result |= {("node", number) for number in elements[key]["nodes"]}
    return result & set(elements)


def fits(value, sign, word):
    if value is None or not sign:
        return value is not None
    return re.search(word, value) is not None if sign == "~" else value == word


@recorded
@pytest.mark.parametrize(("groups", "level"), [((), 1), ((), 3), ((), 4), ((), 6), (("roads", "pois"), 6)])
def test_the_query_fetches_all_that_the_level_shows(qgis, tmp_path, groups, level):
    """The recorded data, whole and as far as the query takes them, make the same map; the latter are fewer."""
    everything = {(e["type"], e["id"]): e for e in json.loads(body("full.json.gz"))["elements"]}
    taken = selected(query.build(BOX, groups, level, 180).text, everything)
    lines = body("full.osm.gz").decode().split("\n  <")
    kept, deep = [lines[0]], True
    for line in lines[1:]:
        found = re.match(r'(node|way|relation) id="(\d+)"', line)
        if found:
            deep = (found[1], int(found[2])) in taken
        if deep or "</osm>" in line:
            kept.append(line if deep else line[line.index("\n\n</osm>") :])
    full, part = tmp_path / "full.osm", tmp_path / "part.osm"
    full.write_bytes(body("full.osm.gz"))
    part.write_text("\n  <".join(kept).replace("\n  <\n\n</osm>", "\n\n</osm>"), encoding="utf-8")
    assert part.stat().st_size < full.stat().st_size * (0.7 if level < 3 or groups else 1)
    staged = []
    for path in (full, part):
        folder = tmp_path / path.stem
        folder.mkdir()
        staged.append(described(stage.stage(extract.read(path, BOX, folder, Feedback()), groups, level, Feedback())))
    assert staged[0] == staged[1]
    assert sum(map(len, staged[0].values())) > 10


def test_every_rule_can_be_asked_for():
    for table in TABLES:
        for kind in table.kinds:
            for alternative in kind.rule:
                assert any(not term.negated for term in alternative), kind
                assert all(re.fullmatch(r"[\w-]+", value) for term in alternative for value in term.values)


# --- bad answers --------------------------------------------------------------------------------------------------

REMARK = SMALL.replace(b"</osm>", b"<remark> runtime error: %s </remark>\n</osm>")
HTML = b"<!DOCTYPE html>\n<html><head><title>Log in to the hotel</title></head><body>&nbsp;</body></html>"
BAD = {
    "remark, time": (Play(REMARK % b'Query timed out in "query" at line 1 after 2 seconds.'), "ran out of time"),
    "remark, memory": (Play(REMARK % b'Query ran out of memory in "recurse" at line 1.'), "ran out of memory"),
    "remark, other": (Play(REMARK % b"open64: 2 No such file nodes.bin"), "open64: 2 No such file nodes.bin"),
    "HTML": (Play(HTML), "a web page (Log in to the hotel)"),
    "nothing": (Play(b""), "nothing"),
    "words": (Play(b"hello"), "no map data"),
    "JSON": (Play(b'{"elements": []}'), "JSON"),
    "cut JSON": (Play(b'{"elements": [{"type": "no'), "cut off"),
    "cut, clean end": (Play(SMALL[:300]), "cut off"),
    "cut, dead connection": (Play(SMALL, cut=300), "cut off"),
    "cut, gzip": (Play(SMALL * 1, packed=True, cut=100), "cut off"),
    "wrong encoding": (Play(SMALL.replace("Мона".encode(), "Мона".encode("cp1251"))), "no valid UTF-8"),
    "broken XML": (Play(SMALL.replace(b"</way>", b"</relation>")), "no valid UTF-8 XML"),
    "two roots": (Play(SMALL + SMALL[40:]), "no valid UTF-8 XML"),
    "redirect to HTML": (Play(b"", 302, {"Location": "/login"}), "a web page (Log in to the hotel)"),
    "redirect without end": (Play(b"", 302, {"Location": "/api/interpreter"}), "circle"),
    "forbidden": (Play(HTML, 403), "refused the request with 403"),
    "not acceptable": (Play(HTML, 406), "refused the request with 406"),
    "not there": (Play(HTML, 404), "no Overpass server"),
    "400 of a proxy": (Play(HTML, 400), "400"),
    "500": (Play(HTML, 500), "failed with 500"),
    "502": (Play(b"", 502), "failed with 502"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_one_sentence(serve, ask, name):
    play, words = BAD[name]
    if name == "redirect to HTML":
        server = serve(lambda text: play if server.paths[-1] != "/login" else Play(HTML))
    else:
        server = serve(play)
    with pytest.raises(SourceError) as caught:
        ask(server)
    one_sentence(caught, words, "SOURCE")
    assert not list((cache.folder() / "overpass").glob("*.osm"))


@recorded
@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("remark_200_timeout.xml", 200, "ran out of time"),
        ("remark_200_timeout.json", 200, "ran out of time"),
        ("remark_200_timeout_partial.json", 200, "ran out of time"),
        ("remark_200_memory.json", 200, "ran out of memory"),
        ("error_400_syntax.html", 400, "')' expected - ';' found"),
        ("error_400_empty.html", 400, 'Unknown type "data"'),
        ("error_400_latitude.html", 400, "between -90.0 and 90.0"),
        ("error_200_duplicate_query.html", 200, "busy"),
        ("error_429_rate_limited.html", 429, "busy"),
        ("error_504_busy.html", 504, "busy"),
    ],
)
def test_a_recorded_failure_is_one_sentence(serve, ask, name, status, words):
    server = serve(Play(body(name), status), status=b"")
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ask(server, timeout=2)
    assert later(start) < 3
    one_sentence(caught, words, "SOURCE")
    assert len(server.queries) > 1 if words == "busy" else len(server.queries) == 1


@recorded
@pytest.mark.parametrize(
    ("name", "status"),
    [("error_429_rate_limited.html", 429), ("error_504_busy.html", 504), ("error_200_duplicate_query.html", 200)],
)
def test_a_busy_server_is_asked_again(serve, ask, name, status):
    server = serve(Play(body(name), status), Play(SMALL), status=body("status.txt"))
    assert ask(server).date == DATE
    assert len(server.queries) == 2
    assert server.statuses == 1


def test_a_busy_server_is_given_the_time_it_asks_for(serve, ask):
    waiting = b"Rate limit: 2\nSlot available after: 2026-11-23T22:23:50Z, in 2 seconds.\n"
    server = serve(Play(b"", 429), Play(SMALL), status=waiting)
    start = time.monotonic()
    ask(server)
    assert 1.9 < later(start) < 4
    server = serve(Play(b"", 429), status=waiting.replace(b"in 2", b"in 900"))
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ask(server)
    one_sentence(caught, "busy", "wait")
    assert later(start) < 2


def test_slots():
    assert slot_seconds("Rate limit: 2\n2 slots available now.\n") == 0
    assert slot_seconds("1 slot available now.\nSlot available after: 2026-11-23T22:23:48Z, in 8 seconds.") == 0
    both = "Slot available after: X, in 9 seconds.\nSlot available after: Y, in 3 seconds."
    assert slot_seconds(both) == 3
    assert slot_seconds("Slot available after: X, in -4 seconds.") == 0
    assert slot_seconds("<html>") is None
    if RECORDED.is_dir():
        assert slot_seconds(body("status.txt").decode()) is None


def test_a_slow_body_ends_with_the_timeout(serve, ask):
    server = serve(Play(SMALL, pace=1.0))
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ask(server, timeout=2)
    assert 1.9 < later(start) < 3
    one_sentence(caught, "TIMEOUT", "SOURCE")
    assert "[timeout:2]" in server.queries[0]


def test_a_silent_server_is_given_longer_than_qgis_would(serve, ask):
    """QGIS ends requests after so much silence (60 s by default), whatever a query was promised."""
    from qgis.core import QgsNetworkAccessManager

    before = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(300)
    try:
        assert ask(serve(Play(SMALL, pace=0.6))).date == DATE
    finally:
        QgsNetworkAccessManager.setTimeout(before)


@pytest.mark.parametrize("play", [Play(SMALL, pace=2.0), Play(b"", 429)], ids=["slow body", "busy"])
def test_cancel_within_a_second_and_progress_meanwhile(serve, ask, play, monkeypatch):
    monkeypatch.setattr(client, "_FIRST_WAIT", 10.0)
    stop, told = threading.Event(), []
    threading.Timer(2.2, stop.set).start()
    feedback = Feedback(lambda percent, step, text: told.append((time.monotonic(), percent, text)), None, stop.is_set)
    start = time.monotonic()
    with pytest.raises(Cancelled):
        ask(serve(play), feedback=feedback)
    assert 2.1 < later(start) < 3.2
    times = [start, *(entry[0] for entry in told)]
    assert max(after - before for before, after in zip(times, times[1:])) < 1
    percents = [entry[1] for entry in told]
    assert percents == sorted(percents)


def test_a_job_in_another_thread(serve, ask):
    """Processing runs algorithms in threads that are not Qt's main one."""
    from qgis.PyQt.QtCore import QCoreApplication, QThread

    server, answers = serve(Play(SMALL, pace=0.05)), []

    class Job(QThread):
        def run(self):
            try:
                answers.append(ask(server).date)
            except Exception as error:
                answers.append(error)

    job = Job()
    job.start()
    while not job.wait(20):
        QCoreApplication.processEvents()
    assert answers == [DATE]


# --- servers, network ---------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_refused_connection(ask):
    with pytest.raises(SourceError) as caught:
        ask(f"http://127.0.0.1:{free_port()}/api/interpreter")
    one_sentence(caught, "refuses connections", "check the network")


def test_a_host_that_is_not_there(ask):
    with pytest.raises(SourceError) as caught:
        ask("http://nowhere.invalid/api/interpreter")
    one_sentence(caught, "nowhere.invalid", "check the network")


def test_a_server_that_is_not_who_it_should_be(serve, ask):
    with pytest.raises(SourceError) as caught:
        ask(serve(Play(SMALL)).url.replace("http:", "https:"))
    one_sentence(caught, "127.0.0.1")


def test_the_next_server_helps_out(serve, ask, monkeypatch):
    lost, good = serve(Play(HTML, 403)), serve(Play(SMALL))
    dead = f"http://127.0.0.1:{free_port()}/api/interpreter"
    monkeypatch.setenv("OSM2CDR_OVERPASS", f"{dead}, {lost.url},{good.url}")
    found = ask("")
    assert found.name == f"Overpass API, 127.0.0.1:{good.port}"
    assert (len(lost.queries), len(good.queries)) == (1, 1)
    monkeypatch.delenv("OSM2CDR_OVERPASS")
    assert client.endpoints("overpass") == client.DEFAULT_ENDPOINTS


def test_a_bad_query_is_not_taken_to_the_next_server(serve, ask, monkeypatch):
    page = b'<p><strong style="x">Error</strong>: line 1: parse error: Unknown type &quot;x&quot; </p>'
    first, second = serve(Play(page, 400)), serve(Play(SMALL))
    monkeypatch.setenv("OSM2CDR_OVERPASS", f"{first.url},{second.url}")
    with pytest.raises(SourceError) as caught:
        ask("overpass")
    one_sentence(caught, 'Unknown type "x"')
    assert second.queries == []


def test_a_redirect_keeps_the_query(serve, ask):
    good = serve(Play(SMALL))
    server = serve(Play(b"", 301, {"Location": good.url}))
    ask(server)
    assert good.queries == server.queries


def test_a_server_without_areas_is_asked_without(serve, ask):
    page = (
        b"<p><strong>Error</strong>: runtime error: open64: 2 No such file or directory "
        b"/db/area_tags_global.idx File_Blocks::1 </p>"
    )
    server = serve(lambda text: Play(page, 400) if "is_in" in text else Play(SMALL))
    assert ask(server).date == DATE
    assert ["is_in" in text for text in server.queries] == [True, False]
    assert ask(server).date == DATE
    assert len(server.queries) == 2


@pytest.mark.parametrize(("status", "words"), [(403, "403"), (407, "user name and a password")])
def test_a_proxy_of_the_network(serve, ask, status, words):
    from qgis.core import QgsNetworkAccessManager
    from qgis.PyQt.QtNetwork import QNetworkProxy

    proxy = serve(Play(HTML, status, {"Proxy-Authenticate": 'Basic realm="x"'} if status == 407 else {}))
    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    settings = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", proxy.port)
    manager.setFallbackProxyAndExcludes(settings, [], [])
    try:
        with pytest.raises(SourceError) as caught:
            ask("http://overpass.example.org/api/interpreter", timeout=5)
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])
    one_sentence(caught, words, "proxy")
    assert proxy.paths[0] == "http://overpass.example.org/api/interpreter"


# --- cache --------------------------------------------------------------------------------------------------------


def test_the_same_area_is_asked_for_once(serve, ask, monkeypatch):
    server = serve(Play(SMALL))
    first, second = ask(server), ask(server, timeout=50)
    assert len(server.queries) == 1
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (second.name, second.date) == (first.name, first.date)
    ask(server, level=5)
    assert len(server.queries) == 2
    monkeypatch.setattr(cache.time, "time", lambda now=time.time: now() + cache.MAX_AGE + 1)
    ask(server, level=5)
    assert len(server.queries) == 3


def test_the_cache_stays_small_and_heals(serve, ask, monkeypatch):
    monkeypatch.setattr(cache, "MAX_BYTES", int(len(SMALL) * 2.5))
    server = serve(Play(SMALL))
    for level in (3, 4, 5):
        ask(server, level=level)
        time.sleep(0.02)
    kept = list((cache.folder() / "overpass").iterdir())
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(SMALL[:200])
    ask(server, level=5)
    assert len(server.queries) == 4


def test_a_cache_that_cannot_be_written_to_costs_nothing(serve, ask, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "file" / "cache"))
    assert ask(serve(Play(SMALL))).date == DATE


def test_the_rules_of_the_public_servers_are_told_once(ask, serve, monkeypatch):
    told = []
    monkeypatch.setattr(split, "DEFAULT_ENDPOINTS", (serve(Play(SMALL)).url,))
    monkeypatch.setattr(client, "DEFAULT_ENDPOINTS", split.DEFAULT_ENDPOINTS)
    for _ in range(2):
        ask("", feedback=Feedback(None, lambda code, text: told.append((code, text))))
    ask(serve(Play(SMALL)), feedback=Feedback(None, lambda code, text: told.append((code, text))))
    assert [code for code, _ in told] == ["overpass_rules"]
    assert "wiki.openstreetmap.org" in told[0][1]


# --- large areas --------------------------------------------------------------------------------------------------


def test_tiles_cover_the_box():
    assert split.tiles(BOX, 6) == [BOX]
    box = (7.0, 43.0, 7.3, 43.2)
    parts = split.tiles(box, 4)
    assert len(parts) > 9
    assert len(split.tiles(box, 2)) == 1
    assert sum((e - w) * (n - s) for w, s, e, n in parts) == pytest.approx(0.06)
    assert (parts[0][0], parts[0][1], parts[-1][2], parts[-1][3]) == box
    with pytest.raises(SourceError) as caught:
        split.tiles((7.0, 43.0, 8.0, 44.0), 5)
    one_sentence(caught, "too much for Overpass", "SOURCE")


@recorded
def test_tiles_are_merged_without_doubles(serve, ask, tmp_path, monkeypatch):
    """The recorded answer dealt out to four tiles with an overlap comes together again, in order."""
    import osmium

    lines = body("full.osm.gz").decode().split("\n  <")
    elements = []
    for line in lines[1:]:
        if re.match(r"(node|way|relation) ", line):
            elements.append([line])
        else:
            elements[-1].append(line)
    texts = ["\n  <".join(element).replace("\n\n</osm>\n", "") for element in elements]
    dealt = [[t for n, t in enumerate(texts) if n % 4 == part or n % 7 == 0] for part in range(4)]

    def play(text):
        number = server.queries.index(text)
        shuffled = [*dealt[number][3:], *dealt[number][:3]]
        return Play((lines[0] + "".join(f"\n  <{t}" for t in shuffled) + "\n</osm>").encode(), packed=True)

    monkeypatch.setattr(split, "TILE_KM2", {4: 0.5})
    server = serve(play)
    found = ask(server, box=BOX)
    assert len(server.queries) == 4
    assert server.most == 1
    assert found.date == DATE

    def read(path):
        rows = []
        for item in osmium.FileProcessor(str(path)):
            rows.append((item.type_str(), item.id, dict(item.tags)))
        return rows

    whole = tmp_path / "whole.osm"
    whole.write_bytes(body("full.osm.gz"))
    rows = read(found.path)
    assert len(rows) == len(texts)
    assert rows == read(whole)
    staged = []
    for number, path in enumerate((whole, found.path)):
        folder = tmp_path / f"s{number}"
        folder.mkdir()
        staged.append(described(stage.stage(extract.read(path, BOX, folder, Feedback()), (), 5, Feedback())))
    assert staged[0] == staged[1]
    ask(server, box=BOX)
    assert len(server.queries) == 4


def test_tiles_keep_to_the_server_that_answered(serve, ask, monkeypatch):
    lost, good = serve(Play(HTML, 403)), serve(Play(SMALL))
    monkeypatch.setenv("OSM2CDR_OVERPASS", f"{lost.url},{good.url}")
    monkeypatch.setattr(split, "TILE_KM2", {4: 0.5})
    told = []
    found = ask("", feedback=Feedback(lambda percent, step, text: told.append(percent)))
    assert (len(lost.queries), len(good.queries)) == (1, 4)
    assert found.path.read_bytes().count(b"<node ") == 2
    assert told == sorted(told)
    assert told[-1] == 100


# --- dates, doors -------------------------------------------------------------------------------------------------


def test_dates(tmp_path):
    import osmium

    path = tmp_path / "dated.osm.pbf"
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2020-02-03T04:05:06Z")
    writer = osmium.SimpleWriter(str(path), header=header)
    writer.add_node(osmium.osm.mutable.Node(id=1, location=(1, 2)))
    writer.close()
    assert extract.data_date(path) == "2020-02-03T04:05:06Z"
    if MONACO.exists():
        assert extract.data_date(MONACO).startswith("2021-04")
    for name, text, date in (
        ("a.osm", SMALL, DATE),
        ("b.osm", b'<?xml version="1.0"?><osm version="0.6" timestamp="2019-01-02T03:04:05Z">', "2019-01-02T03:04:05Z"),
        ("c.osm", b"<osm version='0.6'>", ""),
        ("d.osm.pbf", b"\0\0\0\x0dthis is not a pbf at all", ""),
        ("e.osm.pbf", b"", ""),
    ):
        (tmp_path / name).write_bytes(text)
        assert dates.data_date(tmp_path / name) == date, name
    (tmp_path / "f.osm.gz").write_bytes(gzip.compress(SMALL))
    assert dates.data_date(tmp_path / "f.osm.gz") == DATE


def test_what_a_source_may_be(tmp_path, monkeypatch):
    for good in ("", "overpass", "https://overpass.example.org/api/interpreter", "http://127.0.0.1:8080/x"):
        sources.check(good)
        assert sources.is_overpass(good)
    for bad in ("http://", "https://a b/", "http://a:99999/", "nowhere.osm.pbf", str(tmp_path)):
        with pytest.raises(RequestError) as caught:
            sources.check(bad)
        one_sentence(caught)
        assert caught.value.field == "source"
    sample = tmp_path / "cache" / "sample" / "helsinki.osm.pbf"
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "a" / "b" / "c" / "sources.py"))
    with pytest.raises(RequestError) as caught:
        sources.check("sample")
    one_sentence(caught, "make sample")
    sample.parent.mkdir(parents=True)
    sample.write_bytes(b"x")
    assert sources.find_sample() == sample


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
    assert {Path(row["path"]).name for row in rows} == {"map_gpkg.gpkg", "map_geojson.geojson"}
    assert {path.name for path in out.iterdir()} == {"map_gpkg.gpkg", "map_geojson.geojson"}
    assert len(server.queries) == 1
    assert "[timeout:60]" in server.queries[0]
    assert server.agents[0][0].startswith("osm2cdr/")
    said = b"\n".join(path.read_bytes() for path in out.iterdir())
    assert DATE.encode() in said
    assert f"Overpass API, 127.0.0.1:{server.port}".encode() in said
    database = sqlite3.connect(out / "map_gpkg.gpkg")
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
