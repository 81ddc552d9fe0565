"""List, show, disable or enable accounts of the server, or change their tier."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import sqlite3
import time
from typing import Any

from ..server.domain.tiers import TIERS
from ..server.store.sqlite import operating
from .storage import as_json, minute, moment, opened

_TIMES = ("created", "last_used", "revoked")


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    listing = actions.add_parser("list", help="all accounts", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="as JSON")
    for action, summary in (
        ("show", "one account, its keys and its tasks"),
        ("disable", "refuse its keys, cancel its tasks"),
        ("enable", "let its keys work again"),
        ("tier", "give it another tier"),
    ):
        one = actions.add_parser(action, help=summary, allow_abbrev=False)
        one.add_argument("account", help="its number in the list, its e-mail, or one of its keys or a key's beginning")
        if action == "tier":
            one.add_argument("tier", help=", ".join(TIERS))
        if action == "show":
            one.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """On the folder of OSM2CDR_DATA, beside a running server or without one."""
    with opened() as (database, secret):
        if options.action == "list":
            rows = operating.list_accounts(database, time.time())
            print(as_json([_dated(row) for row in rows]) if options.json else "\n".join(map(_line, rows)))
            return 0
        account = operating.find_account(database, secret, options.account)
        if options.action == "show":
            row = operating.show_account(database, account, time.time())
            print(as_json({**_dated(row), "keys": list(map(_dated, row["keys"]))}) if options.json else _told(row))
        else:
            print(_change(options, database, account))
    return 0


def _change(options: argparse.Namespace, database: sqlite3.Connection, account: int) -> str:
    """What was done, in a sentence."""
    if options.action == "tier":
        before = operating.set_tier(database, account, options.tier)
        return f"Account {account} has the tier {options.tier} from now on; it had {before}."
    if options.action == "enable":
        operating.enable(database, account)
        return f"Account {account} is enabled: its keys work again."
    waiting, running = operating.disable(database, account)
    return (
        f"Account {account} is disabled: its keys are refused from now on; of its tasks {waiting} that waited are "
        f"cancelled and {running} that run are told to stop. 'osm2cdr accounts enable {account}' lets it in again."
    )


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {name: moment(value) if name in _TIMES else value for name, value in row.items()}


def _line(row: dict[str, Any]) -> str:
    state = "disabled" if row["disabled"] else f"used {minute(row['last_used'])}"
    return (
        f"{row['id']:5} {row['email'] or '-':30} {row['tier']:10} {state:22} keys {row['keys']}, today "
        f"{row['used_today']}, waiting {row['waiting']}"
    )


def _told(row: dict[str, Any]) -> str:
    who = row["email"] or "no e-mail"
    lines = [f"account {row['id']}: {who}, tier {row['tier']}, created {minute(row['created'])}"]
    if row["disabled"]:
        lines[0] += ", disabled"
    for key in row["keys"]:
        gone = f"revoked {minute(key['revoked'])}" if key["revoked"] else f"used {minute(key['last_used'])}"
        lines.append(f"key {key['id']}: {key['prefix']}... {gone} {key['name']}".rstrip())
    lines.append("tasks: " + (", ".join(f"{count} {state}" for state, count in row["tasks"].items()) or "none"))
    lines += [f"{day}: {used} requests" for day, used in row["days"].items()]
    return "\n".join(lines)
