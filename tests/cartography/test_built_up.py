"""On overviews a town has a ground where streets and houses are dense, though nobody mapped its land use."""

import pytest
from drawn import make
from sketch import Sketch, lonlat

GROUND = "Built-up areas – ground"


def build(folder, detail):
    """A grid of streets in the west, the same in the east where the land use is mapped, a lone street in the north."""
    sketch = Sketch(6000)
    for west in (-2400, 900):
        for step in range(0, 1500, 75):
            sketch.way((west, -1500 + step), (west + 1500, -1500 + step), highway="residential")
    sketch.area(850, -1550, 2450, 0, landuse="residential")
    sketch.way((-2500, 2000), (2500, 2000), highway="residential", name="Feldweg")
    sketch.write(folder / "sketch.osm")
    return make((*lonlat(-3000, -3000), *lonlat(3000, 3000)), folder / "sketch.osm", detail, "default", folder)


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    return build(tmp_path_factory.mktemp("town"), 3)


def grounds(made):
    return [layer for layer in made.picture.layers if layer.name() == GROUND]


def test_streets_without_land_use_have_a_ground_and_mapped_or_lone_ones_do_not(made):
    [layer] = grounds(made)
    [feature] = layer.getFeatures()
    page = made.picture.page
    box, width = feature.geometry().boundingBox(), page.xmax - page.xmin
    west, east = ((x - page.xmin) / width for x in (box.xMinimum(), box.xMaximum()))
    south, north = ((y - page.ymin) / width for y in (box.yMinimum(), box.yMaximum()))
    # The town is from 0.1 to 0.35 of the page's width, from 0.25 to 0.48 of its height.
    assert (west, east) == pytest.approx((0.1, 0.35), abs=0.03)
    assert (south, north) == pytest.approx((0.25, 0.483), abs=0.03)
    assert feature.geometry().area() > 0.9 * box.area()


def test_it_lies_below_all_land_cover_and_is_no_class_of_a_legend(made):
    from osm2cdr.processing_provider.cartography.sheet.map_classes import map_classes

    names = [layer.name() for layer in made.picture.layers]
    assert names.index(GROUND) > names.index("Land cover")
    assert GROUND not in {entry.layer for entry in map_classes(made.picture)}


def test_levels_that_show_each_house_have_none(qgis, tmp_path):
    assert not grounds(build(tmp_path, 4))
