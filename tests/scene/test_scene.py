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
from osm2cdr.processing_provider.scene.solids import apart
from osm2cdr.processing_provider.scene.subdivision.checking import open_edges

CRS = "+proj=tmerc +lat_0=47 +lon_0=10 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"height": 12.5}, (0, 12.5)),
        ({"levels": 4, "roof_levels": 1}, (0, 14.5)),
        ({"building": "garage"}, (0, 2.5)),
        ({"height": 20, "min_height": 6}, (6, 20)),
        ({"levels": 5, "min_level": 2}, (6, 15)),
        ({}, (0, 9)),
        ({"levels": 2, "roof_height": 4}, (0, 10)),
        ({"levels": 0, "roof_levels": 1}, (0, 2.5)),
        ({"height": 15, "roof_height": 5}, (0, 15)),
        ({"height": 10, "min_height": 20}, (0, 10)),
        ({"height": -5}, (0, 9)),
        ({"height": 99999}, (0, 9)),
        ({"height": float("inf"), "levels": 2}, (0, 6)),
        ({"levels": 100000}, (0, 9)),
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
        .area(-10, 60, 10, 80, building="yes", height="20")
        .area(-10, 60, 10, 70, building__part="yes", height="20")
    )


def test_a_scene_is_the_town_in_metres_from_its_middle(qgis, tmp_path, town):
    """Where parts stand for an outline it is gone, be it that they cover only half of it."""
    told = []
    made = scene(town, tmp_path, told)
    assert not [text for text in told if "left" in text]
    assert made.counts == {"buildings": 5}
    assert made.origin == pytest.approx((LON, LAT), abs=1e-6)
    (mesh,) = made.meshes
    boxes = []
    for number, part in enumerate(made.parts):
        points = mesh.vertices[mesh.triangles[mesh.parts == number]].reshape(-1, 3)
        boxes.append((*points.min(axis=0), *points.max(axis=0)))
        assert set(mesh.surfaces[mesh.parts == number]) == {FLOOR, WALL, ROOF}
        assert (part.base, part.top) == pytest.approx((boxes[-1][2], boxes[-1][5]), abs=0.0011)
    expected = [
        (-60, -10, 0, -40, 10, 6), (40, -10, 6, 60, 10, 30), (-10, -10, 0, 10, 0, 20), (-10, 0, 0, 10, 10, 15),
        (-10, 60, 0, 10, 70, 20),
    ]  # fmt: skip
    assert np.array(sorted(boxes)) == pytest.approx(np.array(sorted(expected)), abs=0.06)
    # The two parts of one building touch: one body.
    assert len(np.unique(mesh.bodies)) == 4
    assert sorted(len(building.parts) for building in made.buildings) == [1, 1, 1, 2]
    whole = apart(made)
    assert np.array_equal(np.unique(whole.parts), np.arange(5))
    assert not open_edges(whole.triangles).any()


def test_an_outline_stays_beside_a_small_part_of_it_but_not_in_its_place(qgis, tmp_path):
    church = (
        Sketch()
        .area(-20, -10, 20, 10, building="church", height="15")
        .area(-20, -5, -10, 5, building__part="yes", height="40", min_height="4")
    )
    made = scene(church, tmp_path)
    (mesh,) = made.meshes
    assert len(made.buildings) == 1
    assert volume(mesh) == pytest.approx(700 * 15 + 100 * 36, rel=0.005)


def test_what_parts_leave_of_an_outline_that_is_lower_stands(qgis, tmp_path):
    """Such is the low hall between its wings, at its own height; one as high as its parts is their outline."""
    hall = (
        Sketch()
        .area(-20, -10, 20, 10, building="yes", building__levels="1")
        .area(-20, -10, 10, 10, building__part="yes", building__levels="5")
    )
    assert volume(scene(hall, tmp_path).meshes[0]) == pytest.approx(200 * 3 + 600 * 15, rel=0.005)


