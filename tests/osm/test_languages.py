"""Names in the language asked for, in files, layers and answers, against what osmium, sqlite and Python read."""

import re
import sqlite3
import subprocess

import pytest
import scripts_data
from names_fixtures import plain

from areas import AREAS, ROOT
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.language import Names, normalized
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.tools import child_environment, qgis_process


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "en"), ("RU", "ru"), ("zh-hant", "zh-Hant"), ("zh-HANT-hk", "zh-Hant-HK"), ("sr-latn", "sr-Latn"),
     ("be-tarask", "be-tarask"), ("ja_rm", "ja_rm"), ("nan-POJ", "nan-poj"), ("pt-br", "pt-BR")],
)  # fmt: skip
def test_codes(given, code):
    assert normalized(given) == code


@pytest.mark.parametrize("code", ["english", "e", "en ", "русский", "en;ru", "en-", "name:en", '"', "a" * 40])
def test_a_bad_code_is_one_sentence(code):
    with pytest.raises(RequestError, match="is no language code") as caught:
        normalized(code)
    assert caught.value.field == "language"
    assert caught.value.text.count(". ") == 0


def test_a_wider_language_stands_in():
    assert Names("zh-Hant-HK").keys == ("name:zh-Hant-HK", "name:zh-Hant", "name:zh")
    assert Names().keys == ()
    assert Names().sql == ()


def names_of(path, table, column="name"):
    """The values of a column of a GeoPackage's table."""
    database = sqlite3.connect(path)
    found = {value for (value,) in database.execute(f'SELECT {column} FROM "{table}"') if value}
    database.close()
    return found


@pytest.mark.parametrize("area", ["sample", "monaco"])
def test_russian_names(make, area):
    source, box = AREAS[area]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    files, warnings = make(source, box, formats="gpkg,svg,dxf", language="ru", detail=6)
    assert warnings == []
    theirs = {}
    import osmium

    for item in osmium.FileProcessor(str(source)):
        if "name:ru" in item.tags:
            theirs[{"n": "node", "w": "way", "r": "relation"}[item.type_str()], item.id] = dict(item.tags)
    database = sqlite3.connect(files["gpkg"])
    database.row_factory = sqlite3.Row
    seen = 0
    for (table,) in database.execute("SELECT table_name FROM gpkg_contents").fetchall():
        for row in database.execute(f'SELECT * FROM "{table}" WHERE osm_id IS NOT NULL').fetchall():
            tags = theirs.get((row["osm_type"], row["osm_id"]))
            value = row["name_ru"] if "name_ru" in row.keys() else None  # noqa: SIM118 - a Row has no values by name
            assert value == (tags["name:ru"] if tags else None)
            if tags:
                assert row["name"] == tags.get("name")
                seen += 1
    database.close()
    assert seen > 10
    # Drawings show them.
    shown = names_of(files["gpkg"], "pois", "name_ru")
    dxf = files["dxf"].read_text(encoding="utf-8")
    assert all(name.split(" ")[0] in dxf for name in shown)
    shown |= names_of(files["gpkg"], "places", "name_ru") if area == "monaco" else set()
    svg = plain("".join(re.findall(r"<text[^>]*>([^<]*)</text>", files["svg"].read_text(encoding="utf-8"))))
    assert sum(plain(name.split(" ")[0]).upper() in svg.upper() for name in shown) >= (4 if area == "sample" else 1)


def test_the_language_of_nobody(make):
    _, [(code, told)] = make(*AREAS["sample"], formats="geojson", language="tlh")
    assert code == "no_names"
    assert "'tlh'" in told


def test_a_name_in_two_languages_stays(make):
    files, _ = make(*AREAS["sample"], formats="svg,gpkg")
    both = [name for name in names_of(files["gpkg"], "pois") | names_of(files["gpkg"], "green") if " / " in name]
    assert all(column not in ("_local", "_latin") for column in columns(files["gpkg"]))
    assert isinstance(both, list)


def columns(path):
    database = sqlite3.connect(path)
    found = [row[1] for row in database.execute("PRAGMA table_info(pois)")]
    database.close()
    return found


def launcher(*arguments):
    return subprocess.run([str(ROOT / "bin" / "osm2cdr"), "export", *arguments], capture_output=True, text=True)


