"""Texts that a file has beside the map: in the language of the map."""

import zipfile

import pytest
from tile_exports import run

READMES = {"png_layers": "Каждый слой карты", "png_wld": "Карта без листа", "mvt": "map.html показывает карту"}


@pytest.mark.one_system("texts in files")
def test_documents_and_read_me_files_speak_the_language_of_the_map(qgis, tmp_path):
    from docx import Document

    fields = {"dpi": 72, "detail": 4, "title": "Площадь"}
    results = {one.format: one for one in run(tmp_path / "ru", ["docx", *READMES], language="ru", **fields)}
    assert {name: one.error for name, one in results.items()} == dict.fromkeys(["docx", *READMES])
    for name, words in READMES.items():
        with zipfile.ZipFile(results[name].path) as archive:
            text = archive.read("README.txt").decode("utf-8")
        assert text.startswith("Площадь\n"), name
        assert words in text, name
        assert "OpenStreetMap contributors" in text, name
    document = Document(str(results["docx"].path))
    assert {"Условные знаки", "Что есть на карте"} <= {one.text for one in document.paragraphs}
    facts, legend, counted = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert [key for key, _ in facts[:4]] == ["Масштаб", "Долгота", "Широта", "Система координат"]
    assert facts[1][1].startswith("от 24.")
    assert counted[0] == ["Слой", "Объектов"]
    assert {"Здания"} <= {layer for *_, layer in legend} | {name for name, _ in counted}
    (plain,) = run(tmp_path / "plain", "docx", **fields)
    assert {"Legend", "What is on the map"} <= {one.text for one in Document(str(plain.path)).paragraphs}
