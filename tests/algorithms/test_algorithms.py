"""The algorithms by a bare qgis_process: parameters, several formats, masks, layers, models, reports, exit codes."""

import json
import subprocess
import zipfile

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.pipeline.events import End, Failed, Made, Progress, read_events
from osm2cdr.processing_provider.tools import child_environment, qgis_process

WEST, SOUTH, EAST, NORTH = 24.9420, 60.1690, 24.9470, 60.1715
EXTENT = f"--EXTENT={WEST},{EAST},{SOUTH},{NORTH} [EPSG:4326]"
SOURCE = f"--SOURCE={SAMPLE}"
MODEL = ROOT / "docs" / "models" / "buffer.model3"


@pytest.fixture
def run(tmp_path):
    """run(what, *arguments): exit code, what was said, the events of the report."""

    def start(what, *arguments, plugins=None):
        environment = child_environment(ROOT, tmp_path)
        report = tmp_path / "report.jsonl"
        report.unlink(missing_ok=True)
        environment["OSM2CDR_REPORT"] = str(report)
        if plugins:
            environment["QGIS_PLUGINPATH"] = str(plugins)
            # What a user's QGIS has: nothing of ours beside the zip.
            del environment["PYTHONPATH"]
        done = subprocess.run(
            [qgis_process(), "run", str(what), *arguments], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr, read_events(report)

    return start


def ogr_summary(path, layer):
    """Count and extent of a layer, as ogrinfo tells them."""
    done = subprocess.run(["ogrinfo", "-json", str(path), layer], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        found = json.loads(done.stdout)["layers"][0]
        return found["featureCount"], found["geometryFields"][0]["extent"]
    text = subprocess.run(["ogrinfo", "-so", str(path), layer], capture_output=True, text=True, check=True).stdout
    count = int(text.split("Feature Count: ")[1].split()[0])
    numbers = text.split("Extent: ")[1].splitlines()[0]
    return count, [float(part) for part in numbers.replace(" - ", ",").replace("(", "").replace(")", "").split(",")]


@pytest.mark.parametrize("formats", [["--FORMATS=gpkg,geojson"], ["--FORMATS=gpkg", "--FORMATS=geojson"]])
def test_several_formats_and_the_order_of_the_extent(run, tmp_path, formats):
    code, said, events = run("osm2cdr:exportarea", EXTENT, SOURCE, *formats, f"--OUTPUT_FOLDER={tmp_path / 'out'}")
    assert code == 0, said
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"helsinki_gpkg.gpkg", "helsinki_geojson.geojson"}
    _, box = ogr_summary(tmp_path / "out" / "helsinki_gpkg.gpkg", "land")
    assert box == pytest.approx([WEST, SOUTH, EAST, NORTH], abs=1e-6)
    kinds = [type(event) for event in events]
    assert kinds.count(Made) == 2
    assert kinds[-1] is End
    assert events[-1].ok
    percents = [event.percent for event in events if isinstance(event, Progress)]
    assert percents == sorted(percents)
    assert percents[-1] == 100


def test_an_extent_in_another_crs(run, tmp_path):
    extent = "--EXTENT=385900,386200,6672000,6672300 [EPSG:32635]"
    code, said, _ = run("osm2cdr:exportarea", extent, SOURCE, "--FORMATS=gpkg", f"--OUTPUT_FOLDER={tmp_path / 'out'}")
    assert code == 0, said
    _, box = ogr_summary(tmp_path / "out" / "helsinki_gpkg.gpkg", "land")
    assert box == pytest.approx([24.9436, 60.1688, 24.9490, 60.1717], abs=3e-4)


@pytest.mark.parametrize("named", ["sample", "overpass", ""])
def test_the_words_that_source_takes(run, tmp_path, monkeypatch, named):
    monkeypatch.setenv("OSM2CDR_OVERPASS", "http://127.0.0.1:9/api/interpreter")
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "cache"))
    arguments = ["--FORMATS=geojson", "--LAYERS=roads", f"--OUTPUT_FOLDER={tmp_path / 'out'}"]
    code, said, events = run("osm2cdr:exportarea", EXTENT, f"--SOURCE={named}", "--TIMEOUT=20", *arguments)
    if named == "sample":
        assert code == 0, said
    else:
        assert code != 0
        assert [event.code for event in events if isinstance(event, Failed)] == ["overpass_unreachable"]


