"""Files as people have them give what the same file in good order gives, and say what they lack."""

import osm_files
import pytest
from osgeo import ogr
from osm_files import KEYS, TAGS, TURBO, WHOLE, document, element, put, tables

from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.sources import opening

FORMS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("order", ["turbo", "backwards", "nodes backwards", "relation first"])
def test_the_order_of_objects_does_not_matter(qgis, tmp_path, suffix, order):
    keys = {
        "turbo": TURBO, "backwards": KEYS[::-1], "relation first": [*KEYS[:-5], KEYS[-1], *KEYS[-5:-1]],
        "nodes backwards": sorted(KEYS, key=lambda key: (key[0] != "node", key[0] == "relation", -key[1])),
    }[order]  # fmt: skip
    source = put(tmp_path, document(element(*key) for key in keys), suffix)
    assert tables(source, tmp_path / "out", "gpkg,osm") == (WHOLE, 2, [])


@pytest.mark.parametrize(
    ("options", "command"),
    [(",pbf_dense_nodes=false", "cat"), ("", "add-locations-to-ways"), (",add_metadata=false", "cat"),
     (",pbf_compression=none", "cat"), (",pbf_dense_nodes=false", "add-locations-to-ways")],
)  # fmt: skip
def test_every_kind_of_pbf_is_read(qgis, tmp_path, options, command):
    source = put(tmp_path, document(element(*key, 'version="1"') for key in KEYS), ".osm.pbf", options, command)
    assert tables(source, tmp_path / "out", "gpkg,osm") == (WHOLE, 2, [])
    west, south, east, north = opening.whole_box(str(source))
    assert west < 16.3701
    assert south < 48.2001
    assert east > 16.3744
    assert north > 48.2043


