"""Create, list, revoke or rotate API keys of the server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import time
from typing import Any

from ..server.domain.accounts import SCOPES, Account, Key
from ..server.domain.people import OPERATOR
from ..server.domain.tiers import TIERS
from ..server.store.interfaces import StoreConnection
from .storage import as_json, minute, opened


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    create = actions.add_parser("create", help="a new key, printed once", allow_abbrev=False)
    create.add_argument("--tier", default="", help=f"{', '.join(TIERS)}; free, or the account's, where left out")
    create.add_argument("--email", default="", help="whose account; one of its own where left out")
    create.add_argument("--name", default="", help="a name to know it by")
    create.add_argument("--scopes", default=",".join(SCOPES), help="what it may do: render, read, or both with a comma")
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
        return _act(options, rows)


def _act(options: argparse.Namespace, rows: StoreConnection) -> int:
    keys, now = rows.keys, time.time()
    if options.action == "create":
        key = keys.create(time.time(), options.tier, options.email, options.name, options.scopes.split(","))
        _remember(rows, key, "key_created")
        print(key)
    elif options.action == "list":
        listed = keys.listed()
        if options.json:
            print(as_json([_words(*row) for row in listed]))
        else:
            for row in listed:
                print(_line(*row))
    else:
        number = keys.find(options.key)
        if options.action == "revoke":
            keys.revoke(number, now)
            _remember(rows, str(number), "key_revoked")
        else:
            key = keys.rotate(number, now, options.overlap * 3600)
            _remember(rows, key, "key_rotated")
            print(key)
    return 0


def _remember(rows: StoreConnection, word: str, kind: str) -> None:
    """What was done with a key, for whoever has the account."""
    listed = {key.id: (key, account) for key, account in rows.keys.listed()}
    number = rows.keys.find(word)
    # That by which an account's own pages call is in no list.
    if number in listed:
        key, account = listed[number]
        rows.people.note(account.id, kind, time.time(), key.prefix, OPERATOR)


def _may(key: Key) -> str:
    """What it may do, where that is not all."""
    return "" if key.scopes == SCOPES else f"{'+'.join(key.scopes)} only "


def _words(key: Key, account: Account) -> dict[str, Any]:
    return {
        "id": key.id, "prefix": key.prefix, "name": key.name, "scopes": list(key.scopes),
        "email": account.email, "tier": account.tier, "created": key.created, "last_used": key.last_used,
        "revoked": key.revoked,
    }  # fmt: skip


def _line(key: Key, account: Account) -> str:
    gone = key.revoked is not None and key.revoked <= time.time()
    state = "revoked" if gone else f"used {minute(key.last_used)}"
    who = f"{account.tier:10} {account.email or '-':30}"
    return f"{key.id:5} {key.prefix}... {who} {state:24} {_may(key)}{key.name}".rstrip()
