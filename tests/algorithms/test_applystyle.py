"""osm2cdr:applystyle: what it writes into a GeoPackage, read with sqlite3 and by a QGIS that knows nothing of it."""

import re
import shutil
import sqlite3
import subprocess

import pytest

from areas import AREAS, ROOT, SAMPLE
from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.tools import child_environment, qgis_process
from small_disk import read_only


@pytest.fixture(scope="module")
def exported(qgis, tmp_path_factory):
    """A folder with map_gpkg.gpkg and map_geojson.geojson of the sample."""
    folder = tmp_path_factory.mktemp("exported")
    fields = {"bbox": AREAS["sample"][1], "formats": "gpkg,geojson", "detail": 5, "source": str(SAMPLE)}
    pipeline.run(make_request(fields), folder, Feedback())
    return folder


@pytest.fixture
def map_package(exported, tmp_path):
    """A GeoPackage of the sample, to be written to."""
    return shutil.copy(exported / "map_gpkg.gpkg", tmp_path / "дома и дороги.gpkg")


@pytest.fixture
def apply(tmp_path):
    """apply(*arguments): exit code and what was said."""

    def run(*arguments, before=()):
        command = [*before, qgis_process(), "run", "osm2cdr:applystyle", *map(str, arguments)]
        environment = child_environment(ROOT, tmp_path)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def styles(path):
    """(table, name) to whether it opens with it and what it is, as sqlite3 reads them."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT f_table_name, styleName, useAsDefault, styleQML FROM layer_styles").fetchall()
    assert len(rows) == len({row[:2] for row in rows})
    return {(table, name): (bool(default), qml) for table, name, default, qml in rows}


def colors(layer):
    """The colours of the symbols that a layer is drawn with."""
    from qgis.core import QgsRenderContext

    return {symbol.color().name() for symbol in layer.renderer().symbols(QgsRenderContext())}


def test_the_styles_are_in_the_file_and_open_with_it(apply, map_package, qgis):
    from qgis.core import QgsVectorLayer

    code, said = apply(f"--INPUT={map_package}", "--STYLE=dark")
    assert code == 0, said
    assert f"OUTPUT:\t{map_package}" in said
    found = styles(map_package)
    assert {table for table, _ in found} > {"roads", "buildings", "land", "water", "green"}
    assert all(default and qml.startswith("<!DOCTYPE qgis") for default, qml in found.values())
    assert f"STYLED:\t{len(found)}" in said
    # Again, and another: one style of each name, and the last one opens.
    for style in ("dark", "default"):
        code, said = apply(f"--INPUT={map_package}|layername=buildings", f"--STYLE={style}")
        assert code == 0, said
        assert "STYLED:\t1" in said
    after = styles(map_package)
    assert set(after) == set(found) | {("buildings", "default")}
    assert after["buildings", "default"][0]
    assert not after["buildings", "dark"][0]
    for table, style in (("buildings", "default"), ("water", "dark")):
        layer = QgsVectorLayer(f"{map_package}|layername={table}", table, "ogr")
        assert layer.renderer().type() == "RuleRenderer"
        token = "building" if table == "buildings" else "water"
        assert load_theme(style).color[token].lower() in colors(layer)
    assert QgsVectorLayer(f"{map_package}|layername=roads", "roads", "ogr").labelsEnabled()


def test_the_layers_of_the_project_are_styled_in_place(qgis, map_package):
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    from osm2cdr.processing_provider.algorithms.applystyle import ApplyStyle

    project = QgsProject.instance()
    roads = QgsVectorLayer(f"{map_package}|layername=roads", "Улицы", "ogr")
    other = QgsVectorLayer("Point", "mine", "memory")
    project.addMapLayers([roads, other])
    try:
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        context.setProject(project)
        kept = other.renderer().type()
        results, worked = ApplyStyle().create().run({"STYLE": "dark", "SCALE": 5000}, context, feedback)
        assert worked, feedback.textLog()
        assert results == {"STYLED": 1, "OUTPUT": str(map_package)}
        assert "1:5000" in feedback.textLog()
        assert roads.renderer().type() == "RuleRenderer"
        assert other.renderer().type() == kept
        # By its file: the layer of the project is one of its tables.
        results, worked = ApplyStyle().create().run({"STYLE": "default", "INPUT": str(map_package)}, context, feedback)
        assert worked, feedback.textLog()
        assert results["STYLED"] > 5
        # Still readable, whatever happened to the file below it.
        assert 0 < roads.featureCount() == len(list(roads.getFeatures()))
        fresh = QgsVectorLayer(f"{map_package}|layername=roads", "roads", "ogr")
        assert colors(roads) == colors(fresh)
    finally:
        project.removeAllMapLayers()


@pytest.mark.one_system("sentences of ours, which leave QGIS as any error does")
def test_clear_errors(apply, map_package, exported, tmp_path):
    foreign = tmp_path / "foreign.gpkg"
    subprocess.run(["ogr2ogr", str(foreign), str(map_package), "trees", "-nln", "elsewhere"], check=True)
    for given, words in (
        (tmp_path / "nowhere.gpkg", "cannot be read"),
        (exported / "map_geojson.geojson", "is not a GeoPackage of OpenStreetMap data"),
        (foreign, "is not a GeoPackage of OpenStreetMap data"),
        (f"{foreign}|layername=elsewhere", "holds no layer of OpenStreetMap data"),
        ("", "The project has no layer of OpenStreetMap data"),
    ):
        code, said = apply(f"--INPUT={given}")
        assert code != 0
        assert words in said
        assert "Traceback" not in said
    code, said = apply(f"--INPUT={map_package}", "--STYLE=darkk")
    assert code != 0
    assert "did you mean 'dark'" in said


def test_a_file_that_cannot_be_changed(apply, map_package, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    locked = shutil.move(map_package, folder / "map.gpkg")
    code, said = apply(f"--INPUT={locked}", before=read_only(folder))
    assert code != 0
    assert f"The GeoPackage {locked} cannot be changed" in said
    with sqlite3.connect(locked) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'layer_styles'").fetchall()


def circuit(names):
    """A walk that makes every ordered step from one of `names` to another, once."""
    left = {name: [other for other in names if other != name] for name in names}
    stack, walk = [names[0]], []
    while stack:
        if left[stack[-1]]:
            stack.append(left[stack[-1]].pop())
        else:
            walk.append(stack.pop())
    return walk[::-1]


def looks(layer):
    """Renderer and labels of a layer, but for the ids that QGIS makes anew each time."""
    from qgis.core import QgsMapLayer, QgsReadWriteContext
    from qgis.PyQt.QtXml import QDomDocument

    document = QDomDocument("qgis")
    categories = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling
    layer.exportNamedStyle(document, QgsReadWriteContext(), categories)
    return re.sub(r"\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", "", document.toString(-1))


def structure(look):
    """What there is in a look, whatever its colours and sizes are."""
    return tuple(re.findall(r"<(?:[\w-]+)|type=\"\w+\"|class=\"\w+\"", look))


def test_a_style_leaves_nothing_of_the_one_before(qgis):
    """For every table, along all styles both ways, and every ordered step between two that differ in structure."""
    from qgis.core import QgsVectorLayer

    from osm2cdr.processing_provider.cartography.styles.layer_styles import apply_style
    from osm2cdr.processing_provider.cartography.themes.loading import style_names
    from osm2cdr.processing_provider.osm.tables.layers import TABLES

    themes = {name: load_theme(name) for name in style_names()}
    assert len(themes) == 17
    hidden, kinds = {}, {}
    for table in TABLES:

        def made(table=table):
            return QgsVectorLayer(f"{table.geometry}?crs=EPSG:4326&field=name:string&field=kind:string", "t", "memory")

        fresh = {}
        for name, theme in themes.items():
            layer = made()
            drawn = apply_style(layer, table.name, theme, 5000, 5)
            fresh[name] = looks(layer)
            hidden.setdefault(name, set()).update(set() if drawn else {table.name})
            assert drawn != (layer.renderer().type() == "nullSymbol" and not layer.labelsEnabled())
        kinds[table.name] = {structure(look): name for name, look in fresh.items()}
        steps = [*themes, *reversed(themes), *circuit(list(kinds[table.name].values()))]
        layer = made()
        for before, name in zip(["nothing", *steps], steps):
            apply_style(layer, table.name, themes[name], 5000, 5)
            assert looks(layer) == fresh[name], (table.name, before, name)
    # There are such layers, and a style that draws them; and such structures.
    assert "landuse" in hidden["blueprint"]
    assert "landuse" not in hidden["default"]
    assert len(kinds["roads"]) > 2
    assert sum(len(found) > 1 for found in kinds.values()) > 15


def test_a_layer_that_the_style_does_not_draw_shows_nothing(apply, map_package, qgis):
    """In the file too, and drawn again by a style that has it."""
    from qgis.core import QgsVectorLayer

    def shown(table):
        layer = QgsVectorLayer(f"{map_package}|layername={table}", table, "ogr")
        return layer.renderer().type()

    assert apply(f"--INPUT={map_package}", "--STYLE=default")[0] == 0
    before = {table for table, _ in styles(map_package)}
    code, said = apply(f"--INPUT={map_package}", "--STYLE=blueprint")
    assert code == 0, said
    assert "The style draws nothing of" in said
    opened = {key for key, (default, _) in styles(map_package).items() if default}
    assert opened == {(table, "blueprint") for table in before}
    assert shown("landuse") == "nullSymbol"
    assert shown("buildings") == "RuleRenderer"
    assert apply(f"--INPUT={map_package}", "--STYLE=default")[0] == 0
    assert shown("landuse") == "RuleRenderer"
