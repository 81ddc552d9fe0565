"""People who sign in, their sessions and what they did, whatever keeps them; see interfaces.py."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Protocol

from ..domain.accounts import Caller
from ..domain.people import Credentials, Deed, Letter, Person
from ..domain.tiers import Tier


class People(Protocol):
    """Of sessions and of links in mails only hashes are kept, of passwords what passwords.py makes."""

    def sign_up(self, email: str, password: str, tier: str, now: float) -> int:
        """A new account with a password (its hash), or the first one of an account that has keys alone; its number.

        AccountError where it has one already, or where the address or the tier is none.
        """

    def credentials(self, email: str) -> Credentials | None:
        """Of an account with this address, in letters of whichever case; None where there is none."""

    def set_password(self, account: int, password: str, now: float) -> None:
        """Another one; all sessions of the account end."""

    def open_session(self, account: int, mark: bytes, now: float) -> None:
        """`mark` is the hash of what the browser has."""

    def person(self, mark: bytes, now: float) -> Person | None:
        """Whose session it is; None where it has ended or its account is disabled."""

    def touch_session(self, mark: bytes, now: float) -> None:
        """It was used: it ends so much later."""

    def close_session(self, mark: bytes) -> None:
        """End it; nothing where there is none."""

    def close_sessions(self, account: int) -> int:
        """End all of an account; how many there were."""

    def caller(self, account: int, now: float) -> Caller:
        """The account as one that calls the API, by a key that nobody has, which is made at the first time."""

    def guest(self, mark: bytes, tier: Tier, now: float) -> Caller:
        """The same of somebody without an account, who is known by where they come from, as a hash."""

    def write_letter(self, mark: bytes, letter: Letter, now: float) -> None:
        """Keep what a link stands for; one that was sent before for the same purpose ends."""

    def open_letter(self, mark: bytes, purpose: str, now: float) -> Letter | None:
        """What a link stands for, once: it ends with this; None where it is none, or too old."""

    def look_at_letter(self, mark: bytes, purpose: str, now: float) -> bool:
        """Whether a link still works, without using it up."""

    def note(self, account: int, kind: str, now: float, detail: str = "", address: str = "") -> None:
        """Remember what was done with an account."""

    def deeds(self, account: int, limit: int = 100) -> list[Deed]:
        """What was done with an account, the newest first."""

    def forget(self, account: int, now: float) -> None:
        """Delete an account: address, password, names of keys, sessions and deeds are gone, its keys are refused, its
        tasks end and their files are kept no more."""

    def clear(self, now: float) -> None:
        """Take away sessions and letters that are over, deeds that are old, and guests who were not seen for long and
        have no task."""
