"""TAGS: all names and all tags of every object, against what pyosmium reads."""

import json
import sqlite3

import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables import extra_tags
from osm2cdr.processing_provider.osm.tables.rules import column
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request


@pytest.fixture(scope="module")
def tagged():
    """The tags of every object of Monaco, by type and number."""
    import osmium

    source = AREAS["monaco"][0]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    kinds = {"n": "node", "w": "way", "r": "relation"}
    return {(kinds[item.type_str()], item.id): dict(item.tags) for item in osmium.FileProcessor(str(source))}


def rows(folder, choice):
    """Every object of every table with its columns by name."""
    source, box = AREAS["monaco"]
    fields = {"bbox": box, "formats": "gpkg", "detail": 6, "source": str(source), "tags": choice}
    [result] = pipeline.run(make_request(fields), folder, Feedback())
    assert result.error is None
    database = sqlite3.connect(result.path)
    database.row_factory = sqlite3.Row
    for (table,) in database.execute("SELECT table_name FROM gpkg_contents").fetchall():
        yield from (dict(row) for row in database.execute(f'SELECT * FROM "{table}" WHERE osm_id IS NOT NULL'))
    database.close()


# A relation without tags of its own has those of its outer way, and a driver's way of saying so.
IGNORED = {"type"}


def test_all_tags(qgis, tagged, tmp_path):
    count = odd = 0
    for row in rows(tmp_path, "all"):
        theirs = {key: value for key, value in tagged[row["osm_type"], row["osm_id"]].items() if key not in IGNORED}
        mine = {key: value for key, value in json.loads(row["tags"] or "{}").items() if key not in IGNORED}
        count += 1
        odd += mine != theirs
    assert count > 4000
    # Old-style multipolygons alone.
    assert odd <= 3


def test_all_names(qgis, tagged, tmp_path):
    seen = set()
    for row in rows(tmp_path, "names"):
        for key, value in tagged[row["osm_type"], row["osm_id"]].items():
            if key.startswith("name:"):
                assert row[column(key)] == value
                seen.add(key)
        mine = {name for name, value in row.items() if name.startswith("name_") and value is not None}
        assert mine <= {column(key) for key in tagged[row["osm_type"], row["osm_id"]]}
    assert {"name:en", "name:ru", "name:ja"} <= seen


def test_the_hstore_of_the_driver():
    text = r'"name:en"=>"a \"b\" \\ c","note"=>"=>,","é"=>"x"'
    assert extra_tags.parse(text) == {"name:en": 'a "b" \\ c', "note": "=>,", "é": "x"}
    assert extra_tags.parse(None) == {}


@pytest.mark.parametrize("language", ["", "en"])
def test_the_key_as_the_wiki_writes_it_wins(qgis, tmp_path, language):
    """`name:EN` is another key, whichever stands first; alone it is better than nothing."""
    both = ('<tag k="name:EN" v="wrong"/>', '<tag k="name:en" v="right"/>')
    nodes = [
        f'<node id="{number}" version="1" lon="0.00{number}" lat="0.005">'
        f'<tag k="place" v="town"/>{"".join(names)}</node>'
        for number, names in enumerate((both, both[::-1], both[:1]), 1)
    ]
    source = tmp_path / "names.osm"
    source.write_text(f'<osm version="0.6">{"".join(nodes)}</osm>', encoding="utf-8")
    fields = {"bbox": (0, 0, 0.01, 0.01), "formats": "geojson", "source": str(source), "tags": "names"}
    [result] = pipeline.run(make_request({**fields, "language": language}), tmp_path, Feedback())
    found = [shape["properties"] for shape in json.loads(result.path.read_text(encoding="utf-8"))["features"]]
    names = {row["osm_id"]: row["name_en"] for row in found if row["osm_type"] == "node"}
    assert names == {1: "right", 2: "right", 3: "wrong"}
