"""Options that change none of the files are told, and only those."""

import pytest

from osm2cdr.processing_provider.request import unheeded
from osm2cdr.processing_provider.request.checks import make_request

BOX = "24.940,60.166,24.946,60.170"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"formats": "gpkg"}, ""),
        ({"formats": "gpkg", "page": "fit", "dpi": "300", "tags": "table", "style": "default"}, ""),
        ({"formats": "gpkg", "detail": 4, "crs": "EPSG:3067", "layers": "roads", "language": "sv"}, ""),
        ({"formats": "svg,gpkg", "page": "A4", "scale": 5000, "style": "toner", "title": "x"}, ""),
        ({"formats": "png", "dpi": 90, "options": {"merge_buildings": False}}, ""),
        ({"formats": "gpkg", "page": "A4"}, "The option page changes nothing in GeoPackage."),
        (
            {"formats": "gpkg,xyz_tiles", "page": "A4", "scale": 5000, "dpi": 90},
            "The options page, scale, dpi change nothing in GeoPackage, XYZ tile folder (PNG).",
        ),
        (
            {"formats": "png", "options": {"merge_buildings": True}},
            "The option merge_buildings changes nothing in PNG image.",
        ),
        ({"formats": "svg", "tags": "all"}, "The option tags changes nothing in SVG."),
        ({"formats": "kml", "crs": "EPSG:3067"}, "The option crs changes nothing in KML."),
    ],
)  # fmt: skip
def test_what_changes_nothing(fields: dict[str, object], text: str) -> None:
    assert unheeded.warning(make_request({"bbox": BOX, **fields})) == text


def test_a_paper_says_nothing_of_the_detail_of_data() -> None:
    alone = make_request({"bbox": BOX, "formats": "gpkg"}).detail
    assert make_request({"bbox": BOX, "formats": "gpkg", "page": "A0", "scale": 50000}).detail == alone
    assert make_request({"bbox": BOX, "formats": "svg", "page": "A0", "scale": 50000}).detail < alone
