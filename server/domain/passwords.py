"""Passwords: what may be one, and argon2id, by which alone they are kept."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
# RFC 9106, the second recommended choice: 64 MiB, three passes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# What people take first where ten letters are asked for.
_KNOWN = frozenset({"password", "passwort", "qwertyuiop", "letmein", "openstreetmap", "osm2cdr", "administrator"})


def weakness(password: str, email: str) -> str:
    """Why this may be no password, as a word; empty where it may."""
    plain = password.lower()
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if plain == email.lower() or plain.strip("0123456789!?.") in (*_KNOWN, "") or len(set(plain)) < 5:
        return "known"
    return ""


def hashed(password: str) -> str:
    """What is kept of one; takes a tenth of a second and 64 MiB."""
    return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether it is the password; takes as long where nothing is kept, so that nobody learns that."""
    try:
        return _HASHER.verify(kept or _nobodys(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_old(kept: str) -> bool:
    """Whether it is kept by weaker numbers than today's."""
    return _HASHER.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex(16))
