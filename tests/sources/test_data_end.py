"""A warning says on which sides the data end inside the page, or that they lie outside: by header, bounds, objects."""

import pytest
from sketch import Sketch, lonlat

from areas import SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

pytestmark = pytest.mark.one_system("where data end is reckoned by ourselves, and told in our sentences")


def town(west=-480, south=-480, east=480, north=480):
    """Streets from edge to edge of a box in metres."""
    sketch = Sketch(1000)
    for part in range(9):
        x, y = west + (east - west) * part / 8, south + (north - south) * part / 8
        sketch.way((x, south), (x, north), highway="residential").way((west, y), (east, y), highway="residential")
    return sketch


def told(source, folder, size=500, bbox=None, empty=False, **fields):
    """The warnings of an export of the middle square, or of a box; which fails where nothing is in it (`empty`)."""
    warnings = []
    bbox = bbox or (*lonlat(-size, -size), *lonlat(size, size))
    asked = {"bbox": bbox, "formats": "gpkg", "detail": 5, "source": str(source), **fields}
    feedback = Feedback(None, lambda code, text: warnings.append((code, text)))
    [result] = pipeline.run(make_request(asked), folder / "out", feedback)
    assert bool(result.error) == empty
    return [text for code, text in warnings if code == "data_end"]


def with_bounds(sketch, path, box):
    sketch.write(path)
    (west, south), (east, north) = lonlat(box[0], box[1]), lonlat(box[2], box[3])
    bounds = f'<bounds minlat="{south}" minlon="{west}" maxlat="{north}" maxlon="{east}"/>'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('<osm version="0.6">', f'<osm version="0.6">{bounds}'), encoding="utf-8")
    return path


def as_pbf(xml, path):
    """The same as PBF, whose header has the box of the bounds."""
    import osmium

    reader = osmium.io.Reader(str(xml))
    header = osmium.io.Header()
    header.set("generator", "test")
    if reader.header().box().valid():
        header.add_box(reader.header().box())
    reader.close()
    writer = osmium.SimpleWriter(str(path), header=header)

    class Copy(osmium.SimpleHandler):
        node = lambda self, thing: writer.add_node(thing)  # noqa: E731
        way = lambda self, thing: writer.add_way(thing)  # noqa: E731

    Copy().apply_file(str(xml))
    writer.close()
    return path


SIDES = {
    "west": (-100, -600, 600, 600), "south and east": (-600, -100, 100, 600), "north": (-600, -600, 600, 100),
    "": (-500, -500, 500, 500),
}  # fmt: skip


# Boxes of a page in metres, and where the town (500 m round the middle) lies as seen from it.
OUTSIDE = {
    "west": (2000, -300, 3000, 300), "east": (-3000, -300, -2000, 300), "north": (-300, -9000, 300, -4000),
    "south": (-300, 520, 300, 900), "west and south": (2000, 2000, 3000, 3000),
    "east and north": (-1500, -1500, -501, -501),
}  # fmt: skip


def degrees(box):
    return (*lonlat(*box[:2]), *lonlat(*box[2:]))


def in_a_file(sketch, folder, kind, box):
    source = with_bounds(sketch, folder / "town.osm", box)
    return as_pbf(source, folder / "town.osm.pbf") if kind == "pbf" else source


@pytest.mark.parametrize("kind", ["xml", "pbf"])
@pytest.mark.parametrize("where", list(OUTSIDE))
def test_a_page_wholly_outside_of_what_the_file_tells_says_where_the_data_lie(qgis, tmp_path, where, kind):
    source = in_a_file(town(), tmp_path, kind, (-500, -500, 500, 500))
    # Far away the source holds nothing at all; near by its streets are read, and none of them is in the area.
    [text] = told(source, tmp_path, bbox=degrees(OUTSIDE[where]), empty=True)
    assert text == (
        f"The page lies wholly outside the data of {source.name}, which lie in the {where} of it: nothing of them is "
        "there; choose an area that they cover."
    )


