"""Accounts as an operator sees and changes them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3

from ...domain.accounts import Account, AccountDetails, AccountError, AccountUse
from ...domain.api_keys import check_tier
from ...domain.quota_rules import day_of
from .database import transaction
from .faults import translating
from .jobs import cancel_waiting
from .keys import SqliteKeys, keys_of
from .quota_counting import used_today

# Waiting jobs that are cancelled in one transaction, and how long they are told of, in seconds.
_BATCH, _KEEP_SECONDS = 100, 86400.0
_LAST = 2**63 - 1
_USE = (
    "SELECT a.id, a.email, a.tier, a.created, a.disabled, "
    "(SELECT count(*) FROM api_key k "
    "WHERE k.account_id = a.id AND NOT k.site AND (k.revoked IS NULL OR k.revoked > ?)) AS keys, "
    "(SELECT max(k.last_used) FROM api_key k WHERE k.account_id = a.id) AS last_used, "
    "coalesce((SELECT u.used FROM usage u WHERE u.account_id = a.id AND u.day = ?), 0) AS used_today, "
    "(SELECT count(*) FROM job j WHERE j.account_id = a.id AND j.state = 'queued') AS waiting FROM account a "
)


@translating
class SqliteAccounts:
    """See Accounts in interfaces.py."""

    def __init__(self, connection: sqlite3.Connection, keys: SqliteKeys) -> None:
        self._connection = connection
        self._keys = keys

    def find(self, word: str) -> int:
        """The number of an account."""
        if word.isdigit() and len(word) < 19:
            row = self._connection.execute("SELECT id FROM account WHERE id = ?", (int(word),)).fetchone()
        elif "@" in word:
            row = self._connection.execute("SELECT id FROM account WHERE email = ?", (word,)).fetchone()
        else:
            key = self._keys.find(word)
            row = self._connection.execute("SELECT account_id AS id FROM api_key WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise AccountError(f"There is no account {word}; 'osm2cdr accounts list' shows those that there are.")
        return int(row["id"])

    def listed(self, now: float) -> list[AccountUse]:
        """All of them."""
        return [_use(row) for row in self._connection.execute(f"{_USE}ORDER BY a.id", (now, day_of(now)))]

    def page(self, now: float, limit: int, before: int | None = None, word: str = "") -> list[AccountUse]:
        """The newest first, as far as they have a word in their address."""
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._connection.execute(
            f"{_USE}WHERE a.guest IS NULL AND (a.email IS NOT NULL OR NOT a.disabled) AND a.id < ? "
            "AND (? = '' OR a.email LIKE ? ESCAPE '\\') ORDER BY a.id DESC LIMIT ?",
            (now, day_of(now), _LAST if before is None else before, word, f"%{plain}%", limit),
        )
        return [_use(row) for row in rows]

    def tiers(self) -> dict[str, int]:
        """How many of each."""
        rows = self._connection.execute(
            "SELECT tier, count(*) FROM account WHERE guest IS NULL AND (email IS NOT NULL OR NOT disabled) "
            "GROUP BY tier"
        )
        found = dict(map(tuple, rows))
        guests = self._connection.execute("SELECT count(*) FROM account WHERE guest IS NOT NULL").fetchone()[0]
        return {**found, "": guests} if guests else found

    def set_operator(self, account: int, is_one: bool) -> None:
        """Whether it sees the operator's pages."""
        self._connection.execute("UPDATE account SET operator = ? WHERE id = ?", (is_one, account))

    def operators(self) -> list[str]:
        """Their addresses."""
        rows = self._connection.execute("SELECT email FROM account WHERE operator AND email IS NOT NULL ORDER BY id")
        return [row["email"] for row in rows]

    def details(self, account: int, now: float) -> AccountDetails:
        """One of them."""
        row = self._connection.execute(f"{_USE}WHERE a.id = ?", (now, day_of(now), account)).fetchone()
        jobs = self._connection.execute(
            "SELECT state, count(*) FROM job WHERE account_id = ? GROUP BY state", (account,)
        )
        days = self._connection.execute(
            "SELECT day, used FROM usage WHERE account_id = ? ORDER BY day DESC LIMIT 7", (account,)
        )
        return AccountDetails(
            _use(row), keys_of(self._connection, account), dict(map(tuple, jobs)), dict(map(tuple, days))
        )

    def used_today(self, account: int, now: float) -> int:
        """How many requests of this day are used."""
        return used_today(self._connection, account, now)

    def set_tier(self, account: int, tier: str) -> str:
        """Another tier; the one that it had."""
        check_tier(tier)
        with transaction(self._connection):
            row = self._connection.execute("SELECT tier FROM account WHERE id = ?", (account,)).fetchone()
            self._connection.execute("UPDATE account SET tier = ? WHERE id = ?", (tier, account))
        return str(row["tier"])

    def disable(self, account: int, now: float) -> tuple[int, int]:
        """Refuse its keys; how many jobs were cancelled and are told to stop."""
        self._connection.execute("UPDATE account SET disabled = 1 WHERE id = ?", (account,))
        waiting, count = 0, _BATCH
        while count == _BATCH:
            with transaction(self._connection):
                rows = self._connection.execute(
                    "SELECT id FROM job INDEXED BY job_account_state WHERE account_id = ? AND state = 'queued' LIMIT ?",
                    (account, _BATCH),
                ).fetchall()
                for row in rows:
                    cancel_waiting(self._connection, row["id"], now, _KEEP_SECONDS)
            count = len(rows)
            waiting += count
        running = self._connection.execute(
            "UPDATE job SET cancel_requested = 1 WHERE account_id = ? AND state = 'running'", (account,)
        ).rowcount
        return waiting, running

    def enable(self, account: int) -> None:
        """Let its keys work again."""
        self._connection.execute("UPDATE account SET disabled = 0 WHERE id = ?", (account,))


def _use(row: sqlite3.Row) -> AccountUse:
    account = Account(row["id"], row["email"], row["tier"], row["created"], bool(row["disabled"]))
    return AccountUse(account, row["keys"], row["last_used"], row["used_today"], row["waiting"])
