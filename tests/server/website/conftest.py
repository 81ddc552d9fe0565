"""One server without QGIS for all tests of the website, with guests, a mail server, and services to sign in by."""

import subprocess

import pytest
from signing_services import Service
from visiting import Post, Visitor

from areas import ROOT
from ports import free_port
from serving import StubServer

PASSWORD = "correct horse battery"


def create_account(server, address, password, *more):
    """By the command line."""
    command = [ROOT / "bin" / "osm2cdr", "accounts", "create", "--email", address, *more]
    return subprocess.run(command, env=server.env, input=f"{password}\n", capture_output=True, text=True, check=False)


@pytest.fixture
def make_account():
    return create_account


class SiteServer(StubServer):
    """With accounts by the command line, and visitors."""

    def account(self, address, *more, password=PASSWORD):
        return create_account(self, address, password, *more)

    def launcher_fails(self, *words):
        """What a command says that it cannot do."""
        done = subprocess.run(
            [ROOT / "bin" / "osm2cdr", *words], env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        return done.stderr

    def visitor(self, address="", language="en"):
        """Somebody; signed in where an address is given."""
        visitor = Visitor(self.url, language)
        if address:
            assert visitor.sign_in(address, PASSWORD)[0] == 303
        return visitor


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
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": post.port, "SMTP_TLS": "off", "SMTP_FROM": "maps@example.org"}
    # Each visitor is at an address of their own.
    mail["TRUSTED_PROXIES"] = "127.0.0.1"
    mail |= services.settings()
    server = SiteServer(folder, GUESTS="free", BASE_URL=f"http://127.0.0.1:{free_port()}", WORKERS=1, **mail)
    server.env["OSM2CDR_BASE_URL"] = server.url
    with server:
        yield server


@pytest.fixture(scope="package")
def somebody(server):
    """The address of an account of the tier Basic."""
    done = server.account("somebody@example.org", "--tier", "basic")
    assert done.returncode == 0, done.stderr
    return "somebody@example.org"
