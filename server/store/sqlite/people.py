"""People who sign in, their sessions, letters and deeds."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import secrets
import sqlite3

from ...domain.accounts import AccountError, Caller
from ...domain.api_keys import PREFIX, check_owner
from ...domain.keeping import FORGET_SECONDS
from ...domain.people import GUEST_SECONDS, MAIL_SECONDS, SESSION_SECONDS, Credentials, Deed, Letter, Person
from ...domain.tiers import TIERS, Tier
from .accounts import SqliteAccounts
from .database import transaction
from .faults import translating

# What stands where a key's beginning does.
_SITE = "website"
# Guests that go at a time: nobody waits for it long.
_MOST_GONE = 500


@translating
class SqlitePeople:
    """See People in people.py of the room above."""

    def __init__(self, connection: sqlite3.Connection, accounts: SqliteAccounts) -> None:
        self._connection = connection
        self._accounts = accounts

    def sign_up(self, email: str, password: str, tier: str, now: float) -> int:
        """A new account with a password, or the first one of an account that has keys alone."""
        check_owner(tier, email, "")
        with transaction(self._connection):
            row = self._connection.execute("SELECT * FROM account WHERE email = ?", (email,)).fetchone()
            if row is None:
                made = self._connection.execute(
                    "INSERT INTO account (email, tier, created, password) VALUES (?, ?, ?, ?)",
                    (email, tier or "free", now, password),
                ).lastrowid
                return int(made or 0)
            if row["password"]:
                raise AccountError(f"{email} has a password already.")
            if tier not in ("", row["tier"]):
                raise AccountError(
                    f"The account {email} has the tier {row['tier']}; 'osm2cdr accounts tier' changes it."
                )
            self._connection.execute("UPDATE account SET password = ? WHERE id = ?", (password, row["id"]))
            return int(row["id"])

    def credentials(self, email: str) -> Credentials | None:
        """What a password is held against."""
        row = self._connection.execute(
            "SELECT id, password, disabled FROM account WHERE email = ?", (email,)
        ).fetchone()
        return None if row is None else Credentials(row["id"], row["password"], bool(row["disabled"]))

    def set_password(self, account: int, password: str, now: float) -> None:
        """Another one; all sessions end."""
        with transaction(self._connection):
            self._connection.execute("UPDATE account SET password = ? WHERE id = ?", (password, account))
            self._connection.execute("DELETE FROM session WHERE account_id = ?", (account,))

    def open_session(self, account: int, mark: bytes, now: float) -> None:
        """A new one."""
        self._connection.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (mark, account, now, now))

    def person(self, mark: bytes, now: float) -> Person | None:
        """Whose session it is."""
        row = self._connection.execute(
            "SELECT a.id, a.email, a.tier, a.created, a.password, a.operator, s.seen, s.created AS opened, k.id AS key "
            "FROM session s "
            "JOIN account a ON a.id = s.account_id LEFT JOIN api_key k ON k.account_id = a.id AND k.site "
            "WHERE s.mark = ? AND s.seen > ? AND NOT a.disabled",
            (mark, now - SESSION_SECONDS),
        ).fetchone()
        if row is None:
            return None
        return Person(
            row["id"], row["email"] or "", TIERS[row["tier"]], row["created"], row["seen"], row["key"], row["opened"],
            bool(row["password"]), bool(row["operator"]),
        )  # fmt: skip

    def touch_session(self, mark: bytes, now: float) -> None:
        """It was used."""
        self._connection.execute("UPDATE session SET seen = ? WHERE mark = ?", (now, mark))

    def close_session(self, mark: bytes) -> None:
        """End it."""
        self._connection.execute("DELETE FROM session WHERE mark = ?", (mark,))

    def close_sessions(self, account: int) -> int:
        """End all of an account."""
        return self._connection.execute("DELETE FROM session WHERE account_id = ?", (account,)).rowcount

    def caller(self, account: int, now: float) -> Caller:
        """The account as one that calls."""
        with transaction(self._connection):
            return self._caller(account, now)

    def _caller(self, account: int, now: float) -> Caller:
        row = self._connection.execute(
            "SELECT a.tier, a.email, k.id FROM account a LEFT JOIN api_key k ON k.account_id = a.id AND k.site "
            "WHERE a.id = ?",
            (account,),
        ).fetchone()
        key = row["id"]
        if key is None:
            # Of no key that could be guessed: this is the hash of none.
            key = self._connection.execute(
                "INSERT INTO api_key (account_id, prefix, hash, name, created, site) VALUES (?, ?, ?, ?, ?, 1)",
                (account, _SITE[:PREFIX], secrets.token_bytes(32), _SITE, now),
            ).lastrowid
        return Caller(account, int(key), _SITE, TIERS[row["tier"]], row["email"] or "")

    def guest(self, mark: bytes, tier: Tier, now: float) -> Caller:
        """Somebody without an account."""
        with transaction(self._connection):
            row = self._connection.execute("SELECT id, tier FROM account WHERE guest = ?", (mark,)).fetchone()
            if row is None:
                account = self._connection.execute(
                    "INSERT INTO account (tier, created, guest) VALUES (?, ?, ?)", (tier.id, now, mark)
                ).lastrowid
                return self._caller(int(account or 0), now)
            # When they were seen at last: see clear().
            self._connection.execute("UPDATE account SET tier = ?, created = ? WHERE id = ?", (tier.id, now, row["id"]))
            return self._caller(row["id"], now)

    def write_letter(self, mark: bytes, letter: Letter, now: float) -> None:
        """Keep what a link stands for."""
        with transaction(self._connection):
            self._connection.execute(
                "DELETE FROM letter WHERE email = ? AND purpose = ?", (letter.email, letter.purpose)
            )
            self._connection.execute(
                "INSERT INTO letter VALUES (?, ?, ?, ?, ?)",
                (mark, letter.purpose, letter.email, letter.password, now),
            )

    def open_letter(self, mark: bytes, purpose: str, now: float) -> Letter | None:
        """What a link stands for, once."""
        with transaction(self._connection):
            row = self._letter(mark, purpose, now)
            self._connection.execute("DELETE FROM letter WHERE mark = ?", (mark,))
        return None if row is None else Letter(row["purpose"], row["email"], row["password"])

    def look_at_letter(self, mark: bytes, purpose: str, now: float) -> bool:
        """Whether a link still works."""
        return self._letter(mark, purpose, now) is not None

    def _letter(self, mark: bytes, purpose: str, now: float) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(
            "SELECT * FROM letter WHERE mark = ? AND purpose = ? AND sent > ?", (mark, purpose, now - MAIL_SECONDS)
        ).fetchone()
        return row

    def note(self, account: int, kind: str, now: float, detail: str = "", address: str = "") -> None:
        """Remember what was done."""
        self._connection.execute(
            "INSERT INTO deed (account_id, at, kind, detail, address) VALUES (?, ?, ?, ?, ?)",
            (account, now, kind, detail, address),
        )

    def deeds(self, account: int, limit: int = 100) -> list[Deed]:
        """What was done, the newest first."""
        rows = self._connection.execute(
            "SELECT at, kind, detail, address FROM deed WHERE account_id = ? ORDER BY id DESC LIMIT ?", (account, limit)
        )
        return [Deed(row["at"], row["kind"], row["detail"], row["address"]) for row in rows]

    def forget(self, account: int, now: float) -> None:
        """Delete an account, as far as its tasks let it."""
        self._accounts.disable(account, now)
        with transaction(self._connection):
            row = self._connection.execute("SELECT email FROM account WHERE id = ?", (account,)).fetchone()
            change = self._connection.execute
            change("DELETE FROM letter WHERE email = ?", (row["email"] or "",))
            change("DELETE FROM session WHERE account_id = ?", (account,))
            change("DELETE FROM identity WHERE account_id = ?", (account,))
            change("DELETE FROM deed WHERE account_id = ?", (account,))
            change("UPDATE api_key SET name = '', revoked = min(coalesce(revoked, ?), ?) WHERE account_id = ?",
                   (now, now, account))  # fmt: skip
            change(
                "UPDATE account SET email = NULL, password = '', disabled = 1, operator = 0 WHERE id = ?", (account,)
            )
            # The tidier ends them, a little at a time.
            change("UPDATE job SET expires = ? WHERE account_id = ? AND state = 'completed'", (now, account))

    def clear(self, now: float) -> None:
        """What is over goes."""
        self._connection.execute("DELETE FROM session WHERE seen < ?", (now - SESSION_SECONDS,))
        self._connection.execute("DELETE FROM letter WHERE sent < ?", (now - MAIL_SECONDS,))
        self._connection.execute("DELETE FROM deed WHERE at < ?", (now - FORGET_SECONDS,))
        with transaction(self._connection):
            gone = self._connection.execute(
                "SELECT id FROM account a WHERE guest IS NOT NULL AND created NOT BETWEEN ? AND ? "
                "AND NOT EXISTS (SELECT 1 FROM job WHERE account_id = a.id) LIMIT ?",
                (now - GUEST_SECONDS, now + GUEST_SECONDS, _MOST_GONE),
            ).fetchall()
            for (account,) in gone:
                for table in ("usage", "api_key"):
                    self._connection.execute(f"DELETE FROM {table} WHERE account_id = ?", (account,))
                self._connection.execute("DELETE FROM account WHERE id = ?", (account,))
