"""API keys, found by their hashes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from typing import Sequence

from ...domain.accounts import SCOPES, Account, AccountError, Caller, Key
from ...domain.api_keys import KEY, PREFIX, USE_SECONDS, check_owner, check_scopes, key_hash, new_key
from ...domain.tiers import TIERS
from .database import transaction
from .faults import translating

_KEY = "k.id, k.prefix, k.name, k.created, k.last_used, k.revoked, k.scopes"


@translating
class SqliteKeys:
    """See Keys in interfaces.py; `secret` is what keys are hashed with."""

    def __init__(self, connection: sqlite3.Connection, secret: bytes) -> None:
        self._connection = connection
        self._secret = secret

    def create(
        self, now: float, tier: str = "", email: str = "", name: str = "", scopes: Sequence[str] = SCOPES
    ) -> str:
        """A new key."""
        check_owner(tier, email, name)
        words = " ".join(check_scopes(scopes))
        with transaction(self._connection):
            row = _by_email(self._connection, email) if email else None
            if row is None:
                account = self._connection.execute(
                    "INSERT INTO account (email, tier, created) VALUES (?, ?, ?)", (email or None, tier or "free", now)
                ).lastrowid
            elif tier not in ("", row["tier"]):
                raise AccountError(
                    f"The account {row['email']} has the tier {row['tier']}, which a new key does not change: leave "
                    f"--tier out, or change it first by 'osm2cdr accounts tier {row['email']} {tier}'."
                )
            else:
                account = row["id"]
            return self._insert(int(account or 0), name, now, words)

    def _insert(self, account: int, name: str, now: float, scopes: str) -> str:
        key = new_key()
        self._connection.execute(
            "INSERT INTO api_key (account_id, prefix, hash, name, created, scopes) VALUES (?, ?, ?, ?, ?, ?)",
            (account, key[:PREFIX], key_hash(self._secret, key), name, now, scopes),
        )
        return key

    def caller(self, key: str, now: float) -> Caller | None:
        """Whose key it is."""
        if not KEY.fullmatch(key):
            return None
        row = self._connection.execute(
            "SELECT k.id, k.prefix, k.scopes, k.account_id, a.tier, a.email "
            "FROM api_key k JOIN account a ON a.id = k.account_id "
            "WHERE k.hash = ? AND (k.revoked IS NULL OR k.revoked > ?) AND NOT a.disabled",
            (key_hash(self._secret, key), now),
        ).fetchone()
        if row is None:
            return None
        return Caller(
            row["account_id"], row["id"], row["prefix"], TIERS[row["tier"]], row["email"] or "",
            tuple(row["scopes"].split()),
        )  # fmt: skip

    def is_live(self, key: int, now: float) -> bool:
        """Whether a key is taken."""
        row = self._connection.execute(
            "SELECT 1 FROM api_key k JOIN account a ON a.id = k.account_id "
            "WHERE k.id = ? AND (k.revoked IS NULL OR k.revoked > ?) AND NOT a.disabled",
            (key, now),
        ).fetchone()
        return row is not None

    def are_there(self) -> bool:
        """Whether there is any."""
        return holds_keys(self._connection)

    def listed(self) -> list[tuple[Key, Account]]:
        """All of them."""
        rows = self._connection.execute(
            f"SELECT {_KEY}, a.id AS owner, a.email, a.tier, a.created AS since, a.disabled "
            "FROM api_key k JOIN account a ON a.id = k.account_id WHERE NOT k.site ORDER BY k.id"
        )
        return [
            (_key(row), Account(row["owner"], row["email"], row["tier"], row["since"], bool(row["disabled"])))
            for row in rows
        ]

    def find(self, word: str) -> int:
        """The number of a key."""
        if KEY.fullmatch(word):
            rows = self._connection.execute(
                "SELECT id FROM api_key WHERE hash = ?", (key_hash(self._secret, word),)
            ).fetchall()
        elif word.isdigit() and len(word) < 19:
            rows = self._connection.execute("SELECT id FROM api_key WHERE id = ?", (int(word),)).fetchall()
        else:
            rows = self._connection.execute(
                "SELECT id FROM api_key WHERE prefix = ? AND NOT site", (word[:PREFIX],)
            ).fetchall()
        if not rows:
            raise AccountError("There is no such key; 'osm2cdr keys list' shows those that there are.")
        if len(rows) > 1:
            raise AccountError(f"{len(rows)} keys begin like this; name one by its number in 'osm2cdr keys list'.")
        return int(rows[0]["id"])

    def revoke(self, key: int, at: float) -> None:
        """Refuse it from then on."""
        self._connection.execute(
            "UPDATE api_key SET revoked = min(coalesce(revoked, ?), ?) WHERE id = ?", (at, at, key)
        )

    def rotate(self, key: int, now: float, overlap: float = 0.0) -> str:
        """A new key in place of one."""
        with transaction(self._connection):
            row = self._connection.execute(
                "SELECT account_id, name, revoked, scopes FROM api_key WHERE id = ?", (key,)
            ).fetchone()
            if row["revoked"] is not None and row["revoked"] <= now:
                raise AccountError("This key is revoked already; create a new one.")
            fresh = self._insert(row["account_id"], row["name"], now, row["scopes"])
            self.revoke(key, now + overlap)
        return fresh


def keys_of(connection: sqlite3.Connection, account: int) -> list[Key]:
    """Those of an account, the oldest first."""
    rows = connection.execute(
        f"SELECT {_KEY} FROM api_key k WHERE k.account_id = ? AND NOT k.site ORDER BY k.id", (account,)
    )
    return [_key(row) for row in rows]


def note_use(connection: sqlite3.Connection, key: int, now: float) -> None:
    """Remember when a key was last used, to the minute."""
    connection.execute(
        "UPDATE api_key SET last_used = ? WHERE id = ? AND coalesce(last_used, 0) < ?", (now, key, now - USE_SECONDS)
    )


def holds_keys(connection: sqlite3.Connection) -> bool:
    """Whether there is any key."""
    return connection.execute("SELECT 1 FROM api_key WHERE id > 0 LIMIT 1").fetchone() is not None


def _by_email(connection: sqlite3.Connection, email: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM account WHERE email = ?", (email,)).fetchone()
    return row


def _key(row: sqlite3.Row) -> Key:
    return Key(
        row["id"], row["prefix"], row["name"], row["created"], row["last_used"], row["revoked"],
        tuple(row["scopes"].split()),
    )  # fmt: skip
