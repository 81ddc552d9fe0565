"""Accounts as other services know them, and who is on the way to such a service, whatever keeps them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Protocol

from ..domain.identities import Claim, Identity


class Identities(Protocol):
    """Of what is sent along and comes back only hashes are kept."""

    def send(self, mark: bytes, visitor: bytes, provider: str, after: str, now: float) -> None:
        """Somebody goes to a provider: `mark` is the hash of what comes back with them, `visitor` that of their
        session; `after` is the page that they want afterwards."""

    def take(self, mark: bytes, visitor: bytes, provider: str, now: float) -> str | None:
        """They are back: the page that they want, once, whoever asks; None where they are not those who went, or were
        away too long."""

    def enter(self, claim: Claim, now: float) -> tuple[int, str]:
        """The account of somebody, and how they got it: `known`, `linked` with one that has this address, or `new`.

        IdentityError `unverified` where neither they are known nor their address is verified, `closed` where the
        account is disabled.
        """

    def listed(self, account: int) -> list[Identity]:
        """Those of an account, the oldest first."""

    def unlink(self, account: int, provider: str) -> bool:
        """Forget one; False where there is none, or where nobody could sign in to the account then."""

    def clear(self, now: float) -> None:
        """Take away those who did not come back."""
