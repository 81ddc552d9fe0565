"""What can go wrong, as one clear sentence each."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import logging
import os
import shutil
import tempfile
import traceback
from pathlib import Path

from .text.sentence import say

# The environment's name for a folder of logs that outlive a run, where TMPDIR does not.
LOGS = "OSM2CDR_LOGS"
# A disk with fewer bytes left is called full.
_FULL = 65536


class ExportError(Exception):
    """A failure that its reader can act on: `code` for programs, `text` one sentence for people.

    `field` names the request's field at fault, or is empty.
    """

    def __init__(self, code: str, text: str, field: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.field = field


class RequestError(ExportError):
    """The request itself is wrong: nothing was started."""


class SourceError(ExportError):
    """The map data could not be read."""


class WriteError(ExportError):
    """A format could not be written, or the file did not prove good."""


class Cancelled(Exception):
    """The user asked to stop; everything written so far is thrown away by whoever holds the folder."""


def disk_is_full(error: Exception, folder: Path) -> bool:
    """Whether a failure was a full disk: it says so, or there is no room."""
    words = f"{getattr(error, 'text', '')} {error}".lower()
    if "disk is full" in words or "no space left" in words:
        return True
    try:
        return shutil.disk_usage(folder).free < _FULL
    except OSError:
        return False


def unexpected() -> ExportError:
    """An exception that nobody foresaw, caught just now: its traceback goes to a log file that the sentence names."""
    logging.getLogger("osm2cdr").error("unexpected", exc_info=True)
    try:
        # Of a name that nobody can lay a link at beforehand, for its owner's eyes alone.
        number, log = tempfile.mkstemp(prefix="osm2cdr-", suffix=".log", dir=os.environ.get(LOGS))
        with open(number, "w", encoding="utf-8") as file:
            file.write(traceback.format_exc())
    except OSError as error:
        return ExportError(
            "internal", say("Something unexpected went wrong, and no log of it could be written: {0}.", error)
        )
    return ExportError("internal", say("Something unexpected went wrong; the details are in {0}.", log))
