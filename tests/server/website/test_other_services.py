"""Sign in by another service: who gets in, as whom, and who does not."""

import asyncio
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest
from joserfc.jwk import RSAKey
from signing_services import Service

from osm2cdr.server.settings import SettingsError, from_environment
from ports import free_port

PASSWORD = "correct horse battery"
WAYS = ("google", "github")
_DEEDS = "SELECT kind, detail FROM deed JOIN account a ON a.id = account_id WHERE email = ? ORDER BY deed.id"


@pytest.fixture(autouse=True)
def service(services):
    services.reset()
    return services


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def agreed(address):
    """Where the service leads whoever agrees."""
    try:
        urllib.request.build_opener(_Stay).open(address, timeout=60).close()
    except urllib.error.HTTPError as error:
        return error.headers["Location"]
    raise AssertionError("it leads nowhere")


def away(visitor, way, after=""):
    """Where the website leads whoever wants to sign in that way."""
    visitor.get("/account/sign-in")
    status, headers, _ = visitor.get(f"/account/with/{way}{after and f'?next={after}'}")
    assert status == 303
    return headers["Location"]


def came_back(server, visitor, way, after=""):
    """The path that somebody is led to in the end."""
    back = agreed(away(visitor, way, after))
    assert back.startswith(server.url)
    status, headers, _ = visitor.get(back.removeprefix(server.url))
    assert status == 303
    return headers["Location"]


def whose(visitor):
    """The address of who is signed in."""
    status, _, text = visitor.get("/account")
    return re.search(r'<p class="note">([^<]+)</p>', text)[1] if status == 200 else None


@pytest.mark.parametrize("way", WAYS)
def test_a_new_person_gets_an_account_and_finds_it_again(server, service, way):
    service.says(100, f"new-{way}@example.org")
    visitor = server.visitor()
    planted = (visitor.get("/export"), visitor.word())[1]
    assert came_back(server, visitor, way, "/account/api") == "/account/api"
    assert visitor.word() != planted
    assert whose(visitor) == f"new-{way}@example.org"
    # The address may change there, or be verified no more: it is the same person.
    service.says(100, "elsewhere@example.org", verified=False)
    again = server.visitor()
    assert came_back(server, again, way) == "/account"
    assert whose(again) == f"new-{way}@example.org"
    rows = server.rows(_DEEDS, f"new-{way}@example.org")
    name = {"google": "Google", "github": "GitHub"}[way]
    assert rows == [("registered", name), ("sign_in", name), ("sign_in", name)]
    assert server.rows("SELECT count(*) FROM errand") == [(0,)]


def test_an_account_that_there_is_is_linked_by_a_verified_address_alone(server, service):
    address = "linked@example.org"
    server.account(address, "--tier", "basic")
    for way in WAYS:
        service.says(200, address, verified=False)
        visitor = server.visitor()
        assert came_back(server, visitor, way) == "/account/sign-in?notice=unverified"
        assert whose(visitor) is None
        service.says(200, address.upper())
        assert came_back(server, visitor, way) == "/account"
        assert whose(visitor) == address
        assert "Tier Basic" in visitor.get("/account")[2]
    assert server.visitor(address), "the password is what it was"
    text = visitor.get("/account/settings")[2]
    assert "linked with Google" in text
    assert text.count('name="provider"') == 2
    assert visitor.send("/account/settings/unlink", provider="google")[1]["Location"].endswith("unlinked")
    assert server.rows("SELECT provider FROM identity i JOIN account a ON a.id = account_id WHERE a.email = ?",
                       address) == [("github",)]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_who_does_not_agree_is_nobody(server, service, way):
    visitor = server.visitor()
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(away(visitor, way)).query))
    path = f"/account/with/{way}/back?error=access_denied&state={query['state']}"
    assert visitor.get(path)[1]["Location"] == "/account/sign-in?notice=denied"
    assert "You did not allow it there" in visitor.get("/account/sign-in?notice=denied")[2]
    assert whose(visitor) is None
    # What was sent along is used up.
    assert visitor.get(path)[1]["Location"] == "/account/sign-in?notice=late"


@pytest.mark.parametrize("way", WAYS)
def test_a_state_is_one_browser_s_once_and_not_for_long(server, service, way):
    service.says(300, f"state-{way}@example.org")
    mine, evil = server.visitor(), server.visitor()
    back = agreed(away(mine, way)).removeprefix(server.url)
    other = "github" if way == "google" else "google"
    late = "/account/sign-in?notice=late"
    assert mine.get(re.sub("state=[^&]+", "state=guessed", back))[1]["Location"] == late
    assert mine.get(re.sub("&?state=[^&]+", "", back))[1]["Location"] == late
    # Somebody else's code in a link: the browser did not begin it. And it is used up.
    evil.get("/export")
    assert evil.get(back)[1]["Location"] == late
    assert mine.get(back)[1]["Location"] == late
    back = agreed(away(mine, way)).removeprefix(server.url)
    assert mine.get(back.replace(f"/{way}/", f"/{other}/"))[1]["Location"] == late
    back = agreed(away(mine, way)).removeprefix(server.url)
    server.change("UPDATE errand SET sent = sent - 601")
    assert mine.get(back)[1]["Location"] == late
    assert whose(mine) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_code_is_worth_something_once(server, service, way):
    service.says(400, f"code-{way}@example.org")
    visitor = server.visitor()
    back = agreed(away(visitor, way)).removeprefix(server.url)
    code = re.search("code=([^&]+)", back)[1]
    assert visitor.get(back)[1]["Location"] == "/account"
    visitor.send("/account/sign-out")
    thief = server.visitor()
    fresh = agreed(away(thief, way)).removeprefix(server.url)
    for bad in (code, "guessed", "", "a%0ab"):
        found = thief.get(re.sub("code=[^&]+", f"code={bad}", fresh))
        assert found[1]["Location"] in ("/account/sign-in?notice=failed", "/account/sign-in?notice=late")
        fresh = agreed(away(thief, way)).removeprefix(server.url)
    # A code that was given to another browser's beginning, put into one's own: PKCE.
    stolen = re.search("code=([^&]+)", agreed(away(server.visitor(), way)))[1]
    assert thief.get(re.sub("code=[^&]+", f"code={stolen}", fresh))[1]["Location"].endswith("notice=failed")
    assert whose(thief) is None


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another client"}, {"aud": ["another client"], "azp": "the client"}, {"iss": "https://evil.example"},
     {"nonce": "of another time"}, {"nonce": None}, {"exp": 1_000_000_000}, {"sub": None}],
)  # fmt: skip
def test_a_token_of_somebody_else_is_none(server, service, claims):
    service.says(500, "token@example.org")
    service.claims.update(claims)
    visitor = server.visitor()
    assert came_back(server, visitor, "google") == "/account/sign-in?notice=failed"
    assert whose(visitor) is None


