"""Good answers of Overpass servers, and saved ones, as data."""

import re

import pytest
from overpass_data import BOX, DATE, MONACO, RECORDED, SMALL, body, described, one_sentence, recorded

from areas import ROOT
from osm2cdr.processing_provider.errors import SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import extract, opening
from overpass_server import Play


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
    assert "[timeout:170]" in server.queries[0]


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
        staged.append(staging.stage(extract.read(path, BOX, folder, Feedback()), (), 6, Feedback()))
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
    rows = staging.stage(extract.read(found.path, BOX, tmp_path, Feedback()), ("roads",), 6, Feedback()).rows
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


STOPPED = "runtime error: Query timed out in &quot;query&quot; at line 1 after 2 seconds."
PLACE = '<node id="1" version="1" lat="60.17" lon="24.94"/>'
ANSWERS = {
    "saved.osm": f'<?xml version="1.0"?>\n<osm version="0.6">{PLACE}<remark> {STOPPED} </remark></osm>\n',
    "empty.osm": f'<osm version="0.6"><remark> {STOPPED} </remark></osm>',
    "empty.json": '{"elements": [], "remark": "' + STOPPED.replace("&quot;", '\\"') + '"}',
}


@pytest.mark.parametrize("name", list(ANSWERS))
def test_a_saved_answer_that_stopped_says_so_with_a_box_and_without(ask, tmp_path, name):
    path = tmp_path / name
    path.write_text(ANSWERS[name], encoding="utf-8")
    for attempt in (lambda: ask(str(path)), lambda: opening.whole_box(str(path))):
        with pytest.raises(SourceError) as caught:
            attempt()
        one_sentence(caught, name, 'is not whole: the server stopped with runtime error: Query timed out in "query"')


def test_osm_xml_under_another_ending_is_told_its_name(ask, tmp_path):
    path = tmp_path / "interpreter.xml"
    path.write_text(f'<?xml version="1.0"?>\n<osm version="0.6">{PLACE}</osm>', encoding="utf-8")
    for attempt in (lambda: ask(str(path)), lambda: opening.whole_box(str(path))):
        with pytest.raises(SourceError) as caught:
            attempt()
        one_sentence(caught, "interpreter.xml", "holds OSM XML under another ending; call it interpreter.osm")
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        ask(str(path))
    one_sentence(caught, "is no OSM extract; give one of")
