"""What users of GIS files rely on beyond their objects: colours, indexes, and the zone that metres are counted in."""

import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
from lxml import etree

from areas import SAMPLE
from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.geo import projection
from osm2cdr.processing_provider.geo.area import Area
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

BOX = "24.9320,60.1690,24.9360,60.1710"
FORMATS = "gpkg,kml,kmz,geojson,csv_wkt,gpx"
KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    """made(style): some streets in GIS formats, by format."""
    done = {}

    def make(style="default"):
        if style not in done:
            fields = {"bbox": BOX, "formats": FORMATS, "source": str(SAMPLE), "detail": 5, "style": style}
            results = pipeline.run(make_request(fields), tmp_path_factory.mktemp(style), Feedback())
            assert [result.error for result in results] == [None] * len(results)
            done[style] = {result.format: result for result in results}
        return done[style]

    return make


def kml_colors(root, table):
    """#RRGGBB of the areas and lines of a layer, as section 16.9 of KML 2.2 counts them: aabbggrr."""
    style = root.find(f".//k:Style[@id='style.{table}']", KML)

    def color(kind):
        text = style.findtext(f"k:{kind}/k:color", None, KML)
        alpha, blue, green, red = (int(text[n : n + 2], 16) for n in (0, 2, 4, 6))
        assert alpha == 255
        return f"#{red:02X}{green:02X}{blue:02X}"

    return color("PolyStyle"), color("LineStyle")


@pytest.mark.parametrize("style", ["default", "blueprint"])
@pytest.mark.parametrize("kind", ["kml", "kmz"])
def test_kml_has_the_colours_of_the_style(made, style, kind):
    path = made(style)[kind].path
    if kind == "kmz":
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("doc.kml"))
    else:
        root = etree.parse(str(path)).getroot()
    theme = {token: value.upper() for token, value in load_theme(style).color.items() if value}
    assert kml_colors(root, "buildings")[0] == theme["building"]
    assert kml_colors(root, "land")[0] == theme["land"]
    assert kml_colors(root, "railways")[1] == theme["rail"]
    # Red is not blue in any of them, so that nothing is right by chance.
    assert all(theme[token][1:3] != theme[token][5:7] for token in ("building", "land"))
    for folder in root.iterfind("k:Document/k:Folder", KML):
        used = {link.text for link in folder.iterfind("k:Placemark/k:styleUrl", KML)}
        assert used == {f"#style.{folder.findtext('k:name', None, KML)}"}


def test_every_table_of_a_geopackage_has_a_spatial_index_of_all_its_objects(made):
    """As the extension gpkg_rtree_index (annex F.3) has it."""
    result = made()["gpkg"]
    with closing(sqlite3.connect(result.path)) as database:
        rows = "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
        assert {row[0] for row in database.execute(rows)} == set(result.layers)
        for table, count in result.layers.items():
            index = f'"rtree_{table}_geom"'
            assert database.execute(f"SELECT count(*) FROM {index}").fetchone()[0] == count
            missing = f'SELECT count(*) FROM "{table}" WHERE fid NOT IN (SELECT id FROM {index})'
            assert database.execute(missing).fetchone()[0] == 0
            low = f"SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index}"
            box = database.execute(low).fetchone()
            told = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
            assert box == pytest.approx(database.execute(told, (table,)).fetchone(), abs=1e-4)


def test_coordinates_of_geojson_have_the_resolution_of_the_data(made):
    """Seven digits, a centimetre, are what OpenStreetMap has (RFC 7946, 11.2, calls six enough)."""
    data = json.loads(made()["geojson"].path.read_text(encoding="utf-8"))
    spots = [one["geometry"]["coordinates"] for one in data["features"] if one["geometry"]["type"] == "Point"]
    assert len(spots) > 10
    assert max(len(f"{value!r}".split(".")[1]) for spot in spots for value in spot) == 7
    with closing(sqlite3.connect(made()["gpkg"].path)) as database:
        (west,) = database.execute("SELECT min(minx) FROM rtree_housenumbers_geom").fetchone()
    houses = [one for one in data["features"] if one["properties"]["table"] == "housenumbers"]
    ours = min(one["geometry"]["coordinates"][0] for one in houses)
    assert ours == pytest.approx(west, abs=1e-5)


def test_tables_of_text_open_as_utf_8_in_a_spreadsheet(made):
    """Excel takes a file for UTF-8 by its byte-order mark alone."""
    with zipfile.ZipFile(made()["csv_wkt"].path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        assert len(names) > 5
        assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in names)


def test_what_gpx_cannot_hold_is_told(made):
    told = " ".join(made()["gpx"].warnings)
    assert "holds no areas" in told
    assert "Buildings" in told


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        # Helsinki, London, New York, Tokyo; Sydney, Rio de Janeiro, Cape Town, Nairobi, Quito.
        (24.94, 60.17, 32635), (-0.13, 51.5, 32630), (-74.0, 40.7, 32618), (139.7, 35.7, 32654),
        (151.2, -33.9, 32756), (-43.2, -22.9, 32723), (18.4, -33.9, 32734), (36.8, -1.3, 32737), (-78.5, -0.2, 32717),
        # Both sides of the equator, of a zone's edge and of the antimeridian.
        (3.0, 0.1, 32631), (3.0, -0.1, 32731), (5.99, 50.0, 32631), (6.01, 50.0, 32632), (179.9, 1.0, 32660),
        (-179.9, 1.0, 32601), (-179.9, -17.0, 32701), (179.9, -17.0, 32760),
        # Norway: Bergen, Stavanger, and what lies just outside the widened zone 32V.
        (5.3, 60.4, 32632), (3.01, 58.0, 32632), (11.9, 63.9, 32632), (2.9, 60.0, 32631), (5.0, 55.9, 32631),
        (5.0, 64.1, 32631), (12.1, 60.0, 32633),
        # Svalbard: the four wide zones from 72 degrees north on, and what lies south of them.
        (8.9, 78.0, 32631), (9.1, 78.0, 32633), (15.6, 78.2, 32633), (20.9, 80.0, 32633), (21.1, 80.0, 32635),
        (32.9, 80.0, 32635), (33.1, 80.0, 32637), (41.9, 80.0, 32637), (42.1, 80.0, 32638), (10.0, 71.9, 32632),
    ],
)  # fmt: skip
def test_metres_are_counted_in_the_utm_zone_of_the_place(lon, lat, code):
    """The zones of the Universal Transverse Mercator with their exceptions (NGA.SIG.0012, figure 3)."""
    area = Area(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)
    assert projection.utm_crs(area) == f"EPSG:{code}"


@pytest.mark.parametrize("lat", [-33.9, 60.4])
def test_an_area_lies_where_its_zone_says(lat):
    """South of the equator northings count down from 10,000 km; the middle of a zone is at 500 km."""
    import pyproj

    area = Area(5.2, lat, 5.3, lat + 0.1)
    xmin, xmax, ymin, ymax = projection.projected_area(area, projection.utm_crs(area)).GetEnvelope()
    # Its own formulas in place of the EPSG's entry.
    zone = 32 if lat > 0 else 31
    way = pyproj.Proj(proj="tmerc", lat_0=0, lon_0=6 * zone - 183, k=0.9996, x_0=5e5, y_0=0 if lat > 0 else 1e7)
    x, y = way(5.25, lat + 0.05)
    assert xmin < x < xmax
    assert ymin < y < ymax
