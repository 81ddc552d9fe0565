"""What a run tells its starter, and what a starter believes."""

import json

import pytest

from osm2cdr.processing_provider.pipeline import events

SAID = [
    events.Progress(12.5, "read", "reading the extract"),
    events.Warned("crs_ignored", "KML is always in longitude and latitude."),
    events.Made("svg", "/tmp/a map.svg", 10, 3, ["Émile"], {"Roads": 3}),
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


def test_whole_numbers_are_percents_and_more_is_no_harm():
    assert events.read_line(
        '{"event": "progress", "percent": 7, "step": "", "text": "", "more": 1}'
    ) == events.Progress(7, "", "")