@pytest.mark.parametrize(
    ("tags", "top"),
    [
        ({"height": "32'6\""}, 9.906), ({"height": "10-12", "building__levels": "3"}, 11), ({"height": "10;12"}, 10),
        ({"height": "１２"}, 12), ({"height": "10 yd"}, 9.144), ({"est_height": "14"}, 14),
        ({"building__height": "7"}, 7),
        ({"height": "5", "est_height": "14"}, 5), ({"building__levels": "3;4"}, 9), ({"building__levels": "2,5"}, 7.5),
        ({"building__levels": "2", "roof__height": "4"}, 10), ({"height": "250 cm"}, 2.5),
    ],
)  # fmt: skip
def test_heights_as_people_write_them(qgis, tmp_path, tags, top):
    house = Sketch().area(-10, -10, 10, 10, building="yes", **tags)
    (mesh,) = scene(house, tmp_path).meshes
    assert mesh.vertices[:, 2].max() == pytest.approx(top, abs=0.0011)


def test_impossible_heights_are_left_aside_and_told(qgis, tmp_path):
    told = []
    needle = (
        Sketch()
        .area(-10, -10, 10, 10, building="house", building__levels="100000")
        .area(20, 0, 30, 10, building="house", height="99999")
    )
    assert scene(needle, tmp_path, told).meshes[0].vertices[:, 2].max() == 6
    assert "Heights that no building has, left aside: 2." in told


def volume(mesh):
    """What a mesh holds."""
    a, b, c = mesh.vertices[mesh.triangles].transpose(1, 0, 2)
    return np.einsum("ij,ij->", a, np.cross(b, c)) / 6


def test_what_lies_under_the_ground_is_not_raised(qgis, tmp_path):
    garage = (
        Sketch()
        .area(-20, -10, 0, 10, building="yes")
        .area(10, -10, 30, 10, building="yes", layer="-2")
        .area(40, -10, 60, 10, building="yes", location="underground")
    )
    assert scene(garage, tmp_path).counts == {"buildings": 1}


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


def test_a_footprint_that_crosses_itself_is_its_two_halves_and_one_without_area_is_told(qgis, tmp_path):
    told = []
    crossed, good, none = (
        "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))",
        "POLYGON ((20 0, 30 0, 30 10, 20 0))",
        "POLYGON ((40 0, 50 0, 45 0, 40 0))",
    )
    feedback = Feedback(None, lambda code, text: told.append(text))
    made = build_scene(map_data(tmp_path, crossed, good, none), {}, feedback)
    assert made.counts == {"buildings": 2}
    assert volume(made.meshes[0]) == pytest.approx(9 * (50 + 2 * 9 * 4.5 / 2), rel=0.01)
    assert told[0] == "Footprints of buildings without an area, left out: 1."
    assert (made.date, made.source, made.notice) == ("2024-05-06T07:08:09Z", "made.osm", "© somebody")


def test_footprints_that_all_have_no_area_make_no_scene(qgis, tmp_path):
    with pytest.raises(ExportError, match="be raised"):
        build_scene(map_data(tmp_path, "POLYGON ((0 0, 9 9, 3 3, 0 0))"), {}, Feedback())


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


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        ({}, "2 of 4 buildings have no height or levels and are taken as 9 m high."),
        (
            {"building": "garage", "min_height": "3"},
            "3 of 5 buildings have no height or levels and are taken as 2.5 to 9 m high, by their kind.",
        ),
    ],
)
def test_heights_that_nobody_tagged_are_told_once(qgis, tmp_path, others, wanted):
    sketch = Sketch().area(0, 0, 9, 9, building="yes").area(20, 0, 29, 9, building="office", min_height="3")
    sketch.area(40, 0, 49, 9, building="yes", height="9").area(60, 0, 69, 9, building="yes", building__levels="3")
    if others:
        sketch.area(80, 0, 89, 9, **others)
    told = []
    stages = Stages(sketch.request(tmp_path, ("stl", "glb")), tmp_path)
    feedback = Feedback(None, lambda code, text: told.append((code, str(text))))
    found = stages.scene(feedback)
    assert stages.scene(feedback) is found
    assert [text for code, text in told if code == "heights_assumed"] == [wanted]
    sources = [found.measured(building).source for building in found.buildings]
    assert sources == ["assumed", "assumed", "height", "levels", *(["assumed"] if others else [])]
