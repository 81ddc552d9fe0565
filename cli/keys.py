"""Create, list, revoke or rotate API keys of the server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import time
from typing import Any

from ..server.domain.tiers import TIERS
from ..server.store.sqlite import accounts
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
    with opened() as (database, secret):
        return _act(options, database, secret)


def _act(options: argparse.Namespace, database: Any, secret: bytes) -> int:
    if options.action == "create":
        print(accounts.create_key(database, secret, options.tier, options.email, options.name))
    elif options.action == "list":
        rows = accounts.list_keys(database)
        if options.json:
            print(as_json(rows))
        else:
            for row in rows:
                print(_line(row))
    else:
        key = accounts.find_key(database, secret, options.key)
        if options.action == "revoke":
            accounts.revoke_key(database, key)
        else:
            print(accounts.rotate_key(database, secret, key, options.overlap * 3600))
    return 0


def _line(row: dict[str, Any]) -> str:
    gone = row["revoked"] is not None and row["revoked"] <= time.time()
    state = "revoked" if gone else f"used {minute(row['last_used'])}"
    return (
        f"{row['id']:5} {row['prefix']}... {row['tier']:10} {row['email'] or '-':30} {state:24} {row['name']}".rstrip()
    )
