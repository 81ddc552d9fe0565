"""A coast that ends inside the page is told with its places, since land and sea are a guess there."""

from sketch import Sketch, lonlat

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline

ISLAND = [(-200, -200), (200, -200), (200, 200), (-200, 200)]


def told(folder, *coasts, **fields):
    """The warnings of an island in a sea of a kilometre's side."""
    sketch = Sketch(1000)
    for points in coasts:
        sketch.way(*points, natural="coastline")
    sketch.way((-50, -50), (50, -50), (50, 50), (-50, 50), (-50, -50), building="yes")
    warnings = []
    feedback = Feedback(None, lambda code, text: warnings.append((code, text)))
    results = pipeline.run(sketch.request(folder, "geojson", scale=0, dpi=300, **fields), folder, feedback)
    assert results[0].error is None
    return [text for code, text in warnings if code == "coast_gap"]


def test_a_ring_with_a_gap(qgis, tmp_path):
    (text,) = told(tmp_path, ISLAND)
    places = [f"{lon:.5f}, {lat:.5f}" for lon, lat in map(lonlat, *zip(ISLAND[0], ISLAND[-1]))]
    assert "in 2 places" in text
    assert all(place in text for place in places), text


def test_many_gaps_name_some(qgis, tmp_path):
    (text,) = told(tmp_path, *([(x, -200), (x, 200)] for x in range(-300, 301, 150)))
    assert "in 10 places" in text
    assert text.count(";") == 4


def test_a_whole_coast_has_none(qgis, tmp_path):
    halves = ([*ISLAND[:3]], [ISLAND[2], ISLAND[3], ISLAND[0]])
    assert told(tmp_path, *halves) == []


def test_a_coast_that_leaves_the_page_has_none(qgis, tmp_path):
    assert told(tmp_path, [(-3000, 0), (0, 100), (3000, 0)]) == []
