"""Every page in Russian, also where something went wrong or is there to be seen; and what codes say to people."""

import ast
import re

import pytest
from english import remains

from areas import ROOT
from osm2cdr.processing_provider.cartography.themes.loading import FOLDER as THEMES
from osm2cdr.server.website.faults import _by_code
from osm2cdr.server.website.routes import ROUTES
from osm2cdr.server.website.texts import speaker, translations
from server_jobs import until

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
STYLES = [path.stem for path in THEMES.glob("*.json")]
# What only programs are told, which call the API by a key, or speak HTTP of their own.
OF_PROGRAMS = {
    "bad_before", "bad_content_type", "bad_encoding", "bad_http", "bad_idempotency_key", "bad_json", "bad_key",
    "bad_limit", "bad_range", "bad_state", "bad_text", "changed", "conflict", "format_twice",
    "idempotency_key_reused", "lease_lost", "no_format", "no_map", "no_place", "not_ready",
}  # fmt: skip
MAKERS = {"ApiError": 1, "unavailable": 0, "Failure": 0}


def russian(visitor, path, *allowed):
    """A page has nothing that is English."""
    text = visitor.get(path)[2]
    assert '<html lang="ru">' in text, path
    assert remains(text, *allowed, *STYLES) == [], path


@pytest.fixture(scope="module")
def operator(server):
    server.account("op@example.org", "--tier", "pro")
    server.launcher("accounts", "operator", "op@example.org")
    visitor = server.visitor("op@example.org", "ru")
    visitor.get("/account/api")
    visitor.send("/account/api/create", name="", render=1, read=1)
    visitor.get("/export")
    for name, ending in (("good", "completed"), ("throw", "failed"), ("bad", "failed")):
        task = visitor.call("POST", "/site/render", {"bbox": SMALL, "formats": ["svg"], "config": {"name": name}})[1]
        until(lambda at=f"/site/tasks/{task['task_id']}", end=ending: visitor.call("GET", at)[1]["state"] == end)
    yield visitor
    server.launcher("accounts", "operator", "op@example.org", "--off")


_SHOWN = re.compile(r"/(account|operator|export|formats|styles|status|terms|reference)[\w/-]*")
PAGES = sorted(path for method, path, _ in ROUTES if method == "GET" and _SHOWN.fullmatch(path))
WRONG = (
    ("register", {"email": "x"}), ("register", {"email": "x@example.org", "password": "short"}),
    ("register", {"email": "x@example.org", "password": "password123"}),
    ("sign-in", {"email": "x@example.org", "password": "x"}), ("forgot", {"email": "x"}),
)  # fmt: skip
WRONG_INSIDE = (
    ("api/create", {"name": "x"}), ("settings/delete", {"password": "x"}), ("settings/password", {"new": "short"}),
    ("settings/password", {"password": "x"}),
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_english_in_it(server, operator, path):
    if path in ("/account/sign-in", "/account/register", "/account/forgot", "/account/confirm", "/account/password"):
        russian(server.visitor(language="ru"), path)
    else:
        russian(operator, path, "good", "throw", "bad", "op", "somebody", "customer", "former", "operator")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/account/sign-in?notice={word}" for word in ("confirmed", "password", "everywhere", "deleted", "denied",
          "late", "failed", "unreachable", "unverified", "closed")),
        "/account/with/nobody", "/operator", "/account/confirm?letter=x",
    ],
)  # fmt: skip
def test_what_went_wrong_is_no_english(server, path):
    russian(server.visitor(language="ru"), path)


def test_forms_say_what_is_wrong_without_english(server, operator):
    stranger = server.visitor(language="ru")
    for path, fields in WRONG:
        stranger.get(f"/account/{path}")
        assert remains(stranger.send(f"/account/{path}", **fields)[2]) == [], (path, fields)
    for path, fields in WRONG_INSIDE:
        operator.get("/account/settings")
        assert remains(operator.send(f"/account/{path}", **fields)[2], "op") == [], (path, fields)


def codes():
    """The words that our code tells faults by, where they stand as they are."""
    found = {}
    for path in sorted((ROOT / "server").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = MAKERS.get(getattr(node.func, "id", ""), 99)
                if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    found.setdefault(node.args[place].value, str(path.relative_to(ROOT)))
    return found


def test_every_code_has_words_for_people_or_is_of_programs():
    known, found = _by_code(speaker("ru")), codes()
    assert len(found) > 40
    assert {code: path for code, path in found.items() if code not in known and code not in OF_PROGRAMS} == {}
    assert [code for code in OF_PROGRAMS if code not in found or code in known] == []
    assert [code for code, text in known.items() if text == _by_code(speaker("en"))[code]] == []


def test_what_is_noted_for_later_is_translated():
    from osm2cdr.server.website.reference_words import _SAID

    assert [text for text in _SAID if text not in translations("ru", "website")] == []
