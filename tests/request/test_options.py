"""One table of options, one request, one plan: every door is made of the table, and each thing is worked out once."""

import argparse
import dataclasses
import json
from collections import Counter

import pytest

from areas import AREAS
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.geo.area import Extent
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.export_request import ExportRequest
from osm2cdr.processing_provider.request.options import (
    BY_FIELD,
    BY_FORMAT_OPTION,
    FORMAT_OPTIONS,
    OPTIONS,
    by_field,
    values,
)

BOX = "24.9430,60.1690,24.9450,60.1700"
SQUARE = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 0.5]]]
POLYGON = {"type": "Polygon", "coordinates": SQUARE}


def request(**fields):
    source = {"source": str(AREAS["sample"][0])}
    return make_request({"bbox": BOX, "formats": "svg", "detail": 3, **source, **fields})


def test_the_request_has_the_options_of_the_table_and_their_defaults():
    fields = {one.name: one for one in dataclasses.fields(ExportRequest)}
    assert set(fields) == {"area", "formats", *BY_FIELD}
    made = make_request({"bbox": BOX, "formats": "svg"})
    for option in OPTIONS:
        if option.field not in ("detail", "page", "layers", "sheet", "options", "name"):
            assert getattr(made, option.field) == option.default, option.field


@pytest.mark.parametrize("change", [{"heeded": "statues"}, {"kind": "poem"}, {"group": "elsewhere"}])
def test_a_word_of_the_table_that_nobody_knows_raises(change):
    with pytest.raises(ValueError, match="dpi has"):
        by_field((dataclasses.replace(BY_FIELD["dpi"], **change),))


def test_processing_has_every_option(qgis):
    from osm2cdr.processing_provider.algorithms.exportarea import ExportArea

    algorithm = ExportArea()
    algorithm.initAlgorithm()
    for option in OPTIONS:
        made = algorithm.parameterDefinition(option.parameter_name)
        assert made is not None, option.field
        assert made.description() == option.label
        if option.kind in ("word", "words"):
            assert made.options() == list(values(option))
        if option.kind == "whole":
            assert (made.minimum(), made.maximum()) == (0 if option.zero else option.low, option.high)
        if option.default and option.kind in ("word", "whole"):
            assert made.defaultValue() == option.default


def test_the_launcher_has_every_option_and_says_what_it_can_be():
    from osm2cdr.cli import export

    parser = argparse.ArgumentParser()
    export.add_options(parser)
    text = " ".join(parser.format_help().split())
    for option in OPTIONS:
        assert f"--{option.field}" in text
        if option.kind == "whole":
            assert f"{option.low} to {option.high}" in text
        if option.kind in ("word", "words"):
            assert all(word in text for word in values(option))


def test_the_api_has_every_option_that_it_should():
    from osm2cdr.server.api.schemas import Config, Options

    assert set(Config.model_fields) == {option.api_name for option in OPTIONS if option.api_name}
    assert set(Options.model_fields) == {option.field for option in FORMAT_OPTIONS}
    schema = Config.model_json_schema()["properties"]
    for option in OPTIONS:
        kinds = schema[option.api_name]["anyOf"] if option.api_name else []
        if kinds and option.kind == "word" and option.field != "style":
            assert kinds[0]["enum"] == list(values(option))


@pytest.mark.one_system("the table is read, nothing drawn")
def test_every_option_has_a_short_name_for_people():
    """A panel or a dialog shows it beside the choice; its sentence is a tip."""
    nameless = [option.field for option in (*OPTIONS, *FORMAT_OPTIONS) if not option.label or len(option.label) > 60]
    assert nameless == []


