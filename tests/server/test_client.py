"""Whose address a call has: what trusted proxies say of it, and nothing that anybody may write."""

import ipaddress

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from osm2cdr.server.api.client_address import client_address

OURS = [ipaddress.ip_network(text) for text in ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "lines", "address"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("::ffff:127.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("127.0.0.1", ["6.6.6.6, 198.51.100.7, 10.1.1.1"], "198.51.100.7"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.7", "10.1.1.1"], "198.51.100.7"),
        ("fd00::1", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("127.0.0.1", ["6.6.6.6, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["10.2.2.2"], "10.2.2.2"),
        ("127.0.0.1", ["6.6.6.6, _hidden, 10.2.2.2"], "10.2.2.2"),
        ("", ["198.51.100.7"], ""),
    ],
)
def test_the_callers_address(peer, lines, address):
    headers = CIMultiDict(("X-Forwarded-For", line) for line in lines)
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)
    assert client_address(request, OURS) == address