def test_one_of_two_formats_fails(run, tmp_path):
    out = tmp_path / "out"
    arguments = ["--FORMATS=gpkg,stl", "--LAYERS=roads", f"--OUTPUT_FOLDER={out}"]
    code, said, events = run("osm2cdr:exportarea", EXTENT, SOURCE, *arguments)
    assert code != 0
    assert "no buildings" in said
    assert "Written: gpkg." in said
    assert [path.name for path in out.iterdir()] == ["helsinki_gpkg.gpkg"]
    assert not events[-1].ok


def test_an_enum_that_qgis_would_refuse_bare_gets_our_sentence(run, tmp_path):
    code, said, events = run(
        "osm2cdr:exportarea", EXTENT, SOURCE, "--FORMATS=svgg", f"--OUTPUT_FOLDER={tmp_path / 'o'}"
    )
    assert code != 0
    assert "did you mean 'svg'" in said
    assert events[0].code == "unknown_format"
    assert not (tmp_path / "o").exists()


@pytest.fixture
def triangle(tmp_path):
    """A GeoJSON file of a triangle with a hole."""
    ring = [[WEST, SOUTH], [EAST, SOUTH], [WEST, NORTH], [WEST, SOUTH]]
    x, y, size = WEST + 0.001, SOUTH + 0.0006, 0.0005
    hole = [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]]
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring, hole]}), encoding="utf-8")
    return path


@pytest.mark.parametrize("door", ["MASK", "launcher"])
def test_an_area_of_polygons_is_cut_exactly(run, tmp_path, triangle, door):
    from shapely import get_parts
    from shapely.geometry import shape

    out = tmp_path / "out"
    if door == "MASK":
        code, said, _ = run(
            "osm2cdr:exportarea", f"--MASK={triangle}", SOURCE, "--FORMATS=geojson,svg", f"--OUTPUT_FOLDER={out}"
        )
    else:
        command = [str(ROOT / "bin" / "osm2cdr"), "export", "--geometry", str(triangle), "--source", str(SAMPLE)]
        done = subprocess.run(
            [*command, "--formats", "geojson,svg", "--out", str(out)], capture_output=True, text=True, check=False
        )
        code, said = done.returncode, done.stderr
    assert code == 0, said
    wanted = shape(json.loads(triangle.read_text(encoding="utf-8")))
    data = json.loads((out / "helsinki_geojson.geojson").read_text(encoding="utf-8"))
    shapes = {}
    for feature in data["features"]:
        shapes.setdefault(feature["properties"]["table"], []).append(shape(feature["geometry"]))
    edge = wanted.buffer(2e-7)
    assert all(edge.covers(each) for table in shapes.values() for each in table)
    land = shapes["land"][0]
    assert land.symmetric_difference(wanted).area < 1e-4 * wanted.area
    assert len(get_parts(land)[0].interiors) == 1
    assert len(shapes["buildings"]) > 5


def test_a_model_buffers_and_exports(run, tmp_path):
    layer = tmp_path / "roads"
    code, said, _ = run("osm2cdr:exportarea", EXTENT, SOURCE, "--FORMATS=gpkg", f"--OUTPUT_FOLDER={layer}")
    assert code == 0, said
    roads = f"{layer / 'helsinki_gpkg.gpkg'}|layername=roads"
    count, _ = ogr_summary(layer / "helsinki_gpkg.gpkg", "roads")
    for name in ("gpkg", "svg"):
        target = tmp_path / f"buffered.{name}"
        arguments = [f"--layer={roads}", "--distance=0.0001", f"--format={name}", f"--export:file={target}"]
        code, said, events = run(MODEL, *arguments)
        assert code == 0, said
        assert [event.format for event in events if isinstance(event, Made)] == [name]
        assert target.exists()
    assert ogr_summary(tmp_path / "buffered.gpkg", "Buffered")[0] == count


def test_the_model_runs_in_processing(qgis, export, tmp_path):
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import (
        QgsApplication,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProcessingModelAlgorithm,
        QgsProject,
        QgsVectorLayer,
    )

    from osm2cdr.processing_provider.provider import Osm2CdrProvider

    registry = QgsApplication.processingRegistry()
    native = registry.providerById("native")
    provider = Osm2CdrProvider()
    assert registry.addProvider(provider)
    if native is None:
        registry.addProvider(QgsNativeAlgorithms(registry))
    layer = QgsVectorLayer(f"{export('sample')['gpkg'].path}|layername=buildings", "Häuser", "ogr")
    QgsProject.instance().addMapLayer(layer)
    try:
        model = QgsProcessingModelAlgorithm()
        assert model.fromFile(str(MODEL))
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        context.setProject(QgsProject.instance())
        target = tmp_path / "model.geojson"
        parameters = {"layer": layer.id(), "distance": 0.0001, "format": "geojson", "export:file": str(target)}
        _, worked = model.run(parameters, context, feedback)
        assert worked, feedback.textLog()
        data = json.loads(target.read_text(encoding="utf-8"))
        assert len(data["features"]) == layer.featureCount()
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
        registry.removeProvider(provider)


