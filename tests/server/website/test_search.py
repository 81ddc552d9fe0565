"""The search of places on the export page: the server's own data, in the language of the page, for everybody."""

import pytest

from areas import SAMPLE
from osm2cdr.server.domain.places import Place
from osm2cdr.server.sources import file_state
from osm2cdr.server.store.opening import keep_places

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module", autouse=True)
def places(server):
    """As if the store of the sample were there."""
    tower = Place("Tuomiokirkko", "worship", "Helsinki", {"ru": "Кафедральный собор"}, (24.95, 60.17, 24.95, 60.17))
    evil = Place(EVIL, "street", EVIL, {}, (24.94, 60.17, 24.95, 60.18))
    rows = [(tower, ["Tuomiokirkko", "Кафедральный собор", "Cathedral"]), (evil, [EVIL, "evil"])]
    keep_places(server.data / "places", file_state(str(SAMPLE)), rows)


def found(visitor, words, **more):
    status, body = visitor.call("GET", f"/site/places?q={words}", **more)
    assert status == 200, body
    return body["places"]


def test_a_place_is_told_in_the_language_of_the_page(server):
    box = [24.95, 60.17, 24.95, 60.17]
    assert found(server.visitor(), "cathed") == [
        {"name": "Tuomiokirkko", "other": "", "kind": "worship", "what": "place of worship", "inside": "Helsinki",
         "box": box}
    ]  # fmt: skip
    russian = found(server.visitor(language="ru"), "tuomio")[0]
    assert (russian["name"], russian["other"], russian["what"]) == ("Кафедральный собор", "Tuomiokirkko", "храм")
    assert found(server.visitor(), "nowhere") == []
    assert found(server.visitor(), "") == []
    assert found(server.visitor(), "evil")[0]["name"] == EVIL


def test_a_search_is_no_way_to_ask_for_much(server):
    visitor = server.visitor()
    status, headers, _ = visitor.get("/site/places?q=x")
    assert status == 200
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Content-Type"].startswith("application/json")
    assert visitor.call("GET", f"/site/places?q={'a' * 201}")[0] == 400


def test_the_field_is_there_where_something_can_be_found(server):
    text = server.visitor().get("/export")[2]
    assert 'role="combobox"' in text
