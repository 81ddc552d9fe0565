"""Hard texts through every data format: whole, or told."""

import csv
import io
import json
import sqlite3
import zipfile
from urllib.parse import quote

import pytest
from hardtexts import BOX, TEXTS, key_of, write
from lxml import etree
from opened_by import ONE, run

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import cells, dbase, shp
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.gis import kml, xlsx
from readers.tiles import vector_tiles

FORMATS = "geojson,geojsonl,gpkg,kml,kmz,gpx,shp,csv_wkt,csv_xy,xlsx,flatgeobuf,gml,spatialite,pmtiles"
TABLES = ("pois", "buildings", "roads")
# XML and its kin read a carriage return as the end of a line, and GDAL leaves out blanks at the beginning.
XML = {"return": "A\nB", "blanks": "before and behind  "}


def export(folder, formats, texts=None, **more):
    source = write(folder / "hard texts.osm", texts)
    fields = {"bbox": BOX, "formats": formats, "detail": 6, "source": str(source), **more}
    results = pipeline.run(make_request(fields), folder / "out", Feedback())
    assert [result.error for result in results] == [None] * len(results)
    return {result.format: result for result in results}


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    return export(tmp_path_factory.mktemp("hard texts"), FORMATS, tags="all")


def same(names, but=None):
    """Whether these names by osm_id are the texts."""
    assert len(names) == len(TEXTS)
    wrong = {key_of(number): text for number, text in names.items() if text != TEXTS[key_of(number)]}
    assert wrong == (but or {})


def rows(result, table, **fields):
    with zipfile.ZipFile(result.path) as archive:
        text = archive.read(table).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), **fields))


@pytest.mark.parametrize("name", ["gpkg", "spatialite"])
def test_databases(made, name):
    database = sqlite3.connect(made[name].path)
    for table in TABLES:
        same(dict(database.execute(f"SELECT osm_id, name FROM {table}")))
    database.close()


@pytest.mark.parametrize("name", ["geojson", "geojsonl"])
def test_json(made, name):
    text = made[name].path.read_text(encoding="utf-8")
    shapes = json.loads(text)["features"] if name == "geojson" else map(json.loads, text.split("\n")[:-1])
    found = {table: {} for table in TABLES}
    for shape in shapes:
        values = shape["properties"]
        if values["table"] in found:
            found[values["table"]][values["osm_id"]] = values["name"]
    for names in found.values():
        same(names)


def test_vector_tiles(made):
    _, _, tiles = vector_tiles(made["pmtiles"].path)
    found = {table: {} for table in TABLES}
    for layers in tiles.values():
        for table in TABLES:
            for item in layers.get(table, {"features": []})["features"]:
                values = item["properties"]
                found[table][values["osm_id"]] = values["name"]
    for names in found.values():
        same(names)


