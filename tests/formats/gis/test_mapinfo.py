"""MapInfo's tables: the code page of the letters, what it lacks whole beside, coordinates as fine as the data."""

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing

import numpy as np
import pytest
from hardtexts import BOX, TEXTS, key_of, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import code_pages, dbase
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.mapinfo import CODECS, dat_rows, map_objects, mif_table

# What a MID writes in another way: a line's end as it writes none.
MIF = {"line": "One line\\nand another"}


def rows_of(result, table):
    """The rows of a table, by its columns."""
    with zipfile.ZipFile(result.path) as archive:
        if result.format == "mif":
            names, rows, _, _ = mif_table(archive.read(f"{table}.mif"), archive.read(f"{table}.mid"))
            return [dict(zip(names, row)) for row in rows]
        head = archive.read(f"{table}.tab").decode("ascii")
        codec = CODECS[re.search(r"!charset (\w+)", head)[1]]
        return list(dat_rows(archive.read(f"{table}.dat"), re.findall(r"^    \w+ (\w+) .*;", head, re.M), codec))


def export(folder, texts=None, **more):
    fields = {"bbox": BOX, "formats": "tab,mif,gpkg", "detail": 6, "source": str(write(folder / "hard.osm", texts))}
    results = pipeline.run(make_request({**fields, **more}), folder / "out", Feedback())
    assert [result.error for result in results] == [None] * 3
    return {result.format: result for result in results}


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    return export(tmp_path_factory.mktemp("hard"), tags="all")


@pytest.mark.parametrize("name", ["tab", "mif"])
def test_texts_are_whole_in_the_table_or_beside_it(made, name):
    with zipfile.ZipFile(made[name].path) as archive:
        beside = list(csv.DictReader(io.StringIO(archive.read(dbase.LONG_TEXTS).decode("utf-8-sig"), newline="")))
    for table in ("pois", "buildings", "roads"):
        whole = {int(row["osm_id"]): row["text"] for row in beside if (row["layer"], row["column"]) == (table, "name")}
        assert {key_of(number): text for number, text in whole.items()}.items() <= TEXTS.items()
        rows = rows_of(made[name], table)
        assert len(rows) == len(TEXTS)
        for row in rows:
            number, text = int(row["osm_id"]), TEXTS[key_of(int(row["osm_id"]))]
            want = dbase.fitted(text, "cp1251")
            assert row["name"] == (MIF.get(key_of(number), want) if name == "mif" else want)
            assert (number in whole) == (want != text)
    [warning] = made[name].warnings
    assert f": {len(beside)};" in warning
    assert dbase.LONG_TEXTS in warning


def test_numbers_are_whole_where_they_are(made):
    for name in ("tab", "mif"):
        row = rows_of(made[name], "roads")[0]
        assert str(row["osm_id"]) in {str(10 * place + 11) for place in range(len(TEXTS))}


def test_where_all_fits_nothing_is_said(qgis, tmp_path):
    made = export(tmp_path, {"street": "улица Ёлкина №7"})
    for name in ("tab", "mif"):
        assert made[name].warnings == []
        [row] = rows_of(made[name], "roads")
        assert row["name"] == "улица Ёлкина №7"
        assert dbase.LONG_TEXTS not in zipfile.ZipFile(made[name].path).namelist()


def test_coordinates_of_tab_are_as_fine_as_the_data(made):
    """They are whole numbers: within the bounds of MapInfo's own, of the whole earth, a step would be 11 cm."""
    with zipfile.ZipFile(made["tab"].path) as archive:
        box, counts, kinds = map_objects(archive.read("pois.map"), archive.read("pois.id"))
    assert counts["point"] == len(kinds) == len(TEXTS)
    with closing(sqlite3.connect(made["gpkg"].path)) as database:
        low = "SELECT min(minx), min(miny), max(maxx), max(maxy) FROM rtree_pois_geom"
        index = database.execute(low).fetchone()
        query = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'pois'"
        want = database.execute(query).fetchone()
    assert np.allclose(box, want, atol=1e-9), (box, want, index)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", "cp1252"), ("Töölönlahdenkatu", "cp1252"), ("Łódź", "cp1250"), ("Кафе «Ёлка» №7", "cp1251"),
        ("Αθήνα", "cp1253"), ("İstanbul, Şişli", "cp1254"), ("תל אביב", "cp1255"), ("مقهى", "cp1256"),
        ("東京タワー", "cp932"), ("서울역", "cp949"), ("长城饭店", "cp936"), ("北京站", "cp932"),
        ("Ёлка у Красной площади 站", "cp1251"),
    ],
)  # fmt: skip
def test_the_code_page_is_the_one_that_holds_most_letters(text, page):
    letters = {letter: text.count(letter) for letter in text if not letter.isascii()}
    assert code_pages.best(letters) == page


@pytest.mark.parametrize(
    ("text", "codec", "fits"),
    [
        ("Łódź", "cp1251", "Lodz"), ("Großstraße", "cp1251", "Grossstrasse"), ("Дом – 7", "cp1252", "??? – 7"),
        ("e\u0301", "cp1252", "é"), ("a\u200db\u2028c", "cp1251", "ab c"), ("Ж" * 254, "cp1251", "Ж" * 254),
        ("Ж" * 255, "cp1251", "Ж" * 254), ("東" * 200, "cp932", "東" * 127),
    ],
)  # fmt: skip
def test_what_fits_in_a_code_page(text, codec, fits):
    assert dbase.fitted(text, codec) == fits
