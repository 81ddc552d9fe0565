"""What strangers try on pages: forms of theirs, frames, scripts, cookies, and calls without a session."""

import gzip
import re
import urllib.request

import pytest

PASSWORD = "correct horse battery"
SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
PAGES = ("/export", "/account", "/account/api", "/account/tasks", "/account/settings", "/account/sign-in",
         "/account/register", "/account/forgot", "/account/password?letter=x", "/account/confirm?letter=x",
         "/formats", "/styles", "/status", "/terms", "/reference")  # fmt: skip


@pytest.fixture(scope="module")
def signed(server, somebody):
    return server.visitor(somebody)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_guarded_and_credits_openstreetmap(server, signed, path):
    for visitor in (signed, server.visitor()):
        status, headers, text = visitor.get(path)
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
        if status != 303:
            assert "© OpenStreetMap contributors" in text
            # Nothing that the policy would have to allow, and nothing of another server.
            assert not re.search(r"<script(?![^>]*(src=\"/static|type=\"application/json\"))", text)
            assert not re.search(r"\son\w+=|\sstyle=|javascript:", text)
            assert set(re.findall(r'(?:src|action)="(https?:[^"]*)"', text)) == set()


def test_a_form_of_another_page_does_nothing(server, somebody):
    visitor = server.visitor(somebody)
    visitor.get("/account/api")
    before = server.rows("SELECT count(*) FROM api_key")
    evil = {"Origin": "https://evil.example"}
    other = server.visitor()
    other.get("/export")
    for proof, headers in (("", {}), ("0" * 40, {}), (other.proof, {}), (None, evil), (None, {"Origin": "null"})):
        status, _, text = visitor.send("/account/api/create", proof, headers, name="x")
        assert status == 403
        assert "not sent from here" in text
    assert server.rows("SELECT count(*) FROM api_key") == before
    for path in ("/account/sign-out", "/account/settings/delete", "/account/settings/everywhere", "/account/sign-in"):
        assert visitor.send(path, "", password=PASSWORD, email=somebody)[0] == 403
    body = {"bbox": SMALL, "formats": ["svg"]}
    assert visitor.call("POST", "/site/render", body, X_CSRF_Token="")[0] == 403
    assert visitor.call("POST", "/site/render", body, Origin="https://evil.example")[0] == 403
    assert visitor.call("DELETE", f"/site/tasks/{'0' * 32}", X_CSRF_Token="0")[0] == 403
    assert visitor.get("/account")[0] == 200
    assert visitor.ask("POST", "/account/sign-out", b"{}", Content_Type="text/plain")[0] == 415


def test_the_cookie_is_for_the_server_alone(server, somebody):
    visitor = server.visitor()
    _, headers, _ = visitor.get("/account/sign-in")
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    marks = [row[0] for row in server.rows("SELECT mark FROM session")]
    assert all(len(mark) == 32 and visitor.word().encode() not in mark for mark in marks)


def test_the_api_takes_no_session(server, somebody):
    """A page of another origin may call the API, and its cookies would come along."""
    visitor = server.visitor(somebody)
    visitor.get("/export")
    assert visitor.call("GET", "/api/me")[0] == 401
    assert visitor.call("GET", "/api/tasks")[0] == 401
    assert visitor.call("POST", "/api/render", {"bbox": SMALL, "formats": ["svg"]})[0] == 401


def test_scripts_and_sheets_come_packed_to_who_takes_that(server):
    visitor = server.visitor()
    path = re.search(r'href="(/static/[^"]+maplibre-gl.js)"', visitor.get("/export")[2])[1]
    found = {}
    for word in ("gzip, deflate, br", "gzip;q=0.5", "gzip;q=0, br", "identity", ""):
        request = urllib.request.Request(server.url + path, headers={"Accept-Encoding": word})
        with urllib.request.urlopen(request, timeout=60) as answer:
            found[word] = answer.headers["Content-Encoding"], answer.headers["Vary"], answer.read()
    assert [encoding for encoding, _, _ in found.values()] == ["gzip", "gzip", None, None, None]
    assert {vary for _, vary, _ in found.values()} == {"Accept-Encoding"}
    plain = {gzip.decompress(body) if encoding else body for encoding, _, body in found.values()}
    assert len(plain) == 1
    assert len(found["identity"][2]) > 3 * len(found["gzip;q=0.5"][2])


def test_only_files_of_ours_are_handed_out(server):
    visitor = server.visitor()
    text = visitor.get("/export")[2]
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    assert len(found) > 15
    for path in found:
        status, headers, _ = visitor.ask("HEAD", path) if path.endswith((".webp", ".jpg")) else visitor.get(path)
        assert status in (200, 405), path
        if status == 200:
            assert "immutable" in headers["Cache-Control"]
    for path in ("/static/x/..%2froutes.py", "/static/x/routes.py", "/static/x/%2e%2e", "/site/maps/x/style.json",
                 f"/site/maps/{'0' * 64}/../secret", f"/site/maps/{'0' * 64}/12/1/1.pbf",
                 "/site/map/..%2fx"):  # fmt: skip
        assert visitor.get(path)[0] == 404, path


def test_the_first_page_is_light(server):
    """Without the library of maps, and without the pictures that come when they are looked at."""
    visitor = server.visitor()
    text = visitor.get("/export")[2]
    size = len(text.encode())
    for path in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js))"', text):
        if "maplibre" not in path:
            size += len(visitor.get(path)[2].encode())
    assert size < 120_000
    # The form does not wait for the library: its script asks for it once the page is painted.
    scripts = re.findall(r"<script[^>]* src=[^>]*>", text)
    assert scripts == re.findall(r'<script type="module" src=[^>]*export.js">', text)
    assert re.search(r'<link rel="preload" as="script" fetchpriority="low" href="[^"]+maplibre-gl.js">', text)
    pictures = re.findall(r"<img[^>]*look-[^>]*>", text)
    assert len(pictures) > 15
    assert all('loading="lazy"' in one and 'width="' in one and 'height="' in one for one in pictures)
