"""SQLite's errors as those of a store: nobody outside this folder knows which one it is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import functools
import inspect
import sqlite3
from typing import Any, Callable, TypeVar

from ..errors import StoreBusyError, StoreError, StoreUnavailableError

T = TypeVar("T", bound=type)


def translated(error: sqlite3.Error) -> StoreError:
    """What SQLite says of its file, its disk and its lock is OperationalError, of broken pages the bare DatabaseError;
    all other kinds are faults of ours."""
    if isinstance(error, sqlite3.OperationalError):
        return StoreBusyError(str(error))
    return StoreUnavailableError(str(error)) if type(error) is sqlite3.DatabaseError else StoreError(str(error))


def translating(cls: T) -> T:
    """For a class whose methods raise StoreError, but those for use in this folder, whose names begin with `_`."""
    for name, member in list(vars(cls).items()):
        if inspect.isfunction(member) and not name.startswith("_"):
            setattr(cls, name, _translating(member))
    return cls


def _translating(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*given: Any, **more: Any) -> Any:
        try:
            return method(*given, **more)
        except sqlite3.Error as error:
            raise translated(error) from error

    return call
