"""Accounts and tasks as an operator sees and changes them, beside a running server or without one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
import time
from typing import Any

from ...domain.tiers import TIERS
from .accounts import AccountError, find_key
from .database import transaction
from .jobs import cancel_waiting
from .views import day_of

# Waiting tasks that are cancelled in one transaction.
_BATCH = 100
_ACCOUNT = (
    "SELECT a.id, a.email, a.tier, a.created, a.disabled, "
    "(SELECT count(*) FROM api_key k WHERE k.account_id = a.id AND (k.revoked IS NULL OR k.revoked > ?)) AS keys, "
    "(SELECT max(k.last_used) FROM api_key k WHERE k.account_id = a.id) AS last_used, "
    "coalesce((SELECT u.used FROM usage u WHERE u.account_id = a.id AND u.day = ?), 0) AS used_today, "
    "(SELECT count(*) FROM job j WHERE j.account_id = a.id AND j.state = 'queued') AS waiting FROM account a "
)


def find_account(connection: sqlite3.Connection, secret: bytes, word: str) -> int:
    """The number of an account that is named by its number, its e-mail or one of its keys; AccountError if none is."""
    if word.isdigit() and len(word) < 19:
        row = connection.execute("SELECT id FROM account WHERE id = ?", (int(word),)).fetchone()
    elif "@" in word:
        row = connection.execute("SELECT id FROM account WHERE email = ?", (word,)).fetchone()
    else:
        key = find_key(connection, secret, word)
        row = connection.execute("SELECT account_id AS id FROM api_key WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise AccountError(f"There is no account {word}; 'osm2cdr accounts list' shows those that there are.")
    return int(row["id"])


def list_accounts(connection: sqlite3.Connection, now: float) -> list[dict[str, Any]]:
    """All of them, with the number of their keys that work, what is used of the day, and how many tasks wait."""
    rows = connection.execute(f"{_ACCOUNT}ORDER BY a.id", (now, day_of(now)))
    return [{**dict(row), "disabled": bool(row["disabled"])} for row in rows]


def show_account(connection: sqlite3.Connection, account: int, now: float) -> dict[str, Any]:
    """One of them, with its keys, how many of its tasks are in each state, and its last days."""
    row = connection.execute(f"{_ACCOUNT}WHERE a.id = ?", (now, day_of(now), account)).fetchone()
    keys = connection.execute(
        "SELECT id, prefix, name, created, last_used, revoked FROM api_key WHERE account_id = ? ORDER BY id", (account,)
    )
    tasks = connection.execute("SELECT state, count(*) FROM job WHERE account_id = ? GROUP BY state", (account,))
    days = connection.execute("SELECT day, used FROM usage WHERE account_id = ? ORDER BY day DESC LIMIT 7", (account,))
    return {
        **dict(row), "disabled": bool(row["disabled"]), "keys": [dict(key) for key in keys],
        "tasks": dict(map(tuple, tasks)), "days": dict(map(tuple, days)),
    }  # fmt: skip


def set_tier(connection: sqlite3.Connection, account: int, tier: str) -> str:
    """From the next call on; the tier that it had."""
    if tier not in TIERS:
        raise AccountError(f"There is no tier {tier!r}; there are {', '.join(TIERS)}.")
    with transaction(connection):
        row = connection.execute("SELECT tier FROM account WHERE id = ?", (account,)).fetchone()
        connection.execute("UPDATE account SET tier = ? WHERE id = ?", (tier, account))
    return str(row["tier"])


def disable(connection: sqlite3.Connection, account: int) -> tuple[int, int]:
    """Refuse its keys at once, cancel what waits and stop what runs; how many of each."""
    connection.execute("UPDATE account SET disabled = 1 WHERE id = ?", (account,))
    waiting, count = 0, _BATCH
    while count == _BATCH:
        with transaction(connection):
            rows = connection.execute(
                "SELECT id FROM job INDEXED BY job_account_state WHERE account_id = ? AND state = 'queued' LIMIT ?",
                (account, _BATCH),
            ).fetchall()
            for row in rows:
                cancel_waiting(connection, row["id"], time.time(), 86400.0)
        count = len(rows)
        waiting += count
    running = connection.execute(
        "UPDATE job SET cancel_requested = 1 WHERE account_id = ? AND state = 'running'", (account,)
    ).rowcount
    return waiting, running


def enable(connection: sqlite3.Connection, account: int) -> None:
    """Let its keys work again."""
    connection.execute("UPDATE account SET disabled = 0 WHERE id = ?", (account,))


def owner_of(connection: sqlite3.Connection, job: sqlite3.Row) -> sqlite3.Row:
    """E-mail and tier of a task's account, and the beginning of the key that it was submitted with."""
    row: sqlite3.Row = connection.execute(
        "SELECT a.email, a.tier, k.prefix FROM account a JOIN api_key k ON k.id = ? WHERE a.id = ?",
        (job["key_id"], job["account_id"]),
    ).fetchone()
    return row


def events_of(connection: sqlite3.Connection, job: str) -> list[sqlite3.Row]:
    """What happened to a task, in order."""
    return connection.execute("SELECT at, kind, detail FROM event WHERE job_id = ? ORDER BY id", (job,)).fetchall()
