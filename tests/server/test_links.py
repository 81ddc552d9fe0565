"""How long a signed link works, by a clock that the test turns."""

import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import make_mocked_request

from osm2cdr.server.api import links

STATE = SimpleNamespace(secret=b"s" * 32, settings=SimpleNamespace(base_url="https://maps.example", proxies=()))
KEY = 7
NOW = 1_800_000_000.0


@pytest.fixture
def clock(monkeypatch):
    """clock(seconds) turns it to so many seconds after the link was made."""

    def turn(seconds):
        monkeypatch.setattr(time, "time", lambda: NOW + seconds)

    turn(0)
    return turn


def opens(link, task="a" * 32, name="svg"):
    """Whether the link of its own signature opens that file."""
    parts = urlsplit(link)
    return links.signer(make_mocked_request("GET", f"{parts.path}?{parts.query}"), STATE, task, name) == KEY


def test_a_link_ends_after_an_hour_though_its_signature_is_right(clock):
    link = links.signed_url(make_mocked_request("GET", "/"), STATE, "a" * 32, "svg", KEY)
    for seconds in (0, 60, 3599):
        clock(seconds)
        assert opens(link)
    for seconds in (3602, 86_400, 10 * 365 * 86_400):
        clock(seconds)
        assert not opens(link)


def test_a_link_is_of_one_file_and_of_one_end(clock):
    link = links.signed_url(make_mocked_request("GET", "/"), STATE, "a" * 32, "svg", KEY)
    assert not opens(link, name="pdf")
    assert not opens(link, task="b" * 32)
    assert not opens(link.replace(f"expires={NOW + 3600:.0f}", f"expires={NOW + 7200:.0f}"))
    assert not opens(link.replace("by=7", "by=8"))
    assert not opens(link.split("&")[0])