def test_csv(made):
    for table in TABLES:
        same({int(row["osm_id"]): row["name"] for row in rows(made["csv_wkt"], f"{table}.csv")})
    text = made["csv_xy"].path.read_bytes().decode("utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text, newline="")))
    points = {row["table"] for row in listed} & set(TABLES)
    assert points
    for table in points:
        same({int(row["osm_id"]): row["name"] for row in listed if row["table"] == table})


def test_xlsx_holds_texts_not_formulas(made):
    import openpyxl

    book = openpyxl.load_workbook(made["xlsx"].path)
    for table in TABLES:
        head, *others = book[table].iter_rows()
        place = {cell.value: cell.column - 1 for cell in head}
        same({row[place["osm_id"]].value: row[place["name"]].value for row in others}, {"return": "A\nB"})
        assert {row[place["name"]].data_type for row in others} == {"s"}
    assert xlsx(made["xlsx"].path).texts


@pytest.mark.parametrize("name", ["kml", "kmz", "gpx"])
def test_names_for_people(made, name):
    if name == "gpx":
        space = {"g": "http://www.topografix.com/GPX/1/1"}
        texts = {mark.text for mark in etree.parse(str(made[name].path)).iterfind(".//g:wpt/g:name", space)}
    else:
        path = made[name].path
        texts = kml(path if name == "kml" else io.BytesIO(zipfile.ZipFile(path).read("doc.kml"))).texts
    changed = {**XML, "blanks": TEXTS["blanks"]} if name == "gpx" else XML
    assert {changed.get(key, text) for key, text in TEXTS.items()} <= texts


def test_gml_and_flatgeobuf(made):
    from osgeo import ogr

    for name in ("gml", "flatgeobuf"):
        for table in TABLES:
            member = "map.gml" if name == "gml" else f"{table}.fgb"
            dataset = ogr.Open(f"/vsizip/{made[name].path}/{member}")
            found = {row["osm_id"]: row["name"] for row in dataset.GetLayerByName(table)}
            same(found, XML if name == "gml" else {})


def records(result, table):
    import shapefile

    with zipfile.ZipFile(result.path) as archive:
        parts = {part: io.BytesIO(archive.read(f"{table}.{part}")) for part in ("shp", "shx", "dbf")}
    with shapefile.Reader(encoding="utf-8", **parts) as reader:
        return reader.records()


CUT = {"long": "Ж" * 127, "longascii": "x" * 254, "blanks": "before and behind"}


def test_shapefiles_hold_what_dbase_can(made):
    for table in TABLES:
        found = records(made["shp"], table)
        same({record["osm_id"]: record["name"] for record in found}, CUT)
        for record in found:
            members = json.loads(record["tags"] or "{}")
            text = TEXTS[key_of(record["osm_id"])]
            same_text = dict.fromkeys(("name", "operator", "ref"), text)
            assert members.items() <= {
                "amenity": "cafe", "building": "yes", "highway": "residential", **same_text
            }.items()  # fmt: skip


def test_what_does_not_fit_is_told_and_whole_beside(made):
    long = rows(made["shp"], dbase.LONG_TEXTS)
    names = {(row["layer"], int(row["osm_id"]), row["column"]): row["text"] for row in long}
    for table in TABLES:
        mine = {key: text for key, text in names.items() if (key[0], key[2]) == (table, "name")}
        told = {key_of(number): text for (_, number, _), text in mine.items()}
        assert told == {key: TEXTS[key] for key in CUT}
        stored = {record["osm_id"]: json.loads(record["tags"] or "{}") for record in records(made["shp"], table)}
        for number, members in stored.items():
            if len(members) < (2 if table == "buildings" else 3):
                assert json.loads(names[table, number, "tags"]).keys() > members.keys()
        for row in long:
            record = records(made["shp"], row["layer"])[int(row["record"])]
            assert (record["osm_id"], record["osm_type"]) == (int(row["osm_id"]), row["osm_type"])
    [warning] = made["shp"].warnings
    assert f": {len(long)};" in warning
    assert dbase.LONG_TEXTS in warning
    assert dbase.LONG_TEXTS in zipfile.ZipFile(made["shp"].path).read("README.txt").decode()


def test_where_all_fits_nothing_is_said(qgis, tmp_path):
    result = export(tmp_path, "shp", {"short": "Ж" * 127})["shp"]
    assert result.warnings == []
    assert dbase.LONG_TEXTS not in zipfile.ZipFile(result.path).namelist()
    [record] = records(result, "pois")
    assert record["name"] == "Ж" * 127


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a" * 254, "a" * 254), ("a" * 255, "a" * 254), ("a" + "Ж" * 127, "a" + "Ж" * 126), ("🍕" * 64, "🍕" * 63),
        ("end ", "end"), (" ", None), ("{" + "x" * 300, "{" + "x" * 253),
        (json.dumps({"a": "x" * 300, "b": "c"}), '{"b": "c"}'), (json.dumps({"a": "x" * 300}), None),
    ],
)  # fmt: skip
def test_what_fits(text, fits):
    assert dbase.fitted(text) == fits


def test_short_names_are_ten_bytes_and_unlike():
    names = ["name_zh_hant", "name_zh_hans", "Straßenname", "Наименование", "Наименованье", "roof_height", "a"]
    found = shp.short_names(names)
    assert list(found) == names
    assert all(len(short.encode()) <= 10 for short in found.values())
    assert len(set(found.values())) == len(names)


def opened(folder, path):
    """A CSV as LibreOffice has it after it ran what is a formula."""
    filters = "Text - txt - csv (StarCalc)"
    profile = f"-env:UserInstallation=file://{quote(str(folder / 'profile'))}"
    run(
        ["soffice", profile, "--headless", "--norestore",
         f"--infilter={filters}:44,34,76,1,,0,false,true,false,false,false,-1,true",
         "--convert-to", f"csv:{filters}:44,34,76,1,,0,false,true,false", "--outdir", str(folder / "seen"), str(path)],
        ONE, folder / "home",
    )  # fmt: skip
    text = next((folder / "seen").iterdir()).read_text(encoding="utf-8-sig")
    return {int(row["osm_id"]): row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.mark.editors
@pytest.mark.parametrize("safe", [False, True])
def test_a_spreadsheet_runs_nothing_where_it_shall_not(qgis, tmp_path, safe):
    options = json.dumps({"spreadsheet_safe": True}) if safe else ""
    both = export(tmp_path, "csv_wkt,csv_xy", options=options)
    result = both["csv_wkt"]
    with zipfile.ZipFile(result.path) as archive:
        archive.extract("pois.csv", tmp_path)
    points = both["csv_xy"].path.read_bytes().decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(points, newline="")):
        if row["table"] == "pois":
            text = TEXTS[key_of(int(row["osm_id"]))]
            assert row["name"] == (cells.harmless(text) if safe else text)
    number = 10 * (list(TEXTS).index("equals") + 1)
    found = opened(tmp_path, tmp_path / "pois.csv")
    assert found[number] == ("'=2+3" if safe else "5")
    plain = {int(row["osm_id"]): row["name"] for row in rows(result, "pois.csv")}
    for number, text in plain.items():
        assert text == (cells.harmless(TEXTS[key_of(number)]) if safe else TEXTS[key_of(number)])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_a_formula(start):
    for text, want in ((f"{start}1", f"'{start}1"), (f"a;{start}1", f"a;'{start}1"), (f"a{start}1", f"a{start}1")):
        assert cells.harmless(text) == want
        database = sqlite3.connect(":memory:")
        found = database.execute(f"SELECT {cells.harmless_sql('t')} FROM (SELECT ? AS t)", (text,)).fetchone()
        database.close()
        assert found == (want,)
