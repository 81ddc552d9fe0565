"""The pages: nothing in them is taken for more than text, whatever it says; what is too much is told; all is proved."""

import base64
import gzip
import json
import re
import zipfile

import hostile_places
import pytest
from tile_exports import FEW, own_layers, run

from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.webmap import libraries, page
from readers import tiles as readers

TITLE = "</title><script>window.hit=1</script>"


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    """All pages of the hostile places, by format."""
    folder = tmp_path_factory.mktemp("pages")
    source = hostile_places.write(folder / "hostile.osm")
    fields = {"bbox": hostile_places.BOX, "source": str(source), "title": TITLE, "options": {"web_map": True}}
    results = run(folder / "out", "leaflet,mvt,pmtiles,mbtiles", **fields)
    assert [result.error for result in results] == [None] * 4
    return {result.format: result.path for result in results}


@pytest.fixture(scope="module")
def texts(made):
    """The text of each page."""
    found = {"leaflet": made["leaflet"].read_text(encoding="utf-8")}
    for name in ("mvt", "pmtiles", "mbtiles"):
        with zipfile.ZipFile(made[name]) as archive:
            found[name] = archive.read("map.html").decode("utf-8")
    return found


def test_no_text_ends_what_it_stands_in(texts, tmp_path):
    for name, text in texts.items():
        # As many scripts as were begun, and none that a name begins.
        assert len(re.findall(r"<script", text)) == len(re.findall(r"</script>", text)) <= 40
        assert "<script>window.hit" not in text, name
        assert "<img src=x" not in text
        path = tmp_path / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        tree, data = readers.page_data(path)
        assert tree.xpath("//title")[0].text == TITLE
        assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
        assert not tree.xpath("//*[@src or @href]")
        assert data["about"]


def test_leaflet_holds_every_name_as_it_is(made):
    found = readers.leaflet(made["leaflet"])
    assert set(hostile_places.NAMES) <= found.texts
    _, data = readers.page_data(made["leaflet"])
    pubs = [item["properties"] for item in data["table-pois"]["features"]]
    assert {pub["name"] for pub in pubs} == set(hostile_places.NAMES)
    # What is not known of an object takes no room.
    assert all(value is not None for pub in pubs for value in pub.values())


def test_the_page_holds_the_tiles_of_the_archive(made, texts):
    _, header, _ = _tiles(made["pmtiles"])
    for name in ("mvt", "pmtiles"):
        inner = re.search(r'id="tiles">(.*?)</script>', texts[name], re.DOTALL).group(1)
        data = json.loads(inner)
        with zipfile.ZipFile(made["mvt"]) as archive:
            wanted = {
                member[:-4]: archive.read(member)
                for member in archive.namelist() if re.fullmatch(r"\d+/\d+/\d+\.pbf", member)
            }  # fmt: skip
        assert {place: gzip.decompress(base64.b64decode(text)) for place, text in data.items()} == wanted
    assert header["tile_entries_count"] > 0


def _tiles(path):
    from pmtiles.reader import MemorySource, Reader

    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".pmtiles"))
        reader = Reader(MemorySource(archive.read(name)))
    return reader.metadata(), reader.header(), name


def test_a_zip_has_the_map_and_the_licences(made):
    for name in ("mvt", "pmtiles", "mbtiles"):
        with zipfile.ZipFile(made[name]) as archive:
            names = set(archive.namelist())
            style = json.loads(archive.read("style.json"))
            assert b"Redistribution and use" in archive.read("licenses/maplibre-gl.txt")
            assert "OpenStreetMap contributors" in archive.read("README.txt").decode("utf-8")
        assert {"map.html", "sprite.json", "sprite.png", "sprite@2x.json", "sprite@2x.png"} <= names
        fonts = {font for layer in style["layers"] for font in layer.get("layout", {}).get("text-font", ())}
        assert fonts
        assert all(f"glyphs/{font}/0-255.pbf" in names for font in fonts)
        assert (style["version"], style["sources"]["map"]["type"]) == (8, "vector")
        assert "OpenStreetMap contributors" in style["sources"]["map"]["attribution"]


def test_more_tiles_than_a_page_holds_lie_beside_it(qgis, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "INLINE", 1000)
    (result,) = run(tmp_path, "mvt")
    with zipfile.ZipFile(result.path) as archive:
        names = archive.namelist()
        tiles = [name for name in names if re.fullmatch(r"\d+/\d+/\d+\.pbf", name)]
        scripts = [name for name in names if name.startswith("tiles/")]
        assert len(scripts) == len(tiles) > 2
        first = archive.read(scripts[0]).decode("ascii")
        place, text = re.fullmatch(r'osm2cdrTile\("([\d/]+)","([A-Za-z0-9+/=]+)"\)', first).groups()
        assert gzip.decompress(base64.b64decode(text)) == archive.read(f"{place}.pbf")
        assert "tiles" not in readers.page_data(archive.extract("map.html", tmp_path) and tmp_path / "map.html")[1]