@pytest.mark.parametrize(
    "made",
    [
        request(title='Ein "Titel" – Привет', layers="roads,water", options={"roads": "outlines"}, crs="EPSG:3067"),
        make_request({"geometry": POLYGON, "formats": "svg,pdf", "name": None}, None, 1e9),
        dataclasses.replace(request(), area=dataclasses.replace(
            request().area, extent=Extent("EPSG:3067", 0.1, 0.2, 0.3, 0.4, (1 / 3, 2 / 3)))),
    ],
)  # fmt: skip
def test_a_request_comes_through_json_as_it_is(made, tmp_path):
    text = made.to_json()
    assert "\n" not in text
    assert ExportRequest.read(text) == made
    path = tmp_path / "a request.json"
    path.write_text(text, encoding="utf-8")
    assert ExportRequest.read(str(path)) == made


@pytest.mark.parametrize("text", ["{}", "{", '{"area": 1}', "/no/such/file", ""])
def test_what_is_no_request_is_told(text):
    with pytest.raises(RequestError, match="REQUEST"):
        ExportRequest.read(text)


def test_the_launcher_hands_over_one_request_that_was_checked(tmp_path, monkeypatch):
    """No other parameter, checked once; and a polygon longer than an argument can be."""
    import math

    from osm2cdr.cli import export, process

    turns = [number / 4000 * math.tau for number in range(4000)]
    ring = [[24.944 + math.cos(turn) / 1000, 60.17 + math.sin(turn) / 1000] for turn in turns]
    area = tmp_path / "a round.geojson"
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))
    parser = argparse.ArgumentParser()
    export.add_options(parser)
    words = ["--geometry", str(area), "--formats", "svg,gpkg", "--source", str(AREAS["sample"][0])]
    words += ["--out", str(tmp_path)]
    told, checked = [], Counter()

    def run(command, environment, log, watch):
        told.extend(word.partition("=")[::2] for word in command if word.startswith("--"))
        told.append(("request", ExportRequest.read(dict(told)["--REQUEST"])))

    def once(*words, **more):
        checked["request"] += 1
        return make_request(*words, **more)

    monkeypatch.setattr(process, "run", run)
    monkeypatch.setattr(export, "make_request", once)
    export.run(parser.parse_args(words))
    assert checked == {"request": 1}
    assert [name for name, _ in told if name.startswith("--")] == ["--REQUEST", "--OUTPUT_FOLDER"]
    made = dict(told)["request"]
    assert made.formats == ("svg", "gpkg")
    assert len(made.area.rings[0][0]) == 4001


def test_pages_crss_and_the_style_are_worked_out_once(qgis, tmp_path, monkeypatch):
    """Five formats of two pages and two tables' CRSs: each page, style and CRS is made one time."""
    from osgeo import osr

    from osm2cdr.processing_provider.cartography.themes import loading
    from osm2cdr.processing_provider.geo import projection
    from osm2cdr.processing_provider.pipeline import run
    from osm2cdr.processing_provider.request import plan

    asked = request(formats="cdr,svg,geotiff,kml,dxf", style="blueprint")
    counted = Counter()

    def counting(owner, name, key):
        real = getattr(owner, name)

        def wrapper(*words, **more):
            counted[key(*words)] += 1
            return real(*words, **more)

        monkeypatch.setattr(owner, name, wrapper)

    projection._looked_up.cache_clear()
    counting(plan, "make_page", lambda _request, crs="": f"page {crs}")
    counting(loading, "_chain", lambda path: f"style {path.stem}")
    counting(osr.SpatialReference, "SetFromUserInput", lambda _self, crs: f"CRS {crs}")
    results = run.run(asked, tmp_path, Feedback())
    assert [result.error for result in results] == [None] * 5
    local = projection.local_crs(asked.area)
    assert counted == {
        "page ": 1, "page EPSG:32635": 1, "style blueprint": 1,
        "CRS EPSG:4326": 1, "CRS EPSG:32635": 1, f"CRS {local}": 1,
    }  # fmt: skip


