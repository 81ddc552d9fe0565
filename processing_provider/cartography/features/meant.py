"""Names that are none: notes to other mappers, words for a missing name, and what is there no more."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re

# A name of nothing but this; and what nobody is called by, wherever it stands.
_NO_NAME = re.compile(r"[\s?._-]*(todo|tbd|unknown|unnamed|no ?name|n/a)?[\s?._-]*|.*\bfix\s?me\b.*", re.I | re.S)
# So the gazetteer of the United States (GNIS) calls schools, churches and hamlets that are gone.
_GONE = re.compile(r".*\(historical\)\s*", re.I | re.S)


def is_name(text: str) -> bool:
    """Whether a text is a name at all."""
    return _NO_NAME.fullmatch(text) is None


def is_gone(text: str) -> bool:
    """Whether a name says that what had it is there no more."""
    return text.endswith((")", " ")) and _GONE.fullmatch(text) is not None
