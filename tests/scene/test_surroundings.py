"""What lies round buildings: each layer closed by itself, each spot of one layer, as high as it should be."""

import numpy as np
import pytest
from sketch import Sketch

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.scene.subdivision.checking import open_edges

WIDE = (24.9368, 60.1652, 24.9516, 60.1775)


def volume(mesh):
    a, b, c = mesh.vertices[mesh.triangles].transpose(1, 0, 2)
    return np.einsum("ij,ij->", a, np.cross(b, c)) / 6


@pytest.fixture
def town():
    """A house, a lake with a lawn at it, a bent street, a bridge over the lake, a tunnel, a wall, two trees."""
    return (
        Sketch()
        .area(-80, 40, -60, 60, building="yes", height="9")
        .area(-50, -50, 50, 0, natural="water")
        .area(-150, -50, -50, 0, leisure="park")
        .way((-190, 20), (-20, 20), (-20, 10), highway="residential", width="6")
        .way((-20, 10), (-20, -60), highway="residential", width="6", bridge="yes", layer="1")
        .way((100, -100), (100, 100), highway="residential", tunnel="yes", layer="-1")
        .way((60, 60), (90, 60), barrier="wall", height="2")
        .point(70, 80, natural="tree", height="12", diameter_crown="6")
        .point(80, 80, natural="tree", leaf_type="needleleaved")
    )


@pytest.fixture
def scene(qgis, tmp_path, town):
    request = town.request(tmp_path, ("glb",), options={"surroundings": True}, detail=6)
    return Stages(request, tmp_path).scene(Feedback())


def test_each_layer_is_closed_and_has_its_volume(scene):
    volumes = {mesh.name: volume(mesh) for mesh in scene.meshes}
    assert set(volumes) == {"buildings", "ground", "green", "water", "roads", "bridges", "walls", "trees"}
    for mesh in scene.meshes:
        assert not open_edges(mesh.triangles).any(), mesh.name
        assert mesh.count == len(np.unique(mesh.parts))
        assert len({scene.materials[number].color for number in np.unique(mesh.materials)}) <= 2
    assert volumes["water"] == pytest.approx(100 * 50 * 1.7, rel=0.01)
    assert volumes["green"] == pytest.approx(100 * 50 * 2.06, rel=0.01)
    street = (170 + 10) * 6 + 9
    assert volumes["roads"] == pytest.approx(street * 2.1, rel=0.03)
    assert volumes["bridges"] == pytest.approx(70 * 6 * 0.4, rel=0.1)
    assert volumes["walls"] == pytest.approx(30 * 0.3 * 2, rel=0.05)
    flat = (volumes["water"] / 1.7, volumes["green"] / 2.06, volumes["roads"] / 2.1)
    assert volumes["ground"] / 2 + sum(flat) == pytest.approx(400 * 400, rel=1e-3)


@pytest.mark.one_system("numbers alone decide it")
def test_the_flat_layers_of_a_real_town_are_closed_and_lose_no_ground(qgis, tmp_path):
    """Of central Helsinki the ground ends in a needle of hundreds of metres, in a face of more than a square metre."""
    fields = {"bbox": WIDE, "formats": "glb", "source": str(SAMPLE), "options": {"surroundings": True}, "detail": 4}
    made = Stages(make_request(fields), tmp_path).scene(Feedback())
    tops = {"ground": 2.0, "green": 2.06, "water": 1.7, "roads": 2.1}
    flat = {mesh.name: mesh for mesh in made.meshes if mesh.name in tops}
    assert set(flat) == set(tops)
    for mesh in flat.values():
        assert not open_edges(mesh.triangles).any(), mesh.name
    across, down = np.ptp(flat["ground"].vertices, axis=0)[:2]
    covered = sum(volume(mesh) / tops[name] for name, mesh in flat.items())
    # Squares, railways and piers have the rest.
    assert 0.8 * across * down < covered < across * down


def test_trees_are_as_high_and_wide_as_they_are_tagged(scene):
    trees = scene.mesh("trees")
    assert trees.count == 2
    first, second = (trees.vertices[trees.triangles[trees.parts == number]].reshape(-1, 3) for number in (0, 1))
    assert np.ptp(first, axis=0)[[0, 2]] == pytest.approx((6, 12), abs=0.01)
    assert np.ptp(second[:, 2]) == pytest.approx(8)


def test_two_trees_at_one_spot_are_one(qgis, tmp_path, town):
    request = town.point(80, 80, natural="tree").request(tmp_path, ("glb",), options={"surroundings": True}, detail=6)
    assert Stages(request, tmp_path).scene(Feedback()).mesh("trees").count == 2


def test_who_takes_buildings_alone_gets_no_others(qgis, tmp_path, town):
    request = town.request(tmp_path, ("glb", "stl", "asc"), options={"surroundings": True}, detail=6)
    found = {result.format: result for result in pipeline.run(request, tmp_path, Feedback())}
    assert [result.error for result in found.values()] == [None] * 3
    assert {"ground", "trees"} <= set(found["glb"].layers)
    assert list(found["stl"].layers) == ["buildings"]
