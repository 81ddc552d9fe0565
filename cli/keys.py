"""Create, list, revoke or rotate API keys of the server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import time
from typing import Any

from ..server.domain.accounts import Account, Key
from ..server.domain.tiers import TIERS
from ..server.store.interfaces import Keys
from .storage import as_json, minute, opened


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    create = actions.add_parser("create", help="a new key, printed once", allow_abbrev=False)
    create.add_argument("--tier", default="", help=f"{', '.join(TIERS)}; free, or the account's, where left out")
    create.add_argument("--email", default="", help="whose account; one of its own where left out")
    create.add_argument("--name", default="", help="a name to know it by")
    listing = actions.add_parser("list", help="all keys, of which only the beginning is known", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="as JSON")
    for action, summary in (("revoke", "refuse a key from now on"), ("rotate", "a new key in place of one")):
        one = actions.add_parser(action, help=summary, allow_abbrev=False)
        one.add_argument("key", help="its number in the list, its beginning, or itself")
        if action == "rotate":
            one.add_argument("--overlap", type=float, default=0.0, metavar="HOURS", help="the old one works so long")


def run(options: argparse.Namespace) -> int:
    """On the folder of OSM2CDR_DATA, beside a running server or without one."""
    with opened() as rows:
        return _act(options, rows.keys)


def _act(options: argparse.Namespace, keys: Keys) -> int:
    if options.action == "create":
        print(keys.create(time.time(), options.tier, options.email, options.name))
    elif options.action == "list":
        listed = keys.listed()
        if options.json:
            print(as_json([_words(*row) for row in listed]))
        else:
            for row in listed:
                print(_line(*row))
    else:
        key = keys.find(options.key)
        if options.action == "revoke":
            keys.revoke(key, time.time())
        else:
            print(keys.rotate(key, time.time(), options.overlap * 3600))
    return 0


def _words(key: Key, account: Account) -> dict[str, Any]:
    return {
        "id": key.id, "prefix": key.prefix, "name": key.name, "email": account.email, "tier": account.tier,
        "created": key.created, "last_used": key.last_used, "revoked": key.revoked,
    }  # fmt: skip


def _line(key: Key, account: Account) -> str:
    gone = key.revoked is not None and key.revoked <= time.time()
    state = "revoked" if gone else f"used {minute(key.last_used)}"
    return f"{key.id:5} {key.prefix}... {account.tier:10} {account.email or '-':30} {state:24} {key.name}".rstrip()
