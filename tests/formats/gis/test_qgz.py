"""A QGIS project opens in another process as the map that was asked for: its style, names, groups and sheet."""

import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from lxml import etree

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.project import project_of

BOX = (24.9400, 60.1680, 24.9470, 60.1720)
TITLE = 'It\'s "a" <b> [% 1 + 1 %] & [%'
DPI = 60
OPEN = """
import json, sys
from qgis.core import QgsApplication, QgsLayoutExporter, QgsLayoutItemLabel, QgsMapRendererSequentialJob, QgsMapSettings
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
seen = {"read": project.read(sys.argv[1]), "title": project.title(), "crs": project.crs().isGeographic()}
root = project.layerTreeRoot()
seen["groups"] = {group.name(): [node.name() for node in group.children()] for group in root.children()}
seen["shown"] = {node.name(): node.itemVisibilityChecked() for node in root.findLayers()}
seen["valid"] = all(layer.isValid() for layer in project.mapLayers().values())
seen["kinds"] = {layer.name(): layer.renderer().type() for layer in project.mapLayers().values()}
(layout,) = project.layoutManager().printLayouts()
seen["layout"] = layout.name()
labels = [item for item in layout.items() if isinstance(item, QgsLayoutItemLabel)]
seen["labels"] = {item.id(): item.currentText() for item in labels}
settings = QgsLayoutExporter.ImageExportSettings()
settings.dpi = float(sys.argv[3])
seen["exported"] = int(QgsLayoutExporter(layout).exportToImage(sys.argv[2], settings))
view = QgsMapSettings()
view.setLayers([layer for layer in root.layerOrder() if root.findLayer(layer.id()).isVisible()])
view.setDestinationCrs(project.crs())
view.setExtent(project.viewSettings().defaultViewExtent())
view.setOutputSize(QSize(1200, 1200))
job = QgsMapRendererSequentialJob(view)
job.start()
job.waitForFinished()
seen["names"] = sorted({label.labelText for label in job.takeLabelingResults().allLabels()})
print(json.dumps(seen))
application.exitQgis()
"""


def opened(path, image):
    """What QGIS has of a project, and a picture of its layout."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "PROJ_DATA": "/usr/share/proj",
        "LANG": "C.UTF-8",
        "HOME": str(image.parent),
    }
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(image.parent)}
    command = ["/usr/bin/python3", "-P" if sys.version_info >= (3, 11) else "-I", "-c", OPEN]
    done = subprocess.run(
        [*command, str(path), str(image), str(DPI)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def export(folder, **more):
    fields = {"bbox": BOX, "formats": "qgz,png", "detail": 5, "source": str(SAMPLE), "dpi": DPI, "name": "карта"}
    results = pipeline.run(make_request({**fields, "title": TITLE, **more}), folder, Feedback())
    assert [result.error for result in results] == [None, None]
    return {result.format: result.path for result in results}


@pytest.fixture(scope="module", params=["default", "midnight"])
def made(qgis, request, tmp_path_factory):
    """The files, what QGIS sees of the project somewhere else, and its picture."""
    folder = tmp_path_factory.mktemp("a project's place")
    files = export(folder / "out", style=request.param, page="A5" if request.param == "midnight" else "fit")
    with zipfile.ZipFile(files["qgz"]) as archive:
        archive.extractall(folder / "else where")
    image = folder / "layout.png"
    return files, opened(folder / "else where" / "карта.qgz", image), image


def test_it_opens_with_its_layers_in_groups(made):
    _, seen, _ = made
    assert seen["read"]
    assert seen["valid"]
    assert seen["crs"] is False, "in metres, as the sheet is"
    assert list(seen["groups"]) == ["Names and points", "Lines and trees", "Traffic", "Buildings", "Ground"]
    assert seen["groups"]["Traffic"][-2:] == ["Roads", "Paths"]
    assert seen["groups"]["Ground"][-1] == "Land"
    assert seen["shown"]["Roads"]
    assert not seen["shown"]["Routes"], "as in pictures, where they are not asked for"
    assert seen["kinds"]["Buildings"] == "RuleRenderer"


def test_names_are_there_also_of_what_has_no_symbol(made):
    """House numbers and places are names alone."""
    _, seen, _ = made
    assert {"Mikonkatu", "Helsinki"} & set(seen["names"]), seen["names"]
    assert sum(name.isdigit() for name in seen["names"]) > 10


def test_texts_of_the_sheet_are_texts(made):
    _, seen, _ = made
    assert seen["title"] == seen["layout"] == TITLE
    assert seen["labels"]["title"].casefold() == TITLE.casefold(), "nothing in it is run"
    assert "© OpenStreetMap contributors" in seen["labels"]["notice"]


def test_its_sheet_looks_like_our_picture(made):
    from PIL import Image

    files, seen, path = made
    assert seen["exported"] == 0
    ours, theirs = (Image.open(file).convert("RGB") for file in (files["png"], path))
    assert np.allclose(ours.size, theirs.size, atol=2)
    # Without the letters and icons, which QGIS places by itself.
    size = (ours.width // 12, ours.height // 12)
    a, b = (np.asarray(one.resize(size, Image.Resampling.BOX), float) for one in (ours, theirs))
    away = abs(a - b).mean()
    assert away < 14, away
    assert away < 0.5 * abs(a - a.mean(axis=(0, 1))).mean(), "and not like any picture in one colour"


def test_it_tells_nobody_s_name(made):
    files, _, _ = made
    with zipfile.ZipFile(files["qgz"]) as archive:
        name, root = project_of(archive)
        assert name == "карта"
        assert not any(key.startswith("saveUser") for key in root.attrib)
        text = archive.read("README.txt").decode()
    assert "карта.qgz" in text
    assert str(files["qgz"].parent.parent) not in etree.tostring(root, encoding="unicode")


def test_a_geographic_crs_is_that_of_the_tables_alone(qgis, tmp_path):
    fields = {
        "bbox": BOX,
        "formats": "qgz",
        "detail": 5,
        "source": str(SAMPLE),
        "crs": "EPSG:4258",
        "layers": "routes,roads",
    }
    (result,) = pipeline.run(make_request(fields), tmp_path, Feedback())
    assert result.error is None
    with zipfile.ZipFile(result.path) as archive:
        _, root = project_of(archive)
    assert root.findtext("projectCrs/spatialrefsys/geographicflag") == "false"
    nodes = {node.get("name"): node.get("checked") for node in root.iter("layer-tree-layer")}
    assert nodes["Routes"] == "Qt::Checked", "it was asked for"
