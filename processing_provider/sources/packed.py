"""Files packed by gzip or bzip2, known by their first bytes, whatever they are called.

An extract is unpacked once, into the folder of the job: it is read several times after that (see extract.read), GDAL
has no bzip2 and libosmium goes by names, and unpacking takes a tenth of the time of one reading.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import bz2
import gzip
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Callable, cast

from ..errors import SourceError
from ..feedback import Feedback
from ..text.sentence import say

SUFFIXES = (".gz", ".bz2")
# What reading a file can raise that is cut off, damaged, or packed in another way than it says.
FAULTS = (OSError, EOFError, zlib.error)
_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open))
_CHUNK = 1 << 20


def is_packed(path: Path) -> bool:
    """Whether the file begins as a packed one does; OSError where it cannot be read."""
    with path.open("rb") as file:
        return _opener(file) is not None


def opened(path: Path) -> BinaryIO:
    """The file for reading, unpacked on the way where it is packed; reading may raise FAULTS."""
    with path.open("rb") as file:
        opener = _opener(file)
    return cast(BinaryIO, opener(path, "rb")) if opener else path.open("rb")


def unpack(path: Path, folder: Path, feedback: Feedback) -> Path:
    """The unpacked file, in a folder of its own in `folder`; SourceError where `path` is not whole.

    A full disk is an OSError, as with every other file of the job.
    """
    name = path.name
    while name.lower().endswith(SUFFIXES):
        name = name[: name.rindex(".")]
    target = folder / "unpacked" / name
    target.parent.mkdir()
    size = path.stat().st_size
    with path.open("rb") as raw, target.open("wb") as result:
        opener = _opener(raw)
        file = cast(BinaryIO, opener(raw, "rb")) if opener else raw
        while chunk := _read(path, file):
            result.write(chunk)
            feedback.progress(100 * raw.tell() / size, say("unpacking {0}", path.name))
    return target


def _opener(file: BinaryIO) -> Callable[..., Any] | None:
    """What unpacks an open file, which is left at its beginning; None where it is not packed."""
    head = file.read(4)
    file.seek(0)
    return next((opener for magic, opener in _OPENERS if head.startswith(magic)), None)


def _read(path: Path, file: BinaryIO) -> bytes:
    try:
        return file.read(_CHUNK)
    except FAULTS as error:
        raise SourceError(
            "bad_source", say("The source {0} is cut off or damaged; fetch or pack it again.", path.name), "source"
        ) from error
