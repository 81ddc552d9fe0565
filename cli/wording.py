"""Sentences in the words of the command line: a parameter goes by the option that it is here."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..processing_provider.text.phrases import spoken

# How sentences of the core call parameters.
_OPTIONS = {
    "bbox": "--bbox", "dpi": "--dpi", "EXTENT": "--bbox", "MASK": "--geometry", "SOURCE": "--source",
    "TIMEOUT": "--timeout", "DETAIL_LEVEL": "--detail", "FORMATS": "--formats",
}  # fmt: skip


def said(text: str) -> str:
    """A sentence with the options that it names."""
    return spoken(text, _OPTIONS)