def test_through_the_launcher(tmp_path):
    box = ",".join(map(str, AREAS["sample"][1]))
    base = ("--bbox", box, "--source", "sample", "--formats", "geojson", "--out", str(tmp_path))
    bad = launcher(*base, "--language", "german")
    assert bad.returncode == 2
    assert bad.stderr.startswith("osm2cdr: The language 'german' is no language code;")
    good = launcher(*base, "--language", "ru")
    assert good.returncode == 0, good.stderr
    assert '"name_ru": "Музей Атенеум"' in (tmp_path / "helsinki_geojson.geojson").read_text(encoding="utf-8")


def test_layers_in_qgis_are_labelled_in_the_language(make):
    from qgis.core import QgsVectorLayer

    from osm2cdr.processing_provider.cartography.styles.layer_styles import apply_style
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    files, _ = make(*AREAS["sample"], formats="gpkg", language="ru")
    layer = QgsVectorLayer(f"{files['gpkg']}|layername=pois", "pois", "ogr")
    for language, labelled in (("", False), ("ru", True), ("fi", False)):
        assert apply_style(layer, "pois", load_theme("default"), 5000, 5, language)
        fields = [rule.settings().fieldName for rule in layer.labeling().rootRule().children()]
        assert fields
        assert all(('coalesce("name_ru","name")' in field) is labelled for field in fields)


def test_names_of_a_language_come_through_overpass(make, tmp_path):
    """An answer as JSON, which an extract is made of: the same way as from a server."""
    import json

    data = {
        "osm3s": {"timestamp_osm_base": "2024-05-06T07:08:09Z"},
        "elements": [
            {"type": "node", "id": 1, "lat": 20.012, "lon": 10.012,
             "tags": {"place": "town", "name": "القاهرة", "name:ru": "Каир"}}
        ],
    }  # fmt: skip
    source = tmp_path / "answer.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    files, warnings = make(source, scripts_data.BOX, formats="geojson,svg", language="ru")
    # One object does not fill the page.
    assert [code for code, _ in warnings] == ["data_end"]
    [feature] = [
        item["properties"]
        for item in json.loads(files["geojson"].read_text(encoding="utf-8"))["features"]
        if item["properties"].get("osm_id") == 1
    ]
    assert (feature["name"], feature["name_ru"]) == ("القاهرة", "Каир")
    assert "КАИР" in plain(files["svg"].read_text(encoding="utf-8")).upper()


def test_layers_that_hold_names_of_a_language_are_drawn_with_them(qgis, make, tmp_path):
    from qgis.core import QgsProcessingContext, QgsVectorLayer

    from osm2cdr.processing_provider.sources.project_layers import Input

    files, _ = make(*AREAS["sample"], formats="gpkg", language="ru")
    layer = QgsVectorLayer(f"{files['gpkg']}|layername=pois", "pois", "ogr")
    inputs = (Input.of(layer, QgsProcessingContext(), False),)
    for language, name in (("", "Ateneum"), ("ru", "Музей Атенеум")):
        request = make_request(
            {"bbox": AREAS["sample"][1], "formats": "dxf", "language": language, "name": f"x{language}"}
        )
        [result] = pipeline.run(request, tmp_path, Feedback(), inputs)
        assert result.error is None
        assert f"\n{name}\n" in result.path.read_text(encoding="utf-8").replace("\r", "")


def test_through_exportformat(tmp_path):
    box = AREAS["sample"][1]
    environment = child_environment(ROOT, tmp_path)
    target = tmp_path / "map.geojson"
    arguments = [
        f"--EXTENT={box[0]},{box[2]},{box[1]},{box[3]} [EPSG:4326]", "--SOURCE=sample", "--FORMAT=geojson",
        f"--OUTPUT={target}",
    ]  # fmt: skip
    for language, good in (("RU", True), ("russian", False)):
        done = subprocess.run(
            [qgis_process(), "run", "osm2cdr:exportformat", *arguments, f"--LANGUAGE={language}"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) is good, done.stderr
    assert "The language 'russian' is no language code" in done.stdout + done.stderr
    assert '"name_ru": "Музей Атенеум"' in target.read_text(encoding="utf-8")