@pytest.mark.parametrize("suffix", FORMS[:3])
@pytest.mark.parametrize("word", ['action="delete"', 'visible="false"', 'action="delete" visible="true"'])
def test_deleted_objects_are_gone(qgis, tmp_path, suffix, word):
    for number, (key, tags) in enumerate(TAGS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        elements = [element(*one, word if one == key else 'action="modify"') for one in KEYS]
        source = put(folder, document(elements, 'upload="false" generator="JOSM"'), suffix)
        found, _, warnings = tables(source, folder / "out", "gpkg,osm")
        assert found == {row for row in WHOLE if row[1] != tags["name"]}
        assert [text.split(" marks ")[1] for text in warnings] == [f"as deleted are left out: {key[0]} {key[1]}."]
        assert f'v="{tags["name"]}"' not in next((folder / "out").glob("*.osm")).read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf"])
def test_of_a_history_the_newest_version_counts(qgis, tmp_path, suffix):
    old = {"name": "Old", "amenity": "cafe", "building": "yes", "highway": "residential"}
    meta = 'version="{}" timestamp="2020-01-01T00:00:00Z" changeset="1" uid="1" user="u" visible="{}"'
    elements = []
    for key in KEYS:
        elements += [element(*key, meta.format(1, "true"), tags=old), element(*key, meta.format(2, "true"))]
    elements.append(element("way", 20, meta.format(3, "false"), tags={}))
    source = put(tmp_path, document(sorted(elements, key=lambda text: "nwr".index(text[1]))), suffix, ",history=true")
    found, count, warnings = tables(source, tmp_path / "out")
    assert (found, count) == (WHOLE - {("buildings", "House", 20)}, 2)
    assert [text.split(" are left out: ")[1] for text in warnings] == ["way 20.", f"{len(KEYS) + 1}."]


def test_an_object_that_comes_twice_is_one(qgis, tmp_path):
    """Overpass gives a way with its tags, and without them as the member of a relation."""
    ways = [element(*key, tags=tags) for key in KEYS[16:20] for tags in (None, {}, None)]
    source = put(tmp_path, document([*(element(*key) for key in KEYS[:16]), *ways, element(*KEYS[20])]))
    assert tables(source, tmp_path / "out") == (WHOLE, 2, [])
    dataset = ogr.Open(str(next((tmp_path / "out").glob("*.gpkg"))))
    assert [dataset.GetLayerByName(name).GetFeatureCount() for name, _, _ in sorted(WHOLE)] == [1] * 4


def test_places_inside_ways_and_members_of_xml_are_read(qgis, tmp_path):
    shown = [key for key in KEYS if key in TAGS]
    corners = {way: "".join('<nd lon="{}" lat="{}"/>'.format(*osm_files.PLACES[ref]) for ref in osm_files.WAYS[way])
               for way in (22, 23)}  # fmt: skip
    lake = element("relation", 30)
    for way, inner in corners.items():
        lake = lake.replace(f'ref="{way}" role="{role(way)}"/>', f'ref="{way}" role="{role(way)}">{inner}</member>')
    texts = [element(*key, inline=True) for key in shown[:-1]]
    assert tables(put(tmp_path, document([*texts, lake])), tmp_path / "out") == (WHOLE, 2, [])


def role(way):
    return {ref: word for _, ref, word in osm_files.MEMBERS[30]}[way]


@pytest.mark.parametrize("text", ["NaN", "48,2", "", "91", "-inf", "1e400"])
def test_a_node_without_a_usable_place_is_left_out_and_told(qgis, tmp_path, text):
    bad = f'<node id="90" lat="{text}" lon="16.37"><tag k="amenity" v="cafe"/><tag k="name" v="Bad"/></node>\n'
    source = put(
        tmp_path, document([*(element(*key) for key in KEYS[:16]), bad, *(element(*key) for key in KEYS[16:])])
    )
    found, rings, warnings = tables(source, tmp_path / "out", "gpkg,osm")
    assert (found, rings) == (WHOLE, 2)
    assert len(warnings) == 1
    assert "left out: node 90;" in warnings[0]
    assert opening.whole_box(str(source))[3] < 48.21


def test_ways_that_lack_nodes_are_told(qgis, tmp_path):
    source = put(tmp_path, document(element(*key) for key in KEYS if key != ("node", 7)))
    found, _, warnings = tables(source, tmp_path / "out")
    assert found == WHOLE
    assert len(warnings) == 1
    assert "cut or left out: way 21;" in warnings[0]


@pytest.mark.parametrize("shift", [-1, 2**40, 2**62 - 100])
@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf"])
def test_negative_and_huge_numbers_are_read(qgis, tmp_path, monkeypatch, shift, suffix):
    def moved(number):
        return -number if shift < 0 else number + shift

    for name in ("PLACES", "WAYS", "MEMBERS"):
        monkeypatch.setattr(osm_files, name, {moved(key): value for key, value in getattr(osm_files, name).items()})
    ways = {key: [moved(ref) for ref in refs] for key, refs in osm_files.WAYS.items()}
    monkeypatch.setattr(osm_files, "WAYS", ways)
    members = {key: [(kind, moved(ref), word) for kind, ref, word in rows] for key, rows in osm_files.MEMBERS.items()}
    monkeypatch.setattr(osm_files, "MEMBERS", members)
    monkeypatch.setattr(osm_files, "TAGS", {(kind, moved(number)): tags for (kind, number), tags in TAGS.items()})
    source = put(tmp_path, document(element(kind, moved(number)) for kind, number in KEYS), suffix)
    whole = {(table, name, moved(number)) for table, name, number in WHOLE}
    assert tables(source, tmp_path / "out") == (whole, 2, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [("<osmChange><modify/></osmChange>", "changes"), ("<osm><action type='modify'/></osm>", "changes"),
     ("<osm><way id='1'><nd ref='1'/><tag k='building' v='yes'/><center/></way></osm>", "holds no place")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(qgis, tmp_path, text, words):
    with pytest.raises(SourceError, match=words):
        tables(put(tmp_path, text), tmp_path / "out")


@pytest.mark.parametrize("packing", ["lz4", "lzma", "zstd"])
def test_another_packing_is_refused_with_the_way_out(qgis, tmp_path, packing):
    from osm2cdr.processing_provider.sources.inspection import _PACKED

    number = next(key for key, word in _PACKED.items() if word == packing)
    data = bytes([number << 3 | 2, 3]) + b"abc"
    header = b"\x0a\x09OSMHeader\x18" + bytes([len(data)])
    source = tmp_path / "packed.osm.pbf"
    source.write_bytes(len(header).to_bytes(4, "big") + header + data)
    with pytest.raises(SourceError, match=rf"packed with {packing}.*pbf_compression=zlib"):
        tables(source, tmp_path / "out")


@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf"])
def test_looking_and_sorting_end_when_the_user_says_so(qgis, tmp_path, suffix):
    source = put(tmp_path, document(element(*key) for key in TURBO), suffix)
    for word in ("looking", "sorting"):
        heard = []
        feedback = Feedback(
            progress=lambda _done, _step, text, heard=heard: heard.append(text),
            is_cancelled=lambda heard=heard, word=word: any(text.startswith(word) for text in heard),
        )
        folder = tmp_path / word
        folder.mkdir()
        with pytest.raises(Cancelled):
            opening.open_source(str(source), osm_files.BOX, ("water",), 6, 10, folder, feedback)
        assert any(text.startswith(word) for text in heard)


def test_a_place_beyond_the_earth_in_pbf_is_left_out_and_told(qgis, tmp_path):
    bad = '<node id="90" lat="91.5" lon="16.37"><tag k="amenity" v="cafe"/><tag k="name" v="Bad"/></node>\n'
    texts = [*(element(*key) for key in KEYS[:16]), bad, *(element(*key) for key in KEYS[16:])]
    source = put(tmp_path, document(texts), ".osm.pbf")
    found, rings, warnings = tables(source, tmp_path / "out")
    assert (found, rings) == (WHOLE, 2)
    assert len(warnings) == 1
    assert "left out: node 90;" in warnings[0]


@pytest.mark.parametrize("number", [2**62, 2**46, -5])
def test_osm_files_refuse_in_a_sentence_what_they_cannot_number(qgis, tmp_path, number):
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    text = document(element(*key) for key in KEYS).replace('"9"', f'"{number}"')
    source = put(tmp_path, text)
    fields = {"bbox": osm_files.BOX, "formats": "osm", "source": str(source), "detail": 6}
    (result,) = pipeline.run(make_request(fields), tmp_path / "out", Feedback())
    assert result.error is not None
    assert "that OpenStreetMap has not numbered" in str(result.error)
