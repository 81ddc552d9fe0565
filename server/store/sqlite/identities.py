"""Accounts as other services know them, and who is on the way there."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hmac
import sqlite3

from ...domain.accounts import AccountError
from ...domain.api_keys import check_owner
from ...domain.identities import ERRAND_SECONDS, Claim, Identity, IdentityError
from .database import transaction
from .faults import translating


@translating
class SqliteIdentities:
    """See Identities in identities.py of the room above."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def send(self, mark: bytes, visitor: bytes, provider: str, after: str, now: float) -> None:
        """Somebody goes there."""
        self._connection.execute("INSERT INTO errand VALUES (?, ?, ?, ?, ?)", (mark, visitor, provider, after, now))

    def take(self, mark: bytes, visitor: bytes, provider: str, now: float) -> str | None:
        """They are back, once."""
        with transaction(self._connection):
            row = self._connection.execute("SELECT * FROM errand WHERE mark = ?", (mark,)).fetchone()
            self._connection.execute("DELETE FROM errand WHERE mark = ?", (mark,))
        if row is None or row["provider"] != provider or not now - ERRAND_SECONDS < row["sent"] <= now:
            return None
        return str(row["after"]) if hmac.compare_digest(row["visitor"], visitor) else None

    def enter(self, claim: Claim, now: float) -> tuple[int, str]:
        """The account of somebody."""
        with transaction(self._connection):
            row = self._connection.execute(
                "SELECT a.id, a.disabled FROM identity i JOIN account a ON a.id = i.account_id "
                "WHERE i.provider = ? AND i.subject = ?",
                (claim.provider, claim.subject),
            ).fetchone()
            how = "known"
            if row is None:
                _check(claim.email)
                row = self._connection.execute(
                    "SELECT id, disabled FROM account WHERE email = ?", (claim.email,)
                ).fetchone()
                how = "new" if row is None else "linked"
            if row is not None and row["disabled"]:
                raise IdentityError("closed")
            account = int(row["id"]) if row is not None else self._insert(claim.email, now)
            if how != "known":
                self._connection.execute(
                    "INSERT INTO identity VALUES (?, ?, ?, ?, ?)",
                    (claim.provider, claim.subject, account, claim.email, now),
                )
        return account, how

    def _insert(self, email: str, now: float) -> int:
        made = self._connection.execute(
            "INSERT INTO account (email, tier, created) VALUES (?, 'free', ?)", (email, now)
        )
        return int(made.lastrowid or 0)

    def listed(self, account: int) -> list[Identity]:
        """Those of an account."""
        rows = self._connection.execute(
            "SELECT created, provider, email FROM identity WHERE account_id = ?", (account,)
        )
        return [Identity(provider, email, created) for created, provider, email in sorted(map(tuple, rows))]

    def unlink(self, account: int, provider: str) -> bool:
        """Forget one, where another way is left."""
        with transaction(self._connection):
            left = self._connection.execute(
                "SELECT (SELECT password != '' FROM account WHERE id = ?1) + "
                "(SELECT count(*) FROM identity WHERE account_id = ?1 AND provider != ?2) AS ways",
                (account, provider),
            ).fetchone()["ways"]
            if not left:
                return False
            return bool(
                self._connection.execute(
                    "DELETE FROM identity WHERE account_id = ? AND provider = ?", (account, provider)
                ).rowcount
            )

    def clear(self, now: float) -> None:
        """Who did not come back."""
        self._connection.execute("DELETE FROM errand WHERE sent < ?", (now - ERRAND_SECONDS,))


def _check(email: str) -> None:
    """IdentityError where no account may have this address."""
    try:
        check_owner("", email, "")
    except AccountError as error:
        raise IdentityError("unverified") from error
    if not email or not email.isascii():
        raise IdentityError("unverified")
