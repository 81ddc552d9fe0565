"""The server's store for commands of operators, and how they tell times."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import time
from typing import Any, Iterator

from ..processing_provider.errors import ExportError, RequestError
from ..server.domain.accounts import AccountError
from ..server.settings import SettingsError, from_environment
from ..server.store.errors import StoreError, StoreUnusableError
from ..server.store.interfaces import StoreConnection
from ..server.store.opening import open_store


@contextlib.contextmanager
def opened() -> Iterator[StoreConnection]:
    """The rows of OSM2CDR_DATA, beside a running server or without one; faults become sentences."""
    # As the server does: what is made here is its own.
    os.umask(0o077)
    try:
        # Keys are made and revoked whether or not the sources are there just now.
        settings = from_environment({**os.environ, "OSM2CDR_SOURCE": ""})
    except SettingsError as error:
        raise RequestError("bad_setting", str(error)) from error
    try:
        store = open_store(settings)
        store.prepare()
        with contextlib.closing(store.connect()) as rows:
            yield rows
    except AccountError as error:
        raise RequestError("bad_key", str(error)) from error
    except StoreUnusableError as error:
        raise ExportError("bad_schema", str(error)) from error
    except BrokenPipeError:
        raise
    except (OSError, StoreError) as error:
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
