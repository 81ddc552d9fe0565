"""Create, list, show, disable or enable accounts of the server, or change their tier."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import getpass
import sys
import time
from typing import Any

from ..processing_provider.errors import RequestError
from ..server.domain.accounts import AccountDetails, AccountUse, Key
from ..server.domain.people import OPERATOR
from ..server.domain.tiers import TIERS
from ..server.store.interfaces import StoreConnection
from .storage import as_json, minute, moment, opened


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    create = actions.add_parser("create", help="one that signs in on the website", allow_abbrev=False)
    create.add_argument("--email", required=True, help="its address")
    create.add_argument("--tier", default="", help=f"{', '.join(TIERS)}; free, or what it has, where left out")
    listing = actions.add_parser("list", help="all accounts", allow_abbrev=False)
    listing.add_argument("--json", action="store_true", help="as JSON")
    for action, summary in (
        ("show", "one account, its keys and its tasks"),
        ("disable", "refuse its keys, cancel its tasks"),
        ("enable", "let its keys work again"),
        ("tier", "give it another tier"),
        ("operator", "let it see the operator's pages of the website"),
    ):
        one = actions.add_parser(action, help=summary, allow_abbrev=False)
        one.add_argument("account", help="its number in the list, its e-mail, or one of its keys or a key's beginning")
        if action == "tier":
            one.add_argument("tier", help=", ".join(TIERS))
        if action == "operator":
            one.add_argument("--off", action="store_true", help="no more")
        if action == "show":
            one.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """On the folder of OSM2CDR_DATA, beside a running server or without one."""
    if options.action == "create":
        return _create(options.email, options.tier)
    with opened() as rows:
        accounts, now = rows.accounts, time.time()
        if options.action == "list":
            listed = accounts.listed(now)
            print(as_json([_words(use) for use in listed]) if options.json else "\n".join(map(_line, listed)))
            return 0
        account = accounts.find(options.account)
        if options.action == "show":
            details = accounts.details(account, now)
            print(as_json(_all_words(details)) if options.json else _told(details))
        else:
            print(_change(options, rows, account))
    return 0


def _create(email: str, tier: str) -> int:
    """An account with the password that is typed twice, or that the first line of the input is."""
    # Of the server's environment: other commands do without it.
    from ..server.domain.passwords import SHORTEST, hashed, weakness

    password = _password()
    if weakness(password, email):
        text = f"The password is too short or too easy to guess: take {SHORTEST} characters or more, no known word."
        raise RequestError("bad_password", text)
    with opened() as rows:
        now = time.time()
        account = rows.people.sign_up(email, hashed(password), tier, now)
        rows.people.note(account, "created", now, "", OPERATOR)
    print(f"Account {account} is made: {email} signs in at the address of the server, below /account.")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise RequestError("bad_password", "These are two different passwords.")
    return password


def _change(options: argparse.Namespace, rows: StoreConnection, account: int) -> str:
    """What was done, in a sentence; it is remembered as well."""
    accounts, now = rows.accounts, time.time()
    if options.action == "tier":
        before = accounts.set_tier(account, options.tier)
        rows.people.note(account, "tier", now, options.tier, OPERATOR)
        return f"Account {account} has the tier {options.tier} from now on; it had {before}."
    if options.action == "operator":
        accounts.set_operator(account, not options.off)
        rows.people.note(account, "operator_off" if options.off else "operator", now, "", OPERATOR)
        who, verb = ", ".join(accounts.operators()) or "nobody", "sees no more" if options.off else "sees"
        return f"Account {account} {verb} the pages below /operator; who does: {who}."
    if options.action == "enable":
        accounts.enable(account)
        rows.people.note(account, "enabled", now, "", OPERATOR)
        return f"Account {account} is enabled: its keys work again."
    waiting, running = accounts.disable(account, now)
    rows.people.note(account, "disabled", now, "", OPERATOR)
    return (
        f"Account {account} is disabled: its keys are refused from now on; of its tasks {waiting} that waited are "
        f"cancelled and {running} that run are told to stop. 'osm2cdr accounts enable {account}' lets it in again."
    )


def _words(use: AccountUse) -> dict[str, Any]:
    account = use.account
    return {
        "id": account.id, "email": account.email, "tier": account.tier, "created": moment(account.created),
        "disabled": account.disabled, "keys": use.keys, "last_used": moment(use.last_used),
        "used_today": use.used_today, "waiting": use.waiting,
    }  # fmt: skip


def _all_words(details: AccountDetails) -> dict[str, Any]:
    keys = list(map(_key_words, details.keys))
    return {**_words(details.use), "keys": keys, "tasks": details.jobs, "days": details.days}


def _key_words(key: Key) -> dict[str, Any]:
    return {
        "id": key.id, "prefix": key.prefix, "name": key.name, "scopes": list(key.scopes),
        "created": moment(key.created), "last_used": moment(key.last_used), "revoked": moment(key.revoked),
    }  # fmt: skip


def _line(use: AccountUse) -> str:
    account = use.account
    state = "disabled" if account.disabled else f"used {minute(use.last_used)}"
    return (
        f"{account.id:5} {account.email or '-':30} {account.tier:10} {state:22} keys {use.keys}, today "
        f"{use.used_today}, waiting {use.waiting}"
    )


def _told(details: AccountDetails) -> str:
    account = details.use.account
    who = account.email or "no e-mail"
    lines = [f"account {account.id}: {who}, tier {account.tier}, created {minute(account.created)}"]
    if account.disabled:
        lines[0] += ", disabled"
    for key in details.keys:
        gone = f"revoked {minute(key.revoked)}" if key.revoked else f"used {minute(key.last_used)}"
        lines.append(f"key {key.id}: {key.prefix}... {gone} {key.name}".rstrip())
    lines.append("tasks: " + (", ".join(f"{count} {state}" for state, count in details.jobs.items()) or "none"))
    lines += [f"{day}: {used} requests" for day, used in details.days.items()]
    return "\n".join(lines)
