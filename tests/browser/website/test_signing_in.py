"""Somebody gets an account in Chromium: by a letter, and by services that ask first, or say nothing good of them."""

import pytest
from site_pages import EMAIL, PASSWORD, fill, push, sign_in, told

pytestmark = pytest.mark.browser
NAMES = {"google": "Google", "github": "GitHub"}


@pytest.fixture
def service(services):
    services.reset()
    services.asks = True
    return services


def path(page):
    """Where the browser is."""
    return page.run("location.pathname + location.search")


def asked(page, service, way):
    """Press the button of a service; it asks whether one agrees."""
    push(page, f'a[href^="/account/with/{way}"]')
    assert page.run("[location.origin, document.title]") == [service.url, "Do you agree?"]


@pytest.mark.parametrize("way", NAMES)
def test_a_service_is_asked_and_believed_in_what_it_has_verified(page, server, service, way):
    page.open(f"{server.url}/account/tasks?lang=en")
    assert path(page) == "/account/sign-in?next=/account/tasks"
    assert told(page, f'a[href^="/account/with/{way}"]') == f"Go on with {NAMES[way]}"
    asked(page, service, way)
    push(page, "#deny")
    assert "You did not allow it there" in told(page, "[role=alert]")
    # An account that there is, of somebody else for all that is known.
    service.says(4000, EMAIL, verified=False)
    asked(page, service, way)
    push(page, "#allow")
    assert "has not verified your e-mail address" in told(page, "[role=alert]")
    service.says(4000, EMAIL)
    asked(page, service, way)
    used = page.run("document.getElementById('allow').href")
    push(page, "#allow")
    # Where they wanted to go at first.
    assert path(page) == "/account/tasks"
    page.open(f"{server.url}/account")
    assert told(page, "main > .note") == EMAIL
    page.open(f"{server.url}/account/settings")
    assert f"linked with {NAMES[way]}" in told(page, "main")
    push(page, 'form[action="/account/sign-out"] button')
    # What led in once leads in no more: somebody may have looked over the shoulder.
    page.open(used)
    assert "took too long, or began in another browser" in told(page, "[role=alert]")
    assert page.faults() == []


def test_somebody_new_comes_in_by_a_service(page, server, service):
    service.says(4100, "new@example.org")
    page.open(f"{server.url}/account/sign-in?lang=ru&next=/account/api")
    asked(page, service, "google")
    push(page, "#allow")
    assert path(page) == "/account/api"
    push(page, "form[action$=create] button")
    status, me = server.get("/api/me", told(page, "#new-key"))
    assert (status, me["email"], me["tier"]) == (200, "new@example.org", "free")


def test_somebody_registers_by_a_letter(page, server, post):
    page.open(f"{server.url}/account/register?lang=en")
    fill(page, email="letter@example.org", password="known")
    # The browser itself says that it is too short.
    assert not page.run("document.querySelector('main form').reportValidity()")
    fill(page, password=PASSWORD)
    letters = len(post.letters)
    push(page, "main form button")
    assert "Look into your mail" in told(page, "[role=status]")
    page.open(f"{server.url}{post.link(letters)}")
    push(page, "main form button")
    assert "Your address is confirmed" in told(page, "[role=status]")
    sign_in(page, "letter@example.org", "not the password")
    assert "not right" in told(page, "[role=alert]")
    sign_in(page, "letter@example.org")
    assert told(page, "main > .note") == "letter@example.org"
    assert page.faults() == []
    # The letter is used up.
    page.open(f"{server.url}{post.link(letters)}")
    assert "was used already" in told(page, "[role=alert]")
