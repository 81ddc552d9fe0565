"""Finished files, whatever keeps them: each lies once under its SHA-256 (hexadecimal), however many jobs made it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Callable, Collection, Mapping, Protocol

from ..domain.keeping import YOUNG_SECONDS

Go = Callable[[], bool]


def always() -> bool:
    """Go on."""
    return True


class Blobs(Protocol):
    """May be used by several threads; OSError where it cannot be read or written just now.

    One process publishes and sweeps: what it has just placed is not taken for what no job has.
    """

    def place(self, path: Path) -> str:
        """Take a finished file, which is there for good and not at `path` any more; its SHA-256."""

    def open(self, sha256: str) -> BinaryIO:
        """To be read from its beginning; FileNotFoundError where it is not kept any more."""

    def whole(self, files: Mapping[str, int]) -> frozenset[str]:
        """Those of `files` (bytes by SHA-256) that have the size and the hash that they had; they are read for it."""

    def discard(self, files: Mapping[str, int], good: Collection[str]) -> None:
        """Delete those that are not what their names say: nobody shall be handed that."""

    def sweep(self, is_used: Callable[[str], bool], young: float = YOUNG_SECONDS, go: Go = always) -> tuple[int, int]:
        """Delete what nobody uses and was placed more than `young` seconds ago, as long as `go`: how many, their
        bytes."""
