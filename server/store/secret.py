"""The server's secret: what keys are hashed with and links are signed with."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from .files import sync_folder


def load_secret(data: Path) -> bytes:
    """The 32 bytes in the data folder, made on first use; readable by its owner alone.

    Whoever comes first makes it: a link() never replaces what another process has put there meanwhile.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret"
    if not path.exists():
        draft = data / f".secret-{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(data)
    return path.read_bytes()


def keyed_hash(secret: bytes, purpose: str, text: str) -> bytes:
    """HMAC-SHA256 of `text`, of one purpose each, so that no hash can stand in for another."""
    return hmac.new(secret, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
