"""Progress, warnings and cancel, passed down the whole way of the data."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

from .errors import Cancelled


class Feedback:
    """Speaks upwards only: the stages know nothing of Processing, launcher or server.

    `percent` runs from 0 to 100 over the whole job; a stage gets its own part of it by `part()`.
    """

    def __init__(
        self,
        progress: Callable[[float, str, str], None] | None = None,
        warning: Callable[[str, str], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
        span: tuple[float, float] = (0.0, 100.0),
        step: str = "",
    ) -> None:
        self._progress = progress
        self._warning = warning
        self._is_cancelled = is_cancelled
        self._span = span
        self._step = step

    def progress(self, percent: float, text: str = "") -> None:
        """Report `percent` (0 to 100) of this part; raises Cancelled where the user asked to stop."""
        self.check()
        if self._progress is not None:
            low, high = self._span
            self._progress(low + (high - low) * min(max(percent, 0.0), 100.0) / 100.0, self._step, text)

    def warning(self, code: str, text: str) -> None:
        """Report a loss or doubt that does not stop the work."""
        if self._warning is not None:
            self._warning(code, text)

    @property
    def cancelled(self) -> bool:
        """True once the user asked to stop."""
        return self._is_cancelled is not None and self._is_cancelled()

    def check(self) -> None:
        """Raise Cancelled where the user asked to stop."""
        if self.cancelled:
            raise Cancelled

    def part(self, start: float, end: float, step: str = "") -> Feedback:
        """A feedback for the part of this one from `start` to `end` percent."""
        low, high = self._span
        width = (high - low) / 100.0
        return Feedback(
            self._progress,
            self._warning,
            self._is_cancelled,
            (low + width * start, low + width * end),
            step or self._step,
        )

    def heard(self, warning: Callable[[str, str], None]) -> Feedback:
        """This feedback, whose warnings go to `warning` as well."""

        def both(code: str, text: str) -> None:
            warning(code, text)
            self.warning(code, text)

        return Feedback(self._progress, both, self._is_cancelled, self._span, self._step)

    def noted(self, texts: list[str]) -> Feedback:
        """This feedback, whose warnings are appended to `texts` as well."""
        return self.heard(lambda code, text: texts.append(text))

    def once(self) -> Feedback:
        """This feedback, which tells every sentence of warning but once."""
        said: set[str] = set()

        def first(code: str, text: str) -> None:
            if text not in said:
                said.add(text)
                self.warning(code, text)

        return Feedback(self._progress, first, self._is_cancelled, self._span, self._step)


class Creeping:
    """Progress inside a step of unknown length: each call goes a twentieth of the way that is left."""

    def __init__(self, feedback: Feedback, start: float, end: float, text: str) -> None:
        self._feedback = feedback
        self._at = start
        self._end = end
        self._text = text

    def __call__(self) -> None:
        """Report progress; raises Cancelled where the user asked to stop."""
        self._feedback.progress(self._at, self._text)
        self._at += (self._end - self._at) * 0.05
