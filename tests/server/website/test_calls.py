"""What the export page calls, as a guest and in another language, and that it is refused where guests are not."""

import json
import re

import pytest
from visiting import Visitor

from osm2cdr.server.settings import SettingsError, from_environment
from serving import StubServer

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
BODY = {"bbox": SMALL, "formats": ["svg"], "config": {"name": "good"}}


def known(text, name="known"):
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text)[1])


def test_a_guest_makes_a_map(server):
    visitor = server.visitor()
    text = visitor.get("/export")[2]
    page = known(text)
    assert (page["tier"], page["guest"]) == ("free", True)
    assert {"svg", "png", "geojson"} <= {row["id"] for row in known(text, "catalogue")}
    status, guess = visitor.call("POST", "/site/estimate", BODY)
    assert (status, guess["available"]) == (200, True)
    status, body = visitor.call("POST", "/site/render", BODY)
    assert status == 202, body
    status, headers, text = visitor.get(f"/site/tasks/{body['task_id']}/events")
    assert headers["Content-Type"] == "text/event-stream"
    told = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    assert told[-1]["status"] == "completed"
    assert [one["progress"] for one in told] == sorted(one["progress"] for one in told)
    assert told[-1] == visitor.call("GET", f"/site/tasks/{body['task_id']}")[1] | {"files": told[-1]["files"]}
    assert visitor.ask("GET", told[-1]["files"][0]["url"].removeprefix(server.url))[0] == 200
    refused = visitor.call("POST", "/site/render", {**BODY, "formats": ["dwg"]})
    assert (refused[0], refused[1]["code"]) == (402, "format_not_in_tier")


def test_the_pages_are_russian_where_the_browser_is(server):
    visitor = server.visitor(language="de, ru;q=0.9, en;q=0.5")
    text = visitor.get("/export")[2]
    assert '<html lang="ru">' in text
    assert "Сделать карту" in text
    said = json.loads(re.search(r'id="texts">(.*?)</script>', text)[1])
    assert len(said) > 40
    assert '<html lang="en">' in visitor.get("/export?lang=en")[2]
    assert '<html lang="en">' in visitor.get("/account/sign-in")[2], "what was chosen stays"


def test_no_guests_where_the_operator_wants_none(tmp_path):
    with StubServer(tmp_path / "data", WORKERS=1) as server:
        visitor = Visitor(server.url)
        text = visitor.get("/export")[2]
        assert known(text)["tier"] is None
        assert "Sign in to make maps" in text
        assert visitor.call("POST", "/site/render", BODY)[0] == 401
        assert visitor.call("POST", "/site/estimate", BODY)[0] == 401
        # Without mail nobody registers.
        assert "/account/register" not in visitor.get("/account/sign-in")[2]
        for path in ("/account/register", "/account/forgot", "/account/password", "/account/confirm"):
            assert visitor.get(path)[0] == 404
            assert visitor.send(path, email="a@example.org", password="correct horse battery")[0] == 404
        assert server.rows("SELECT count(*) FROM account WHERE guest IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("GUESTS", {"GUESTS": "gold"}),
        ("SMTP_TLS", {"SMTP_TLS": "maybe"}),
        ("SMTP_FROM", {"SMTP_HOST": "mail", "BASE_URL": "https://maps.example.org"}),
        ("BASE_URL", {"SMTP_HOST": "mail", "SMTP_FROM": "maps@example.org"}),
        ("SMTP_PORT", {"SMTP_PORT": "0"}),
    ],
)
def test_settings_that_cannot_be_are_named(name, more):
    with pytest.raises(SettingsError, match=f"OSM2CDR_{name}"):
        from_environment({f"OSM2CDR_{word}": value for word, value in more.items()})
