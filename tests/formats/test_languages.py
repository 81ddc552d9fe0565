"""Texts that a file has beside the map: in the language of the map."""

import json
import re
import zipfile

import pytest
from tile_exports import run

from areas import ROOT

# What lies in the zip of each format, and the words of its translation.
READMES = {
    "png_layers": ("Каждый слой карты",), "png_wld": ("Карта без листа",),
    "ozi": ("Откройте x.map", "в зоне UTM 35"),
    "mvt": ("map.html показывает карту", "Векторные тайлы (Mapbox", "VectorGrid для Leaflet", "Показывайте на карте:"),
    "xyz_tiles": ("Тайлы карты 256 x 256", "QGIS (XYZ Tiles); tiles.json говорит"),
    "heightmap_png": ("ширина пикселя: 1 м.", "Ландшафт в Unreal Engine"),
    "sumo": ("netconvert -c x.netccfg делает",),
    "gltf": ("узел на каждый слой", "x = z = 0 — долгота 24.9"), "obj": ("откройте map.obj",),
    "3dtiles": ("на веб-сервере",), "shp": ("Шейп-файл на каждый слой.", "Сокращённые имена: "),
    "tab": ("в кодовой странице своих букв", "В этих таблицах нет пустых чисел"),
    "gdb": ("класс объектов на каждый слой",),
}  # fmt: skip
WITH_CRS = {"sumo", "gltf", "obj", "3dtiles", "shp", "tab", "gdb"}


@pytest.fixture(scope="module")
def in_russian(qgis, tmp_path_factory):
    """The results of an export in Russian, by format."""
    fields = {"dpi": 72, "detail": 4, "title": "Площадь", "options": {"max_zoom": 15}, "language": "ru"}
    results = run(tmp_path_factory.mktemp("ru"), ["docx", "threejs", *READMES], **fields)
    assert [one.error for one in results] == [None] * len(results)
    return {one.format: one.path for one in results}


def told(page):
    """What a page says of itself: the words that its script knows, the language that it is in."""
    (about,) = re.findall(r'<script type="application/json" id="about">(.*?)</script>', page)
    return json.loads(about)["words"], re.search(r'<html lang="([\w-]*)">', page)[1]


@pytest.mark.one_system("texts in files")
def test_read_me_files_speak_the_language_of_the_map(in_russian):
    for name, words in READMES.items():
        with zipfile.ZipFile(in_russian[name]) as archive:
            text = archive.read("README.txt").decode("utf-8")
        assert text.startswith("Площадь\n"), name
        assert [one for one in words if one not in text] == [], (name, text)
        assert "OpenStreetMap contributors" in text, name
        assert ("Система координат: " in text) == (name in WITH_CRS), (name, text)
        assert not re.search(r"\b(the|each|open)\b", text), (name, text)


@pytest.mark.one_system("texts in files")
def test_pages_speak_the_language_of_the_map(in_russian):
    with zipfile.ZipFile(in_russian["mvt"]) as archive:
        words, language = told(archive.read("map.html").decode("utf-8"))
    assert language == "ru"
    assert words["NavigationControl.ZoomIn"] == "Приблизить"
    assert words["failed"].startswith("Этой карте нужен WebGL")
    # Those are MapLibre's own keys, which it would not miss.
    library = (ROOT / "processing_provider/_vendor/maplibre/maplibre-gl.js").read_text(encoding="utf-8")
    assert [key for key in words if "." in key and f'"{key}":' not in library] == []
    text = in_russian["threejs"].read_text(encoding="utf-8")
    words, language = told(text)
    assert (language, words["from"], words["metres"]) == ("ru", "Солнце со стороны (градусы от севера)", "м")
    assert '"name":"Крыши"' in text
    assert '"title":"Здания"' in text
    asked = set(re.findall(r"\bwords\.(\w+)", text))
    assert asked == set(words)


@pytest.mark.one_system("texts in files")
def test_fonts_are_told_in_the_language_of_the_map(qgis, tmp_path):
    (made,) = run(tmp_path, "svg", detail=4, language="ru", options={"fonts": True})
    with zipfile.ZipFile(made.path) as archive:
        assert archive.read("FONTS.txt").decode("utf-8").startswith("Шрифты файла x_svg.svg. Установите их")


@pytest.mark.one_system("texts in files")
def test_documents_speak_the_language_of_the_map(in_russian, qgis, tmp_path):
    from docx import Document

    document = Document(str(in_russian["docx"]))
    assert {"Условные знаки", "Что есть на карте"} <= {one.text for one in document.paragraphs}
    facts, legend, counted = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert [key for key, _ in facts[:4]] == ["Масштаб", "Долгота", "Широта", "Система координат"]
    assert facts[1][1].startswith("от 24.")
    assert counted[0] == ["Слой", "Объектов"]
    assert {"Здания"} <= {layer for *_, layer in legend} | {name for name, _ in counted}
    (plain,) = run(tmp_path, "docx", dpi=72, detail=4)
    assert {"Legend", "What is on the map"} <= {one.text for one in Document(str(plain.path)).paragraphs}
