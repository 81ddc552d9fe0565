"""Bad answers of Overpass servers: each ends in data after all, or in one sentence that says what to do."""

import threading
import time

import pytest
from overpass_data import DATE, HTML, RECORDED, SMALL, body, one_sentence, recorded

from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.sources.overpass import cache, client
from osm2cdr.processing_provider.sources.overpass.answers import slot_seconds
from overpass_server import Play, later

REMARK = SMALL.replace(b"</osm>", b"<remark> runtime error: %s </remark>\n</osm>")
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
    def play(query):
        # Asked again, it says that it will be busy for longer than the request may take.
        server.status = b"Slot available after: X, in 900 seconds." if len(server.queries) > 1 else b""
        return Play(body(name), status)

    server = serve(play, status=b"")
    with pytest.raises(SourceError) as caught:
        ask(server)
    one_sentence(caught, words, "SOURCE")
    assert len(server.queries) == (2 if words == "busy" else 1)


def test_busy_is_said_also_where_the_time_ends_in_the_next_try(monkeypatch, tmp_path):
    """What is left of the time then may not suffice for an answer: that is not why there is none."""
    talk = client.Client(("https://overpass.example.org/api/interpreter",), float("inf"), tmp_path)
    answers = [client.Busy("busy", "The server is busy.", "source"), SourceError("slow", "No whole answer.", "timeout")]

    def answer(*_):
        talk.deadline = float("inf") if len(answers) > 1 else 0.0
        raise answers.pop(0)

    monkeypatch.setattr(talk, "_try", answer)
    monkeypatch.setattr(talk, "_wait_for", lambda *_: 0.0)
    with pytest.raises(SourceError, match="is busy"):
        talk._ask((None,), Feedback())
    assert not answers


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
    assert 1.9 < later(start) < 150
    server = serve(Play(b"", 429), status=waiting.replace(b"in 2", b"in 900"))
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ask(server)
    one_sentence(caught, "busy", "wait")
    assert later(start) < 150


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
    server = serve(Play(SMALL, pace=20.0))
    start = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ask(server, timeout=2)
    assert 1.9 < later(start) < 150
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


@pytest.mark.parametrize("play", [Play(SMALL, pace=90.0), Play(b"", 429)], ids=["slow body", "busy"])
def test_cancel_at_once_and_progress_meanwhile(serve, ask, play, monkeypatch):
    """Without it the wait would be of 90 seconds and more; the limits leave room for a busy machine."""
    monkeypatch.setattr(client, "_FIRST_WAIT", 90.0)
    monkeypatch.setattr(client, "_LONGEST_WAIT", 90.0)
    stop, told = threading.Event(), []
    threading.Timer(2.2, stop.set).start()
    feedback = Feedback(lambda percent, step, text: told.append((time.monotonic(), percent, text)), None, stop.is_set)
    start = time.monotonic()
    with pytest.raises(Cancelled):
        ask(serve(play), timeout=170, feedback=feedback)
    assert 2.1 < later(start) < 150
    times = [start, *(entry[0] for entry in told)]
    assert len(times) > 4
    assert max(after - before for before, after in zip(times, times[1:])) < 45
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