# Another value than its own.
OTHERS = {
    "style": "dark", "scale": 3000, "dpi": 72, "title": "Another", "text": "outlines", "colors": "cmyk",
    "crs": "EPSG:3857", "language": "sv",
}  # fmt: skip
# Of a zoom so low that nothing is large enough there are no tiles.
ZOOMS = {"min_zoom": 12, "max_zoom": 14}
# What writes a date or a number by chance into its file, or packs files in another order; and pages, of which other
# tests tell.
UNSTEADY = {
    "sumo", "landxml", "pdf_cmyk",
    "csv_wkt", "duckdb", "dwg", "dxf", "dxf_3d", "dxf_r12", "dxf_r2004", "dxf_r2007", "dxf_r2010", "dxf_r2013",
    "dxf_r2018", "flatgeobuf", "gdb", "geoparquet", "gml", "gpkg", "heightmap_png", "kmz",
    "mbtiles_raster", "mif", "mvt", "ods", "pmtiles_raster", "qgz", "shp", "spatialite", "sqlitedb", "tab", "xlsx",
    "xyz_tiles", "3dtiles", "gltf", "kmz_3d", "obj", "garmin_img",
}  # fmt: skip
STEADY = [item.id for item in written_formats() if item.id not in UNSTEADY and not item.is_page]
TRIED = [*OTHERS, *BY_FORMAT_OPTION]
# What each heeds of them.
HEEDED = {
    format_id: tuple(name for name in TRIED if {**BY_FIELD, **BY_FORMAT_OPTION}[name].is_heeded_by(FORMATS[format_id]))
    for format_id in STEADY
}
ALIKE = pytest.mark.one_system("which option reaches which format is ours; conformance tries what comes of it on both")


@pytest.fixture(scope="module")
def little(qgis, tmp_path_factory):
    """An extract of what lies round the box: it is read again for each option."""
    from osm2cdr.processing_provider.pipeline import run

    around = request(bbox="24.9410,60.1680,24.9470,60.1710", formats="osm_pbf", name="little")
    (made,) = run.run(around, tmp_path_factory.mktemp("little"), Feedback())
    return str(made.path)


@pytest.fixture(scope="module")
def bytes_of(little, tmp_path_factory):
    """bytes_of(names, **fields): what each format's file holds."""
    from osm2cdr.processing_provider.pipeline import run

    def make(names, **fields):
        asked = request(**{"formats": names, "detail": 5, "dpi": 50, "name": "map", "source": little, **fields})
        results = run.run(asked, tmp_path_factory.mktemp("heeded"), Feedback())
        assert [result.error for result in results] == [None] * len(names)
        return {result.format: result.path.read_bytes() for result in results}

    return make


@pytest.fixture(scope="module")
def as_it_is(bytes_of):
    return bytes_of(STEADY)


def changed(names):
    """The fields of a request in which these options have other values than their own."""
    options = {name: ZOOMS.get(name) or values(BY_FORMAT_OPTION[name])[1] for name in names if name not in OTHERS}
    return {**{name: OTHERS[name] for name in names if name in OTHERS}, "options": options}


@ALIKE
@pytest.mark.parametrize("name", TRIED)
def test_an_option_makes_a_difference_to_those_that_heed_it(as_it_is, bytes_of, name):
    heeding = [format_id for format_id in STEADY if name in HEEDED[format_id]]
    if name == "language":
        # What draws names alone draws none here that has another: tests/osm/test_languages.py tells of these.
        heeding = [format_id for format_id in heeding if "drawn_names" not in FORMATS[format_id].abilities]
    if heeding:
        found = bytes_of(heeding, **changed([name]))
        assert [format_id for format_id, data in found.items() if data == as_it_is[format_id]] == []


@ALIKE
@pytest.mark.parametrize("heeded", sorted(set(HEEDED.values())), ids="+".join)
def test_all_that_a_format_does_not_heed_makes_no_difference_to_it(as_it_is, bytes_of, heeded):
    """The formats that heed the same options, with other values of all the rest at once."""
    alike = [format_id for format_id in STEADY if HEEDED[format_id] == heeded]
    found = bytes_of(alike, **changed([name for name in TRIED if name not in heeded]))
    assert [format_id for format_id, data in found.items() if data != as_it_is[format_id]] == []