def test_more_objects_than_a_page_moves_are_left_out_and_told(qgis, tmp_path, monkeypatch):
    from osm2cdr.processing_provider.formats.tiles import leaflet

    told = []
    monkeypatch.setattr(leaflet, "MOST", 40)
    (result,) = run(tmp_path, "leaflet", told)
    (text,) = [text for code, text in told if code == "page_too_large"]
    found = readers.leaflet(result.path).layers
    assert sum(found.values()) <= 40 or len(found) == 1
    (whole,) = run(tmp_path / "whole", "gpkg")
    lost = {name: count for name, count in whole.layers.items() if name not in found and count}
    assert lost
    assert all(f"{name} {count}" in text for name, count in lost.items())
    assert "land" in found


@pytest.mark.parametrize(("name", "words"), [("mvt", "drawing glyphs"), ("leaflet", "writing the page")])
def test_cancel_is_heard_while_a_page_is_made(qgis, tmp_path, name, words):
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    stopped = []

    def progress(_percent, _step, text):
        if text.startswith(words):
            stopped.append(text)

    source = hostile_places.write(tmp_path / "hostile.osm")
    fields = {"bbox": hostile_places.BOX, "formats": name, "detail": 5, "source": str(source)}
    with pytest.raises(Cancelled):
        pipeline.run(make_request(fields), tmp_path / "out", Feedback(progress, None, lambda: bool(stopped)))
    assert stopped
    assert not list((tmp_path / "out").iterdir())


def test_a_library_that_is_another_or_missing_is_not_taken(tmp_path, monkeypatch):
    for library in (libraries.MAPLIBRE, libraries.LEAFLET):
        assert library.name.split()[0] in library.script()
        assert "sourceMappingURL" not in library.script()
        assert "url(images" not in library.sheet()
        assert "Redistribution and use" in library.license()
    monkeypatch.setattr(libraries, "FOLDER", tmp_path)
    with pytest.raises(WriteError, match="is missing here"):
        libraries.LEAFLET.script()
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "leaflet.js").write_text("other")
    (tmp_path / "SHA256SUMS").write_text("")
    with pytest.raises(WriteError, match="is not the one"):
        libraries.LEAFLET.script()


def test_a_page_that_was_cut_off_is_not_proved(made, tmp_path):
    from osm2cdr.processing_provider.formats.contract import Written
    from osm2cdr.processing_provider.formats.tiles import leaflet

    whole = made["leaflet"].read_text(encoding="utf-8")
    written = Written(readers.leaflet(made["leaflet"]).layers)
    leaflet.prove(made["leaflet"], None, written)
    cut = tmp_path / "cut.html"
    cut.write_text(whole[: int(len(whole) * 0.9)], encoding="utf-8")
    with pytest.raises(WriteError):
        leaflet.prove(cut, None, written)


def test_an_area_of_few_objects_has_a_small_style(qgis, tmp_path):
    """Layers of tables that are not there are left out."""
    (result,) = run(tmp_path, "mvt", layers="water,buildings", bbox=FEW)
    with zipfile.ZipFile(result.path) as archive:
        tables = {layer["id"] for layer in json.loads(archive.read("tiles.json"))["vector_layers"]}
        style = json.loads(archive.read("style.json"))
    assert {layer["source-layer"] for layer in style["layers"] if "source-layer" in layer} <= tables


@pytest.mark.parametrize(("name", "broken"), [("mvt", "bundle.add"), ("pmtiles", "bundle.add"), ("leaflet", "pieces")])
def test_a_full_disk_leaves_no_file(qgis, tmp_path, monkeypatch, name, broken):
    import errno

    from osm2cdr.processing_provider.webmap import bundle, leaflet_page

    def full(*_words, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    place = {"bundle.add": (bundle, "_files"), "pieces": (leaflet_page, "pieces")}[broken]
    monkeypatch.setattr(*place, full)
    (result,) = run(tmp_path, name, options={"web_map": True})
    assert result.error.code == "disk_full"
    assert not list(tmp_path.iterdir())


def test_layers_of_a_project_become_pages(qgis, tmp_path):
    """With their own names and columns, drawn plainly."""
    own_layers(tmp_path, "leaflet", "mvt")
    tree, data = readers.page_data(next(tmp_path.glob("*.html")))
    assert {name for name in data if name.startswith("table-")} == {"table-Колодцы_x", "table-Pipes"}
    assert next(item["properties"]["a name"] for item in data["table-Колодцы_x"]["features"]).endswith("<b>")
    assert {style["table"] for style in data["styles"]} == {"Колодцы_x", "Pipes"}
    assert tree.xpath("//title")
