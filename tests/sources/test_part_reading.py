"""A small part of a large file is read another way: with the same rows, and without losing a tag."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from osm_files import put

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.sources import extract, part_reading


def rows(raw, layer):
    """The rows of a raw layer, each as the values that it has; but for the text with those that have no column."""
    with closing(sqlite3.connect(extract.layer_file(raw, layer))) as database:
        database.row_factory = sqlite3.Row
        texts = ("all_tags", "other_tags")
        return [
            {name: value for name, value in zip(row.keys(), row) if value is not None and name not in texts}
            for row in database.execute(f"SELECT * FROM {layer} ORDER BY fid")
        ]


def read(source, box, folder, *more):
    """What is in a box, with the tags of all objects or without; ended by a look whether GDAL reads its files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    raw = extract.read(source, box, folder, Feedback(), *more)
    found = {layer: rows(raw, layer) for layer in extract.RAW_LAYERS}
    with closing(extract.connect(raw)) as database:
        unsaid = [
            database.execute(f"SELECT osm_id FROM {layer} WHERE osm_tagged({column}) ORDER BY fid").fetchall()
            for layer in ("lines", "multipolygons")
            for column in ("all_tags",)
            if more
        ]
        boxes = [database.execute(f"SELECT * FROM {layer}_file.gpkg_contents").fetchall() for layer in found]
    return found, unsaid, [[row[0] for row in rows] for rows in boxes]


@pytest.mark.parametrize("more", [(), (True, ("surface", "name:ru"))])
def test_a_part_has_the_rows_that_it_has_by_the_driver_alone(qgis, tmp_path, monkeypatch, more):
    source, box = SAMPLE, (24.943, 60.170, 24.947, 60.172)
    assert part_reading.is_part(source, box)
    part = read(source, box, tmp_path / "part", *more)
    monkeypatch.setattr(part_reading, "is_part", lambda path, box: False)
    assert part == read(source, box, tmp_path / "whole", *more)
    assert len(part[0]["lines"]) > 100
    assert len(part[0]["multipolygons"]) > 2


def test_what_is_a_part(tmp_path):
    source = SAMPLE
    assert not part_reading.is_part(source, None)
    assert not part_reading.is_part(source, (24.93, 60.16, 24.96, 60.18))
    assert not part_reading.is_part(source.with_suffix(".osm"), (24.943, 60.170, 24.944, 60.171))
    broken = tmp_path / "broken.osm.pbf"
    for content in (b"", b"no extract", source.read_bytes()[:20]):
        broken.write_bytes(content)
        assert not part_reading.is_part(broken, (24.943, 60.170, 24.944, 60.171))


def test_ways_with_more_tags_than_the_driver_has_room_for_keep_them(qgis, tmp_path):
    # Long ones fill the driver's text, short ones what is left of it; a name is behind them.
    filled = [(f"k{number}", "v" * (200 if number < 60 else 1)) for number in range(200)]
    tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in [*filled, ("name", "Long path")])
    nodes = "".join(f'<node id="{n}" version="1" lon="{10 + n / 1000}" lat="50"/>' for n in (1, 2, 3))
    text = (
        f'<osm version="0.6"><bounds minlon="9" minlat="49" maxlon="11" maxlat="51"/>{nodes}'
        f'<way id="5" version="1"><nd ref="1"/><nd ref="2"/>{tags}'
        '<tag k="highway" v="path"/></way><way id="6" version="1"><nd ref="2"/><nd ref="3"/>'
        '<tag k="highway" v="path"/></way></osm>'
    )
    source = put(tmp_path, text, ".osm.pbf")
    box = (9.99, 49.99, 10.01, 50.01)
    assert part_reading.is_part(source, box)
    lines = read(source, box, tmp_path / "part")[0]["lines"]
    assert [(row["osm_id"], row.get("name"), row["highway"]) for row in lines] == [
        ("5", "Long path", "path"), ("6", None, "path")
    ]  # fmt: skip
