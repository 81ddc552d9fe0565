"""What an API key looks like, what is kept of it, and what an account may be called."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from typing import Iterable

from ...processing_provider.text.phrases import is_line, turning
from .accounts import SCOPES, AccountError
from .tiers import TIERS

KEY = re.compile(r"ocd_[a-z0-9]{30}")
# As much of a key as lists and logs show.
PREFIX = 10
# How often a key's last use is noted, in seconds.
USE_SECONDS = 60
_LETTERS = string.ascii_lowercase + string.digits
# No name or address is longer.
_LONGEST = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


def new_key() -> str:
    """One that nobody has."""
    return "ocd_" + "".join(secrets.choice(_LETTERS) for _ in range(30))


def keyed_hash(secret: bytes, purpose: str, text: str) -> bytes:
    """HMAC-SHA256 of `text`, of one purpose each, so that no hash can stand in for another."""
    return hmac.new(secret, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()


def key_hash(secret: bytes, key: str) -> bytes:
    """What is kept of a key."""
    return keyed_hash(secret, "key", key)


def check_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Them in their order, each once; AccountError where there is no such thing, or none at all."""
    wanted = set(scopes)
    if not wanted or not wanted <= set(SCOPES):
        raise AccountError(f"A key may have {' and '.join(SCOPES)}, one of them at least; not {sorted(wanted)}.")
    return tuple(word for word in SCOPES if word in wanted)


def check_tier(tier: str) -> None:
    """AccountError where there is no such tier."""
    if tier not in TIERS:
        raise AccountError(f"There is no tier {tier!r}; there are {', '.join(TIERS)}.")


def check_owner(tier: str, email: str, name: str) -> None:
    """AccountError where no account or key may have these; each may be empty."""
    if tier:
        check_tier(tier)
    for word, text in (("name", name), ("e-mail address", email)):
        if not is_line(text) or len(text) > _LONGEST:
            raise AccountError(f"The {word} must be one line of at most {_LONGEST} characters.")
        if turning(text):
            raise AccountError(f"The {word} has the bidirectional control {turning(text)}; leave it out.")
    if email and not _EMAIL.fullmatch(email):
        raise AccountError(f"{email!r} is no e-mail address.")
