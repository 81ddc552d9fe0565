"""Wakes the supervisor where a job has come in. Nothing depends on it: who misses the bell looks again soon."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Protocol


class Ear(Protocol):
    """Hears the bell."""

    def wait(self, seconds: float) -> None:
        """Until it rings, or so long at most; however often it rang, it is heard once."""

    def close(self) -> None:
        """Hear nothing more."""


class Bell(Protocol):
    """Of one store."""

    def ring(self) -> None:
        """Never waits, never fails."""

    def listen(self) -> Ear:
        """For the supervisor; an ear that never hears anything where another one listens."""
