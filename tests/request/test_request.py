"""Every bad request ends in one sentence that names the field; good ones pass."""

import math

import pytest

from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.geo.geodesy import box_km2
from osm2cdr.processing_provider.request.checks import check_image_size, make_request

BOX = [24.93, 60.16, 24.95, 60.18]
BAD = [
    ({"bbox": None}, "bbox"), ({"bbox": "1,2,3"}, "bbox"), ({"bbox": [1, 2, 3, "x"]}, "bbox"),
    ({"bbox": [float("nan"), 0, 1, 1]}, "bbox"), ({"bbox": [float("inf"), 0, 1, 1]}, "bbox"),
    ({"bbox": [0, 0, 181, 1]}, "bbox"), ({"bbox": [0, -91, 1, 1]}, "bbox"), ({"bbox": [170, 0, -170, 1]}, "bbox"),
    ({"bbox": [1, 1, 1, 2]}, "bbox"), ({"bbox": [1, 2, 2, 1]}, "bbox"), ({"bbox": [0, 0, 20, 20]}, "bbox"),
    ({"bbox": [True, 0, 1, 1]}, "bbox"), ({"formats": []}, "formats"), ({"formats": "svgg"}, "formats"),
    ({"style": "minimall"}, "style"), ({"detail": 7}, "detail"), ({"detail": 2.5}, "detail"),
    ({"layers": ["raods"]}, "layers"), ({"crs": "http://example.org"}, "crs"), ({"crs": "EPSG:x"}, "crs"),
    ({"page": "A9"}, "page"), ({"orientation": "upright"}, "orientation"),
    ({"scale": 3}, "scale"), ({"dpi": 5000}, "dpi"), ({"name": "../x"}, "name"),
    ({"name": "con"}, "name"), ({"timeout": 0}, "timeout"), ({"timeout": 3601}, "timeout"),
    ({"title": "a\nb"}, "title"), ({"options": 3}, "options"), ({"stile": "x"}, "stile"),
    ({"bbox": None, "geometry": {"type": "Point"}}, "geometry"),
    ({"bbox": None, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}}, "geometry"),
    ({"geometry": {"type": "Polygon", "coordinates": []}}, "bbox"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field"), BAD, ids=[str(change)[:50] for change, _ in BAD])
def test_bad_input_is_one_sentence(change, field):
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": ["svg"], **change})
    assert caught.value.field == field
    assert caught.value.text.endswith(".")
    assert "\n" not in caught.value.text


def test_nearest_word_is_named():
    with pytest.raises(RequestError, match="did you mean 'roads'"):
        make_request({"bbox": BOX, "formats": "svg", "layers": "raods"})


@pytest.mark.parametrize(
    ("scale", "level"),
    [(500, 6), (1000, 6), ("1:5000", 5), (" 1 : 10000", 4), (25_000, 3), (50_000, 2), (100_000, 2), (500_000, 1)],
)
def test_pages_of_a_scale_have_its_detail(scale, level):
    assert make_request({"bbox": BOX, "formats": "svg,png", "scale": scale}).detail == level
    assert make_request({"bbox": BOX, "formats": "svg,png", "scale": scale, "detail": 4}).detail == 4
    # A scale says nothing of data.
    without = make_request({"bbox": BOX, "formats": "svg,gpkg"}).detail
    assert make_request({"bbox": BOX, "formats": "svg,gpkg", "scale": scale}).detail == without


@pytest.mark.parametrize(
    ("field", "value"), [("detail", "x"), ("scale", "2:5000"), ("dpi", "nan"), ("bbox", "1,2,3,x")]
)
def test_what_is_no_number_is_named_with_its_field(field, value):
    with pytest.raises(RequestError, match=rf"\(in {field}\) is not a finite number"):
        make_request({"bbox": BOX, "formats": "svg", field: value})


def test_a_bow_tie_is_told_as_one():
    ring = [[24.93, 60.16], [24.95, 60.18], [24.95, 60.16], [24.93, 60.18], [24.93, 60.16]]
    with pytest.raises(RequestError, match="cross themselves"):
        make_request({"geometry": {"type": "Polygon", "coordinates": [ring]}, "formats": "svg"})


def test_each_format_that_is_unknown_is_named():
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": "svgg,pdf,Paint"})
    assert caught.value.text == "There are no formats 'svgg' (did you mean 'svg'?), 'Paint'."


@pytest.mark.parametrize(
    ("name", "words"),
    [("CON", "is a device's on Windows"), ("lpt3", "is a device's on Windows"), ("x" * 101, "at most"),
     ("x" * 101, "take one of 100 characters"), ("漢" * 90, "take one of 66 characters")],
)  # fmt: skip
def test_what_is_wrong_with_a_name_is_told(name, words):
    with pytest.raises(RequestError, match=words) as caught:
        make_request({"bbox": BOX, "formats": "svg", "name": name})
    assert caught.value.field == "name"


def test_a_box_has_its_geodesic_area_and_detail():
    request = make_request({"bbox": "24.9368,60.1652,24.9516,60.1775", "formats": "svg,png,svg"})
    assert request.formats == ("svg", "png")
    assert request.area.km2 == pytest.approx(1.1259, abs=1e-3)
    assert request.detail == 5


def test_a_box_wider_than_half_the_globe_is_no_smaller_for_it():
    whole = box_km2(-180, -60, 180, 60)
    assert whole == pytest.approx(510_065_622 * math.sin(math.radians(60)), rel=3e-3)
    assert box_km2(-120, -60, 120, 60) == pytest.approx(whole * 2 / 3, rel=1e-4)
    assert box_km2(-80, -60, 80, 60) == pytest.approx(whole * 4 / 9, rel=1e-4)


def test_a_polygon_with_a_hole_loses_the_hole():
    outer = [[0, 0], [0.1, 0], [0.1, 0.1], [0, 0.1], [0, 0]]
    hole = [[0.02, 0.02], [0.08, 0.02], [0.08, 0.08], [0.02, 0.08], [0.02, 0.02]]
    whole = make_request({"geometry": {"type": "Polygon", "coordinates": [outer]}, "formats": "svg"})
    pierced = make_request({"geometry": {"type": "Polygon", "coordinates": [outer, hole]}, "formats": "svg"})
    assert pierced.area.km2 == pytest.approx(whole.area.km2 * 0.64, rel=1e-3)


def test_a0_at_600_dpi_is_refused_with_what_fits():
    with pytest.raises(RequestError, match="megapixels") as caught:
        check_image_size(841, 1189, 600)
    assert "at most 406 DPI" in caught.value.text
    check_image_size(841, 1189, 400)


def test_limits_are_kept_to_the_last_one():
    area = make_request({"bbox": BOX, "formats": "svg"}).area.km2
    assert make_request({"bbox": BOX, "formats": "svg,pdf"}, max_formats=2, max_km2=area * 1.001)
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": "svg,pdf,png"}, max_formats=2)
    assert (caught.value.code, caught.value.field) == ("too_many_formats", "formats")
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": "svg"}, max_km2=area * 0.999)
    assert (caught.value.code, caught.value.field) == ("area_too_large", "bbox")


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ([25, 61, 24, 60], "The corners are swapped: west (25) lies east of east (24), and south (61) north"),
        ([25, 60, 24, 61], "West (25) lies east of east (24); the order is west,south,east,north"),
        ([24, 61, 25, 60], "South (61) lies north of north (60); the order is west,south,east,north"),
        ([24, 60, 25, 60], "The area is empty"),
    ],
)
def test_a_swapped_box_is_called_so(box, words):
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": box, "formats": "svg"})
    assert words in caught.value.text
    assert "antimeridian" not in caught.value.text
    assert (caught.value.code, caught.value.field) == ("bad_bbox", "bbox")


@pytest.mark.parametrize(("name", "letter"), [('ä b "c', '"'), ("a/b", "/"), ("a\\b", "\\"), ("what?", "?")])
def test_the_wrong_character_of_a_name_is_told(name, letter):
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": "svg", "name": name})
    assert f" has {letter}, which no file's name can have" in caught.value.text
    assert (caught.value.code, caught.value.field) == ("bad_name", "name")


def test_an_area_across_the_antimeridian_is_told_what_to_do():
    for box in ([170, 0, -170, 1], [179.9, -17, -179.9, -16.9]):
        with pytest.raises(RequestError, match="one on each side"):
            make_request({"bbox": box, "formats": "svg"})


def test_a_title_of_blanks_is_none():
    fields = {"bbox": "24.94,60.16,24.95,60.17", "formats": "png", "source": "sample"}
    assert make_request({**fields, "title": "   "}).title == ""
    assert make_request({**fields, "title": " Helsinki "}).title == "Helsinki"
