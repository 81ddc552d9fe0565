"""Heights of roofs as cells: against a slow reckoning, a town made up in metres, real buildings; sizes and CRSs."""

import json

import numpy as np
import pyproj
import pytest
from sketch import Sketch, lonlat

from areas import AREAS
from names import HOUSE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.map_data import NOTICE
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene import heights, raster
from osm2cdr.processing_provider.scene.raster import Grid, hits

UTM = "EPSG:32632"


@pytest.mark.parametrize("at_once", [1, 500, 10**7])
def test_cells_are_those_whose_centres_lie_in_the_triangle(monkeypatch, at_once):
    monkeypatch.setattr(raster, "_AT_ONCE", at_once)
    grid = Grid(100.0, 200.0, 0.5, 30, 40)
    triangles = np.random.default_rng(1).uniform((90, 190, 0), (130, 225, 50), (60, 3, 3))
    found = {}
    for cells, which, z in hits(triangles, grid):
        found.update({(int(t), int(cell)): height for cell, t, height in zip(cells, which, z)})
    wanted = {}
    for number, (a, b, c) in enumerate(triangles):
        across = np.linalg.inv(np.column_stack([b[:2] - a[:2], c[:2] - a[:2]]))
        for row in range(grid.rows):
            for column in range(grid.columns):
                centre = np.array([100 + 0.5 * (column + 0.5), 215 - 0.5 * (row + 0.5)])
                s, t = across @ (centre - a[:2])
                if s >= 0 and t >= 0 and s + t <= 1:
                    wanted[number, row * grid.columns + column] = a[2] + s * (b[2] - a[2]) + t * (c[2] - a[2])
    assert found.keys() == wanted.keys()
    assert len(wanted) > 1000
    assert all(found[key] == pytest.approx(wanted[key], abs=1e-6) for key in wanted)


def test_centres_on_an_edge_are_in_a_triangle_and_upright_ones_in_none():
    square = np.array([[[0, 0, 3], [4, 0, 3], [4, 4, 3]], [[0, 0, 3], [4, 4, 3], [0, 4, 3]]], float)
    upright = np.array([[[0, 1.5, 0], [4, 1.5, 0], [4, 1.5, 9]]], float)
    grid = Grid(0.0, 0.0, 1.0, 4, 4)
    found = np.concatenate([cells for cells, _, _ in hits(square, grid)])
    assert set(found.tolist()) == set(range(16))
    assert [z.tolist() for _, _, z in hits(upright, grid)] == [[]]


def made(sketch, folder, crs=UTM, **fields):
    """The heights of a sketch, and what was told."""
    told = []
    stages = Stages(sketch.request(folder, ("asc",), **fields), folder)
    return stages.heights(crs, Feedback(None, lambda code, text: told.append((code, text)))), told


