"""Why a job failed, in a word and a sentence: limits that it met, crashes, and what it told itself."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import logging
import re
import signal
from pathlib import Path

from ..domain.attempts import Failure
from ..settings import Settings
from .own_files import is_plain

LOG = logging.getLogger("osm2cdr.jobs")
# How Python, C++ and GDAL say that memory was refused ("out of memory" is what Overpass says of its own), and how much
# of a job's log is looked at.
_NO_MEMORY = ("memoryerror", "bad_alloc", "cannot allocate")
_LOG_TAIL = 8192
# How often that is tried which may go well the next time. Who answered once is asked more often than who is not there:
# without a network the end shall come soon. A time that is up is the request's own, and public servers are asked once.
ATTEMPTS = {
    "internal": 2, "no_qgis": 2, "overpass_unreachable": 2, "overpass_busy": 3, "overpass_http": 3, "overpass_cut": 3,
    "overpass_broken": 3, "bad_source": 2, "no_source": 2, "no_sample": 2,
}  # fmt: skip
# The operator's data, not the request, are why there is no file. The words name folders, which are the log's business.
_SOURCE = ("bad_source", "no_source", "no_sample")
# What options of the algorithm are called here.
_HERE = {"SOURCE": "OSM2CDR_SOURCE", "TIMEOUT": "config.timeout"}
INTERNAL = Failure("internal", "Something unexpected went wrong in the server; its log has the details.", fault=True)


def out_of_memory(settings: Settings) -> Failure:
    """The sentence for a job that took too much."""
    return Failure(
        "out_of_memory",
        f"The task needed more than {settings.job_memory_mb} MB of memory; ask for a smaller area, a lower "
        "detail level or a lower resolution.",
    )


def source_failed(code: str = "bad_source") -> Failure:
    """The sentence for map data that are broken, gone, or were replaced while they were read."""
    return Failure(code, "The server's map data of this area could not be read; the request is given back.", fault=True)


def crashed(code: int, log: Path, settings: Settings) -> Failure:
    """The sentence for a process that ended without a word of its own."""
    if code == -signal.SIGXCPU:
        return Failure(
            "timeout",
            f"The task took more than {settings.job_seconds} seconds of every processor; ask for a smaller area, "
            "fewer formats, or a lower detail level.",
        )
    if code == -signal.SIGXFSZ:
        return Failure(
            "file_too_large",
            f"A file of the task would have been larger than {settings.job_file_mb} MB; ask for a smaller area, "
            "another format, or a lower resolution.",
        )
    if code == -signal.SIGABRT and _refused_memory(_last_words(log)):
        # Of C++, an exception that nobody caught.
        return out_of_memory(settings)
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return Failure("worker_lost", f"The process that made the files ended with {how}, more than once.", fault=True)


def reason(code: str, text: str, log: Path, settings: Settings) -> Failure:
    """What a job told of its own failure, or of a format's: a refusal of memory has many words there."""
    words = _last_words(log) if code == "internal" else text
    if _refused_memory(words):
        return out_of_memory(settings)
    if code == "internal":
        LOG.error("unforeseen", extra={"words": words})
        return INTERNAL
    if code in _SOURCE:
        LOG.error("a source cannot be read", extra={"words": text})
        return source_failed(code)
    if code.startswith("overpass_"):
        text = re.sub(r"\b(SOURCE|TIMEOUT)\b", lambda found: _HERE[found[0]], text)
    return Failure(code, text, fault=code in ATTEMPTS)


def _refused_memory(words: str) -> bool:
    return any(word in words.lower() for word in _NO_MEMORY)


def _last_words(log: Path) -> str:
    if not is_plain(log):
        return ""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _LOG_TAIL))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
