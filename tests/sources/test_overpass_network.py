"""Overpass over the network: servers, proxies, redirects, the cache, the rules, dates."""

import gzip
import time

import pytest
from overpass_data import DATE, HTML, MONACO, SMALL, one_sentence

from osm2cdr.processing_provider.errors import RequestError, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.sources import dates, extract, opening
from osm2cdr.processing_provider.sources.overpass import cache, client, split
from overpass_server import Play
from ports import free_port


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
            ask("http://overpass.example.org/api/interpreter", timeout=60)
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])
    one_sentence(caught, words, "proxy")
    assert proxy.paths[0] == "http://overpass.example.org/api/interpreter"


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


def test_what_a_source_may_be(tmp_path, monkeypatch, overpass_places):
    for good in ("", "overpass", "https://overpass.example.org/api/interpreter", "http://127.0.0.1:8080/x"):
        opening.check(good)
        assert opening.is_overpass(good)
    for bad in ("http://", "https://a b/", "http://a:99999/", "nowhere.osm.pbf", str(tmp_path)):
        with pytest.raises(RequestError) as caught:
            opening.check(bad)
        one_sentence(caught)
        assert caught.value.field == "source"
    sample = tmp_path / "cache" / "sample" / "helsinki.osm.pbf"
    monkeypatch.setattr(opening, "__file__", str(tmp_path / "a" / "b" / "c" / "sources.py"))
    with pytest.raises(RequestError) as caught:
        opening.check("sample")
    one_sentence(caught, "make sample")
    sample.parent.mkdir(parents=True)
    sample.write_bytes(b"x")
    assert opening.find_sample() == sample
