"""Accounts and their API keys."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import secrets
import sqlite3
import string
import time
from dataclasses import dataclass
from typing import Any

from ....processing_provider.text.phrases import is_line, turning
from ...domain.tiers import TIERS, Tier
from ..local.secret import keyed_hash
from .database import transaction

KEY = re.compile(r"ocd_[a-z0-9]{30}")
_LETTERS = string.ascii_lowercase + string.digits
# As much of a key as lists and logs show.
_PREFIX = 10
# No name or address is longer.
_LONGEST = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
# How often a key's last use is noted.
_USE_SECONDS = 60


class AccountError(Exception):
    """What cannot be done with an account or a key, as one sentence."""


@dataclass(frozen=True)
class Caller:
    """Who called: the account, its tier, the key."""

    account: int
    key: int
    prefix: str
    tier: Tier
    email: str


def create_key(
    connection: sqlite3.Connection, secret: bytes, tier: str = "", email: str = "", name: str = "",
    now: float | None = None,
) -> str:  # fmt: skip
    """A new key, to be shown once. An account that has this e-mail gets one more, and keeps its tier.

    Without an e-mail the key has an account of its own. Raises AccountError.
    """
    now = time.time() if now is None else now
    if tier and tier not in TIERS:
        raise AccountError(f"There is no tier {tier!r}; there are {', '.join(TIERS)}.")
    for word, text in (("name", name), ("e-mail address", email)):
        if not is_line(text) or len(text) > _LONGEST:
            raise AccountError(f"The {word} must be one line of at most {_LONGEST} characters.")
        if turning(text):
            raise AccountError(f"The {word} has the bidirectional control {turning(text)}; leave it out.")
    if email and not _EMAIL.fullmatch(email):
        raise AccountError(f"{email!r} is no e-mail address.")
    with transaction(connection):
        row = _by_email(connection, email) if email else None
        if row is None:
            account = connection.execute(
                "INSERT INTO account (email, tier, created) VALUES (?, ?, ?)", (email or None, tier or "free", now)
            ).lastrowid
        elif tier not in ("", row["tier"]):
            raise AccountError(
                f"The account {row['email']} has the tier {row['tier']}, which a new key does not change: leave --tier "
                f"out, or change it first by 'osm2cdr accounts tier {row['email']} {tier}'."
            )
        else:
            account = row["id"]
        return _insert(connection, secret, int(account or 0), name, now)


def _by_email(connection: sqlite3.Connection, email: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM account WHERE email = ?", (email,)).fetchone()
    return row


def _insert(connection: sqlite3.Connection, secret: bytes, account: int, name: str, now: float) -> str:
    key = "ocd_" + "".join(secrets.choice(_LETTERS) for _ in range(30))
    connection.execute(
        "INSERT INTO api_key (account_id, prefix, hash, name, created) VALUES (?, ?, ?, ?, ?)",
        (account, key[:_PREFIX], keyed_hash(secret, "key", key), name, now),
    )
    return key


def find_caller(connection: sqlite3.Connection, secret: bytes, key: str, now: float) -> Caller | None:
    """Whose key it is; None where it is none, revoked, or its account is disabled."""
    if not KEY.fullmatch(key):
        return None
    row = connection.execute(
        "SELECT k.id, k.prefix, k.account_id, k.last_used, a.tier, a.email FROM api_key k "
        "JOIN account a ON a.id = k.account_id "
        "WHERE k.hash = ? AND (k.revoked IS NULL OR k.revoked > ?) AND NOT a.disabled",
        (keyed_hash(secret, "key", key), now),
    ).fetchone()
    if row is None:
        return None
    return Caller(row["account_id"], row["id"], row["prefix"], TIERS[row["tier"]], row["email"] or "")


def is_live(connection: sqlite3.Connection, key: int, now: float) -> bool:
    """Whether the key of this number is taken: what was signed for it ends with it."""
    row = connection.execute(
        "SELECT 1 FROM api_key k JOIN account a ON a.id = k.account_id "
        "WHERE k.id = ? AND (k.revoked IS NULL OR k.revoked > ?) AND NOT a.disabled",
        (key, now),
    ).fetchone()
    return row is not None


def note_use(connection: sqlite3.Connection, key: int, now: float) -> None:
    """Remember when a key was last used, to the minute."""
    connection.execute(
        "UPDATE api_key SET last_used = ? WHERE id = ? AND coalesce(last_used, 0) < ?", (now, key, now - _USE_SECONDS)
    )


def list_keys(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """All keys: id, prefix, name, e-mail, tier, created, last_used, revoked."""
    rows = connection.execute(
        "SELECT k.id, k.prefix, k.name, a.email, a.tier, k.created, k.last_used, k.revoked "
        "FROM api_key k JOIN account a ON a.id = k.account_id ORDER BY k.id"
    )
    return [dict(row) for row in rows]


def find_key(connection: sqlite3.Connection, secret: bytes, word: str) -> int:
    """The number of a key that is named by its number, its beginning, or itself; AccountError where it is none."""
    if KEY.fullmatch(word):
        rows = connection.execute(
            "SELECT id FROM api_key WHERE hash = ?", (keyed_hash(secret, "key", word),)
        ).fetchall()
    elif word.isdigit() and len(word) < 19:
        rows = connection.execute("SELECT id FROM api_key WHERE id = ?", (int(word),)).fetchall()
    else:
        rows = connection.execute("SELECT id FROM api_key WHERE prefix = ?", (word[:_PREFIX],)).fetchall()
    if not rows:
        raise AccountError("There is no such key; 'osm2cdr keys list' shows those that there are.")
    if len(rows) > 1:
        raise AccountError(f"{len(rows)} keys begin like this; name one by its number in 'osm2cdr keys list'.")
    return int(rows[0]["id"])


def revoke_key(connection: sqlite3.Connection, key: int, at: float | None = None) -> None:
    """Refuse a key from now (or from `at`) on."""
    at = time.time() if at is None else at
    connection.execute("UPDATE api_key SET revoked = min(coalesce(revoked, ?), ?) WHERE id = ?", (at, at, key))


def rotate_key(connection: sqlite3.Connection, secret: bytes, key: int, overlap: float = 0.0) -> str:
    """A new key of the same account and name; the old one still works for `overlap` seconds."""
    now = time.time()
    with transaction(connection):
        row = connection.execute("SELECT account_id, name, revoked FROM api_key WHERE id = ?", (key,)).fetchone()
        if row["revoked"] is not None and row["revoked"] <= now:
            raise AccountError("This key is revoked already; create a new one.")
        fresh = _insert(connection, secret, row["account_id"], row["name"], now)
        revoke_key(connection, key, now + overlap)
    return fresh
