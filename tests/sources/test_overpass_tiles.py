"""Large areas are asked of Overpass in parts, one after the other, which come together without doubles."""

import re

import pytest
from overpass_data import BOX, DATE, HTML, SMALL, body, described, one_sentence, recorded

from osm2cdr.processing_provider.errors import SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.sources import extract
from osm2cdr.processing_provider.sources.overpass import split
from overpass_server import Play


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
        staged.append(described(staging.stage(extract.read(path, BOX, folder, Feedback()), (), 5, Feedback())))
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
