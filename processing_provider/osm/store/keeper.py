"""The stores that there are: one folder for all of one user, in which each is whole or not at all.

A store is found by what its source is just now and by what reads it, so that none is ever older than either.
Builders write into a draft beside and hold a lock meanwhile, which ends with their process, however that ends.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import hashlib
import math
import os
import shutil
import sqlite3
import stat
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterator

from osgeo import gdal

from ...errors import SourceError, disk_is_full
from ...feedback import Feedback
from ...text.sentence import say
from .build import build
from .file_lock import FileLock
from .folder import OFF, VARIABLE, entries, place
from .layout import BLOCKS, HEADER, INDEX, VERSION, Blocks, BrokenStoreError, Header, read_header
from .query import Store

# How many MB all stores may take together; what was not used for longest goes first.
BUDGET_VARIABLE, _BUDGET_MB = "OSM2CDR_STORE_MB", 20_000
_DRAFT, _GONE, _LOCK, _USED = ".draft-", ".gone-", ".lock", "used"
_TABLES = Path(__file__).resolve().parents[1] / "tables"


@dataclass(frozen=True)
class Entry:
    """A store as it is listed: key, source, the date of its data, rows, bytes, and whether its source is as it was."""

    key: str
    source: str
    date: str
    rows: int
    bytes: int
    is_current: bool


def key_of(source: Path) -> str:
    """What differs where the file or what reads it is another one; OSError where there is no file."""
    path = source.resolve()
    state = path.stat()
    words = f"{path}\n{state.st_size}\n{state.st_mtime_ns}\n{VERSION}\n{tables_digest()}\n{_libraries()}"
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:32]


@lru_cache(maxsize=1)
def tables_digest() -> str:
    """A digest of the rules of the layers.

    The code that reads and sorts by them is not in it: an edit of a comment would throw all stores away, and so would
    every release. Who changes what rows come of it raises VERSION, which a test of such rows sees to.
    """
    digest = hashlib.sha256()
    for path in sorted(_TABLES.rglob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _libraries() -> str:
    """GDAL and GEOS, which read and mend."""
    return str(gdal.VersionInfo("RELEASE_NAME")) + str(gdal.VersionInfo("BUILD_INFO"))


def find(source: Path) -> Store | None:
    """The store of a file, open; None where there is none that is whole and this user's own."""
    try:
        folder = place()
        if folder is None or not folder.is_dir():
            return None
        one = folder / key_of(source)
        if not (one / HEADER).is_file() or not (_is_own(folder.resolve()) and _is_own(one)):
            return None
        header = read_header(one)
        store = Store(header, Blocks(one, header))
    except (OSError, SourceError):
        # A job does without one where the folder is none.
        return None
    except BrokenStoreError:
        _remove(one)
        return None
    with contextlib.suppress(OSError):
        (one / _USED).touch()
    return store


def make(source: Path, feedback: Feedback) -> Header:
    """Build the store of a file, unless it is there; SourceError where it cannot be, Cancelled."""
    folder = place()
    if folder is None:
        raise SourceError("no_stores", say("Stores are off: {0} is {1}.", VARIABLE, OFF))
    most = _budget()
    present = find(source)
    if present is not None:
        # Also where nothing can be written.
        present.close()
        return present.header
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder.resolve()):
            raise SourceError("bad_folder", say("The folder {0} is not private: others own it, or may write.", folder))
        sweep(folder)
        key = key_of(source)
        with _locked(folder, key, source):
            present = find(source)
            if present is not None:
                present.close()
                return present.header
            header = _built(source, folder, key, feedback)
    except (SourceError, OSError, sqlite3.Error) as error:
        if disk_is_full(error, folder):
            raise SourceError("disk_full", say("The disk of {0} is full.", folder)) from error
        if isinstance(error, SourceError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        text = say("The store of {0} could not be built in {1}: {2}.", source.name, folder, reason)
        raise SourceError("no_store", text) from error
    for entry in listed():
        if entry.source == header.source and entry.key != key:
            _remove(folder / entry.key)
    _keep_budget(folder, key, most)
    return header


def _built(source: Path, folder: Path, key: str, feedback: Feedback) -> Header:
    draft = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{key}-", dir=folder))
    try:
        header = build(str(source), draft, key, feedback)
        if key_of(source) != key:
            raise SourceError("source_changed", say("The source {0} was replaced meanwhile; start again.", source.name))
        _remove(folder / key)
        draft.rename(folder / key)
        return header
    except (SourceError, OSError, sqlite3.Error) as error:
        # Before the draft goes, which makes room.
        if disk_is_full(error, draft):
            raise SourceError("disk_full", say("The disk of {0} is full.", folder)) from error
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, key: str, source: Path) -> Iterator[None]:
    lock = FileLock(folder / f"{key}{_LOCK}")
    if not lock.take():
        raise SourceError("being_built", say("The store of {0} is being built just now.", source.name))
    try:
        yield
    finally:
        lock.release(remove=True)


