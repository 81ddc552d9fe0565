"""Places of a source that are found by their names, whatever keeps them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Protocol

from ..domain.places import Place


class Places(Protocol):
    """Of one source, made once and only read from then on; any thread."""

    def found(self, text: str, most: int) -> list[Place]:
        """Those whose names have all words of the text, or begin so: the very name first, then by how much they
        matter; none for a text without a word."""

    def close(self) -> None:
        """Use it no more."""
