"""DGN: elements are what they say, long lines in pieces, texts in the code page of most letters, levels listed."""

import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad import dgn
from osm2cdr.processing_provider.formats.cad import dgn_elements as elements
from osm2cdr.processing_provider.formats.cad.extents import Extents
from osm2cdr.processing_provider.formats.cad.layers import BRIDGE, LAYERS, TUNNEL
from osm2cdr.processing_provider.formats.cad.naming import NAMES
from osm2cdr.processing_provider.pipeline import run as pipeline
from readers.dgn import CHAIN, COMPLEX, LINE, SHAPE, STRING, TEXT, Design

LOOK = elements.Look(5, 3, 2, 1)


@pytest.fixture(scope="module")
def result(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dgn")
    long = [(-190 + n * 1.5, 50 + n % 2) for n in range(250)]
    sketch = (
        Sketch().area(-50, -20, 50, 20, building="yes").way(*long, highway="residential", name="Улица Ленина")
        .way((-150, -100), (150, -100), highway="primary", name="Проспект «Мира» %%c")
    )  # fmt: skip
    [result] = pipeline.run(sketch.request(folder, ("dgn",)), folder / "out", Feedback())
    assert result.error is None
    return result


def test_gdal_and_its_elements_say_the_same(result):
    from osgeo import ogr

    design = Design(result.path.read_bytes())
    kinds = {kind for kind, *_ in design.drawn}
    assert {LINE, SHAPE, CHAIN, TEXT} <= kinds
    [street] = [points for kind, _, points, _ in design.drawn if kind == CHAIN]
    dataset = ogr.Open(str(result.path))
    found = {feature["Type"]: feature.GetGeometryRef().Clone() for feature in dataset.GetLayer(0)}
    chain = found[CHAIN]
    assert sum(chain.GetGeometryRef(part).GetPointCount() for part in range(chain.GetGeometryCount())) >= 240
    assert chain.GetGeometryRef(0).GetPoint_2D(0) == pytest.approx(street[0], abs=1e-6)
    house = found[SHAPE]
    assert house.GetArea() > 0


def test_texts_are_in_their_code_page_and_levels_listed(result):
    design = Design(result.path.read_bytes())
    texts = {text.decode("cp1251") for kind, _, _, text in design.drawn if kind == TEXT}
    assert {"Улица Ленина", "Проспект «Мира» %%c"} <= texts
    level = list(NAMES).index("V-BLDG-OTLN-E") + 1
    assert f"{level} = V-BLDG-OTLN-E" in texts
    assert any("OpenStreetMap" in text for text in texts)
    assert max(len(text) for *_, text in design.drawn) <= 255


def test_every_view_opens_on_the_whole_drawing(result):
    design = Design(result.path.read_bytes())
    xs, ys = zip(*(point for _, _, points, _ in design.drawn for point in points))
    for low, high, dots in design.views:
        assert low[0] < min(xs)
        assert low[1] < min(ys)
        assert high[0] > max(xs)
        assert high[1] > max(ys)
        # And on not much else.
        assert high[0] - low[0] < 1.5 * (max(xs) - min(xs))
        assert dots == pytest.approx(1000)


def test_the_list_of_levels_stands_in_columns():
    area = Extents()
    area.add(((0.0, 0.0), (1000.0, 800.0)))
    places = [place for _, place in dgn._levels(dict.fromkeys(range(1, 42), "V-ROAD-PATH-E"), area, 3.0)]
    assert len(set(places)) == 41
    columns = sorted({x for x, _ in places})
    assert len(columns) == 5
    # None reaches into the next, in letters as wide as high.
    assert columns[1] - columns[0] > len("41 = V-ROAD-PATH-E") * 3.0
    assert min(y for _, y in places) > -100


def test_every_colour_of_the_layers_has_its_like():
    assert {cad.color for cad in (*LAYERS.values(), TUNNEL, BRIDGE)} <= set(dgn.COLORS)


@pytest.mark.parametrize(("count", "closed", "kind"), [
    (2, False, LINE), (3, True, SHAPE), (101, False, STRING), (100, True, SHAPE), (101, True, COMPLEX),
    (102, False, CHAIN), (20000, False, None),
])  # fmt: skip
def test_a_path_is_the_element_that_holds_it(count, closed, kind):
    points = [(n * 10, n % 7 - 2_000_000_000) for n in range(count)]
    data, *more = elements.path(points, closed, LOOK)
    assert bool(more) == (kind is None)
    # The first bytes are the level and the kind, and words follow to the end.
    if kind is None:
        assert data[1] == STRING
    else:
        assert data[1] == kind
        assert data[0] & 63 == 5
        assert len(data) % 2 == 0


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, 0.5, -6672000000.0, 385000123.0])
def test_numbers_of_the_origin_are_vax_floats(value):
    from readers.dgn import vax

    assert vax(elements._vax(value), 0) == value