def test_input_is_exported_in_its_own_style(qgis, export, tmp_path):
    """A layer of the project keeps its colours in a picture, and its fields and letters in data."""
    from PIL import Image
    from qgis.core import QgsFillSymbol, QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer
    from qgis.core import QgsSingleSymbolRenderer as Single

    from osm2cdr.processing_provider.algorithms.exportformat import ExportFormat

    layer = QgsVectorLayer(f"{export('sample')['gpkg'].path}|layername=buildings", "Дома", "ogr")
    layer.setRenderer(Single(QgsFillSymbol.createSimple({"color": "#12ab34", "outline_style": "no"})))
    QgsProject.instance().addMapLayer(layer)
    try:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        algorithm = ExportFormat().create()
        for name in ("png", "shp"):
            parameters = {"INPUT": [layer.id()], "FORMAT": name, "OUTPUT": str(tmp_path / f"x.{name}"), "DPI": 100}
            _, worked = algorithm.run(parameters, context, QgsProcessingFeedback())
            assert worked
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    colors = Image.open(tmp_path / "x.png").convert("RGB").getcolors(10**6)
    assert max(colors)[0] > 1000
    assert (0x12, 0xAB, 0x34) in {color for _, color in colors}
    with zipfile.ZipFile(tmp_path / "x.shp.zip") as archive:
        assert "Дома.shp" in archive.namelist()


@pytest.mark.one_system("a sentence of ours")
def test_layers_of_ones_own_are_said_to_come_without_the_overlay(qgis, tmp_path):
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from osm2cdr.processing_provider.algorithms.exportformat import ExportFormat

    mine = tmp_path / "mine.geojson"
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [WEST, SOUTH]}}
    mine.write_text(json.dumps({"type": "FeatureCollection", "features": [point]}), encoding="utf-8")
    parameters = {
        "INPUT": [str(mine)],
        "FORMAT": "geojson",
        "OUTPUT": str(tmp_path / "out.geojson"),
        "OVERLAY": str(mine),
    }
    feedback = QgsProcessingFeedback()
    results, worked = ExportFormat().create().run(parameters, QgsProcessingContext(), feedback)
    assert worked, feedback.textLog()
    assert "come without the overlay" in results["WARNINGS"]


@pytest.mark.one_system("sentences of ours, which leave QGIS as any error does")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--INPUT=/nowhere.gpkg", "--FORMAT=svg"], "of “Layers in place of OpenStreetMap” cannot be read"),
        (["--FORMAT=svg"], "Give the area"),
        ([EXTENT, "--FORMAT=svg", "--SOURCE=nowhere.osm.pbf"], "is not a file"),
        ([EXTENT, "--FORMAT=svg", "--TIMEOUT=0"], "from 1 to 3600"),
        ([EXTENT, SOURCE, "--FORMAT=svg,pdf"], "too many"),
    ],
)
def test_bad_parameters_of_exportformat(run, tmp_path, arguments, words):
    code, said, _ = run("osm2cdr:exportformat", *arguments, f"--OUTPUT={tmp_path / 'x.svg'}")
    assert code != 0
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "x.svg").exists()


def test_the_package_works_under_its_name(run, tmp_path, package):
    """Unpacked as QGIS does it."""
    plugins = tmp_path / "plugins"
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        archive.extractall(plugins)
    assert {name.split("/")[0] for name in names} == {"osm2cdr"}
    rooms = {"osm2cdr_plugin", "processing_provider", "i18n", "libraries", "__init__.py", "metadata.txt"}
    assert {name.split("/")[1] for name in names} - {""} == rooms | {"LICENSE", "README.md", "CHANGELOG.md", ".bandit"}
    translations = {name.rsplit("/", 1)[1] for name in names if name.startswith("osm2cdr/i18n/")} - {""}
    assert translations == {"osm2cdr_ru.qm"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    out = tmp_path / "out"
    code, said, _ = run(
        "osm2cdr:exportarea", EXTENT, SOURCE, "--FORMATS=svg,dxf_r12", f"--OUTPUT_FOLDER={out}", plugins=plugins
    )
    assert code == 0, said
    assert {path.name for path in out.iterdir()} == {"helsinki_svg.svg", "helsinki_dxf_r12.dxf"}