def at(view, x, y):
    """The value at metres from the middle of a sketch."""
    east, north = pyproj.Transformer.from_crs(4326, view.crs, always_xy=True).transform(*lonlat(x, y))
    grid = view.grid
    return float(view.values[int((grid.north - north) // grid.cell), int((east - grid.west) // grid.cell)])


@pytest.fixture
def town():
    """A house, a tower in it, a roof high over the ground, a shed of less than a square metre."""
    return (
        Sketch()
        .area(-60, -10, -40, 10, building="house", height="12.34")
        .area(-55, -5, -45, 5, building__part="yes", height="30")
        .area(40, -10, 60, 10, building="roof", height="8", min_height="6")
        .area(0, 50.6, 0.4, 51, building="shed")
    )


@pytest.mark.parametrize("crs", [UTM, "EPSG:4326", "EPSG:3857", "EPSG:31254"])
def test_a_town_in_metres_stands_where_it_is_in_each_crs(qgis, tmp_path, town, crs):
    view, _ = made(town, tmp_path, crs)
    assert view.crs == crs
    assert (at(view, -58, 8), at(view, -50, 0), at(view, 50, 0)) == (pytest.approx(12.34, abs=1e-5), 30, 8)
    for x, y in [(0, 0), (-62, 0), (-50, 13), (62, 0), (50, -13), (-190, -190), (190, 190)]:
        assert at(view, x, y) == 0
    # Outside the area, whose sides are not those of the CRS.
    if crs not in ("EPSG:4326", "EPSG:3857"):
        assert 0.0001 < (view.values == -9999).mean() < 0.1
    cell = view.grid.cell * (111319.49 if crs == "EPSG:4326" else 1)
    assert cell == pytest.approx(1)


def test_what_is_too_small_for_cells_is_told_and_large_areas_have_larger_ones(qgis, tmp_path, monkeypatch, town):
    view, told = made(town, tmp_path)
    assert view.buildings == 3
    assert ("smaller_than_cells", "Buildings that are too small for the cells and in none of them: 1.") in told
    monkeypatch.setattr(heights, "MOST_CELLS", 10_000)
    (tmp_path / "again").mkdir()
    view, told = made(town, tmp_path / "again")
    assert (view.grid.cell, view.values.size) == (5, pytest.approx(82 * 82, rel=0.05))
    text = "The heights have cells of 5 m: of smaller ones there would be more than 10,000."
    assert ("coarse_cells", text) in told
    assert (at(view, -50, 0), at(view, 50, 0), at(view, 0, 0)) == (30, 8, 0)


def test_feet_of_the_crs_are_not_those_of_the_heights(qgis, tmp_path):
    """Cells of a metre in a CRS of the USA."""
    from osgeo import ogr

    polygon = ogr.CreateGeometryFromWkt(
        "POLYGON ((980000 190000, 980100 190000, 980100 190100, 980000 190100, 980000 190000))"
    )
    grid, metres = heights._grid(polygon, "EPSG:2263")
    assert metres == 1
    assert grid.cell == pytest.approx(3937 / 1200)
    assert grid.west <= 980000 < grid.west + grid.cell
    assert grid.north - grid.cell < 190100 <= grid.north


@pytest.mark.parametrize("area", list(AREAS))
def test_the_grid_holds_the_buildings_of_the_area(export, area):
    """Known houses, and as much ground as GEOS says that the houses cover."""
    import trimesh
    from osgeo import gdal
    from shapely import polygons, transform, union_all
    from shapely.geometry import shape

    dataset = gdal.Open(str(export(area)["asc"].path))
    values = dataset.ReadAsArray()
    west, cell, _, north, _, _ = dataset.GetGeoTransform()
    assert cell == 1
    crs = {"sample": 32635, "monaco": 32632}[area]
    to_metres = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform
    data = json.loads(export(area)["geojson"].path.read_text(encoding="utf-8"))
    houses = [one for one in data["features"] if one["properties"]["table"] == "buildings"]
    x, y = to_metres(
        *shape(next(h for h in houses if h["properties"].get("name") == HOUSE)["geometry"]).centroid.coords[0]
    )
    assert values[int(north - y), int(x - west)] == pytest.approx(33.5)
    # Where parts stand for an outline, some of that is bare.
    covered = union_all(
        [
            transform(shape(house["geometry"]).buffer(0), lambda points: np.column_stack(to_metres(*points.T)))
            for house in houses
        ]
    ).area
    assert (values > 0).sum() == pytest.approx(covered, rel=0.03)
    west_lon, south, east_lon, north_lat = AREAS[area][1]
    text = f"+proj=tmerc +lat_0={(south + north_lat) / 2:.6f} +lon_0={(west_lon + east_lon) / 2:.6f} +k=1 +datum=WGS84"
    from_model = pyproj.Transformer.from_crs(text, crs, always_xy=True).transform
    model = trimesh.load(export(area)["stl"].path, process=False)
    roofs = model.triangles[model.face_normals[:, 2] > 0.5][:, :, :2]
    standing = union_all(polygons(np.stack(from_model(roofs[..., 0], roofs[..., 1]), axis=-1))).area
    assert (values > 0).sum() == pytest.approx(standing, rel=0.003)


def test_the_file_of_a_town_says_what_it_cannot_hold(qgis, tmp_path, town):
    """Its six lines of header, as programs that know no other want them, and numbers alone."""
    (result,) = pipeline.run(town.request(tmp_path, ("asc",), crs="EPSG:31254"), tmp_path, Feedback())
    assert result.error is None
    lines = result.path.read_text(encoding="ascii").splitlines()
    words = [line.split()[0] for line in lines[:6]]
    assert words == ["ncols", "nrows", "xllcorner", "yllcorner", "cellsize", "NODATA_value"]
    assert lines[4].split() == ["cellsize", "1"]
    assert set("".join(lines[6:])) <= set("0123456789.- ")
    assert any("12.34" in line.split() for line in lines)
    assert result.warnings == [
        "An ESRI ASCII grid holds no CRS: this one is in EPSG:31254, heights in m above the ground.",
        f"An ESRI ASCII grid holds no notice: where it is used, say {NOTICE}.",
    ]


def test_own_layers_are_raised_by_their_fields(qgis, tmp_path):
    """All areas of a layer that somebody else made, who has no notice."""
    from osgeo import gdal
    from qgis.core import (
        QgsFeature,
        QgsGeometry,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProject,
        QgsVectorLayer,
    )

    from osm2cdr.processing_provider.algorithms.exportformat import ExportFormat

    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=height:double", "Halls", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(
        QgsGeometry.fromWkt("POLYGON((600000 5200000, 600050 5200000, 600050 5200020, 600000 5200020, 600000 5200000))")
    )
    feature.setAttribute("height", 7.5)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    QgsProject.instance().addMapLayer(layer)
    try:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        parameters = {"INPUT": [layer.id()], "FORMAT": "asc", "CRS": layer.crs(), "OUTPUT": str(tmp_path / "halls.asc")}
        feedback = QgsProcessingFeedback()
        answer, worked = ExportFormat().create().run(parameters, context, feedback)
        assert worked, feedback.textLog()
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    values = gdal.Open(str(tmp_path / "halls.asc")).ReadAsArray()
    assert (values == 7.5).sum() == 1000
    assert "holds no CRS" in answer["WARNINGS"]
    assert "notice" not in answer["WARNINGS"]
