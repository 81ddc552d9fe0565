"""Models for a printer: one closed body, thin parts, tiles that fit the bed."""

import zipfile

import numpy as np
import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene.printed import Print, printed
from osm2cdr.processing_provider.scene.subdivision.checking import open_edges

# 400 m on 100 mm: a millimetre is four metres.
MM = 0.25


@pytest.fixture(scope="module")
def view(qgis, tmp_path_factory):
    """A house, a shed and a thin wall of it, a hut that is too small, and a row of thin houses that is thick."""
    folder = tmp_path_factory.mktemp("print")
    town = (
        Sketch()
        .area(-60, -20, -20, 20, building="yes", height="20", roof__shape="gabled", roof__height="8")
        .area(-20, 0, -19, 1, building="yes", height="30")
        .area(-100, 60, -60, 62, building="yes", height="10")
        .area(60, 60, 61, 61, building="yes", height="10")
    )
    for at in range(4):
        town = town.area(40 + 2 * at, -60, 42 + 2 * at, -30, building="yes", height="9")
    return Stages(town.request(folder, ("stl",)), folder).scene(Feedback())


def side(view):
    """The longest side of the plate in metres."""
    from osgeo import ogr

    west, east, south, north = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    return max(east - west, north - south)


def model(view, **wanted):
    told = []
    made = printed(
        view, Print(side(view) * MM, **wanted), "#FFFFFF", Feedback(None, lambda code, text: told.append(text))
    )
    return made, told


def height(made, x, y):
    """How high a model is over a place in metres from the middle, in millimetres over its plate."""
    (mesh,) = made.meshes
    p = np.array([x, y]) * MM + mesh.vertices[:, :2].max(axis=0) / 2
    corners = mesh.vertices[mesh.triangles]
    to = corners[..., :2] - p
    # Twice the areas between the place and each side: those of the corner across from it.
    after = np.roll(to, -1, axis=1)
    doubled = np.roll(to[..., 0] * after[..., 1] - to[..., 1] * after[..., 0], -1, axis=1)
    (over,) = np.flatnonzero((doubled > 0).all(axis=1))
    return float((doubled[over] * corners[over, :, 2]).sum() / doubled[over].sum()) - 2.0


def test_houses_and_plate_are_one_body_without_thin_parts(view):
    made, told = model(view)
    (mesh,) = made.meshes
    assert not open_edges(mesh.triangles).any()
    assert mesh.bodies.max() == 0
    assert told == ["Parts thinner than 0.8 mm: 1 widened, 1 made as low as what is beside them, 1 left out."]
    assert made.per_metre == pytest.approx(MM, rel=1e-3)
    assert height(made, -41, 0.5) == pytest.approx(20 * MM, abs=0.15)
    # Half of the 3.2 m that are wanted, on both sides of the middle of the long thin one.
    assert [height(made, -80, y) for y in (59.6, 62.4)] == pytest.approx([10 * MM] * 2, abs=0.01)
    assert height(made, -80, 58.9) == pytest.approx(0, abs=1e-3)
    assert height(made, 60.5, 60.5) == pytest.approx(0, abs=1e-3)
    assert height(made, 47, -45) == pytest.approx(9 * MM, abs=0.01)


def test_thin_parts_stay_where_nobody_minds_and_no_plate_where_it_is_unwanted(view):
    made, told = model(view, wall=0.0, base=0.0)
    (mesh,) = made.meshes
    assert told == []
    assert mesh.count == len(view.parts)
    assert mesh.bodies.max() == 3
    assert not open_edges(mesh.triangles).any()


def test_tiles_fit_the_bed_and_are_closed(view):
    """As many as are needed, each from 0 on; all of them together are as much as the whole."""
    whole, _ = model(view)
    made, told = model(view, bed=(40.0, 60.0))
    assert told[-1].endswith("in a zip.")
    assert [(tile.row, tile.column) for tile in made.tiles] == [(2, 1), (2, 2), (2, 3), (1, 1), (1, 2), (1, 3)]
    total = 0.0
    for tile in made.tiles:
        (mesh,) = tile.scene.meshes
        assert not open_edges(mesh.triangles).any()
        assert mesh.vertices.min(axis=0) == pytest.approx((0, 0, 0))
        assert sorted(mesh.vertices.max(axis=0)[:2]) <= [40.001, 60.001]
        total += volume(mesh)
    assert total == pytest.approx(volume(whole.meshes[0]), rel=1e-4)


def volume(mesh):
    a, b, c = (mesh.vertices[mesh.triangles[:, at]] for at in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


def test_a_model_as_large_as_the_bed(view):
    made = printed(view, Print(0.0, (100.0, 80.0)), "#FFFFFF", Feedback())
    assert sorted(made.meshes[0].vertices.max(axis=0)[:2])[0] == pytest.approx(80, abs=1e-3)
    assert made.tiles == ()


def test_tiles_come_as_a_zip_of_proven_files(qgis, tmp_path):
    town = Sketch().area(-60, -20, 20, 20, building="yes", height="20")
    options = {"print_size": "200", "print_bed": "120x120", "surroundings": True}
    told = []
    found = pipeline.run(
        town.request(tmp_path, ("stl", "3mf"), options=options),
        tmp_path,
        Feedback(None, lambda code, text: told.append(text)),
    )
    for one in found:
        assert one.error is None
        assert one.path.suffix == ".zip"
        with zipfile.ZipFile(one.path) as archive:
            ending = one.format
            assert sorted(archive.namelist()) == [
                *(f"{row}-{column}.{ending}" for row in (1, 2) for column in (1, 2)),
                "README.txt",
            ]
            assert "2 x 2 tiles" in archive.read("README.txt").decode()
    assert any("4 tiles" in text for text in told)
