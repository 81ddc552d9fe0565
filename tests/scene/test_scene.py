"""Buildings as solids, checked by trimesh."""

from dataclasses import replace

import numpy as np
import pytest
from sketch import LAT, LON, Sketch

from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.errors import Cancelled, ExportError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.map_data import MapData, Table
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene.build import build_scene
from osm2cdr.processing_provider.scene.building_height import base_and_top
from osm2cdr.processing_provider.scene.model import FLOOR, ROOF, WALL
from osm2cdr.processing_provider.scene.solids import clean_ring, footprints, prism

SQUARE = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)]
COURTS = [[(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)], [(12.0, 3.0), (12.0, 7.0), (18.0, 7.0), (18.0, 3.0)]]
CRS = "+proj=tmerc +lat_0=47 +lon_0=10 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"
ELL = [(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (4.0, 4.0), (4.0, 10.0), (0.0, 10.0)]


@pytest.mark.parametrize(
    ("rings", "area"), [([SQUARE], 200), ([SQUARE[::-1]], 200), ([SQUARE, *COURTS], 140), ([ELL], 64)]
)
def test_a_solid_is_watertight_and_as_large_as_it_should(rings, area):
    import trimesh

    solid = prism(rings, 3.0, 13.0)
    mesh = trimesh.Trimesh(solid.vertices, solid.triangles, process=False)
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    assert mesh.volume == pytest.approx(area * 10)
    assert mesh.bounds[:, 2].tolist() == [3.0, 13.0]
    # Roofs look up, floors down, walls aside.
    assert np.array_equal(np.rint(mesh.face_normals[:, 2]), np.array([-1, 0, 1])[solid.surfaces])


def test_a_footprint_keeps_its_courtyards():
    from osgeo import ogr

    def polygon(*rings):
        return "((" + "),(".join(", ".join(f"{x} {y}" for x, y in [*ring, ring[0]]) for ring in rings) + "))"

    one = ogr.CreateGeometryFromWkt(f"POLYGON {polygon(SQUARE, *COURTS)}")
    assert [[len(ring) for ring in rings] for rings in footprints(one)] == [[4, 4, 4]]
    two = ogr.CreateGeometryFromWkt(f"MULTIPOLYGON ({polygon(SQUARE, COURTS[0])}, {polygon(ELL)})")
    assert [[len(ring) for ring in rings] for rings in footprints(two)] == [[4, 4], [6]]


def test_points_on_a_straight_wall_go():
    assert clean_ring([(0, 0), (5, 0), (10, 0), (10, 10), (10, 10), (0, 10)]) == [(0, 0), (10, 0), (10, 10), (0, 10)]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"height": 12.5}, (0, 12.5)),
        ({"levels": 4, "roof_levels": 1}, (0, 14.5)),
        ({"building": "garage"}, (0, 2.5)),
        ({"height": 20, "min_height": 6}, (6, 20)),
        ({"levels": 5, "min_level": 2}, (6, 15)),
        ({}, (0, 9)),
    ],
)
def test_heights_by_the_tags(tags, expected):
    assert base_and_top(tags) == expected


def scene(sketch, folder, told=None, **fields):
    """The scene of a sketch, and what was told meanwhile."""
    stages = Stages(sketch.request(folder, ("stl", "glb"), **fields), folder)
    return stages.scene(Feedback(None, lambda code, text: told is not None and told.append(text)))


@pytest.fixture
def town():
    """A house, a tower on stilts, one drawn as its two parts, one of which half is drawn as a part."""
    return (
        Sketch()
        .area(-60, -10, -40, 10, building="house")
        .area(40, -10, 60, 10, building="yes", height="30", min_height="6")
        .area(-10, -10, 10, 10, building="yes", height="9")
        .area(-10, -10, 10, 0, building__part="yes", height="20")
        .area(-10, 0, 10, 10, building__part="yes", height="15")
        .area(-10, 60, 10, 80, building="yes", height="9")
        .area(-10, 60, 10, 70, building__part="yes", height="20")
    )


def test_a_scene_is_the_town_in_metres_from_its_middle(qgis, tmp_path, town):
    told = []
    made = scene(town, tmp_path, told)
    assert not [text for text in told if "left out" in text]
    assert made.counts == {"buildings": 6}
    assert made.origin == pytest.approx((LON, LAT), abs=1e-6)
    (mesh,) = made.meshes
    boxes = []
    for number in range(mesh.count):
        points = mesh.vertices[mesh.triangles[mesh.solids == number]].reshape(-1, 3)
        boxes.append((*points.min(axis=0), *points.max(axis=0)))
        assert set(mesh.surfaces[mesh.solids == number]) == {FLOOR, WALL, ROOF}
    expected = [
        (-60, -10, 0, -40, 10, 6), (40, -10, 6, 60, 10, 30), (-10, -10, 0, 10, 0, 20), (-10, 0, 0, 10, 10, 15),
        (-10, 60, 0, 10, 80, 9), (-10, 60, 0, 10, 70, 20),
    ]  # fmt: skip
    assert np.array(sorted(boxes)) == pytest.approx(np.array(sorted(expected)), abs=0.06)


