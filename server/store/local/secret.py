"""The server's secret: what keys are hashed with and links are signed with. Keys and secret belong together."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Callable

from ..errors import StoreUnusableError
from .blobs import sync_folder

_LENGTH = 32
_RESTORE = "restore both from one backup, or name another folder in OSM2CDR_DATA."


def load_secret(data: Path, has_keys: Callable[[], bool]) -> bytes:
    """The 32 bytes in the data folder, made on first use; readable by its owner alone.

    Whoever comes first makes it: a link() never replaces what another process has put there meanwhile.
    StoreUnusableError where there are keys of another one.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret"
    if not path.exists():
        if has_keys():
            raise StoreUnusableError(f"{data} has keys, but no file 'secret', without which none works; {_RESTORE}")
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
        raise StoreUnusableError(f"{path} is damaged: it has {len(secret)} bytes in place of {_LENGTH}; {_RESTORE}")
    return secret
