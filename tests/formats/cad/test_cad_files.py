"""What a CAD program needs to know of a drawing to work with it: its unit, and which outlines are closed."""

import ezdxf
import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad.units import insunits
from osm2cdr.processing_provider.pipeline import run as pipeline

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.fixture(scope="module")
def drawings(qgis, tmp_path_factory):
    """A house with a courtyard and a street, in both kinds of DXF."""
    folder = tmp_path_factory.mktemp("cad")
    sketch = Sketch().area(-50, -20, 50, 20, building="yes").way((-150, 100), (150, 100), highway="residential")
    results = pipeline.run(sketch.request(folder, ("dxf", "dxf_r12")), folder / "out", Feedback())
    assert [result.error for result in results] == [None, None]
    return {result.format: ezdxf.readfile(result.path) for result in results}


def test_a_unit_is_a_metre(drawings):
    """INSUNITS 6, and a house of 100 by 40 m is so large."""
    assert drawings["dxf"].header["$INSUNITS"] == 6
    for document in drawings.values():
        (house,) = [line for line in document.modelspace() if line.dxf.layer == "V-BLDG-OTLN-E"]
        points = [
            tuple(point)[:2]
            for point in (house.get_points("xy") if house.dxftype() == "LWPOLYLINE" else house.points())
        ]
        xs, ys = zip(*points)
        assert max(xs) - min(xs) == pytest.approx(100, rel=0.05)
        assert max(ys) - min(ys) == pytest.approx(40, rel=0.05)


@pytest.mark.parametrize(("crs", "units"), [("EPSG:2263", (2, 21)), ("EPSG:2222", (2, 2)), ("EPSG:3857", (6, 6))])
def test_a_unit_is_that_of_the_crs(qgis, crs, units):
    assert (insunits(crs), insunits(crs, survey=True)) == units


@pytest.mark.parametrize("kind", ["dxf", "dxf_r12"])
def test_outlines_are_closed_and_streets_are_not(drawings, kind):
    lines = [line for line in drawings[kind].modelspace() if line.dxftype() in ("LWPOLYLINE", "POLYLINE")]
    closed = {line.dxf.layer: bool(line.closed if line.dxftype() == "LWPOLYLINE" else line.is_closed) for line in lines}
    assert closed["V-BLDG-OTLN-E"]
    assert not closed["V-ROAD-LOCL-E"]
