"""Extracts as files: their date, those that are cut off or none at all, and odd ones that are read."""

import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.gis import gpkg


def test_the_date_in_the_header_reaches_the_file(qgis, tmp_path):
    import json

    import osmium

    from osm2cdr.processing_provider.sources.extract import data_date

    source, box = AREAS["sample"]
    dated = tmp_path / "dated.osm.pbf"
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2024-05-06T07:08:09Z")
    writer = osmium.SimpleWriter(str(dated), header=header)
    for item in osmium.FileProcessor(str(source)):
        writer.add(item)
    writer.close()
    assert data_date(dated) == "2024-05-06T07:08:09Z"
    assert data_date(source) == ""
    fields = {"bbox": box, "formats": "geojson", "layers": "roads", "source": str(dated)}
    (result,) = pipeline.run(make_request(fields), tmp_path, Feedback())
    assert json.loads(result.path.read_text(encoding="utf-8"))["date"] == "2024-05-06T07:08:09Z"


@pytest.mark.parametrize("seed", range(20))
def test_a_truncated_file_is_refused_with_a_sentence(qgis, tmp_path, seed):
    import random

    from osm2cdr.processing_provider.errors import SourceError

    source, box = AREAS["sample"]
    data = source.read_bytes()
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(data[: random.Random(seed).randrange(1, len(data) - 1)])
    out = tmp_path / "out"
    with pytest.raises(SourceError) as caught:
        pipeline.run(make_request({"bbox": box, "formats": "gpkg", "source": str(broken)}), out, Feedback())
    assert caught.value.text.endswith(".")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.osm.pbf", b"", "is empty"),
        ("text.osm.pbf", b"this is text " * 50, "is no OSM extract"),
        ("page.osm", b"<html><body>404</body></html>", "is no OSM extract"),
        ("cut.osm", b'<osm version="0.6"><node id="1" lon="24.94" lat="60.17"', "could not be read"),
        ("wrong.txt", b"x" * 100, "is no OSM extract"),
        ("none.osm", b'<osm version="0.6"></osm>', "holds nothing|gave no"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(qgis, tmp_path, name, content, words):
    from osm2cdr.processing_provider.errors import ExportError

    source = tmp_path / name
    source.write_bytes(content)
    fields = {"bbox": AREAS["sample"][1], "formats": "gpkg", "source": str(source)}
    with pytest.raises(ExportError, match=words) as caught:  # noqa: PT012 - before the work or as its result
        (result,) = pipeline.run(make_request(fields), tmp_path / "out", Feedback())
        raise result.error
    assert caught.value.text.endswith(".")
    assert not list((tmp_path / "out").glob("*"))


def osm(nodes, ways):
    points = "".join(f'<node id="{n}" lon="{x}" lat="{y}" version="1"/>' for n, x, y in nodes)
    lines = "".join(
        f'<way id="{n}">{"".join(f"""<nd ref="{r}"/>""" for r in refs)}<tag k="highway" v="residential"/></way>'
        for n, refs in ways
    )
    return f'<osm version="0.6">{points}{lines}</osm>'


@pytest.mark.parametrize(
    ("nodes", "ways", "count"),
    [
        ([(-1, 10.001, 50.001), (-2, 10.009, 50.009)], [(-5, (-1, -2))], 1),
        ([(1, 10.001, 50.001), (3, 10.009, 50.009)], [(5, (1, 2, 3))], 1),
        ([(9, 10.001, 50.001), (3, 10.009, 50.009), (7, 10.005, 50.001)], [(5, (9, 3)), (2, (3, 7))], 2),
    ],
    ids=["negative ids", "a node missing", "unsorted"],
)
def test_odd_files_are_read(qgis, tmp_path, nodes, ways, count):
    source = tmp_path / "odd.osm"
    source.write_text(osm(nodes, ways), encoding="utf-8")
    fields = {"bbox": (10, 50, 10.01, 50.01), "formats": "gpkg", "source": str(source)}
    (result,) = pipeline.run(make_request(fields), tmp_path / "out", Feedback())
    assert result.error is None
    assert gpkg(result.path).layers["roads"] == count
