"""What strangers are known to try on websites, as far as test_guard_pages.py and its neighbours do not."""

import re
from types import SimpleNamespace

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from areas import ROOT

PASSWORD = "correct horse battery"
SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
EVIL = "<img src=x onerror=alert(1)>"


def test_who_tries_many_accounts_from_one_place_waits_and_others_do_not(server, somebody):
    """Going to another service counts as well, and takes no time here."""
    visitor = server.visitor()
    visitor.get("/account/sign-in")
    codes = [visitor.get("/account/with/github")[0] for _ in range(61)]
    assert codes == [303] * 60 + [429]
    status, headers, text = visitor.sign_in(somebody, PASSWORD)
    assert status == 429
    assert int(headers["Retry-After"]) > 0
    assert "too many attempts" in text
    assert server.visitor().sign_in(somebody, PASSWORD)[0] == 303
    server.change("DELETE FROM errand")


def test_registering_tells_nobody_of_accounts(server, somebody, post):
    answers, first = [], len(post.letters)
    for address in (somebody, "unknown@example.org"):
        visitor = server.visitor()
        visitor.get("/account/register")
        status, headers, text = visitor.send("/account/register", email=address, password=PASSWORD)
        names = sorted(name for name in headers if name not in ("Date", "X-Request-Id", "Content-Length"))
        answers.append((status, names, text.replace(address, "-").replace(visitor.proof, "-")))
    assert answers[0] == answers[1]
    assert {post.letter(first)["To"], post.letter(first + 1)["To"]} == {somebody, "unknown@example.org"}


@pytest.mark.parametrize(
    "address",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org\nSubject: x", "a@example.org, b@example.org",
     "a@example.org%0aBcc: b@example.org", "a@exa\u2028mple.org", "\u202ea@example.org", "a@" + "b" * 300],
)  # fmt: skip
def test_an_address_adds_nothing_to_a_letter(server, post, address):
    visitor, before = server.visitor(), len(post.letters)
    for path in ("/account/register", "/account/forgot"):
        visitor.get(path)
        visitor.send(path, email=address, password=PASSWORD)
    # One that does go out goes out behind all that was asked for before it.
    visitor.get("/account/register")
    mark = f"m{before}@example.org"
    visitor.send("/account/register", email=mark, password=PASSWORD)
    assert post.letter(before)["To"] == mark
    assert not post.letter(before)["Bcc"]


def test_a_letter_leads_here_whatever_the_call_says(server, post):
    visitor, before = server.visitor(), len(post.letters)
    visitor.get("/account/register")
    headers = {"X_Forwarded_Host": "evil.example", "Forwarded": "host=evil.example"}
    visitor.send("/account/register", headers=headers, email="host@example.org", password=PASSWORD)
    assert f"{server.url}/account/confirm?letter=" in post.letter(before).get_content()
    assert "evil" not in post.letter(before).as_string()


def test_a_header_with_two_lines_is_no_letter():
    from osm2cdr.server.settings import Settings
    from osm2cdr.server.website.mail import message

    settings = Settings(ROOT, smtp_from="maps@example.org")
    with pytest.raises(ValueError, match="line"):
        message(settings, "a@example.org\nBcc: b@example.org", "reset", "https://x", "en")
    assert str(message(settings, "a@b.c", "reset", "https://x", "en")["To"]) == "a@b.c"


@pytest.mark.parametrize(("base", "name"), [("https://maps.example", "__Host-osm2cdr"), ("", "osm2cdr_session")])
def test_by_tls_the_cookie_belongs_to_this_host_and_to_tls(base, name):
    from osm2cdr.server.api.state import STATE
    from osm2cdr.server.website.visitors import give_word, take_word

    app = web.Application()
    app[STATE] = SimpleNamespace(settings=SimpleNamespace(base_url=base, proxies=()))
    request = make_mocked_request("GET", "/account", app=app)
    for act in (lambda response: give_word(request, response, "word"), lambda response: take_word(request, response)):
        response = web.Response()
        act(response)
        cookie = response.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
        assert (bool(cookie["secure"]), cookie["domain"]) == (bool(base), "")


def test_nobody_frames_a_page_and_answers_of_forms_are_guarded_too(server, somebody):
    visitor = server.visitor(somebody)
    visitor.get("/account/api")
    answers = [visitor.get("/account"), visitor.get("/account/nothing"), visitor.send("/account/api/create", name="x"),
               visitor.send("/account/api/create", "0", name="x"), visitor.get("/account/with/google"),
               visitor.get("/operator")]  # fmt: skip
    for status, headers, _ in answers[:1] + answers[2:]:
        assert headers["X-Frame-Options"] == "DENY", status
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_titles_and_names_of_tasks_are_no_pages(server, somebody):
    visitor = server.visitor(somebody)
    visitor.get("/export")
    config = {"name": "good", "title": EVIL}
    status, body = visitor.call("POST", "/site/render", {"bbox": SMALL, "formats": ["svg"], "config": config})
    assert status == 202, body
    for path in ("/account/tasks", "/account", f"/export?title={EVIL.replace(' ', '%20')}&style={EVIL.split()[0]}"):
        text = visitor.get(path)[2]
        assert "<img src=x" not in text
    assert not re.search("<img src=x", visitor.get(f"/site/tasks/{body['task_id']}/events")[2].split("data:")[0])


def test_scripts_write_texts_and_never_pages():
    """What a place, a file or a task is called becomes text on a page by no way that could make it markup."""
    folder = ROOT / "server" / "website" / "static"
    scripts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.js"))}
    assert len(scripts) > 5
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML"):
        assert [name for name, text in scripts.items() if word in text] == []
