"""Whom other services know an account as. Times are seconds since 1970."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

# How long somebody may take at the other service.
ERRAND_SECONDS = 600.0


@dataclass(frozen=True)
class Claim:
    """What a service says of somebody: `subject` is theirs for ever; `email` is one that it has verified,
    else empty."""

    provider: str
    subject: str
    email: str


@dataclass(frozen=True)
class Identity:
    """What is kept of it."""

    provider: str
    email: str
    created: float


class IdentityError(Exception):
    """Why nobody is signed in by a claim, as a word: `unverified` or `closed`."""
