"""What a run tells its starter, and what a starter believes."""

import json

import pytest

from osm2cdr.processing_provider.osm.tables.account import Account
from osm2cdr.processing_provider.pipeline import events
from osm2cdr.processing_provider.text.sentence import joined, say

SAID = [
    events.Progress(12.5, "read", "reading the extract"),
    events.Warned("crs_ignored", "Always in longitude and latitude: KML."),
    events.Made("svg", "/tmp/a map.svg", 10, 3, ["Émile"], {"Roads": 3}, Account({"way": 3}, 2, {"detail": 1})),
    events.Lost("cdr", "disk_full", "The disk is full."),
    events.Failed("bad_area", "bbox", "The area is empty.", bad_request=True),
    events.End(ok=False),
]


def test_what_is_told_is_heard(tmp_path, monkeypatch):
    report = tmp_path / "a report.jsonl"
    monkeypatch.setenv(events.VARIABLE, str(report))
    for event in SAID:
        events.emit(event)
    assert {type(event) for event in SAID} == set(events.KINDS.values())
    assert events.read_events(report) == SAID
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == list(events.KINDS)
    assert lines[0] == {"event": "progress", "percent": 12.5, "step": "read", "text": "reading the extract"}
    with report.open("a", encoding="utf-8") as file:
        file.write('{"event": "end", "ok": tr')
    assert events.read_events(report) == SAID


@pytest.mark.parametrize(
    "line",
    [
        "", "null", "[]", "7", "{", '{"event": "file"}', '{"event": "robbery", "text": "x"}', '{"event": ["end"]}',
        '{"event": "file", "format": "svg", "path": 7, "bytes": 1, "features": 1}',
        '{"event": "file", "format": "svg", "path": "x", "bytes": "1", "features": 1}',
        '{"event": "file", "format": "svg", "path": "x", "bytes": true, "features": 1}',
        '{"event": "file", "format": "svg", "path": "x", "bytes": 1, "features": 1, "warnings": [7]}',
        '{"event": "file", "format": "svg", "path": "x", "bytes": 1, "features": 1, "layers": {"Roads": "x"}}',
        '{"event": "warning", "code": "x", "text": null}', '{"event": "end", "ok": 1}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_event_is_left_out(line, tmp_path):
    assert events.read_line(line) is None
    report = tmp_path / "report.jsonl"
    report.write_text(f'{line}\n{{"event": "end", "ok": true}}\n', encoding="utf-8")
    assert events.read_events(report) == [events.End(ok=True)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("in_tables", "1"), ("in_tables", True), ("objects", {"way": "x"}), ("objects", []),
        ("left_out", {"x" * 99: 1}), ("first", {"shape": ["way 1", 7]}), ("first", {"shape": ["x"] * 1000}),
        ("more", 1),
    ],
)  # fmt: skip
def test_an_account_that_is_none_is_not_believed(name, value):
    file = {"event": "file", "format": "svg", "path": "x", "bytes": 1, "features": 1}
    good = Account({"way": 1}, 1, first={"shape": ["way 1"]}).as_json()
    assert events.read_line(json.dumps({**file, "account": good})).account.objects == {"way": 1}
    assert events.read_line(json.dumps({**file, "account": {**good, name: value}})) is None


def sentences(event):
    """The key and the values of all that an event says, also inside others."""

    def known(text):
        return (str(text), getattr(text, "key", ""), list(map(known, getattr(text, "values", ()))))

    return [known(text) for text in [getattr(event, "text", ""), *getattr(event, "warnings", [])]]


def test_what_was_said_with_values_is_heard_with_them(tmp_path, monkeypatch):
    report = tmp_path / "report.jsonl"
    monkeypatch.setenv(events.VARIABLE, str(report))
    lost = say("{0} could not be written: {1}.", say("KML"), "{0} {{brace}} \u2028 \n")
    said = [
        events.Progress(1, "write", say("writing {0}", say("KML"))),
        events.Warned("x", say("{{{0}}} twice: {0}{1}", "", "b")),
        events.Made("kml", "/a.kml", 1, 1, ["plain {0}", lost]),
        events.Lost("kml", "x", lost),
        events.Failed("x", "", joined([lost, "Written: all."])),
    ]
    for event in said:
        events.emit(event)
    heard = events.read_events(report)
    assert heard == said
    assert [sentences(event) for event in heard] == [sentences(event) for event in said]
    assert heard[-1].text.values[0].values[0].key == "KML"
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").split("\n") if line]
    told = {"text": "KML", "key": "KML", "values": []}
    assert lines[0] == {
        "event": "progress", "percent": 1, "step": "write", "text": "writing KML", "key": "writing {0}",
        "values": [told],
    }  # fmt: skip
    # What programs read is English text, with a key or without.
    assert lines[2]["warnings"][0] == "plain {0}"
    assert lines[2]["warnings"][1]["text"] == str(lost)
    assert lines[3]["text"] == str(lost)


@pytest.mark.parametrize(
    "said",
    [
        {"text": "a", "key": "a"}, {"text": "a", "key": 7, "values": []}, {"text": "a", "key": "a", "values": "b"},
        {"text": "a", "key": "a", "values": [7]}, {"text": "a", "key": "a", "values": [{"text": "b"}]},
        # Another text than the key and the values make: a reader would see what no program that checks it saw.
        {"text": "a", "key": "b", "values": []}, {"text": "a", "key": "{0}", "values": ["b"]},
        {"text": "ab", "key": "{0}", "values": ["a"]}, {"text": "a", "key": "{0}b", "values": ["a"]},
        # A format string of somebody else's is none.
        {"text": "a", "key": "{0}{1}", "values": ["a"]}, {"text": "a", "key": "{0:999999999999}", "values": ["a"]},
        {"text": "a", "key": "{0.__class__}", "values": ["a"]}, {"text": "a", "key": "{}", "values": ["a"]},
        {"text": "a", "key": "{0!r}", "values": ["a"]}, {"text": "a{", "key": "a{", "values": []},
        {"text": "a", "key": "{-1}", "values": ["a"]}, {"text": "a", "key": "{9999}", "values": ["a"]},
        # A text that no memory holds.
        {"text": "a", "key": "{0}" * 1000, "values": [{"text": "a" * 1000, "key": "{0}" * 1000, "values": ["a"]}]},
    ],
)  # fmt: skip
def test_a_sentence_that_is_none_is_left_out(said):
    assert events.read_line(json.dumps({"event": "warning", "code": "x", **said})) is None
    file = {"event": "file", "format": "kml", "path": "x", "bytes": 1, "features": 1}
    assert events.read_line(json.dumps(file)) is not None
    assert events.read_line(json.dumps({**file, "warnings": [said]})) is None


@pytest.mark.parametrize("depth", [20, 50_000])
def test_a_sentence_in_too_many_others_is_left_out(depth):
    said = '{"text": "a", "key": "{0}", "values": [' * depth + '"a"' + "]}" * depth
    file = '"event": "file", "format": "x", "path": "x", "bytes": 1, "features": 1'
    assert events.read_line(f'{{{file}, "warnings": [{said}]}}') is None


def test_whole_numbers_are_percents_and_more_is_no_harm():
    assert events.read_line(
        '{"event": "progress", "percent": 7, "step": "", "text": "", "more": 1}'
    ) == events.Progress(7, "", "")
