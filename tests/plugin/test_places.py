"""Places looked up at Nominatim, here a server of this machine, and how an area becomes a file."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

HELSINKI = {
    "place_id": 1, "display_name": "Helsinki, Finland", "lat": "60.1674881", "lon": "24.9427473",
    "class": "boundary", "type": "administrative", "importance": 0.8, "boundingbox": ["59.9", "60.3", "24.78", "25.26"],
}  # fmt: skip


@pytest.fixture
def nominatim(qgis):
    """A server that knows one place; `asked` holds each query with who asked, `status` what it answers."""
    from qgis.core import QgsSettings

    from osm2cdr.osm2cdr_plugin.panel.place_search import NOMINATIM_SETTING

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            query = parse_qs(urlsplit(self.path).query)
            server.asked.append((query, self.headers["User-Agent"]))
            body = json.dumps([HELSINKI] if "Helsinki" in query["q"][0] else []).encode()
            self.send_response(server.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    QgsSettings().setValue(NOMINATIM_SETTING, f"http://127.0.0.1:{server.server_port}/search")
    yield server
    QgsSettings().remove(NOMINATIM_SETTING)
    server.shutdown()
    server.server_close()


def test_a_place_is_asked_for_once_by_who_says_who_it_is(nominatim):
    from osm2cdr.osm2cdr_plugin.panel.place_search import _Search

    for _ in range(2):
        search = _Search("Helsinki", "")
        assert search.run(), search.fault
        assert [(place.title, place.box) for place in search.places] == [
            ("Helsinki, Finland", pytest.approx((24.78, 59.9, 25.26, 60.3)))
        ]
    # The same is not asked twice, and the rules want to know who asks.
    assert len(nominatim.asked) == 1
    query, agent = nominatim.asked[0]
    assert query["q"] == ["Helsinki"]
    assert "QGIS" in agent


def test_what_is_unknown_or_refused_is_said(nominatim):
    from osm2cdr.osm2cdr_plugin.panel.place_search import _Search

    search = _Search("Nowhere at all", "")
    assert search.run()
    assert search.places == []
    nominatim.status = 429
    search = _Search("Helsinki again", "")
    assert not search.run()
    assert search.fault.startswith("The search failed: ")


def test_an_area_is_the_same_in_every_crs(qgis):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle

    from osm2cdr.osm2cdr_plugin.maptools import places

    box = QgsGeometry.fromRect(QgsRectangle(24.93, 60.16, 24.95, 60.17))
    assert places.is_box(box)
    km2 = places.km2_of(box)
    for name, is_box in (("EPSG:3857", True), ("EPSG:3067", False)):
        there = places.from_degrees(box, QgsCoordinateReferenceSystem(name))
        back = places.in_degrees(there, QgsCoordinateReferenceSystem(name))
        assert places.km2_of(back) == pytest.approx(km2, rel=1e-6)
        drawn = QgsGeometry.fromRect(there.boundingBox())
        assert places.is_box(places.in_degrees(drawn, QgsCoordinateReferenceSystem(name))) is is_box
    assert places.in_degrees(box, QgsCoordinateReferenceSystem()) is None
    # One that crosses itself is two.
    bow = QgsGeometry.fromWkt("POLYGON((0 0, 0.02 0.02, 0.02 0, 0 0.02, 0 0))")
    mended = places.in_degrees(bow, QgsCoordinateReferenceSystem("EPSG:4326"))
    assert mended.isMultipart()
    assert places.km2_of(mended) > 2


def test_the_shape_of_a_layer_is_that_of_its_selection(qgis):
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer

    from osm2cdr.osm2cdr_plugin.maptools import places

    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "two", "memory")
    for west in (24.0, 25.0):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(west, 60, west + 0.5, 60.5)))
        layer.dataProvider().addFeature(feature)
    assert places.of_layer(layer).boundingBox() == QgsRectangle(24, 60, 25.5, 60.5)
    layer.selectByIds([1])
    assert places.of_layer(layer).boundingBox() == QgsRectangle(24, 60, 24.5, 60.5)


def test_an_area_is_kept_as_algorithms_take_it(qgis, monkeypatch, tmp_path):
    from qgis.core import QgsApplication, QgsGeometry, QgsVectorLayer

    from osm2cdr.osm2cdr_plugin.maptools import places

    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path))
    triangle = QgsGeometry.fromWkt("POLYGON((24.94 60.16, 24.95 60.16, 24.95 60.17, 24.94 60.16))")
    path = places.kept(triangle)
    assert places.kept(QgsGeometry(triangle)) == path
    layer = QgsVectorLayer(str(path), "area", "ogr")
    assert layer.crs().authid() == "EPSG:4326"
    assert [feature.geometry().asWkt(2) for feature in layer.getFeatures()] == [triangle.asWkt(2)]
