"""Where a call comes from, as far as it is known: behind proxies that the settings trust, what these say."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import ipaddress
from typing import Sequence, Union

from aiohttp import web

from ..settings import Network

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]


def client_address(request: web.Request, proxies: Sequence[Network]) -> str:
    """The address of the caller; empty where there is none.

    X-Forwarded-For is read from its end, where the proxy next to us has written: the first address that is no trusted
    proxy is the caller's, whatever stands before it, which anybody may have sent.
    """
    address = _address(str(request.remote or ""))
    if address is None:
        return ""
    names = [name.strip() for line in request.headers.getall("X-Forwarded-For", ()) for name in line.split(",")]
    while names and _is_trusted(address, proxies):
        before = _address(names.pop())
        if before is None:
            break
        address = before
    return str(address)


def network_of(address: str) -> str:
    """What one caller has of addresses: of IPv6 64 bits, within which hosts choose at will."""
    known = _address(address)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address if known is None else str(known)


def is_proxied(request: web.Request, proxies: Sequence[Network]) -> bool:
    """Whether the call comes through a proxy that the settings trust."""
    peer = _address(str(request.remote or ""))
    return peer is not None and _is_trusted(peer, proxies)


def _is_trusted(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)


def _address(text: str) -> Address | None:
    """Of an address as servers and proxies write it, a port behind it or not."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # What listens at :: sees callers of IPv4 as ::ffff:127.0.0.1.
    return getattr(address, "ipv4_mapped", None) or address