def listed() -> list[Entry]:
    """All stores that are whole, by the path of their source; SourceError where the folder cannot be read."""
    folder, found = place(), []
    for one in entries(folder) if folder is not None else ():
        with contextlib.suppress(BrokenStoreError, OSError):
            header = read_header(one)
            size = sum(path.stat().st_size for path in one.iterdir())
            found.append(
                Entry(one.name, header.source, header.date, sum(header.counts), size, _is_current(header, one.name))
            )
    return sorted(found, key=lambda entry: (entry.source, entry.key))


def _is_current(header: Header, key: str) -> bool:
    with contextlib.suppress(OSError):
        return key_of(Path(header.source)) == key
    return False


def drop(word: str = "") -> tuple[list[Entry], list[Entry]]:
    """Remove the stores of a source (its path, or the key of a store), or all; those that went, and those that stay."""
    gone: list[Entry] = []
    left: list[Entry] = []
    folder, path = place(), ""
    with contextlib.suppress(OSError, RuntimeError):
        path = str(Path(word).resolve()) if word else ""
    for entry in listed():
        if folder is not None and (word in ("", entry.key) or entry.source == path):
            (gone if _remove(folder / entry.key) else left).append(entry)
    if folder is not None and folder.is_dir():
        sweep(folder)
    return gone, left


def discard(store: Store) -> None:
    """Remove a store that was found broken."""
    store.close()
    folder = place()
    if folder is not None:
        _remove(folder / store.header.key)


def sweep(folder: Path) -> None:
    """Remove what dead builders left, and what could not be removed before."""
    for left in folder.glob(f"{_GONE}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"*{_LOCK}"):
        key = left.name[: -len(_LOCK)]
        lock = FileLock(left)
        with contextlib.suppress(OSError):
            if lock.take():
                for draft in folder.glob(f"{_DRAFT}{key}-*"):
                    shutil.rmtree(draft, ignore_errors=True)
                lock.release(remove=True)


def _remove(one: Path) -> bool:
    """At once for all who look; where a system does not rename what is open, later. Whether it went."""
    gone = one.with_name(f"{_GONE}{one.name}-{os.getpid()}")
    try:
        one.rename(gone)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True


def _budget() -> float:
    """How many bytes all stores may take; SourceError where what was named is no number."""
    named = os.environ.get(BUDGET_VARIABLE) or str(_BUDGET_MB)
    with contextlib.suppress(ValueError):
        if 0 <= float(named) < math.inf:
            return float(named) * 1e6
    raise SourceError("bad_budget", say("{0} is {1}, and must be a number of MB.", BUDGET_VARIABLE, named))


def _keep_budget(folder: Path, newest: str, most: float) -> None:
    """Remove what was not used for longest until the rest fits into `most` bytes."""

    def used(entry: Entry) -> float:
        with contextlib.suppress(OSError):
            return max(path.stat().st_mtime for path in (folder / entry.key).iterdir())
        return 0.0

    total = 0
    for entry in sorted(listed(), key=lambda entry: (entry.key == newest, used(entry)), reverse=True):
        total += entry.bytes
        if total > most and entry.key != newest:
            _remove(folder / entry.key)


def _is_own(folder: Path) -> bool:
    """Whether a folder and its files are this user's or root's, and no others may write there; none may be a link."""
    if os.name == "nt":
        return True
    for path in (folder, *(folder / name for name in (HEADER, INDEX, BLOCKS) if (folder / name).exists())):
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode) or state.st_uid not in (os.geteuid(), 0) or state.st_mode & 0o022:
            return False
    return True
