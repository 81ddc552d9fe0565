"""What no page of a job can show is not read for it: areas that would be specks, but for sights and what has a name."""

import math

import pytest

from areas import AREAS
from osm2cdr.processing_provider.cartography.build import build_picture
from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import measures
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.pages import SPECK_MM2
from osm2cdr.processing_provider.request.plan import make_plan

SOURCE, BOX = AREAS["sample"]
FIELDS = {"bbox": ",".join(map(str, BOX)), "source": str(SOURCE), "detail": 6}
# A millimetre is 100 m: a speck has 500 m2.
SCALE, SPECK = 100_000, 500.0


def plan(formats, **fields):
    return make_plan(make_request({**FIELDS, "scale": SCALE, "formats": formats, **fields}))


@pytest.mark.parametrize("formats", ["svg", "svg,png,pdf,cdr,bmp"])
def test_pages_need_no_specks(qgis, formats):
    assert plan(formats).least == pytest.approx(SPECK)


@pytest.mark.parametrize("formats", ["gpkg", "svg,gpkg", "xyz_tiles", "stl,png", "pmtiles"])
def test_whatever_else_is_made_needs_all(qgis, formats):
    assert plan(formats).least == 0


def test_a_strip_that_no_picture_can_show_is_told(qgis):
    """A thousandth of a millimetre on paper is no map, while its data are."""
    west, south, _, north = BOX
    narrow = plan("svg", bbox=f"{west},{south},{west + 1e-6},{north}", scale=0)
    [page] = narrow.pages.values()
    with pytest.raises(WriteError, match="too narrow to be drawn; choose a wider area"):
        build_picture(None, page, None, 4, Feedback())


def test_the_largest_scale_counts_and_mercator_stretches(qgis):
    both = plan("png,geotiff", crs="EPSG:3857")
    north = max(abs(both.reach[1]), abs(both.reach[3]))
    assert both.least == pytest.approx(SPECK * math.cos(math.radians(north)) ** 2)
    assert plan("svg", scale=1000).least == pytest.approx(SPECK_MM2)


def staged(tmp_path, formats):
    tmp_path.mkdir()
    return Stages(make_request({**FIELDS, "scale": SCALE, "formats": formats}), tmp_path).staged(Feedback()).rows


def described(rows, least):
    """The rows of a table that are to stay, and how many others there are."""
    names = [name for name, _ in rows.table.columns]
    found, rest = [], 0
    for values in rows.values:
        row = dict(zip(names, values))
        if row["name"] or row["kind"] == "landmark" or row["area"] >= least:
            found.append((row["osm_type"], row["osm_id"], row["kind"], row["area"]))
        else:
            rest += 1
    return sorted(found), rest


def test_only_specks_are_left_out(qgis, tmp_path):
    whole, shown = staged(tmp_path / "all", "svg,gpkg"), staged(tmp_path / "shown", "svg")
    # No page has what no layer takes.
    assert whole.keys() - shown.keys() == {"others_areas", "others_lines", "others_points"}
    left = 0
    for name in shown:
        rows = whole[name]
        if rows.table.geometry != "polygon" or name in ("land", "sea"):
            assert shown[name].values == rows.values
            continue
        kept, specks = described(rows, SPECK)
        assert described(shown[name], SPECK) == (kept, 0)
        left += specks
    assert left > 300


@pytest.mark.parametrize("latitude", [-85.0, -60.0, -0.0005, 0.0, 45.0, 78.0, 89.99])
def test_the_box_of_an_area_is_never_called_smaller_than_the_area(qgis, latitude):
    from osgeo import ogr

    from osm2cdr.processing_provider.geo.geometry import to_blob

    corners = [(10, latitude), (10.001, latitude), (10.001, latitude + 0.001), (10, latitude + 0.001), (10, latitude)]
    square = ogr.CreateGeometryFromWkt("POLYGON((" + ",".join(f"{x} {y}" for x, y in corners) + "))")
    box, area = measures.box_metres(to_blob(square, "polygon", 4326)), measures.square_metres(square)
    assert area <= box < 1.06 * area