def test_a_token_that_another_key_signed_is_none(server, service):
    service.says(600, "forged@example.org")
    service.signing_key = RSAKey.generate_key(2048, {"kid": service.key.kid})
    visitor = server.visitor()
    assert came_back(server, visitor, "google") == "/account/sign-in?notice=failed"
    assert whose(visitor) is None
    assert server.rows("SELECT count(*) FROM account WHERE email = 'forged@example.org'") == [(0,)]


def test_a_closed_account_and_an_odd_address_stay_out(server, service):
    service.says(700, "closed@example.org")
    assert came_back(server, server.visitor(), "github") == "/account"
    server.launcher("accounts", "disable", "closed@example.org")
    assert came_back(server, server.visitor(), "github") == "/account/sign-in?notice=closed"
    for odd in ("a\r\nBcc: b@example.org", "no address", "", "x@" + "y" * 300):
        service.says(701, odd)
        assert came_back(server, server.visitor(), "github") == "/account/sign-in?notice=unverified"


def test_who_has_no_password_chooses_one_or_goes(server, service):
    service.says(800, "alone@example.org")
    visitor = server.visitor()
    came_back(server, visitor, "google")
    text = visitor.get("/account/settings")[2]
    assert "Present password" not in text
    assert visitor.send("/account/settings/unlink", provider="google")[0] == 400, "nobody could sign in then"
    server.change("UPDATE session SET created = created - 1000")
    assert visitor.send("/account/settings/delete")[0] == 400
    assert visitor.send("/account/settings/password", new=PASSWORD)[0] == 400
    assert visitor.get("/account/with/google")[1]["Location"] == "/account", "who is in already stays"
    visitor.send("/account/sign-out")
    came_back(server, visitor, "google")
    visitor.get("/account/settings")
    assert visitor.send("/account/settings/password", new=PASSWORD)[0] == 303
    assert "Present password" in visitor.get("/account/settings")[2]
    assert visitor.send("/account/settings/unlink", provider="google")[0] == 303
    service.says(801, "leaving@example.org")
    visitor = server.visitor()
    came_back(server, visitor, "github")
    visitor.get("/account/settings")
    assert visitor.send("/account/settings/delete")[0] == 303
    assert server.rows("SELECT count(*) FROM identity WHERE email = 'leaving@example.org'") == [(0,)]


def test_what_is_not_set_up_is_not_there(server, service):
    visitor = server.visitor()
    text = visitor.get("/account/sign-in?next=/account/tasks")[2]
    assert re.findall('href="(/account/with/[^"]+)"', text) == [
        f"/account/with/{way}?next=/account/tasks" for way in WAYS
    ]
    assert visitor.get("/account/with/facebook")[0] == visitor.get("/account/with/facebook/back")[0] == 404
    for bad in ("//evil.example", "https://evil.example"):
        service.says(900, "inside@example.org")
        assert came_back(server, server.visitor(), "google", bad) == "/account"


def test_a_service_that_is_away_or_another_is_none(service):
    from osm2cdr.server.provider_settings import Provider
    from osm2cdr.server.website.providers import ProviderError, authorization

    def ask(url):
        return asyncio.run(authorization(Provider("google", "Google", "x", "y", url), "https://me/back", "s", "v", "n"))

    with pytest.raises(ProviderError, match="Connect"):
        ask(f"http://127.0.0.1:{free_port()}")
    with Service() as other:
        other.issuer = service.url
        with pytest.raises(ProviderError, match="issuer"):
            ask(other.url)
        other.shutdown()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("GOOGLE_SECRET", {"GOOGLE_ID": "x", "BASE_URL": "https://maps.example.org"}),
        ("GITHUB_ID", {"GITHUB_SECRET": "x", "BASE_URL": "https://maps.example.org"}),
        ("BASE_URL", {"GITHUB_ID": "x", "GITHUB_SECRET": "x"}),
        ("GOOGLE_ISSUER", {"GOOGLE_ISSUER": "http://accounts.example.org"}),
        ("GITHUB_API", {"GITHUB_API": "github"}),
    ],
)
def test_settings_that_cannot_be_are_named(name, more):
    with pytest.raises(SettingsError, match=f"OSM2CDR_{name}"):
        from_environment({f"OSM2CDR_{word}": value for word, value in more.items()})
    assert from_environment({}).providers == ()
