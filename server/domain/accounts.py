"""Accounts and their API keys, as they are kept and as an operator sees them. Times are seconds since 1970 (UTC)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from .tiers import Tier

# What a key may do: `render` makes, cancels and deletes tasks; `read` tells of them and downloads.
SCOPES = ("render", "read")


class AccountError(Exception):
    """What cannot be done with an account or a key, as one sentence."""


@dataclass(frozen=True)
class Account:
    """Who pays, or not: `tier` is the name of its tier."""

    id: int
    email: str | None
    tier: str
    created: float
    disabled: bool


@dataclass(frozen=True)
class Key:
    """What is known of a key: never itself. It is refused from `revoked` on, which may lie in the future; `scopes` are
    what it may do."""

    id: int
    prefix: str
    name: str
    created: float
    last_used: float | None
    revoked: float | None
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Caller:
    """Who called: the numbers of the account and the key, and what they may do."""

    account: int
    key: int
    prefix: str
    tier: Tier
    email: str
    scopes: tuple[str, ...] = SCOPES


@dataclass(frozen=True)
class Owner:
    """Whose a job is: the account, and the beginning of the key that it was submitted with."""

    email: str | None
    tier: str
    prefix: str


@dataclass(frozen=True)
class AccountUse:
    """An account, how many of its keys work, what it used of the day, and how many of its jobs wait."""

    account: Account
    keys: int
    last_used: float | None
    used_today: int
    waiting: int


@dataclass(frozen=True)
class AccountDetails:
    """The same with all of its keys, how many of its jobs are in each state, and what it used of its last days."""

    use: AccountUse
    keys: list[Key]
    jobs: dict[str, int]
    days: dict[str, int]
