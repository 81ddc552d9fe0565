"""A user's own data are read from each of their formats, in any CRS; what is wrong with a file is one sentence."""

import json
import zipfile

import pytest

from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.geo.geometry import bounds
from osm2cdr.processing_provider.osm.tables.overlay import AREAS, LINES, POINTS

pytestmark = pytest.mark.usefixtures("qgis")

GPX = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="60.17" lon="24.94"><name>Встреча &lt;b&gt; у
 моста</name><desc>в полдень</desc></wpt>
<rte><name>Way back</name><rtept lat="60.17" lon="24.95"/><rtept lat="60.18" lon="24.95"/></rte>
<trk><name>Утро</name><trkseg><trkpt lat="60.17" lon="24.94"><ele>5</ele></trkpt><trkpt lat="60.171" lon="24.94"/>
</trkseg><trkseg><trkpt lat="60.172" lon="24.94"/><trkpt lat="60.173" lon="24.94"/></trkseg></trk></gpx>"""
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Style id="red"><LineStyle><color>ff0000ff</color></LineStyle></Style>
<Placemark><name>Run</name><styleUrl>#red</styleUrl><LineString><coordinates>24.94,60.17,0 24.95,60.17,0</coordinates>
</LineString></Placemark><Placemark><name>Here</name><Point><coordinates>24.94,60.17</coordinates></Point></Placemark>
</Document></kml>"""
SQUARE = [[[24.94, 60.17], [24.95, 60.17], [24.95, 60.18], [24.94, 60.17]]]


def read(word):
    from osm2cdr.processing_provider.sources.overlay import read_overlay

    return read_overlay(str(word))


def rows(overlay, table):
    """The objects of a table as its columns' values."""
    names = [name for name, _ in table.columns]
    return [dict(zip(names, values)) for values in overlay.rows[table.name].values]


def feature(shape, **properties):
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_waypoints_routes_and_tracks_of_gpx(tmp_path):
    path = tmp_path / "A walk, with a comma.gpx"
    path.write_text(GPX, encoding="utf-8")
    found = read(path)
    (point,) = rows(found, POINTS)
    assert (point["name"], point["description"]) == ("Встреча <b> у моста", "в полдень")
    assert point["file"] == "A walk, with a comma"
    # What a track is made of is no waypoint; its segments are one object.
    assert sorted(row["name"] for row in rows(found, LINES)) == ["Way back", "Утро"]
    assert found.objects == 3
    assert found.box == (24.94, 60.17, 24.95, 60.18)
    assert found.outside((24.93, 60.16, 24.945, 60.175)) == 1


def test_kml_and_kmz_have_their_colours(tmp_path):
    plain, packed = tmp_path / "a.kml", tmp_path / "b.kmz"
    plain.write_text(KML, encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", KML)
    found = read(f"{plain}, {packed}")
    assert [(row["name"], row["color"], row["file"]) for row in rows(found, LINES)] == [
        ("Run", "#FF0000", "a"), ("Run", "#FF0000", "b"),
    ]  # fmt: skip
    assert [(row["name"], row["color"]) for row in rows(found, POINTS)] == [("Here", None)] * 2


def test_another_crs_is_carried_over(tmp_path):
    from osgeo import gdal

    path = tmp_path / "own.gpkg"
    shapes = {"type": "FeatureCollection", "features": [
        feature({"type": "Polygon", "coordinates": SQUARE}, NAME="Place"),
        feature({"type": "GeometryCollection", "geometries": [
            {"type": "MultiPoint", "coordinates": [[24.94, 60.17], [24.95, 60.17]]}]}, NAME="Two"),
    ]}  # fmt: skip
    source = tmp_path / "own.geojson"
    source.write_text(json.dumps(shapes), encoding="utf-8")
    gdal.VectorTranslate(str(path), str(source), dstSRS="EPSG:3067", format="GPKG", layerName="мой слой")
    found = read(path)
    assert [row["name"] for row in rows(found, AREAS)] == ["Place"]
    assert [row["name"] for row in rows(found, POINTS)] == ["Two", "Two"]
    assert found.box == pytest.approx((24.94, 60.17, 24.95, 60.18), abs=1e-7)
    # No coordinate is in any other place than lon/lat.
    assert bounds(found.rows[POINTS.name].blobs[0])[2] == pytest.approx(60.17)


def test_simplestyle_is_heeded_and_what_is_no_colour_is_not(tmp_path):
    line, spot = {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, {"type": "Point", "coordinates": [1, 1]}
    found = read(json.dumps({"type": "FeatureCollection", "features": [
        feature(line, title="A", stroke="#f00", **{"stroke-width": 4}),
        feature(line, stroke="red'; DROP TABLE", **{"stroke-width": "1e999"}),
        feature(spot, title="B", **{"marker-color": "00ff00", "marker-size": "large"}),
        feature({"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]},
                fill="#0000FF", **{"fill-opacity": 7}),
    ]}))  # fmt: skip
    plain, hostile = rows(found, LINES)
    assert (plain["color"], plain["width"]) == ("#FF0000", 1.4)
    assert (hostile["color"], hostile["width"], hostile["name"]) == (None, None, None)
    assert (rows(found, POINTS)[0]["color"], rows(found, POINTS)[0]["size"]) == ("#00FF00", 3.6)
    assert (rows(found, AREAS)[0]["fill"], rows(found, AREAS)[0]["opacity"]) == ("#0000FF", 1.0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.gpx", "no XML at all", "a.gpx cannot be read as GPX, GeoJSON, GeoPackage, KML or KMZ"),
        ("a.gpx", GPX[: GPX.index("</trkseg>")], "a.gpx (is damaged|cannot be read)"),
        ("a.gpx", GPX[: GPX.index("<wpt")] + "</gpx>", "a.gpx has no points, lines or areas"),
        ("a.csv", "name,x,y\na,1,2\n", "a.csv cannot be read as GPX"),
        ("a.vrt", "<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>", "a.vrt cannot be read as GPX"),
        # Nothing of it is on earth.
        ("a.geojson", '{"type": "Point", "coordinates": [400, 1]}', "a.geojson has no points"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RequestError, match=sentence) as error:
        read(path)
    assert error.value.field == "overlay"
    assert "\n" not in error.value.text


def test_a_bow_is_mended_and_nothing_is_no_line():
    bow = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    still = {"type": "LineString", "coordinates": [[1, 1], [1, 1]]}
    found = read(json.dumps({"type": "FeatureCollection", "features": [
        feature({"type": "Polygon", "coordinates": bow}, name="bow"), feature(still, name="still")]}))  # fmt: skip
    assert list(found.rows) == [AREAS.name]
    assert found.rows[AREAS.name].geometries[0].IsValid()
