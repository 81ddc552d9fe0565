"""Logs as JSON, a line each, on stderr. No key, no password and no query of an address ever enters one."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import logging
import re
import sys
import time

# What a LogRecord has by itself.
_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_KEY = re.compile(r"(ocd_[a-z0-9]{6})[a-z0-9]+")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """The record's own words and what was given as `extra`."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        words = {"at": f"{moment}.{int(record.msecs):03d}Z", "level": record.levelname.lower(), "log": record.name}
        words["text"] = record.getMessage()
        words.update({name: value for name, value in vars(record).items() if name not in _OWN})
        if record.exc_info:
            words["traceback"] = self.formatException(record.exc_info)
        return _KEY.sub(r"\1...", json.dumps(words, ensure_ascii=False, default=str))


def set_up(level: str) -> None:
    """For this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=getattr(logging, level.upper(), logging.INFO), handlers=[handler], force=True)
