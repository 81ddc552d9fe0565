"""The server's database for commands of operators, and how they tell times."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from typing import Any, Iterator

from ..processing_provider.errors import ExportError, RequestError
from ..server.settings import SettingsError, from_environment
from ..server.store.local.secret import bind, load_secret
from ..server.store.sqlite.accounts import AccountError
from ..server.store.sqlite.database import SchemaError, open_database


@contextlib.contextmanager
def opened() -> Iterator[tuple[sqlite3.Connection, bytes]]:
    """Database and secret of OSM2CDR_DATA, beside a running server or without one; faults become sentences."""
    # As the server does: what is made here is its own.
    os.umask(0o077)
    try:
        # Keys are made and revoked whether or not the sources are there just now.
        settings = from_environment({**os.environ, "OSM2CDR_SOURCE": ""})
    except SettingsError as error:
        raise RequestError("bad_setting", str(error)) from error
    try:
        with contextlib.closing(open_database(settings.database)) as database:
            secret = load_secret(settings.data)
            bind(database, secret)
            yield database, secret
    except AccountError as error:
        raise RequestError("bad_key", str(error)) from error
    except SchemaError as error:
        raise ExportError("bad_schema", str(error)) from error
    except BrokenPipeError:
        raise
    except (OSError, sqlite3.Error) as error:
        text = f"{settings.data} cannot be written to ({error}); make room there, or name another in OSM2CDR_DATA."
        raise ExportError("bad_folder", text) from error


def moment(seconds: float | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def minute(seconds: float | None) -> str:
    """For people, in UTC."""
    return "never" if seconds is None else time.strftime("%Y-%m-%d %H:%M", time.gmtime(seconds))


def as_json(value: Any) -> str:
    """What --json prints."""
    return json.dumps(value, ensure_ascii=False, indent=1)