def test_what_a_file_holds_beyond_the_box_that_it_tells_is_there_and_told(qgis, tmp_path):
    """A tool that puts extracts together may keep the box of the first."""
    source = with_bounds(town(), tmp_path / "town.osm", (-500, -500, -300, 500))
    [text] = told(source, tmp_path, bbox=degrees((-100, -100, 100, 100)))
    assert text.startswith("The page lies wholly outside the box that town.osm says it covers, which lies in the west;")


@pytest.mark.parametrize("where", list(OUTSIDE))
def test_a_page_wholly_outside_of_a_file_that_tells_nothing_is_said_to_be_empty(qgis, tmp_path, where):
    town().write(tmp_path / "town.osm")
    [text] = told(tmp_path / "town.osm", tmp_path, bbox=degrees(OUTSIDE[where]), empty=True)
    assert text == "The data of town.osm hold nothing inside the page; choose an area that they cover."


def test_an_area_outside_whose_sheet_reaches_the_data_is_partly_covered(qgis, tmp_path):
    source = with_bounds(town(), tmp_path / "town.osm", (-500, -500, 500, 500))
    beside = {"bbox": degrees((600, -100, 800, 100)), "formats": "svg"}
    [text] = told(source, tmp_path, **beside, empty=True)
    assert "wholly outside" in text
    [text] = told(source, tmp_path, **beside, page="A4", scale=5000)
    assert " end inside the page in the east:" in text


def test_several_bounds_of_an_editor_are_one_box(qgis, tmp_path):
    path = with_bounds(town(), tmp_path / "town.osm", (-600, -600, 0, 600))
    text = path.read_text(encoding="utf-8")
    (west, south), (east, north) = lonlat(0, -600), lonlat(600, 600)
    more = f"<bounds minlon='{west}' minlat='{south}' maxlon='{east}' maxlat='{north}' origin='an editor' />"
    path.write_text(text.replace("<node", f"{more}<node", 1), encoding="utf-8")
    assert told(path, tmp_path) == []


@pytest.mark.parametrize("kind", ["xml", "pbf"])
@pytest.mark.parametrize("sides", list(SIDES))
def test_what_the_file_tells_of_its_box_names_the_sides(qgis, tmp_path, sides, kind):
    source = in_a_file(town(), tmp_path, kind, SIDES[sides])
    found = told(source, tmp_path)
    assert len(found) == bool(sides)
    assert not sides or f" end inside the page in the {sides}:" in found[0]


def test_a_sheet_that_shows_more_than_the_area_is_looked_at_whole(qgis, tmp_path):
    source = with_bounds(town(), tmp_path / "town.osm", (-500, -500, 500, 500))
    assert told(source, tmp_path) == []
    [text] = told(source, tmp_path, formats="svg", page="A4", scale=10000)
    assert "in the west, south, east and north" in text


def test_without_a_box_only_a_wide_empty_side_is_taken_for_an_end(qgis, tmp_path):
    town(east=0).write(tmp_path / "half.osm")
    [text] = told(tmp_path / "half.osm", tmp_path)
    assert "seem to end inside the page in the east:" in text
    town().write(tmp_path / "whole.osm")
    assert told(tmp_path / "whole.osm", tmp_path) == []


def test_the_open_sea_is_no_end(qgis, tmp_path):
    town(east=0).way((20, 600), (20, -600), natural="coastline").write(tmp_path / "coast.osm")
    assert told(tmp_path / "coast.osm", tmp_path) == []


def test_real_extracts_cover_their_areas(qgis, tmp_path):
    source = SHARED / "monaco.osm.pbf"
    if not source.exists():
        pytest.skip(f"{source} is not there")
    assert told(source, tmp_path, bbox=(7.4098, 43.7238, 7.4387, 43.7503), detail=3) == []
    [text] = told(source, tmp_path, bbox=(7.30, 43.70, 7.45, 43.75), detail=3)
    assert "in the west and south:" in text
