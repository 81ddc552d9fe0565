"""One server with QGIS for all tests of the website in Chromium, with guests, mail, and services to sign in by."""

import subprocess

import pytest
from signing_services import Service
from site_pages import EMAIL, PASSWORD
from visiting import Post

from areas import ROOT
from browsing import Chromium
from serving import Server


@pytest.fixture(scope="package")
def post():
    with Post() as post:
        yield post
        post.shutdown()


@pytest.fixture(scope="package")
def services():
    with Service() as service:
        yield service
        service.shutdown()


@pytest.fixture(scope="package")
def server(tmp_path_factory, post, services):
    folder = tmp_path_factory.mktemp("website") / "data"
    more = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": post.port, "SMTP_TLS": "off", "SMTP_FROM": "maps@example.org"}
    # A base address is needed where other services lead back to it: the one that it has.
    server = Server(folder, GUESTS="free", WORKERS=1, STORE="", BASE_URL="", **more, **services.settings())
    server.env["OSM2CDR_BASE_URL"] = server.url
    with server:
        command = [ROOT / "bin" / "osm2cdr", "accounts", "create", "--email", EMAIL, "--tier", "pro"]
        subprocess.run(command, env=server.env, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
        server.launcher("accounts", "operator", EMAIL)
        yield server


@pytest.fixture(scope="package")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"), webgl=True)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium):
    """A tab; nobody is signed in."""
    page = chromium.page()
    page.resize(1360, 900)
    page.call("Network.clearBrowserCookies")
    return page
