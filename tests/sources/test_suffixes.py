"""Every suffix of a source that is offered, as a user has it: big letters, a blank in the path, cut off, cancelled."""

import bz2
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from areas import ROOT
from osm2cdr.processing_provider.algorithms import shared
from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import extract
from osm2cdr.processing_provider.sources.overpass import jsonfile
from small_disk import SmallDisk

DATE = "2021-05-06T07:08:09Z"
BOX = (0.0, 0.0, 0.01, 0.01)
# A street that is a border by its relation alone, and a pub.
NODES = {1: (0.001, 0.005), 2: (0.009, 0.005), 3: (0.004, 0.004)}
TAGS = {3: {"amenity": "pub", "name": "Zur Post"}}
ROAD = {"highway": "primary", "name": "Ринг"}
BORDER = {"type": "boundary", "boundary": "administrative", "admin_level": "2"}
SUFFIXES = (*extract.SUFFIXES, *jsonfile.SUFFIXES)


def tags(values):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in values.items())


def xml():
    nodes = "".join(
        f'<node id="{number}" version="1" lon="{x}" lat="{y}">{tags(TAGS.get(number, {}))}</node>\n'
        for number, (x, y) in NODES.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="x">\n<meta osm_base="{DATE}"/>\n{nodes}'
        f'<way id="1" version="1"><nd ref="1"/><nd ref="2"/>{tags(ROAD)}</way>\n'
        f'<relation id="1" version="1"><member type="way" ref="1" role="outer"/>{tags(BORDER)}</relation>\n</osm>\n'
    ).encode()


def answer():
    nodes = [
        {"type": "node", "id": number, "lon": x, "lat": y, "tags": TAGS.get(number, {})}
        for number, (x, y) in NODES.items()
    ]
    way = {"type": "way", "id": 1, "nodes": [1, 2], "tags": ROAD}
    relation = {"type": "relation", "id": 1, "members": [{"type": "way", "ref": 1, "role": "outer"}], "tags": BORDER}
    return json.dumps({"osm3s": {"timestamp_osm_base": DATE}, "elements": [*nodes, way, relation]}).encode()


def pbf():
    import osmium

    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", DATE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.osm.pbf"
        writer = osmium.SimpleWriter(str(path), header=header)
        for item in osmium.FileProcessor(osmium.io.FileBuffer(xml(), "osm")):
            writer.add(item)
        writer.close()
        return path.read_bytes()


def content(suffix):
    """What a file of that suffix holds."""
    word = suffix.lower()
    data = pbf() if ".pbf" in word else answer() if ".json" in word else xml()
    return gzip.compress(data) if word.endswith(".gz") else bz2.compress(data) if word.endswith(".bz2") else data


def put(folder, suffix, data=None):
    path = folder / f"Größe и место{suffix}"
    path.write_bytes(content(suffix) if data is None else data)
    return path


def export(source, folder, feedback=None, formats="geojson,osm,osm_pbf"):
    fields = {"bbox": BOX, "formats": formats, "source": str(source), "detail": 6}
    return pipeline.run(make_request(fields), folder, feedback or Feedback())


def test_what_is_offered_is_what_is_tried():
    dialog = shared.source_filter()
    assert {f"*{suffix}" for suffix in SUFFIXES} == set(re.findall(r"\*\.[\w.]+", dialog))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`(\.(?:osm|pbf|json)[\w.]*)`", readme))
    assert {".osm.gz", ".osm.bz2", ".json"} <= said <= set(SUFFIXES)


@pytest.mark.parametrize("suffix", [*SUFFIXES, *(suffix.upper() for suffix in SUFFIXES)])
def test_each_suffix_is_exported(qgis, tmp_path, suffix):
    source = put(tmp_path, suffix)
    results = export(source, tmp_path / "out")
    assert [result.error for result in results] == [None] * 3
    shapes = json.loads(results[0].path.read_text(encoding="utf-8"))["features"]
    assert {(shape["properties"]["name"], shape["properties"].get("class")) for shape in shapes} >= {
        ("Ринг", "primary"), ("Zur Post", "pub"),
    }  # fmt: skip
    # The border is one by its relation, which is read by itself.
    assert "boundaries" in results[0].layers
    assert DATE in results[0].path.read_text(encoding="utf-8")
    for result in results[1:]:
        assert (result.layers["nodes"], result.layers["ways"]) == (3, 1)
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_the_launcher_and_the_server_take_packed_files(tmp_path):
    from osm2cdr.server.workers.source_check import look

    source = put(tmp_path, ".osm.bz2")
    launcher = ROOT / "bin" / "osm2cdr"
    done = subprocess.run(
        [launcher, "export", "--bbox", "0,0,0.01,0.01", "--source", source, "--formats", "geojson", "--detail", "6",
         "--out", tmp_path / "out"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = look(str(source), tmp_path / "unpacked")
    assert (found.path, found.fault) == (str(source), "")


def test_the_first_bytes_decide(qgis, tmp_path):
    """A browser may unpack on the way and keep the name, or a server pack and not say so."""
    for suffix, data in ((".osm.gz", xml()), (".osm", gzip.compress(xml())), (".osm.bz2", gzip.compress(xml()))):
        folder = tmp_path / suffix
        folder.mkdir()
        assert [result.error for result in export(put(folder, suffix, data), folder / "out")] == [None] * 3


@pytest.mark.parametrize("suffix", [".osm.gz", ".osm.bz2", ".json.gz"])
@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_file_is_one_sentence(qgis, tmp_path, suffix, harm):
    data = content(suffix)
    middle = len(data) // 2
    hurt = data[:middle] if harm == "cut" else data[:middle] + bytes([data[middle] ^ 255]) * 9 + data[middle + 9 :]
    with pytest.raises(SourceError) as caught:
        export(put(tmp_path, suffix, hurt), tmp_path / "out")
    words = rf"The source Größe и место{suffix} is (cut off or damaged; .*|no answer .*)\."
    assert re.fullmatch(words, caught.value.text)
    assert list((tmp_path / "out").iterdir()) == []


def test_unpacking_is_cancelled_and_tells_how_far_it_is(qgis, tmp_path):
    source = put(tmp_path, ".osm.gz", gzip.compress(xml() + b" " * 50_000_000))
    seen = []

    def tell(percent, _step, text):
        seen.append((percent, text))

    with pytest.raises(Cancelled):
        export(source, tmp_path / "out", Feedback(tell, None, lambda: len(seen) > 5))
    assert all("unpacking" in text for _, text in seen)
    assert 0 < len(seen) <= 6
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_while_unpacking_is_told(tmp_path):
    source = put(tmp_path, ".osm.gz", gzip.compress(xml() + b" " * 40_000_000))
    with SmallDisk(tmp_path / "small", 20) as disk:
        done = subprocess.run(
            [*disk.within, sys.executable, "-c", FULL, source, disk.folder / "out"], capture_output=True, text=True,
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT / "build" / "plugins")},
        )  # fmt: skip
        assert done.stdout.strip() == f"disk_full The disk of {disk.folder / 'out'} is full.", done.stderr
        assert list((disk.seen / "out").iterdir()) == []


FULL = """
import sys
import tempfile
from pathlib import Path
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request
fields = {"bbox": (0.0, 0.0, 0.01, 0.01), "formats": "geojson", "source": sys.argv[1], "detail": 6}
try:
    pipeline.run(make_request(fields), Path(sys.argv[2]), Feedback())
except WriteError as error:
    print(error.code, error.text)
"""
