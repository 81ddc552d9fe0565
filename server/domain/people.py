"""People who sign in: what is known of them, and how long what they were given holds. Times are seconds since 1970."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .tiers import Tier

Purpose = Literal["verify", "reset"]
# A session ends so long after its last use, and a link in a mail so long after it was sent.
SESSION_SECONDS, MAIL_SECONDS = 14 * 86400.0, 3600.0
# How often a session's last use is noted.
SEEN_SECONDS = 300.0
# For so long after signing in nobody without a password is asked to sign in again.
FRESH_SECONDS = 900.0
# In place of an address: who runs the server.
OPERATOR = "operator"
# Who has no account, and no task that is kept, is forgotten so long after they were seen: behind the end of any day.
GUEST_SECONDS = 2 * 86400.0
# Keys of one account that work at the same time.
MOST_KEYS = 50


@dataclass(frozen=True)
class Person:
    """Who is signed in: the number of the account, what it may do, when the session was last used and when it was
    opened, the number of the key that its pages call with, None where it has none yet, whether there is a password,
    and whether they run the server.
    """

    account: int
    email: str
    tier: Tier
    created: float
    seen: float
    key: int | None
    opened: float
    has_password: bool
    is_operator: bool

    def is_fresh(self, now: float) -> bool:
        """Whether they have signed in just now, which is enough where there is no password to ask for."""
        return not self.has_password and self.opened <= now < self.opened + FRESH_SECONDS


@dataclass(frozen=True)
class Credentials:
    """What a password is held against; no `password` where the account never had one."""

    account: int
    password: str
    disabled: bool


@dataclass(frozen=True)
class Letter:
    """What a link in a mail stands for: an address, and the hash of the password that was chosen with it."""

    purpose: Purpose
    email: str
    password: str


@dataclass(frozen=True)
class Deed:
    """Something that was done with an account, from which address."""

    at: float
    kind: str
    detail: str
    address: str
