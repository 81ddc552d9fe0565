"""What an export made, as layers of the project: every format that has a place on the map."""

import pytest
from osgeo import gdal

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import availability, written_formats
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

# A few blocks, in which each table has something.
BOX = (24.9410, 60.1690, 24.9490, 60.1730)
FAMILIES = ("gis-vector", "geo-raster", "database-sql")
# What QGIS itself does not open, or with a driver that not every GDAL has.
DUMPS = ["pgdump", "mysql", "duckdb", *([] if gdal.GetDriverByName("Parquet") else ["geoparquet"])]
PLACED = [
    item.id for item in written_formats()
    if item.family in FAMILIES and (item.view != "tiles" or item.id == "mbtiles_raster") and not availability(item)
    and item.id not in DUMPS
]  # fmt: skip
UNPLACED = ["svg", "pdf", "xlsx", "stl", "dxf", "xyz_tiles", "pmtiles", "mbtiles", "sqlitedb", "gif"]
UNPLACED += [name for name in DUMPS if not availability(FORMATS[name])]


@pytest.fixture(scope="module")
def files(qgis, tmp_path_factory):
    """The sample's files by format."""
    folder = tmp_path_factory.mktemp("placed")
    fields = {"bbox": BOX, "formats": [*PLACED, *UNPLACED], "detail": 5, "source": str(SAMPLE)}
    results = pipeline.run(make_request({**fields, "dpi": 72}), folder, Feedback())
    return {result.format: result.path for result in results}


@pytest.fixture
def project(qgis):
    from qgis.core import QgsProject

    project = QgsProject.instance()
    yield project
    project.clear()


@pytest.mark.parametrize("name", PLACED)
def test_a_file_becomes_layers_at_its_place(project, files, name, tmp_path, monkeypatch):
    import gc

    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsRectangle

    from osm2cdr.osm2cdr_plugin.adding import add_to_project, can_be_added

    # Whatever GDAL leaves where QGIS was started.
    monkeypatch.chdir(tmp_path)
    beside = set(files[name].parent.iterdir())
    assert can_be_added(name, files[name])
    # Nor where the user's files are.
    assert set(files[name].parent.iterdir()) == beside
    layers = add_to_project(files[name], {"style": "dark", "detail": 5})
    assert layers
    assert set(project.mapLayers()) == {layer.id() for layer in layers}
    whole = QgsRectangle()
    whole.setMinimal()
    for layer in layers:
        assert layer.isValid()
        way = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), project)
        whole.combineExtentWith(way.transformBoundingBox(layer.extent()))
    west, south, east, north = BOX
    assert abs(whole.center().x() - (west + east) / 2) < 0.0005
    assert abs(whole.center().y() - (south + north) / 2) < 0.0005
    # Each in one group, areas below lines below points where no table says more.
    shown = [node.layer() for node in project.layerTreeRoot().findLayers()]
    kinds = [layer.geometryType() for layer in shown if hasattr(layer, "geometryType")]
    if name == "geojson":
        assert [int(kind) for kind in kinds] == [0, 1, 2]
    project.clear()
    del layers, layer, shown
    gc.collect()
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", ["gpkg", "spatialite", "shp", "tab", "mif"])
def test_tables_come_in_the_style_of_the_map(project, files, name):
    from qgis.core import QgsRenderContext

    from osm2cdr.osm2cdr_plugin.adding import add_to_project
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    layers = add_to_project(files[name], {"style": "dark", "detail": 5})
    # Of a table that is several files, one is a layer.
    assert len({(layer.name(), layer.wkbType()) for layer in layers}) == len(layers)
    titles = [node.name() for node in project.layerTreeRoot().findLayers()]
    assert titles.index("House numbers") < titles.index("Roads") < titles.index("Buildings") < titles.index("Land")
    for title, token in (("Buildings", "building"), ("Land", "land")):
        layer = project.mapLayersByName(title)[0]
        colors = {symbol.color().name() for symbol in layer.renderer().symbols(QgsRenderContext())}
        assert load_theme("dark").color[token].lower() in colors


def test_what_has_no_place_is_not_offered(files):
    from osm2cdr.osm2cdr_plugin.adding import can_be_added

    assert not [name for name in UNPLACED if can_be_added(name, files[name])]