@pytest.mark.parametrize(
    ("style", "walls"), [("default", "#CDC1B4"), ("dark", "#3D424C"), ("minimal", "#E4E4E4"), ("lineart", None)]
)
def test_a_scene_has_the_colours_of_the_style(qgis, tmp_path, town, style, walls):
    made = scene(town, tmp_path, style=style)
    by_name = {material.name: material.color for material in made.materials}
    roofs = load_theme(style).color["building"]
    assert roofs is None or by_name["Roofs"] == roofs.upper()
    assert walls is None or by_name["Walls"] == walls
    assert all(len(color) == 7 for color in by_name.values()), "a style that draws no houses has plain ones"
    (mesh,) = made.meshes
    names = [material.name for material in made.materials]
    assert np.array_equal(mesh.surfaces == ROOF, mesh.materials == names.index("Roofs"))


def map_data(folder, *polygons):
    """Map data with a table of buildings, in metres."""
    from osgeo import ogr, osr

    reference = osr.SpatialReference()
    reference.ImportFromProj4(CRS)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / "made.gpkg"))
    layer = dataset.CreateLayer("buildings", reference, ogr.wkbPolygon)
    for wkt in polygons:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    layer = dataset = None
    table = Table("buildings", "buildings", "polygon", len(polygons))
    return MapData(folder / "made.gpkg", CRS, (table,), "", "2024-05-06T07:08:09Z", "made.osm", "© somebody")


def test_footprints_that_cross_themselves_are_told(qgis, tmp_path):
    told = []
    crossed, good = "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))", "POLYGON ((20 0, 30 0, 30 10, 20 0))"
    made = build_scene(map_data(tmp_path, crossed, good), {}, Feedback(None, lambda code, text: told.append(text)))
    assert made.counts == {"buildings": 1}
    assert told == ["Footprints that cross themselves are left out: 1."]
    assert (made.date, made.source, made.notice) == ("2024-05-06T07:08:09Z", "made.osm", "© somebody")


def test_footprints_that_all_cross_themselves_make_no_scene(qgis, tmp_path):
    with pytest.raises(ExportError, match="be raised"):
        build_scene(map_data(tmp_path, "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))"), {}, Feedback())


@pytest.mark.parametrize(
    ("groups", "level", "text"),
    [
        ((), 2, "no buildings at this detail level; take level 3 or higher."),
        ((), 5, "The area has no buildings."),
        (("buildings", "water"), 3, "The area has no buildings."),
        (("roads", "water"), 2, "The chosen layers have no buildings; choose the layer buildings."),
        ((), 0, "The layers of INPUT have no areas that could be raised."),
    ],
)
def test_an_area_without_buildings_says_what_helps(qgis, tmp_path, groups, level, text):
    data = replace(map_data(tmp_path), tables=(Table("roads", "roads", "line", 1),))
    with pytest.raises(ExportError) as failed:
        build_scene(data, {}, Feedback(), groups, level)
    assert failed.value.text.endswith(text)


@pytest.mark.parametrize("options", [{}, {"empty_tables": True}])
def test_where_no_building_is_no_other_area_is_raised(qgis, tmp_path, options):
    pier = Sketch().area(-20, -20, 20, 20, man_made="pier").point(0, 0, place="village")
    # As in a harbour: neither land nor sea is under what is mapped.
    with pytest.raises(ExportError, match=r"^The area has no buildings\.$"):
        scene(pier, tmp_path, options=options)


def test_of_somebodys_own_layers_all_areas_are_raised(qgis, tmp_path):
    data = map_data(tmp_path, "POLYGON ((20 0, 30 0, 30 10, 20 0))")
    named = replace(data, tables=(Table("Buildings of mine", "own", "polygon", 1),))
    ogr = pytest.importorskip("osgeo.ogr")
    ogr.Open(str(data.path), 1).ExecuteSQL('ALTER TABLE buildings RENAME TO "Buildings of mine"')
    assert build_scene(named, {}, Feedback()).counts == {"buildings": 1}


def test_a_cancel_is_heeded_between_buildings(qgis, tmp_path):
    data = map_data(tmp_path, "POLYGON ((20 0, 30 0, 30 10, 20 0))")
    with pytest.raises(Cancelled):
        build_scene(data, {}, Feedback(is_cancelled=lambda: True))
