"""Everything that people read in QGIS is translated, and what programs read stays English."""

import ast
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.pipeline.events import Made, Progress, read_events
from osm2cdr.processing_provider.tools import child_environment, qgis_process

LANGUAGES = sorted((ROOT / "i18n").glob("*.ts"))
RUSSIAN = ROOT / "i18n" / "osm2cdr_ru.ts"
PLACE = re.compile(r"\{\w*\}")
# What names the same thing in every language.
SAME = {
    "AutoCAD DWG", "Cloud Optimized GeoTIFF", "DXF (AutoCAD 2010)", "DXF 2004", "DXF 2007", "DXF 2010", "DXF 2013",
    "DXF 2018", "DXF R12", "ESRI Shapefile", "Encapsulated PostScript", "MicroStation DGN V7",
    "FlatGeobuf", "GML 3.2 (+XSD)", "GPX", "GeoJSON", "GeoJPEG2000", "GeoPackage", "GeoParquet", "GeoTIFF", "KML",
    "KMZ", "LandXML 1.2", "OSM PBF", "OSM XML", "Overpass JSON", "PDF", "PostScript", "SVG", "TopoJSON",
    "3D Tiles 1.1 (Cesium)", "3MF", "Autodesk FBX", "COLLADA", "CityGML 2.0", "CityJSON 2.0", "Rhino 3DM", "USDZ",
    "VRML 2.0", "Wavefront OBJ + MTL", "X3D", "glTF (JSON + bin)",
    "OpenDRIVE",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def built():
    """The built translations are as new as the texts."""
    subprocess.run([str(ROOT / ".ci" / "links")], check=True)


def messages(path):
    """(context, source, translation, whether finished) of every message."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            finished = translation.get("type") is None
            yield context.findtext("name"), message.findtext("source"), translation.text or "", finished


def test_the_translations_are_up_to_date():
    done = subprocess.run([str(ROOT / ".ci" / "translations"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_every_text_is_translated_with_its_placeholders(path, capsys):
    found = list(messages(path))
    assert len(found) > 100
    # What is not translated yet stands in English; that is no fault of whoever adds a format.
    english = sum(not finished for *_, finished in found)
    with capsys.disabled():
        sys.stdout.write(f"\n{path.stem}: {english} of {len(found)} texts stand in English.\n")
    for _, source, translation, finished in found:
        if not finished:
            continue
        assert sorted(set(PLACE.findall(source))) == sorted(set(PLACE.findall(translation))), source
        assert source.startswith(" ") == translation.startswith(" "), source
        assert translation != source or source in SAME, source


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_every_text_comes_out_of_the_built_file(qgis, path):
    """The .qm as Qt reads it, against the .ts as an XML reader does."""
    from qgis.PyQt.QtCore import QCoreApplication, QTranslator

    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    assert QCoreApplication.installTranslator(translator)
    try:
        for context, source, translation, finished in messages(path):
            assert QCoreApplication.translate(context, source) == (translation if finished else source)
    finally:
        QCoreApplication.removeTranslator(translator)


def test_no_text_for_people_goes_past_the_translation():
    """What Processing shows is made by tr(), and tr() is given a literal or a title of the layer table."""
    shown = re.compile(r"^QgsProcessing(Parameter|Output)(?!Definition)")
    for path in sorted((ROOT / "processing_provider" / "algorithms").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            if name == "tr":
                literal = isinstance(node.args[0], ast.Constant)
                word = getattr(node.args[0], "attr", getattr(node.args[0], "id", ""))
                # Titles of the layer table, and what the table of options says.
                assert literal or word in ("title", "label", "about", "files"), (path.name, node.lineno)
            if shown.match(name):
                # `label` is what tr() made of a row of the table of options.
                said = getattr(getattr(node.args[1], "func", node.args[1]), "id", "")
                assert said in ("tr", "label"), (path.name, node.lineno)


@pytest.fixture
def russian(qgis, monkeypatch):
    from qgis.core import QgsApplication

    from osm2cdr.processing_provider.text import translation

    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: "ru_RU"))
    translation.install()
    yield translation
    translation.remove()


def test_sentences_of_the_core_are_told_in_russian(russian):
    from osm2cdr.processing_provider.errors import RequestError
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.text.sentence import say

    for fields, russian_words in (
        ({"bbox": "1,2,3"}, "Охват '1,2,3' должен состоять из четырёх чисел"),
        ({"bbox": "1,2,1.1,2.1", "formats": "svgg"}, "Нет формата 'svgg' (может быть, 'svg'?)."),
        ({"bbox": "1,2,1.1,2.1", "formats": "svg", "dpi": 9999}, "Значение 9999 (dpi) — не целое число от 36 до 1200."),
    ):
        with pytest.raises(RequestError) as error:
            make_request(fields)
        assert russian_words in russian.told(error.value.text)
    reading = say("reading {0}", "Nowhere.osm.pbf")
    assert russian.told(reading) == "чтение Nowhere.osm.pbf"
    assert russian.told("drawing") == "рисование"
    assert russian.told("Roads") == "Дороги"
    assert russian.told("Nobody wrote this.") == "Nobody wrote this."
    # Only who says it knows what of it is a value.
    assert russian.told(str(reading)) != "чтение Nowhere.osm.pbf"
    russian.remove()
    assert russian.told(reading) == "reading Nowhere.osm.pbf"


def test_a_sentence_is_translated_by_its_key_and_not_by_its_words(russian):
    """The values go with the sentence: what they hold is not taken for words of it, and one may be a sentence."""
    import copy
    import pickle

    from osm2cdr.processing_provider.text.sentence import joined, say

    # As a finished text it is another sentence: the file's name holds the words that stand between two values.
    named = say("The file {0} cannot be read: {1}.", "a cannot be read: b.geojson", "no rights")
    assert named == "The file a cannot be read: b.geojson cannot be read: no rights."
    for same in (named, copy.deepcopy(named), pickle.loads(pickle.dumps(named))):
        assert "a cannot be read: b.geojson" in russian.told(same)
        assert "cannot be read: no rights" not in russian.told(same)
    no_json = say("The file {0} is not GeoJSON.", "x")
    nested = say("Nobody wrote {0} about {1}.", no_json, "{braces}")
    assert russian.told(nested) == f"Nobody wrote {russian.told(no_json)} about {{braces}}."
    raised = say("Nobody wrote {0}.", ValueError(no_json))
    assert russian.told(raised) == f"Nobody wrote {russian.told(no_json)}."
    assert raised.values[0].key == "The file {0} is not GeoJSON."
    assert russian.told(no_json) != no_json
    # A file may be called as a layer or a sentence is.
    for name, russian_name in (("Roads", "Roads"), (say("Roads"), "Дороги")):
        told = russian.told(say("The file {0} is not GeoJSON.", name))
        assert told == russian.told(no_json).replace("x", russian_name)
    both = joined([no_json, "{plain}", no_json], " {} ")
    assert both == f"{no_json} {{}} {{plain}} {{}} {no_json}"
    assert russian.told(both) == f"{russian.told(no_json)} {{}} {{plain}} {{}} {russian.told(no_json)}"
    assert russian.told(joined([])) == joined([]) == ""


def test_qgis_process_speaks_russian_and_its_report_english(tmp_path):
    environment = child_environment(ROOT, tmp_path)
    environment.update(LANG="ru_RU.UTF-8", OSM2CDR_REPORT=str(tmp_path / "report.jsonl"))

    def run(*arguments):
        command = [qgis_process(), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    help_text = run("help", "osm2cdr:exportarea").stdout
    assert "Экспорт области OpenStreetMap" in help_text
    assert "Стиль карты" in help_text
    assert "Data ©" not in help_text
    area = ["--EXTENT=24.9420,24.9470,60.1690,60.1715 [EPSG:4326]", f"--SOURCE={SAMPLE}"]
    done = run("run", "osm2cdr:exportarea", *area, "--FORMATS=svgg", f"--OUTPUT_FOLDER={tmp_path / 'out'}")
    assert done.returncode != 0
    assert "Нет формата 'svgg'" in done.stderr
    done = run("run", "osm2cdr:exportarea", *area, "--FORMATS=gpkg", f"--OUTPUT_FOLDER={tmp_path / 'out'}")
    assert done.returncode == 0
    report = (tmp_path / "report.jsonl").read_text(encoding="utf-8")
    assert "There is no format 'svgg'" in report
    assert "writing GeoPackage" in report
    assert not re.search("[а-яё]", report)


def test_a_whole_run_is_told_in_russian(tmp_path, russian):
    """Its log: steps, warnings and what files lack, with their values; the report of the same run is English."""
    environment = child_environment(ROOT, tmp_path)
    environment.update(LANG="ru_RU.UTF-8", OSM2CDR_REPORT=str(tmp_path / "report.jsonl"))
    command = [qgis_process(), "run", "osm2cdr:exportarea", "--EXTENT=24.9420,24.9470,60.1690,60.1715 [EPSG:4326]"]
    command += [f"--SOURCE={SAMPLE}", "--FORMATS=gpkg,kml,csv_xy", "--CRS=EPSG:32635", f"--OUTPUT_FOLDER={tmp_path}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # What QGIS lists behind the log are results, for programs.
    log = (done.stdout + done.stderr).partition("Results")[0]
    for told in (
        f"чтение {SAMPLE.name}",
        "запись: GeoPackage",
        "запись: CSV с точками",
        "Всегда в долготе и широте: KML.",
        "не вмещает линий и площадей, пропущены: Суша, ",
    ):
        assert told in log
    report = (tmp_path / "report.jsonl").read_text(encoding="utf-8")
    said = [source for context, source, _, finished in messages(RUSSIAN) if finished and context == "sentences"]
    there = []
    for source in said:
        # The words of a template that tell it: what stands between its values.
        words = max(PLACE.split(source), key=len).strip()
        if " " in words and words in report:
            there.append(words)
        assert " " not in words or words not in log, words
    assert len(there) > 2, there
    # Whoever reads the report can say the same.
    heard = read_events(tmp_path / "report.jsonl")
    steps = {event.text for event in heard if isinstance(event, Progress)}
    lacks = {text for event in heard if isinstance(event, Made) for text in event.warnings}
    assert lacks
    for text in steps | lacks:
        assert russian.told(text) in log


def test_the_launcher_stays_english(tmp_path):
    environment = {**os.environ, "LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8"}
    command = [str(ROOT / "bin" / "osm2cdr"), "export", "--bbox", "24.942,60.169,24.947,60.1715", "--out"]
    command += [str(tmp_path), "--source", str(SAMPLE), "--formats", "stl", "--layers", "roads"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no buildings" in done.stderr


def test_a_file_speaks_the_language_of_its_map(qgis):
    """Sentences and what stands in them; in no language of which there are no translations."""
    from osm2cdr.processing_provider.text.sentence import say
    from osm2cdr.processing_provider.text.translation import told_in

    assert told_in("Residential streets", "ru") == "Жилые улицы"
    assert told_in(say("{0} and {1} more", say("Legend"), 2), "ru-Latn") == "Условные знаки и ещё 2"
    assert told_in(say("{0} and {1} more", say("Legend"), 2), "de") == "Legend and 2 more"
    assert told_in("Whatever nobody translated", "ru") == "Whatever nobody translated"
    assert told_in("Колодцы – № 1", "ru") == "Колодцы – № 1"
    # Who watches the job reads its own language still.
    assert told_in(say("Legend"), "") == "Legend"
