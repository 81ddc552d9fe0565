"""The newest progress in a report that is still being written."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...processing_provider.pipeline.events import Progress, read_line
from .own_files import is_plain


class Tail:
    """Reads on from where it stopped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = 0
        self._last: tuple[float, str] | None = None

    def progress(self) -> tuple[float, str] | None:
        """Percent and step, None where nothing was told yet."""
        if not is_plain(self._path):
            return self._last
        try:
            with self._path.open("rb") as file:
                file.seek(self._place)
                data = file.read()
        except OSError:
            return self._last
        whole = data[: data.rfind(b"\n") + 1]
        self._place += len(whole)
        for line in whole.splitlines():
            event = read_line(line)
            if isinstance(event, Progress):
                self._last = event.percent, event.text or event.step
        return self._last
