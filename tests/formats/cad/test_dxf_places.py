"""Where a drawing lies and what its layers are called: sheet, GEODATA, names of layers, what covers what."""

import math

import ezdxf
import pytest
from sketch import LAT, LON, Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad.dxf import in_order
from osm2cdr.processing_provider.formats.cad.naming import NAMES, SCHEMES, named
from osm2cdr.processing_provider.formats.cad.versions import VERSIONS
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.osm.tables.map_data import Table
from osm2cdr.processing_provider.pipeline import run as pipeline

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

MADE_BY = {"ncs": "V-BLDG-OTLN-E", "human": "Buildings", "iso13567": "G-BLDGOTE-E"}
FILLS = {"ncs": "V-BLDG-OTLN-PATT-E", "human": "Buildings - fill", "iso13567": "G-BLDGOTH-E"}


def drawn(folder, formats, **fields):
    sketch = Sketch().area(-50, -20, 50, 20, building="yes").way((-150, 100), (150, 100), highway="primary", name="Weg")
    results = pipeline.run(sketch.request(folder, formats, **fields), folder / "out", Feedback())
    assert {result.error for result in results} == {None}
    return {result.format: ezdxf.readfile(result.path) for result in results}


@pytest.fixture(scope="module")
def drawings(qgis, tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("places"), tuple(VERSIONS), title="A map")


@pytest.mark.parametrize("name", VERSIONS)
def test_it_is_of_its_version_and_says_where_it_lies(drawings, name):
    document, version = drawings[name], VERSIONS[name]
    assert document.dxfversion == version.acadver
    data = document.modelspace().get_geodata()
    assert (data is not None) == version.located
    if data is not None:
        import pyproj

        matrix, epsg = data.get_crs_transformation()
        middle = matrix.transform(data.dxf.design_point)
        lonlat = pyproj.Transformer.from_crs(epsg, 4326, always_xy=True).transform(middle.x, middle.y)
        assert lonlat == pytest.approx((LON, LAT), abs=1e-5)


@pytest.mark.parametrize("name", VERSIONS)
def test_the_sheet_shows_all_of_it_at_a_round_scale(drawings, name):
    document = drawings[name]
    sheet = document.layout("Sheet")
    [view] = [one for one in sheet.query("VIEWPORT") if one.dxf.id != 1]
    scale = view.dxf.view_height / view.dxf.height * 1000
    # 400 m and 558 mm of A1.
    assert scale == pytest.approx(750)
    # LibreCAD takes texts of paper space for the map's.
    assert not sheet.query("TEXT")
    [house] = document.modelspace().query('LWPOLYLINE[layer=="V-BLDG-OTLN-E"]')
    center, half = view.dxf.view_center_point, view.dxf.view_height / 2
    assert all(math.dist(point, (center.x, center.y)) < half for point in house.get_points("xy"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_layers_are_called_as_asked_for(qgis, tmp_path, scheme):
    files = drawn(tmp_path, ("dxf_r2004", "dxf_r2018", "dxf_r12"), options={"cad_layers": scheme})
    for name, document in files.items():
        layers = {entity.dxf.layer for entity in document.modelspace()}
        if name == "dxf_r12":
            assert {"human": "ROADS_PRIMARY"}.get(scheme, named("V-ROAD-PRIM-E", scheme)) in layers
            assert {"human": "BUILDINGS"}.get(scheme, MADE_BY[scheme]) in layers
        else:
            assert {MADE_BY[scheme], FILLS[scheme], named("V-ANNO-STRT-E", scheme)} <= layers
        assert layers <= {layer.dxf.name for layer in document.layers}


def test_every_layer_of_the_table_has_its_names():
    listed = {kind.cad.layer for table in TABLES for kind in table.kinds}
    assert listed <= set(NAMES)
    for scheme in SCHEMES:
        assert len({named(layer, scheme).lower() for layer in NAMES}) == len(NAMES)
    # ISO 13567-2: agent, element, presentation and status, 2, 6, 2 and 1 characters.
    assert all(len(named(layer, "iso13567")) == 11 for layer in NAMES)
    assert named("Somebody's", "human") == "Somebody's"


def test_the_sea_covers_harbours_as_in_pictures():
    names = ("land", "sea", "landuse", "pois", "green", "water", "roads")
    tables = [Table(name, name, "point" if name == "pois" else "polygon", 1) for name in names]
    assert [table.name for table in in_order(tables)] == ["land", "landuse", "green", "sea", "water", "roads", "pois"]
