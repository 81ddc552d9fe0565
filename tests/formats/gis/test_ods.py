"""OpenDocument spreadsheets: hostile texts stay texts to three programs, what does not fit is told."""

import csv
import io
from dataclasses import replace
from urllib.parse import quote

import pytest
from hardtexts import TEXTS, write
from opened_by import ONE, run

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.gis import ods, ods_parts
from osm2cdr.processing_provider.osm.tables.map_data import MapData, Table
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.sheets import sheets, sheets_by_odfpy

MORE = {
    "formula": "of:=2+3", "link": '=HYPERLINK("https://a.b")', "long": "Ж" * 255, "spaces": "a   b \t c",
    "lines": "\na\n\nb\n", "wrong": "]]></table:table><script>",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    """The file with all hard texts, and the texts by osm_id."""
    folder = tmp_path_factory.mktemp("hard")
    texts = {**TEXTS, **MORE}
    fields = {"bbox": (0, 0, 0.02, 0.02), "formats": "ods", "detail": 6, "source": str(write(folder / "a.osm", texts))}
    (result,) = pipeline.run(make_request({**fields, "tags": "all", "name": "map"}), folder / "out", Feedback())
    assert result.error is None
    return result.path, {10 * (place + 1): text for place, text in enumerate(texts.values())}


def test_texts_are_texts(made):
    path, texts = made
    (head, *rows) = sheets(path)["pois"]
    found = {row[head.index("osm_id")]: row[head.index("name")] for row in rows}
    assert found.keys() == texts.keys()
    for number, text in texts.items():
        # lxml reads tabs and blanks as the elements that they are.
        plain = text.replace("\r", "\n")
        if "  " not in plain and "\t" not in plain and plain == plain.strip(" "):
            assert found[number] == plain, number


def test_blanks_and_tabs_are_whole(made):
    path, texts = made
    (head, *rows) = sheets_by_odfpy(path)["pois"]
    found = {int(row[head.index("osm_id")]): row[head.index("name")] for row in rows}
    assert found == {number: text.replace("\r", "\n") for number, text in texts.items()}


@pytest.mark.editors
def test_libreoffice_runs_nothing(made, tmp_path):
    path, texts = made
    profile = f"-env:UserInstallation=file://{quote(str(tmp_path / 'profile'))}"
    wanted = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", wanted, "--outdir", str(tmp_path)]
    run([*command, str(path)], ONE, tmp_path / "home")
    (listed,) = tmp_path.glob("*-pois.csv")
    rows = csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8-sig"), newline=""))
    found = {int(row["osm_id"]): row["name"] for row in rows}
    # LibreOffice 7.4 leaves tabs out that stand as the specification has them (6.1.4).
    assert found == {number: text.replace("\r", "\n").replace("\t", "") for number, text in texts.items()}


def test_more_rows_than_a_sheet_holds_are_told(qgis, tmp_path, monkeypatch):
    from osgeo import ogr

    path = tmp_path / "a.gpkg"
    data = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = data.CreateLayer("spots", None, ogr.wkbPoint, ["GEOMETRY_NAME=geom"])
    for number in range(3):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({number} 1)"))
        layer.CreateFeature(feature)
    feature = layer = data = None
    view = MapData(path, "EPSG:4326", (Table("spots", "pois", "point", 3, "Spots"),), "")
    monkeypatch.setattr(ods, "_MOST_ROWS", 2)
    written = ods.write(view, tmp_path / "a.ods", Job(FORMATS["ods"]))
    ods.prove(tmp_path / "a.ods", view, written)
    assert written.layers == {"spots": 2}
    assert written.warnings == ["A spreadsheet holds 2 rows: the rest of Spots is left out."]
    with pytest.raises(Exception, match="does not hold"):
        ods.prove(tmp_path / "a.ods", view, replace(written, layers={"spots": 3}))


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_letters_of_columns(column, letters):
    assert ods_parts.letters(column) == letters


def test_what_xml_cannot_hold_is_left_out():
    assert ods_parts.cell("a\0\x01\ufffeb") == ods_parts.cell("ab")
