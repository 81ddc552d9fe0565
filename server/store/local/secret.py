"""The server's secret: what keys are hashed with and links are signed with. Keys and secret belong together."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import sqlite3
from pathlib import Path

from ..sqlite.database import DATABASE, SchemaError, connect
from .files import sync_folder

_LENGTH = 32
_RESTORE = "restore both from one backup, or name another folder in OSM2CDR_DATA."


def load_secret(data: Path) -> bytes:
    """The 32 bytes in the data folder, made on first use; readable by its owner alone.

    Whoever comes first makes it: a link() never replaces what another process has put there meanwhile. SchemaError
    where there are keys of another one.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret"
    if not path.exists():
        if _keys_are_in(data / DATABASE):
            raise SchemaError(f"{data} has keys, but no file 'secret', without which none works; {_RESTORE}")
        draft = data / f".secret-{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(_LENGTH))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(data)
    secret = path.read_bytes()
    if len(secret) != _LENGTH:
        raise SchemaError(f"{path} is damaged: it has {len(secret)} bytes in place of {_LENGTH}; {_RESTORE}")
    return secret


def bind(connection: sqlite3.Connection, secret: bytes) -> None:
    """Note in the database which secret its keys are of, as its application_id; SchemaError where it is another one."""
    mark = int.from_bytes(keyed_hash(secret, "database", "")[:4], "big") >> 1 or 1
    known = connection.execute("PRAGMA application_id").fetchone()[0]
    if known == mark:
        return
    if known and _holds_keys(connection):
        raise SchemaError(f"The keys in the database are not of the file 'secret' beside it; {_RESTORE}")
    connection.execute(f"PRAGMA application_id = {mark}")


def _holds_keys(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM api_key WHERE id > 0 LIMIT 1").fetchone() is not None


def _keys_are_in(database: Path) -> bool:
    if not database.exists():
        return False
    try:
        with contextlib.closing(connect(database)) as connection:
            return _holds_keys(connection)
    except sqlite3.DatabaseError:
        # It has no such table yet, or tells itself what is wrong with it.
        return False


def keyed_hash(secret: bytes, purpose: str, text: str) -> bytes:
    """HMAC-SHA256 of `text`, of one purpose each, so that no hash can stand in for another."""
    return hmac.new(secret, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
